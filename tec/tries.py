"""Sending that may fail: one worker makes each try of a row, and the pauses between them grow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet

MAX_TRIES = 6
"""How often anything is tried before it is given up."""


def again_after(tries: int) -> timedelta:
    """How long to wait after the try with this number: 1, 4, 16, 64 and 256 minutes."""
    return timedelta(minutes=4 ** (tries - 1))


def claim(row: Any, due: QuerySet[Any], *, again: str, **noted: Any) -> bool:
    """Begin the next try of *row* if it is among the *due* and nobody else has begun it.

    *again* names the column that says when the try after this one may begin, so that the row is due again if
    this worker dies; *noted* is written with it. Afterwards `row.tries` counts this try.
    """
    mine = due.filter(pk=row.pk, tries=row.tries)
    later = timezone.now() + again_after(row.tries + 1)
    if not mine.update(tries=F("tries") + 1, **{again: later}, **noted):
        return False
    row.tries += 1
    return True


def is_last(row: Any) -> bool:
    """Whether the try that was begun is the last one."""
    return bool(row.tries >= MAX_TRIES)
