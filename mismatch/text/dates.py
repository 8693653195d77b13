"""Reads dates and spans of time as people write them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from datetime import date


class Span(NamedTuple):
    """A time from one day to another."""

    start: date
    end: date | None  # None if it goes on
    stated: bool = True  # is the end a day, not a whole month or year?


@lru_cache(maxsize=1024)
def day(text: str) -> date | None:
    """The day that "2025-04-02" names, also as the beginning of a time stamp or without its dashes; None for
    anything else."""
    from datetime import date

    core = text.strip()
    if len(core) == 8 and core.isascii() and core.isdecimal():
        core = f"{core[:4]}-{core[4:6]}-{core[6:]}"
    if len(core) < 10 or core[4] != "-" or core[7] != "-" or not core[:10].replace("-", "").isdecimal():
        return None
    if len(core) > 10 and core[10] not in "T ":
        return None
    try:
        return date.fromisoformat(core[:10])
    except ValueError:
        return None


@lru_cache(maxsize=256)
def span(text: str) -> Span | None:
    """The time that a text begins with: "2022-01-01 to 2024-12-31", "2018-01 – 2023", "since 2021".

    A month or year as the end means its last day. None for prose and for one date alone.
    """
    core = text.strip()
    if len(core) > 300:
        return None
    found = _pattern().match(core)
    if not found:
        return None
    start = _first(found["start"])
    if start is None:
        return None
    if found["open"] or not found["end"]:
        return Span(start, None) if found["open"] or found["since"] else None
    end = _last(found["end"])
    return Span(start, end, len(found["end"]) == 10) if end else None


@cache
def _pattern() -> re.Pattern[str]:
    import re

    point = r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])"
    return re.compile(
        rf"(?:from |between |(?P<since>since |starting ))?(?P<start>{point})"
        r"(?:\s*(?:to|until|till|through|and|bis|\.\.|–|—|-|/)\s*"
        rf"(?:(?P<end>{point})|(?P<open>today|now|present|ongoing|open)\b))?",
        re.ASCII | re.IGNORECASE,
    )


def _first(point: str) -> date | None:
    return day(f"{point}-01-01"[:10])


def _last(point: str) -> date | None:
    """The last day of a year or month; the day itself."""
    from datetime import timedelta

    if len(point) == 10:
        return day(point)
    year, month = int(point[:4]), int(point[5:7] or 12)
    if not 1 <= month <= 12 or year >= 9999:
        return None
    following = day(f"{year + month // 12:04}-{month % 12 + 1:02}-01")
    return following - timedelta(days=1) if following else None
