"""The decisions of a project as a file to download."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mismatch.ignoring.export import MEDIA_TYPE, ignore_file
from mismatch.ignoring.file import NAME
from mismatch.views import Request
from tec.projects.access import project_for


@require_safe
@login_required
def export(request: Request, slug: str) -> HttpResponse:
    """`tec-ignore.yaml`, for the folder of the descriptors."""
    project = project_for(request.user, slug)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    return HttpResponse(ignore_file(project), content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
