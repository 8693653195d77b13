"""Makes a report that somebody asked for, in a worker."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction

from tec.reports.gathering import NoCheck
from tec.reports.models import ReportFile
from tec.reports.options import BadOption
from tec.reports.rendering import render_report
from tec.reports.steps import WHOLE
from tec.work.lease import fail, finish, progress
from tec.work.running import run

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

LARGEST = 50_000_000
"""Bytes of a report that is kept."""


def make_report(*, row_id: int, overdue: Callable[[], None] | None = None) -> None:
    """Make the report with this id, unless it is finished or another worker has it."""
    run(ReportFile, row_id, _make, overdue=overdue)


def _make(row: ReportFile, attempt: int) -> None:
    began = monotonic()
    try:
        made = render_report(
            row.project,
            kind=row.kind,
            format=row.format,
            options=row.chosen,
            progress=lambda done, total: progress(row, attempt, done, total),
        )
    except (BadOption, NoCheck) as problem:
        fail(row, attempt, str(problem))
        return
    if len(made.content) > LARGEST:
        fail(row, attempt, f"The report has {len(made.content):,} bytes, more than can be kept. Choose less.")
        return
    with transaction.atomic():
        finish(
            row,
            attempt,
            content=made.content,
            size=len(made.content),
            progress_done=WHOLE,
            progress_total=WHOLE,
        )
    log.info("%s: %s bytes in %.2f s", row.row, len(made.content), monotonic() - began)
