"""The decisions of a project as a file: to download, and to decide by."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from descriptors.reading import ReadProblem
from mismatch import queries
from mismatch.decisions.forms import DecisionsFileForm
from mismatch.ignoring.export import MEDIA_TYPE, ignore_file
from mismatch.ignoring.file import NAME
from mismatch.services.import_decisions import MOST_BYTES, import_decisions, in_words
from mismatch.views import Request
from tec.projects.access import Right, project_for


@require_safe
@login_required
def export(request: Request, slug: str) -> HttpResponse:
    """`tec-ignore.yaml`, for the folder of the descriptors."""
    project = project_for(request.user, slug)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    return HttpResponse(ignore_file(project), content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_file(request: Request, slug: str) -> HttpResponse:
    """GET: a form. POST: decide as the file says, and list what of it could not be done."""
    project = project_for(request.user, slug, Right.DECIDE)
    check = queries.standing(project).done
    posted = request.method == "POST"
    form = DecisionsFileForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, Any] = {"project": project, "check": check, "form": form}
    if check and posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = import_decisions(
                project=project, check=check, name=file.name, data=file.read(MOST_BYTES + 1), by=request.user
            )
        except ReadProblem as problem:
            form.add_error("file", str(problem))
        else:
            context |= {"taken": taken, "words": list(in_words(taken)), "form": DecisionsFileForm()}
    return render(request, "mismatch/import_decisions.html", context, status=422 if form.errors else 200)
