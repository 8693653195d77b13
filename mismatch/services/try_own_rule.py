"""Tries a version of somebody's own rule over all projects that they may see, in a worker."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from mismatch.own.dry_run import projects_for, tally
from mismatch.own.models import DryRun
from mismatch.services.execute_check import now_and_then
from tec.audit.record import record
from tec.work.lease import finish, progress
from tec.work.running import run
from tec.work.wake import wake

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from mismatch.own.models import OwnRuleVersion

MOST_WAITING = 5
"""Dry runs of one person that wait at a time."""


class TooManyRuns(Exception):
    """The message says how many wait."""


@transaction.atomic
def start_dry_run(*, version: OwnRuleVersion, by: User) -> DryRun:
    """The dry run in the queue; the one that is on its way already if it was asked for before.

    What *by* had found with earlier versions is forgotten. Raises TooManyRuns.
    """
    waiting = DryRun.objects.filter(requested_by=by).unfinished()
    known = waiting.filter(version=version).first()
    if known:
        return known
    if waiting.count() >= MOST_WAITING:
        raise TooManyRuns(
            f"{MOST_WAITING} dry runs of yours wait already. Ask again when one of them is done."
        )
    earlier = DryRun.objects.filter(requested_by=by, version__rule=version.rule)
    earlier.exclude(pk__in=waiting.values("pk")).delete()
    row = DryRun.objects.create(version=version, requested_by=by)
    rule = version.rule
    record("own_rule.tried", actor=by, project=rule.project, target=rule.code, version=version.number)
    transaction.on_commit(partial(wake, row), robust=True)
    return row


def execute_dry_run(*, row_id: int, overdue: Callable[[], None] | None = None) -> None:
    """Do the dry run with this id, unless it is finished or another worker has it."""
    run(DryRun, row_id, _try, overdue=overdue)


def _try(row: DryRun, attempt: int) -> None:
    said = now_and_then(lambda done, total: progress(row, attempt, done, total))
    projects = projects_for(row.requested_by, row.version.rule.project)
    found = tally(row.version.definition, projects, said)
    with transaction.atomic():
        finish(row, attempt, **found._asdict())
