"""Finds checks that were forgotten or lost their worker, and has them run again or given up."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models.functions import Now

from mismatch.models import MAX_ATTEMPTS, Check, State, Worker
from mismatch.wake import wake
from tec.broker import tidy

log = logging.getLogger(__name__)

AT_ONCE = 50
"""How many checks one sweep wakes, the oldest first; the next sweep goes on."""

WORKER_LOST = (
    f"The worker was lost or took too long {MAX_ATTEMPTS} times while it ran this check. "
    "Nothing that was found before has changed. Start the check again; if it fails again, "
    "the worker’s log says why."
)


def sweep_checks() -> int:
    """Wake the workers for what was forgotten, give up what failed too often; return how many were woken."""
    given_up = Check.objects.lapsed().filter(attempts__gte=MAX_ATTEMPTS)
    lost = given_up.update(state=State.FAILED, error=WORKER_LOST, finished_at=Now(), lease_until=None)
    if lost:
        log.warning("%s checks were given up after %s attempts.", lost, MAX_ATTEMPTS)
    Worker.objects.gone().delete()
    if not settings.REDIS_URL:
        tidy(Path(settings.BROKER_DIR))
    return wake_forgotten()


def wake_forgotten() -> int:
    """Tell the workers once more about checks that wait although they were told about them."""
    forgotten = Check.objects.forgotten(timedelta(seconds=2 * settings.SWEEP_SECONDS))
    woken = 0
    for check_id in forgotten.order_by("woken_at").values_list("pk", flat=True)[:AT_ONCE]:
        # Whoever moves the time tells the workers, so two sweeps at once tell them once.
        if forgotten.filter(pk=check_id).update(woken_at=Now()):
            if not wake(check_id):
                break
            woken += 1
    return woken
