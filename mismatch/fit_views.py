"""Pages that look at a check from above: fit and coverage, traceability; and suggested fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from descriptors.catalogue import NAMES
from descriptors.services.save_revision import StaleRevision
from mismatch import queries
from mismatch.fit import CATEGORIES
from mismatch.lineage import lineage
from mismatch.models import Check, Finding, State
from mismatch.scores import scores_of
from mismatch.services.accept_fix import FixMoved, accept_fix
from mismatch.services.start_check import start_check
from mismatch.showing.suggestions import now
from mismatch.stored import outlined
from mismatch.traceability import COLUMNS, trace
from mismatch.views import Request, SeeOther
from tec.projects.access import project_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page

    from mismatch.fit import Score
    from tec.projects.models import Project

PER_PAGE = 50
"""Rows of each of the tables of traceability; projects of the usual size have them all on one page."""
MOVED = "Something was saved meanwhile, so this is not the fix that you looked at. Nothing was changed."


@require_safe
@login_required
def fit_page(request: Request, slug: str) -> HttpResponse:
    """Fit and coverage of the last check: as a whole, by pair of descriptors and by category."""
    project = project_for(request.user, slug)
    context = last_check(project)
    if check := context["check"]:
        context |= {"fit": scores_of(check), "before": score_before(check)}
        context["categories"] = [(CATEGORIES[name], each) for name, each in context["fit"].categories.items()]
        context["pairs"] = [
            (NAMES[first], NAMES[second], score) for (first, second), score in context["fit"].pairs.items()
        ]
    return render(request, "mismatch/fit.html", context)


@require_safe
@login_required
def traceability(request: Request, slug: str) -> HttpResponse:
    """What the last check looked at: from every goal to its log, from every raw field to production."""
    project = project_for(request.user, slug)
    context = last_check(project)
    if check := context["check"]:
        found = outlined(check)
        traced = trace(found.documents, found.report.findings)
        ways = lineage(found.documents, found.report.findings)

        def page(listed: Sequence[Any], name: str) -> Page[Any]:
            return Paginator(listed, PER_PAGE).get_page(request.GET.get(name))

        context |= {
            "trace": traced,
            "threads": page(traced.threads, "goals"),
            "loose": page([*traced.aimless, *traced.unasked], "loose"),
            "fields": page(ways.fields, "fields"),
            "inputs": page(ways.inputs, "inputs"),
            "outputs": page(ways.outputs, "outputs"),
            "columns": COLUMNS,
        }
    return render(request, "mismatch/traceability.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def fix(request: Request, slug: str, fingerprint: str) -> HttpResponse:
    """A suggested fix: GET shows the difference, POST saves it as a revision and checks again."""
    project = project_for(request.user, slug)
    if request.method == "POST":
        return accept(request, project, fingerprint)
    state = now(project)
    offer = state.suggestion(fingerprint)
    if offer is None:
        raise Http404("This finding is gone, or nothing mechanical would fix it.")
    context = {"project": project, "offer": offer, "helps": state.helps(offer)}
    return render(request, "mismatch/fix.html", context)


def accept(request: Request, project: Project, fingerprint: str) -> HttpResponse:
    token = request.POST.get("token", "")
    try:
        revision = accept_fix(project=project, by=request.user, fingerprint=fingerprint, token=token)
    except (FixMoved, StaleRevision):
        get_object_or_404(Finding, project=project, fingerprint=fingerprint)
        state = now(project)
        if (offer := state.suggestion(fingerprint)) is None:
            messages.warning(request, MOVED)
            return redirect("mismatch-list", project.slug)
        context = {"project": project, "offer": offer, "helps": state.helps(offer), "moved": MOVED}
        return render(request, "mismatch/fix.html", context, status=409)
    start_check(project=project, by=request.user)
    name = NAMES[revision.document.descriptor]
    messages.success(
        request,
        f"Saved as revision {revision.number} of {name}; a check of it is on its way. Its history undoes it.",
    )
    return SeeOther(f"/projects/{project.slug}/mismatches/")


def last_check(project: Project) -> dict[str, Any]:
    """The project with its last finished check, None if there is none."""
    standing = queries.standing(project)
    current = bool(standing.done) and queries.snapshot(standing.done).current if standing.done else False
    return {"project": project, "check": standing.done, "newer": standing.newer, "current": current}


def score_before(check: Check) -> tuple[Check, Score] | None:
    """The finished check before *check*, and its score as a whole."""
    earlier = Check.objects.filter(
        project=check.project_id, state=State.DONE, number__lt=check.number
    ).first()
    if earlier is None:
        return None
    return earlier, scores_of(earlier).whole
