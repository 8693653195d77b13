"""What workers are asked to do; every task carries ids only and calls a service."""

from __future__ import annotations

import os
import signal

from django.conf import settings

from mismatch.schedule import due
from mismatch.services.execute_check import execute_check as execute
from mismatch.services.sweep_checks import sweep_checks
from tec.celery import app


@app.task
def execute_check(check_id: int) -> None:
    execute(check_id=check_id, overdue=end_this_process)


def end_this_process() -> None:
    """A check that hangs is ended with the process it hangs in; whoever supervises that starts another."""
    os.kill(os.getpid(), signal.SIGKILL)


@app.task
def sweep() -> None:
    if due("sweep", every=settings.SWEEP_SECONDS):
        sweep_checks()
