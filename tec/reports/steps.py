"""How far the making of a report is, in per cent of what it usually takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from mismatch.services.execute_check import now_and_then

Tell: TypeAlias = Callable[[int, int], None]
"""Is told how much of how much is done."""

WHOLE = 100
GATHERED = 35
"""By then everything is read that the report says."""

T = TypeVar("T")


def to_nobody(done: int, total: int) -> None:
    """Nobody waits for it."""


def within(tell: Tell, begin: int, end: int) -> Tell:
    """Takes what is told of a part for that much of the whole: from *begin* to *end* per cent."""

    def told(done: int, total: int) -> None:
        tell(begin + (end - begin) * min(done, total) // max(total, 1), WHOLE)

    return told


def told_of(listed: Iterable[T], total: int, tell: Tell) -> Iterator[T]:
    """What is *listed*, about *total* of it, telling every now and then how much of it is through."""
    often = now_and_then(tell)
    for number, each in enumerate(listed):
        often(number, total)
        yield each
