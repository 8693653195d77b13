"""Pages of checks and what they found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh, push_url

from mismatch import queries
from mismatch.models import Baseline, Check, State
from mismatch.services.start_check import start_check
from mismatch.showing.review import filled, review
from tec.projects.access import Right, may, project_for

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_htmx.middleware import HtmxDetails

    from tec.projects.models import Project

PER_PAGE = 25
ELSEWHERE = {
    ("mismatch", "missing"): "missing-list",
    ("missing", "mismatch"): "mismatch-list",
    ("missing", "cannot-tell"): "mismatch-list",
}
"""Kind of findings of a page, kind that is asked for → the page that has them."""


class Request(HttpRequest):
    """A request that `login_required` has let through."""

    user: User
    htmx: HtmxDetails


class SeeOther(HttpResponseRedirect):
    status_code = 303


def login_or_reload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `login_required`, but a part of a page that asks after its session ended has the page reloaded."""

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and request.htmx:
            return HttpResponseClientRefresh()
        return login_required(view)(request, *args, **kwargs)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def checks(request: Request, slug: str) -> HttpResponse:
    """POST starts a check, GET lists them."""
    return start(request, slug) if request.method == "POST" else history(request, slug)


def start(request: Request, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.CHECK)
    newest = queries.standing(project).latest
    check = start_check(project=project, by=request.user)
    if newest and check.number == newest.number:
        messages.info(
            request,
            f"Nothing has changed since check {check.number}, so its result still holds."
            if check.finished
            else f"Check {check.number} of the same documents is on its way already.",
        )
    return SeeOther(check.get_absolute_url())


def history(request: Request, slug: str) -> HttpResponse:
    project = project_for(request.user, slug)
    found = project.checks.select_related("requested_by").defer("outcomes", "scores")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "mismatch/checks.html",
        {
            "project": project,
            "page": page,
            "lines": queries.lines(page),
            "trend": queries.trend(project),
            "baseline": Baseline.objects.filter(project=project).select_related("check_run").first(),
        },
    )


@require_safe
@login_required
def detail(request: Request, slug: str, number: int) -> HttpResponse:
    """A check: its progress, why it failed, or what it found as of then."""
    project = project_for(request.user, slug)
    check = check_of(project, number)
    if check.state != State.DONE:
        return render(request, "mismatch/check.html", progress_of(project, check))
    kind = "missing" if request.GET.get("kind") == "missing" else "mismatch"
    return findings(request, project, check, kind, "mismatch/check_done.html")


@require_safe
@never_cache
@login_or_reload
def progress(request: Request, slug: str, number: int) -> HttpResponse:
    """The part of a page that shows how far a check is; a page about this check is reloaded at the end."""
    project = project_for(request.user, slug)
    check = check_of(project, number)
    beside = "beside" in request.GET  # the page shows an older check meanwhile
    if check.finished and not beside:
        return HttpResponseClientRefresh()
    template = "mismatch/_beside.html" if beside else "mismatch/_progress.html"
    return render(request, template, progress_of(project, check))


@require_safe
@login_required
def mismatches(request: Request, slug: str) -> HttpResponse:
    """What does not fit, by the last finished check."""
    return last_findings(request, slug, "mismatch")


@require_safe
@login_required
def missing(request: Request, slug: str) -> HttpResponse:
    """What is not filled in, by the last finished check."""
    return last_findings(request, slug, "missing")


def last_findings(request: Request, slug: str, kind: str) -> HttpResponse:
    project = project_for(request.user, slug)
    if elsewhere := ELSEWHERE.get((kind, request.GET.get("kind", ""))):
        return redirect(f"{reverse(elsewhere, args=[slug])}?{request.GET.urlencode()}")
    standing = queries.standing(project)
    template = "mismatch/mismatches.html" if kind == "mismatch" else "mismatch/missing.html"
    if standing.done:
        return findings(request, project, standing.done, kind, template, newer=standing.newer)
    context = progress_of(project, standing.newer) if standing.newer else {"project": project}
    return render(
        request,
        "mismatch/unchecked.html",
        context | {"kind": kind, "has_documents": queries.has_documents(project)},
    )


def findings(
    request: Request, project: Project, check: Check, kind: str, template: str, newer: Check | None = None
) -> HttpResponse:
    context = {"project": project, "check": check, "kind": kind, "review": review(check, kind, request.GET)}
    if template != "mismatch/check_done.html":  # an old check is looked at, not decided about
        context["views"] = queries.views_of(project, request.user, kind)
        if may(request.user, project, Right.DECIDE):
            context |= {"decidable": True, "undoable": queries.just_decided(project, request.user)}
    if newer:
        context["newer"] = progress_of(project, newer)
    response = render(request, template, context)
    if request.htmx:  # the form sends its empty inputs along; the address need not show them
        push_url(response, f"{request.path}{filled(request.GET)}")
    return response


def check_of(project: Project, number: int) -> Check:
    return get_object_or_404(project.checks.select_related("requested_by", "ruleset"), number=number)


def progress_of(project: Project, check: Check) -> dict[str, Any]:
    """What a page shows of a check that is not done."""
    return {"project": project, "check": check, **queries.progress(check)._asdict()}
