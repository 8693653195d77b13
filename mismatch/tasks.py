"""What workers are asked to do; every task carries ids only and calls a service."""

from __future__ import annotations

from mismatch.services.execute_check import execute_check as execute
from mismatch.services.tell_of_decisions import remind as remind_of_decisions
from mismatch.services.tell_of_decisions import tell_of_failures
from mismatch.services.try_own_rule import execute_dry_run
from tec.celery import app
from tec.work.running import end_this_process
from tec.work.schedule import due


@app.task
def execute_check(check_id: int) -> None:
    execute(check_id=check_id, overdue=end_this_process)


@app.task
def dry_run(row_id: int) -> None:
    execute_dry_run(row_id=row_id, overdue=end_this_process)


@app.task
def remind() -> None:
    """Tell people of checks that failed, and a few times a day of decisions that end."""
    if due("check.failed", every=300):
        tell_of_failures()
    if due("decisions.remind", every=6 * 3600):
        remind_of_decisions()
