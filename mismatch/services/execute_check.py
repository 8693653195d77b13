"""Runs a check: claims it, runs the rules, keeps what they found. A worker may be killed at any point."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError
from django.db.models.functions import Now

from mismatch import engine
from mismatch.findings import Report
from mismatch.lease import Lease, LostLease, claim
from mismatch.models import Check, State
from mismatch.services.store_report import store_report
from mismatch.snapshot import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.3
"""Seconds between two updates of the progress; a check that takes less writes none."""

BROKEN = (
    "An error in TEC itself stopped this check; it is described in the worker’s log under “check row {id}”. "
    "Nothing that was found before has changed. Start the check again once the error is repaired."
)


def execute_check(*, check_id: int, overdue: Callable[[], None] | None = None) -> None:
    """Run the check with this id, unless it is finished or another worker has it.

    An error in a rule ends the check as failed. A database that goes away ends only this attempt: the lease
    runs out and the sweep has the check repeated. So does one that takes too long; *overdue* is then called.
    """
    attempt = claim(check_id)
    if attempt is None:
        return
    began = monotonic()
    with Lease(check_id, attempt, overdue):
        check = Check.objects.select_related("project").get(pk=check_id)
        try:
            report = run_rules(
                documents(check), lambda done, total: progress(check, attempt, done, total), check.day
            )
            store_report(check=check, attempt=attempt, report=report)
            took = monotonic() - began
            log.info("check row %s: %s findings in %.2f s", check_id, len(report.findings), took)
        except LostLease:
            log.warning("Attempt %s of check row %s was overtaken by another worker.", attempt, check_id)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("check row %s failed", check_id)
            fail(check, attempt, BROKEN.format(id=check_id))


def run_rules(
    documents: Mapping[str, Any], progress: Callable[[int, int], None], today: date | None = None
) -> Report:
    """What `engine.check` finds, calling *progress* with (done, total) every now and then."""
    last = monotonic()

    def now_and_then(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last > PROGRESS_EVERY:
            progress(done, total)
            last = monotonic()

    return engine.check(documents, today=today, progress=now_and_then)


def progress(check: Check, attempt: int, done: int, total: int) -> None:
    """Say how far the attempt is; raises LostLease if it is not the current one."""
    held = Check.objects.filter(pk=check.pk).held(attempt=attempt)
    if not held.update(progress_done=done, progress_total=total):
        raise LostLease


def fail(check: Check, attempt: int, reason: str) -> None:
    """End the attempt with a sentence for people, unless another attempt has begun."""
    held = Check.objects.filter(pk=check.pk).held(attempt=attempt)
    held.update(state=State.FAILED, finished_at=Now(), lease_until=None, error=reason)
