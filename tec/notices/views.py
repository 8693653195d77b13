"""The inbox: what somebody was told, newest first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tec.notices.models import Notice
from tec.notices.services.tell import mark_read
from tec.projects.requests import SignedInRequest

PER_PAGE = 50


@login_required
@never_cache
@require_GET
def inbox(request: SignedInRequest) -> HttpResponse:
    notices = Notice.objects.of(request.user).select_related("project")
    unread = notices.unread().count()
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(notices.unread() if only_unread else notices, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": unread, "only_unread": only_unread}
    return render(request, "notices/inbox.html", context)


@login_required
@require_POST
def read(request: SignedInRequest) -> HttpResponse:
    """Mark one notice, or all, as read."""
    chosen = request.POST.get("notice", "")
    mark_read(request.user, [int(chosen)] if chosen.isdecimal() and len(chosen) < 18 else None)
    return redirect("inbox")


@login_required
@never_cache
@require_GET
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the page that shows what the notice is about; it is read then."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    mark_read(request.user, [notice.pk])
    return redirect(notice.address)
