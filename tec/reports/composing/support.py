"""What all parts of a report share: how values, numbers and times are written, and how much at most."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from datetime import datetime
from functools import cache
from importlib.metadata import version

from django.utils import timezone

from mismatch.showing.evidence import nothing, plain
from tec.reports.paper import Words

MOST_CARDS = 1_000
"""Contradictions that are written out; a document of more pages is read by nobody. The tables have all."""
MOST_LINES = 500  # of a list or a table
MOST_SIDES = 8  # of one finding
MOST_REASONS = 12  # of a gate
LONGEST = 600  # characters of a value

KINDS = {"mismatch": "Contradictions", "missing": "Missing"}


@cache
def tec_version() -> str:
    return version("tec")


def moment(value: datetime | None) -> str:
    """A point in time as people write it."""
    return f"{timezone.localtime(value):%-d %B %Y, %H:%M %Z}" if value else ""


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def cut(
    everything: Sized, most: int = MOST_LINES, *, all_in: str = "the CSV and XLSX reports"
) -> Iterator[Words]:
    """The sentence about a list that is cut after *most*; none about one that is not."""
    if len(everything) > most:
        number = len(everything)
        yield Words(f"The first {most:,} of {number:,} stand here; all of them are in {all_in}.", "info")


def value_of(value: object) -> str:
    """A value as text, cut where it would fill pages; “nothing there” for none."""
    text = nothing(value) or plain(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} … ({len(text):,} characters)"
