"""What keeps background work going."""

from __future__ import annotations

from django.conf import settings

from tec.celery import app
from tec.work.schedule import due
from tec.work.sweep import sweep_all


@app.task
def sweep() -> None:
    if due("sweep", every=settings.SWEEP_SECONDS):
        sweep_all()
