"""What workers are asked to do; every task carries ids only and calls a service."""

from __future__ import annotations

from descriptors.repositories.services.execute_sync import execute_sync as execute
from descriptors.repositories.services.start_sync import start_due_syncs
from tec.celery import app
from tec.work.running import end_this_process
from tec.work.schedule import due

LOOK_EVERY = 60


@app.task
def execute_sync(sync_id: int) -> None:
    execute(sync_id=sync_id, overdue=end_this_process)


@app.task
def start_scheduled_syncs() -> None:
    if due("syncs", every=LOOK_EVERY):
        start_due_syncs()
