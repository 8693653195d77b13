"""Makes a report at once, and writes down that somebody took it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tec.audit.record import record
from tec.reports.rendering import render_report

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project
    from tec.reports.options import Options
    from tec.reports.rendering import Rendered


def give_report(*, project: Project, by: User, kind: str, format: str, options: Options) -> Rendered:
    """The report as a file. Raises BadOption, and NoCheck if there is nothing to report on."""
    made = render_report(project, kind=kind, format=format, options=options)
    record("report.given", actor=by, project=project, kind=kind, format=format)
    return made
