"""The Celery app: what wakes the workers. The rows in the database say what there is to do."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

from celery import Celery, signals

from tec import broker
from tec.processes import end_with_parent, end_with_runner

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tec.settings")
# Celery would run Django's checks, which import every page, and then not look at what they say.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

broker.register()
app = Celery("tec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_ready.connect
def begin(sender: Any, **kwargs: Any) -> None:
    """The worker listens: say so from now on, and look for what was forgotten while none did."""
    from tec.work import heartbeat, tasks

    end_with_runner()
    heartbeat.OURS.start()
    tasks.sweep.delay()


_inside = ExitStack()  # a process of the worker does one task after the other


@signals.task_prerun.connect
def begin_task(**kwargs: Any) -> None:
    """What a task records, it does as a worker."""
    from tec.audit import where

    _inside.enter_context(where.doing(where.WORKER))


@signals.task_postrun.connect
def end_task(**kwargs: Any) -> None:
    _inside.close()


@signals.worker_shutdown.connect
def end(**kwargs: Any) -> None:
    from tec.work import heartbeat

    heartbeat.OURS.stop()


@signals.worker_process_init.connect
@signals.beat_embedded_init.connect
def begin_child(**kwargs: Any) -> None:
    """A process of the worker's pool, or its scheduler, is of no use without the worker."""
    end_with_parent()
