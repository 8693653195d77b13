"""Finds work that was forgotten or lost its worker, and has it done again or given up."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models.functions import Now

from tec.broker import tidy
from tec.work.kinds import kinds, rows_of
from tec.work.models import MAX_ATTEMPTS, State, Work, Worker
from tec.work.wake import wake

log = logging.getLogger(__name__)

AT_ONCE = 50
"""How many rows of a kind one sweep wakes, the oldest first; the next sweep goes on."""

WORKER_LOST = (
    "The worker was lost or took too long {times} times while it ran this {noun}. {kept} "
    "Start the {noun} again; if it fails again, the worker’s log says why."
)


def sweep_all() -> int:
    """Wake the workers for what was forgotten, give up what failed too often; return how many were woken."""
    Worker.objects.gone().delete()
    if not settings.REDIS_URL:
        tidy(Path(settings.BROKER_DIR))
    for model in kinds():
        give_up(model)
    return sum(wake_forgotten(model) for model in kinds())


def give_up(model: type[Work]) -> None:
    """End what was begun too often and not heard of again."""
    reason = WORKER_LOST.format(times=MAX_ATTEMPTS, noun=model.noun, kept=model.kept)
    given_up = rows_of(model).lapsed().filter(attempts__gte=MAX_ATTEMPTS)
    lost = given_up.update(state=State.FAILED, error=reason, finished_at=Now(), lease_until=None)
    if lost:
        log.warning("%s %ss were given up after %s attempts.", lost, model.noun, MAX_ATTEMPTS)


def wake_forgotten(model: type[Work]) -> int:
    """Tell the workers once more about rows that wait although they were told about them."""
    forgotten = rows_of(model).forgotten(timedelta(seconds=2 * settings.SWEEP_SECONDS))
    woken = 0
    for row in forgotten.order_by("woken_at")[:AT_ONCE]:
        # Whoever moves the time tells the workers, so two sweeps at once tell them once.
        if forgotten.filter(pk=row.pk).update(woken_at=Now()):
            if not wake(row):
                break
            woken += 1
    return woken
