"""The audit log of a project and of the site: to read, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tec.audit.models import Event
from tec.projects.access import Right, may, project_for
from tec.projects.people import with_actors
from tec.projects.requests import SignedInRequest
from tec.trail.export import handed_out
from tec.trail.files import FORMATS
from tec.trail.filters import TrailForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tec.projects.models import Project

PAGE = 50


@login_required
@require_safe
def project_audit(request: SignedInRequest, slug: str) -> HttpResponse:
    """What happened in a project. From which address, only those see who manage it."""
    project = project_for(request.user, slug)
    context = {
        "project": project,
        "managing": may(request.user, project, Right.MANAGE),
        "people": [each.user for each in project.memberships.select_related("user")[:200]],
    }
    return shown(request, Event.objects.filter(project_id=project.pk), "trail/project.html", context)


@login_required
@require_safe
def project_audit_export(request: SignedInRequest, slug: str) -> HttpResponseBase:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    return sent(request, Event.objects.filter(project_id=project.pk), project)


@login_required
@require_safe
def site_audit(request: SignedInRequest) -> HttpResponse:
    """What happened anywhere; for administrators."""
    administering(request)
    return shown(request, Event.objects.all(), "trail/site.html", {"managing": True, "people": []})


@login_required
@require_safe
def site_audit_export(request: SignedInRequest) -> HttpResponseBase:
    administering(request)
    return sent(request, Event.objects.all(), None)


def administering(request: SignedInRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied(
            "The audit log of the whole site is for administrators; each project has a page of its own."
        )


def shown(
    request: SignedInRequest, events: QuerySet[Event], template: str, context: dict[str, Any]
) -> HttpResponse:
    form = TrailForm(request.GET)
    listed = Paginator(with_actors(form.found_in(events)), PAGE).get_page(request.GET.get("page"))
    context |= {"form": form, "page": listed, "problems": problems(form), "formats": FORMATS}
    return render(request, template, context)


def problems(form: TrailForm) -> list[str]:
    """What the address asks for and nobody can give."""
    return [f"{form.fields[name].label}: {error}" for name, found in form.errors.items() for error in found]


def sent(request: SignedInRequest, events: QuerySet[Event], project: Project | None) -> HttpResponseBase:
    """The entries that are asked for as a file."""
    format = request.GET.get("format", "jsonl")
    form = TrailForm(request.GET)
    wrong = problems(form)
    if format not in FORMATS:
        wrong.append(f"There is no format of that name; there are {' and '.join(FORMATS)}.")
    if wrong:
        return HttpResponse("\n".join(wrong), status=400, content_type="text/plain; charset=utf-8")
    return handed_out(request, events, form, format=format, project=project, by=request.user)
