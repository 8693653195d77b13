"""What every view of the API stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from rest_framework.response import Response
from rest_framework.views import APIView

from tec.api.bodies import MOST
from tec.api.errors import TOO_LARGE
from tec.api.openapi import ApiSchema
from tec.api.parsers import MAX_ARCHIVE
from tec.api.refused import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from tec.api.operations import Operation

HEADROOM = 1_000_000
"""Bytes around an archive in a multipart body."""


class ApiView(APIView):
    """Answers one address; its methods are declared with `operation`."""

    group: ClassVar[str]
    """The heading in the documentation."""

    http_method_names = ("get", "head", "post", "put", "patch", "delete")
    metadata_class = None  # OPTIONS says nothing that the documentation does not
    schema = ApiSchema()

    asked: dict[str, Any]
    sent: dict[str, Any]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """An address without its last slash is none: to redirect would lose the body of a request."""
        view = super().as_view(**initkwargs)
        view.should_append_slash = False  # type: ignore[attr-defined]
        return view

    @classmethod
    def right_to(cls, what: Operation) -> str:
        """What one has to be allowed for that, as the documentation tells it; "": it is for everybody."""
        return str(what.right)

    def enter(self, what: Operation, **address: Any) -> None:
        """Decide whether the request may go on; views of a project ask for a right in it."""

    @property
    def user(self) -> User:
        """Who asks; only for views that nobody reaches without an account."""
        assert self.request.user.is_authenticated
        return self.request.user

    @property
    def operation(self) -> Operation | None:
        """What the request asks for, None if it is not possible here."""
        method = (self.request.method or "").lower().replace("head", "get")
        return getattr(getattr(self, method, None), "operation", None)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        length: str = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MAX_ARCHIVE + HEADROOM:
            raise Refused(413, TOO_LARGE)
        super().initial(request, *args, **kwargs)

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Nobody keeps what belongs to an account; a document may be kept and asked about by its ETag."""
        final: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        kept = "private, no-cache" if "ETag" in final.headers else "no-store"
        final.headers.setdefault("Cache-Control", kept)
        return final

    def page_of(
        self,
        items: QuerySet[Any] | Sequence[Any],
        shown: Callable[[list[Any]], Any],
        **more: Any,
    ) -> Response:
        """The page of *items* that is asked for, each as *shown* makes it; *more* goes beside the list."""
        size = min(self.asked["page_size"], MOST)
        pages = Paginator(items, size)
        number = self.asked["page"]
        if number > pages.num_pages:
            raise Refused(404, f"There is no page {number}; the last one is page {pages.num_pages}.")
        page = pages.page(number)
        return Response(
            {
                **more,
                "count": pages.count,
                "next": self._address(number + 1) if page.has_next() else None,
                "previous": self._address(number - 1) if page.has_previous() else None,
                "results": shown(list(page.object_list)),
            }
        )

    def _address(self, page: int) -> str:
        """This address with another page."""
        kept = [
            (name, value) for name, values in self.request.GET.lists() for value in values if name != "page"
        ]
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode([*kept, ('page', page)])}")
