"""Keeps rows apart while a list is edited: which row is which, in what order, whatever was added or moved.

A row that the saved document has is called by its index there, for as long as the form is open; a new one
gets the next free number. The order of a list travels as one short text: "0-3,7,5+,8+2" are the saved rows 0
to 3 and 7, the new row 5, and row 8, which began as a copy of the saved row 2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tec import strictjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HIGHEST_KEY = 10 * strictjson.MAX_ITEMS
MOST_NAMED = 4 * strictjson.MAX_ITEMS
"""Rows that an order names, twice or not, before the rest of it is not looked at."""


class Row(NamedTuple):
    """One row of a list."""

    key: int
    origin: int | None  # the saved row it is, or began as a copy of; None for a new row

    @property
    def saved(self) -> bool:
        """Whether it is a row of the saved document, not a new one or a copy."""
        return self.key == self.origin


_TOKEN = re.compile(r"(\d{1,6})(?:-(\d{1,6})|\+(\d{1,6})?)?", re.ASCII)


def saved_rows(count: int) -> list[Row]:
    """The rows of a list as it was saved."""
    return [Row(index, index) for index in range(count)]


def untouched(count: int, least: int) -> list[Row]:
    """The rows to begin with: the saved ones, or a first blank one if there are none and there have to be."""
    return saved_rows(count) if count or not least else [Row(0, None)]


def parsed(text: str, count: int) -> list[Row]:
    """The rows that *text* names, for a list that has *count* saved rows.

    What is no order, names a row twice or one that was never saved is passed over: it can come only from a
    tampered form, and must not break anything.
    """
    rows: list[Row] = []
    seen: set[int] = set()
    named = 0
    for token in text.split(","):
        match = _TOKEN.fullmatch(token.strip())
        if match is None:
            continue
        for row in _rows_of(match, count):
            named += 1
            if row.key not in seen and len(rows) < strictjson.MAX_ITEMS:
                seen.add(row.key)
                rows.append(row)
        if named > MOST_NAMED:
            break
    return rows


def _rows_of(match: re.Match[str], count: int) -> Iterable[Row]:
    first = int(match[1])
    if match[2] is not None:
        return [Row(key, key) for key in range(first, min(int(match[2]) + 1, count))]
    if "+" not in match[0]:
        return [Row(first, first)] if first < count else []
    if first < count or first > HIGHEST_KEY:
        return []
    origin = int(match[3]) if match[3] is not None else None
    return [Row(first, origin if origin is not None and origin < count else None)]


def written(rows: Sequence[Row]) -> str:
    """The text that names *rows*; neighbours are drawn together."""
    parts: list[str] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        if not row.saved:
            parts.append(f"{row.key}+{'' if row.origin is None else row.origin}")
            index += 1
            continue
        last = index
        while last + 1 < len(rows) and rows[last + 1].saved and rows[last + 1].key == rows[last].key + 1:
            last += 1
        parts.append(f"{row.key}-{rows[last].key}" if last > index else str(row.key))
        index = last + 1
    return ",".join(parts)


def next_key(rows: Iterable[Row], count: int) -> int:
    """The number for a new row."""
    return max([count - 1, *(row.key for row in rows)]) + 1
