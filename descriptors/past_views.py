"""Pages of the past: any two revisions compared, who last changed each field, a project as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from descriptors import catalogue, guides
from descriptors.differences import changes
from descriptors.forms import CompareForm, MomentForm
from descriptors.models import Revision
from descriptors.past import fields, leaves_of
from descriptors.services.export_project import export_state
from descriptors.views import Request, attachment, frame, head_of
from tec.projects.access import project_for

if TYPE_CHECKING:
    from datetime import datetime

    from tec.projects.models import Project

PAGE = 100
MOST = 500  # differences that are shown


@login_required
@require_safe
def compare(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """What is different between two revisions, whichever they are."""
    project = project_for(request.user, slug)
    head = head_of(project, descriptor)
    newest = head.number if head else 0
    form = CompareForm(request.GET or {"left": max(newest - 1, 0), "right": newest}, newest=newest)
    context: dict[str, Any] = {"form": form, **frame(project, descriptor, head)}
    if not form.is_valid():
        return render(request, "descriptors/compare.html", context, status=400 if request.GET else 200)
    left, right = (of_number(project, descriptor, form.cleaned_data[side]) for side in ("left", "right"))
    found = changes(descriptor, left.body if left else None, right.body if right else None)
    context |= {"left": left, "right": right, "differences": found[:MOST], "number": len(found)}
    return render(request, "descriptors/compare.html", context)


def of_number(project: Project, descriptor: str, number: int) -> Revision | None:
    """The revision of that number; None for 0, the state before the first."""
    found = Revision.objects.of(project).filter(document__descriptor=descriptor, number=number)
    return found.get() if number else None


@login_required
@require_safe
def blame(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Who last changed each field of the newest revision; `?field=` shows one and what lies below it."""
    project = project_for(request.user, slug)
    head = head_of(project, descriptor)
    asked = request.GET.get("field", "")[:500]
    body = head.body if head else None
    leaves = leaves_of(project, descriptor, body, asked)
    listed = Paginator(leaves.lines, PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(project, descriptor, head),
        "asked": asked,
        "asked_label": guides.label(descriptor, asked) if asked.startswith("/") else "",
        "page": listed,
        "fields": fields(project, descriptor, body, listed),
        "since": leaves.since,
    }
    return render(request, "descriptors/blame.html", context)


@login_required
@require_safe
def state(request: Request, slug: str) -> HttpResponse:
    """What a project said at a moment in the past."""
    project = project_for(request.user, slug)
    form = MomentForm(request.GET)
    at = form.moment() if form.is_valid() else None
    then = {each.document.descriptor: each for each in Revision.objects.at(project, at)} if at else {}
    now = Revision.objects.numbers_of(project)
    context = {
        "project": project,
        "form": form,
        "at": at,
        "asked": bool(request.GET.get("at")),
        "there": any(not each.cleared for each in then.values()),
        "lines": [(name, each, then.get(name), now.get(name)) for name, each in catalogue.NAMES.items()],
    }
    wrong = bool(request.GET.get("at")) and at is None
    return render(request, "descriptors/state.html", context, status=400 if wrong else 200)


@login_required
@require_safe
def state_export(request: Request, slug: str) -> HttpResponse:
    """All documents as they were at that moment, as a zip."""
    project = project_for(request.user, slug)
    form = MomentForm(request.GET)
    if not form.is_valid():
        said = " ".join(str(error) for error in form.errors["at"])
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    at: datetime = form.moment()
    data = export_state(project, at=at, by=request.user)
    name = f"{project.slug}-{at:%Y-%m-%dT%H-%M}.zip"
    return attachment(HttpResponse(data, content_type="application/zip"), name)
