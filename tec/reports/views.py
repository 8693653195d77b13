"""Pages of reports: choose one, fetch it, read and print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mismatch.findings import SEVERITIES
from mismatch.models import Check, State
from mismatch.views import Request, SeeOther, login_or_reload
from tec.projects.access import project_for
from tec.reports import composing, dossier
from tec.reports.gathering import NoCheck, subject_of
from tec.reports.html import as_page
from tec.reports.kinds import KINDS
from tec.reports.models import ReportFile
from tec.reports.options import BadOption, Options
from tec.reports.rendering import chosen, file_name, takes_a_worker
from tec.reports.services.give_report import give_report
from tec.reports.services.order_report import TooManyReports, order_report
from tec.work.heartbeat import workers_listening

if TYPE_CHECKING:
    from tec.projects.models import Project
    from tec.reports.rendering import Rendered

CHECKS_OFFERED = 50
SHOWN = 20
"""Reports that the page lists, the newest first."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reports(request: Request, slug: str) -> HttpResponse:
    """GET offers the reports, POST makes one: at once if it is small, else by a worker."""
    return make(request, slug) if request.method == "POST" else offer(request, slug)


def offer(request: Request, slug: str) -> HttpResponse:
    project = project_for(request.user, slug)
    done = Check.objects.filter(project=project, state=State.DONE).only("number", "finished_at")
    context = {
        "kinds": list(KINDS.values()),
        "checks": list(done[:CHECKS_OFFERED]),
        "severities": SEVERITIES,
        **_made(project),
    }
    return render(request, "reports/reports.html", {"project": project, **context})


def make(request: Request, slug: str) -> HttpResponse:
    project = project_for(request.user, slug)
    kind, format = request.POST.get("kind", "mismatch"), request.POST.get("format", "")
    try:
        options = _options(request.POST)
        chosen(kind, format)
        if not takes_a_worker(project, kind, format, options):
            made = give_report(project=project, by=request.user, kind=kind, format=format, options=options)
            return attachment(made)
        row = order_report(project=project, by=request.user, kind=kind, format=format, options=options)
    except BadOption as problem:
        raise BadRequest(str(problem)) from problem
    except (NoCheck, TooManyReports) as problem:
        messages.warning(request, str(problem))
        return SeeOther(reverse("report-list", args=[slug]))
    return SeeOther(f"{reverse('report-list', args=[slug])}#report-{row.pk}")


@require_safe
@never_cache
@login_or_reload
def made(request: Request, slug: str) -> HttpResponse:
    """The part of the page that lists what workers have made and are making."""
    project = project_for(request.user, slug)
    return render(request, "reports/_made.html", {"project": project, **_made(project)})


@require_safe
@login_required
def view(request: Request, slug: str, kind: str) -> HttpResponse:
    """A report as a page to read and to print."""
    project = project_for(request.user, slug)
    if kind not in KINDS:
        raise Http404(f"There is no report “{kind}”.")
    back = reverse("report-list", args=[slug])
    try:
        options = _options(request.GET)
        if takes_a_worker(project, kind, "html", options):
            messages.warning(request, "This report is too long for a page: have a worker make it as a file.")
            return redirect(back)
        if kind == "dossier":
            paper = dossier.compose(dossier.dossier_of(project))
        else:
            paper = composing.compose(subject_of(project, options))
    except BadOption as problem:
        raise BadRequest(str(problem)) from problem
    except NoCheck as problem:
        messages.warning(request, str(problem))
        return redirect(back)
    return HttpResponse(as_page(paper, back=back))


@require_safe
@login_required
def file(request: Request, slug: str, report: int) -> HttpResponse:
    """A report that a worker has made."""
    project = project_for(request.user, slug)
    row = get_object_or_404(ReportFile.objects.filter(project=project), pk=report)
    if not row.done or row.content is None:
        return redirect(f"{reverse('report-list', args=[slug])}#report-{row.pk}")
    kind, format = chosen(row.kind, row.format)
    return attachment_of(bytes(row.content), format.media_type, file_name(project, kind, format))


def attachment(made: Rendered) -> HttpResponse:
    return attachment_of(made.content, made.media_type, made.file_name)


def attachment_of(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _options(given: Any) -> Options:
    """The options of a form; unticked boxes are not sent, so a form says that it has them."""
    values = {name: given.getlist(name) for name in given}
    if "form" in values:
        values.setdefault("settled", ["no"])
    return Options.read(values)


def _made(project: Project) -> dict[str, Any]:
    """Two queries."""
    files = list(ReportFile.objects.filter(project=project).listed()[:SHOWN])
    working = [each for each in files if not each.finished]
    return {
        "files": files,
        "working": bool(working),
        "listening": bool(workers_listening()) if working else True,
    }
