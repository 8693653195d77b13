"""Holds a row for the worker that works on it: a lease in the database, renewed until the work is done."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from tec.work.kinds import itself
from tec.work.models import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models.expressions import Combinable

    from tec.work.models import Work

log = logging.getLogger(__name__)


class LostLease(Exception):
    """Somebody else does the work by now; this attempt must write nothing any more."""


def claim(row: Work) -> int | None:
    """Begin the work and return the number of the attempt, or None if it is not ours to begin.

    Claiming twice, after a message was delivered twice, is harmless: one of the two gets None.
    """
    claimable = itself(row).claimable()
    attempts = claimable.values_list("attempts", flat=True).first()
    if attempts is None:
        return None
    attempt: int = attempts + 1
    claimed = claimable.filter(attempts=attempts).update(
        state=State.RUNNING,
        attempts=attempt,
        started_at=Now(),
        lease_until=lease_end(),
        progress_done=0,
    )
    return attempt if claimed else None


def lease_end() -> Combinable:
    """When a lease that is taken now ends, by the database's clock."""
    return Now() + timedelta(seconds=settings.LEASE_SECONDS)


def progress(row: Work, attempt: int, done: int, total: int) -> None:
    """Say how far the attempt is; raises LostLease if it is not the current one."""
    if not itself(row).held(attempt=attempt).update(progress_done=done, progress_total=total):
        raise LostLease


def finish(row: Work, attempt: int, **values: Any) -> None:
    """End the attempt as done, in the transaction of its results; raises LostLease if it was overtaken."""
    done = {"state": State.DONE, "finished_at": Now(), "lease_until": None, "error": ""}
    if not itself(row).held(attempt=attempt).update(**done, **values):
        raise LostLease


def fail(row: Work, attempt: int, reason: str, **values: Any) -> None:
    """End the attempt with a sentence for people, unless another attempt has begun."""
    failed = {"state": State.FAILED, "finished_at": Now(), "lease_until": None, "error": reason[:500]}
    itself(row).held(attempt=attempt).update(**failed, **values)


class Lease:
    """Renews the lease of one attempt from a thread of its own, for as long as the `with` block runs.

    When that takes longer than the work may take, the lease is left to run out and *overdue* is called, in
    the lease's thread: whatever hangs cannot be interrupted from outside, only ended with its process.
    """

    def __init__(self, row: Work, attempt: int, overdue: Callable[[], None] | None = None) -> None:
        self.row, self.attempt, self.overdue = row, attempt, overdue
        self._over = Event()
        self._thread = Thread(target=self._renew, name=f"lease-{row.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._over.set()
        self._thread.join()

    def _renew(self) -> None:
        limit = self.row.time_limit()
        deadline = monotonic() + limit
        try:
            while not self._over.wait(settings.LEASE_SECONDS / 4):
                if monotonic() > deadline:
                    log.error("%s took longer than %s s", self.row.row, limit)
                    if self.overdue:
                        self.overdue()
                    return
                if not self._renewed():
                    return
        finally:
            connection.close()

    def _renewed(self) -> bool:
        held = itself(self.row).held(attempt=self.attempt)
        try:
            return held.update(lease_until=lease_end()) == 1
        except DatabaseError as error:  # the next turn may succeed; if none does, the lease ends
            log.warning("The lease of %s was not renewed: %s", self.row.row, error)
            return True
