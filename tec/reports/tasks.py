"""What workers are asked to do about reports; every task carries ids only and calls a service."""

from __future__ import annotations

from tec.celery import app
from tec.reports.services.forget_reports import forget_reports as forget
from tec.reports.services.make_report import make_report as make
from tec.work.running import end_this_process
from tec.work.schedule import due

FORGET_SECONDS = 3600


@app.task
def make_report(row_id: int) -> None:
    make(row_id=row_id, overdue=end_this_process)


@app.task
def forget_reports() -> None:
    if due("forget reports", every=FORGET_SECONDS):
        forget()
