"""Breaks text into lines for a terminal, counting wide characters as two columns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def wrapped(text: str, width: int, first: int = 0, rest: int | None = None) -> list[str]:
    """*text* in lines of at most *width* columns, indented by *first* and then *rest* spaces.

    Broken at spaces only, so that a path or a pointer stays whole even where it is longer than a line.
    """
    return _filled(text.split(), " ", width, first, first if rest is None else rest) or [" " * first]


def columns(parts: Iterable[str], width: int, indent: int) -> list[str]:
    """*parts* two spaces apart, on as few lines as *width* allows."""
    return _filled(parts, "  ", width, indent, indent)


def columns_of(text: str) -> int:
    """How many columns *text* takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _filled(parts: Iterable[str], gap: str, width: int, first: int, rest: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for part in parts:
        size = columns_of(part)
        if line and used + len(gap) + size <= width:
            line += gap + part
            used += len(gap) + size
            continue
        if line:
            lines.append(line)
        indent = rest if lines else first
        line, used = " " * indent + part, indent + size
    return [*lines, line] if line else lines
