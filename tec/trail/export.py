"""Hands the audit log out as a file; that it was taken is an entry itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils import timezone

from tec.audit.record import record
from tec.trail.files import FORMATS, in_chunks

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from tec.audit.models import Event
    from tec.projects.models import Project
    from tec.trail.filters import TrailForm


def handed_out(
    request: HttpRequest,
    events: QuerySet[Event],
    form: TrailForm,
    *,
    format: str,
    project: Project | None,
    by: User,
) -> StreamingHttpResponse:
    """Those of *events* that *form* asks for, in one of FORMATS; *project* None: of the whole site."""
    name, content_type, writing = FORMATS[format]
    if request.method != "HEAD":
        record("audit.exported", actor=by, project=project, format=name, filters=form.asked)
    day = timezone.now().date().isoformat()
    file = f"audit-{project.slug if project else 'site'}-{day}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    entries = in_chunks(form.found_in(events))
    return StreamingHttpResponse(writing(entries), content_type=content_type, headers=headers)
