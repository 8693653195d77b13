"""What workers are asked to do; every task carries ids only and calls a service."""

from __future__ import annotations

from mismatch.services.execute_check import execute_check as execute
from tec.celery import app
from tec.work.running import end_this_process


@app.task
def execute_check(check_id: int) -> None:
    execute(check_id=check_id, overdue=end_this_process)
