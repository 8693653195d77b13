"""Has a worker make a report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from mismatch.queries import standing
from tec.audit.record import record
from tec.projects.models import Project
from tec.reports.models import ReportFile
from tec.reports.options import BadOption, Options
from tec.reports.rendering import chosen
from tec.work.wake import wake

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_WAITING = 10
"""Reports of one project that wait at a time."""
MOST_KEPT = 50  # of one project


class TooManyReports(Exception):
    """The message says how many wait."""


@transaction.atomic
def order_report(
    *, project: Project, by: User | None, kind: str, format: str, options: Options
) -> ReportFile:
    """The report in the queue; the one that waits already if it was asked for before.

    “The last check” is the one that is the last now. Raises BadOption and TooManyReports.
    """
    report, _ = chosen(kind, format)
    Project.objects.lock(project.pk)
    if report.of_a_check and options.check is None:
        last = standing(project).done
        if last is None:
            raise BadOption("No check of this project is done yet, so there is nothing to report.")
        options = options._replace(check=last.number)
    wanted = {"kind": kind, "format": format, "options": options.as_dict()}
    waiting = ReportFile.objects.filter(project=project).unfinished().defer("content")
    for each in waiting.filter(kind=kind, format=format, requested_by=by):
        if each.options == wanted["options"]:
            return each
    if waiting.count() >= MOST_WAITING:
        raise TooManyReports(
            f"{MOST_WAITING} reports of this project wait already. Ask again when one of them is done."
        )
    _forget_old(project)
    row = ReportFile.objects.create(project=project, requested_by=by, **wanted)
    record("report.ordered", actor=by, project=project, target=str(row.pk), kind=kind, format=format)
    transaction.on_commit(partial(wake, row), robust=True)
    return row


def _forget_old(project: Project) -> None:
    """Make room: only the newest are kept."""
    ours = ReportFile.objects.filter(project=project)
    kept = list(ours.order_by("-pk").values_list("pk", flat=True)[: MOST_KEPT - 1])
    ours.exclude(pk__in=kept).exclude(pk__in=ours.unfinished().values("pk")).delete()
