"""The admin pages: Django's, behind our log-in, and safe against forms that no browser sends."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.utils.decorators import method_decorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Administration(AdminSite):
    site_header = site_title = "TEC administration"

    # The site's own log-in, with its locks and second factor; not the one that Django's admin brings.
    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, extra_context)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """*view* for those who may see the admin pages, and for rows that can exist only."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
            if not all(each.isascii() and each.isdecimal() and len(each) < 19 for each in ticked):
                # Django would look for such a row in the database and fail.
                raise BadRequest("What was ticked is no row of this list. Reload the page and choose again.")
            return view(request, *args, **kwargs)

        return super().admin_view(cast("View", checked), cacheable)
