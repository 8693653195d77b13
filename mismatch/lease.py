"""Holds a check for the worker that runs it: a lease in the database, renewed until the work is done."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from mismatch.models import Check, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models.expressions import Combinable

log = logging.getLogger(__name__)


class LostLease(Exception):
    """Somebody else works on the check by now; this attempt must write nothing any more."""


def claim(check_id: int) -> int | None:
    """Begin the check and return the number of the attempt, or None if it is not ours to begin.

    Claiming twice, after a message was delivered twice, is harmless: one of the two gets None.
    """
    claimable = Check.objects.claimable().filter(pk=check_id)
    attempts = claimable.values_list("attempts", flat=True).first()
    if attempts is None:
        return None
    attempt = attempts + 1
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
    return Now() + timedelta(seconds=settings.CHECK_LEASE_SECONDS)


class Lease:
    """Renews the lease of one attempt from a thread of its own, for as long as the `with` block runs.

    When that takes longer than a check may take, the lease is left to run out and *overdue* is called, in the
    lease's thread: whatever hangs cannot be interrupted from outside, only ended with its process.
    """

    def __init__(self, check_id: int, attempt: int, overdue: Callable[[], None] | None = None) -> None:
        self.check_id, self.attempt, self.overdue = check_id, attempt, overdue
        self._over = Event()
        self._thread = Thread(target=self._renew, name=f"lease-{check_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._over.set()
        self._thread.join()

    def _renew(self) -> None:
        deadline = monotonic() + settings.CHECK_TIME_LIMIT
        try:
            while not self._over.wait(settings.CHECK_LEASE_SECONDS / 4):
                if monotonic() > deadline:
                    log.error("check row %s took longer than %s s", self.check_id, settings.CHECK_TIME_LIMIT)
                    if self.overdue:
                        self.overdue()
                    return
                if not self._renewed():
                    return
        finally:
            connection.close()

    def _renewed(self) -> bool:
        held = Check.objects.filter(pk=self.check_id).held(attempt=self.attempt)
        try:
            return held.update(lease_until=lease_end()) == 1
        except DatabaseError as error:  # the next turn may succeed; if none does, the lease ends
            log.warning("The lease of check row %s was not renewed: %s", self.check_id, error)
            return True
