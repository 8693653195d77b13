"""What workers are asked to do; every task carries ids only and calls a service."""

from __future__ import annotations

from django.conf import settings

from mismatch.schedule import due
from mismatch.services.execute_check import execute_check as execute
from mismatch.services.sweep_checks import sweep_checks
from tec.celery import app


@app.task(time_limit=settings.CHECK_TIME_LIMIT)
def execute_check(check_id: int) -> None:
    execute(check_id=check_id)


@app.task
def sweep() -> None:
    if due("sweep", every=settings.SWEEP_SECONDS):
        sweep_checks()
