"""Runs a check: the rules over its revisions, and keeps what they found."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

from mismatch import engine
from mismatch.findings import Report
from mismatch.models import Check
from mismatch.profiles.current import profile_by
from mismatch.scores import scores_to_keep
from mismatch.services.store_report import store_report
from mismatch.snapshot import documents
from tec.work.lease import progress
from tec.work.running import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mismatch.profiles.profile import Profile

log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.3
"""Seconds between two updates of the progress; a check that takes less writes none."""


def execute_check(*, check_id: int, overdue: Callable[[], None] | None = None) -> None:
    """Run the check with this id, unless it is finished or another worker has it."""
    run(Check, check_id, check_snapshot, overdue=overdue)


def check_snapshot(check: Check, attempt: int) -> None:
    """Apply the rules to the revisions of the check and keep what they find."""
    began = monotonic()
    looked_at = documents(check)
    report = run_rules(
        looked_at,
        lambda done, total: progress(check, attempt, done, total),
        check.day,
        profile_by(check),
    )
    scores = scores_to_keep(report, looked_at)
    store_report(check=check, attempt=attempt, report=report, scores=scores)
    log.info("%s: %s findings in %.2f s", check.row, len(report.findings), monotonic() - began)


def run_rules(
    documents: Mapping[str, Any],
    progress: Callable[[int, int], None],
    today: date | None = None,
    profile: Profile | None = None,
) -> Report:
    """What `engine.check` finds, calling *progress* with (done, total) every now and then."""
    return engine.check(documents, today=today, progress=now_and_then(progress), profile=profile)


def now_and_then(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """*progress*, but called only as often as it is worth a word to the database."""
    last = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last > PROGRESS_EVERY:
            progress(done, total)
            last = monotonic()

    return tell
