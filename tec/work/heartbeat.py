"""Says which workers listen and how much waits for them; a worker keeps saying that it is there."""

from __future__ import annotations

import logging
import os
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.db.models.functions import Now
from django.utils import timezone

from tec.work.kinds import kinds, rows_of
from tec.work.models import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

BEAT_SECONDS = 5


class Queue(NamedTuple):
    """What waits for a worker."""

    length: int
    age: float  # seconds since the oldest was queued, 0 if none is


def workers_listening() -> int:
    """How many workers were heard lately."""
    return Worker.objects.listening().count()


def queue() -> Queue:
    """How much nobody works on yet, of every kind, and how long the oldest has waited."""
    waiting = [
        rows_of(model).waiting().aggregate(length=Count("pk"), oldest=Min("created_at")) for model in kinds()
    ]
    since = [each["oldest"] for each in waiting if each["oldest"]]
    age = max(0.0, (timezone.now() - min(since)).total_seconds()) if since else 0.0
    return Queue(sum(each["length"] for each in waiting), age)


class Heartbeat:
    """Keeps the row of this worker process fresh until it is stopped; then the row goes."""

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    @property
    def name(self) -> str:
        return f"{socket.gethostname()[:80]}:{os.getpid()}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=BEAT_SECONDS)

    def _beat(self) -> None:
        while True:
            self._write(lambda: Worker.objects.update_or_create(name=self.name, defaults={"seen_at": Now()}))
            if self._over.wait(BEAT_SECONDS):
                break
        self._write(lambda: Worker.objects.filter(name=self.name).delete())

    def _write(self, change: Callable[[], object]) -> None:
        try:
            change()
        except DatabaseError as error:
            log.warning("The worker’s heartbeat was not written: %s", error)
        finally:
            # Pool processes are forked from this one; an open connection must not be shared with them.
            connection.close()


OURS = Heartbeat()
"""That of this process, if it is a worker."""
