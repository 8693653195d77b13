"""Lets a scheduled job run once per period, however many schedulers there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models.functions import Now

from tec.work.models import Schedule

NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def due(job: str, *, every: float) -> bool:
    """Whether this run of *job* is the first in its period of *every* seconds; if so, the period begins."""
    # Schedulers tick a little early or late: half a period apart is not the same turn.
    waited = Schedule.objects.filter(job=job, last_run_at__lt=Now() - timedelta(seconds=every / 2))
    if waited.update(last_run_at=Now()):
        return True
    _, created = Schedule.objects.get_or_create(job=job, defaults={"last_run_at": NEVER})
    return bool(created and waited.update(last_run_at=Now()))
