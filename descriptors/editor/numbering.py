"""Gives goals their ids: the highest number ever used plus one, so that no reference changes its meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from descriptors.links import texts_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

NUMBERED = {("system_context", "goals"): ("id", "G-")}
"""Lists whose rows are numbered: (descriptor, key) → (key of the id, what it begins with)."""


def numbered_list(descriptor: str, path: str) -> str:
    """The key of the id in the rows of the list at *path*; "" if they are not numbered."""
    return NUMBERED.get((descriptor, path), ("", ""))[0]


def number_rows(
    descriptor: str, document: dict[str, Any], made: Set[int], saved: Any, referred: Iterable[str]
) -> None:
    """Give every row in *made* that has no id one, in place; *referred* are ids in use elsewhere."""
    for (owner, path), (key, prefix) in NUMBERED.items():
        rows = document.get(path)
        if owner != descriptor or not isinstance(rows, list):
            continue
        new = [row for row in rows if id(row) in made and not row.get(key)]
        number = highest(prefix, ids_of(document, path, key) + ids_of(saved, path, key) + list(referred))
        for count, row in enumerate(new, 1):
            given = {key: written(prefix, number + count)}
            rest = dict(row)
            row.clear()
            row.update(given | rest | given)


def next_id(descriptor: str, path: str, used: Iterable[str]) -> str:
    """The id that the next new row of a numbered list gets; "" for any other list."""
    _, prefix = NUMBERED.get((descriptor, path), ("", ""))
    return written(prefix, highest(prefix, used) + 1) if prefix else ""


def ids_of(body: Any, path: str, key: str) -> list[str]:
    return [text for _, text in texts_at(body, f"{path}[].{key}")]


def highest(prefix: str, ids: Iterable[str]) -> int:
    """The largest number among *ids*; those of another make do not count."""
    numbers = [re.fullmatch(rf"{re.escape(prefix)}(\d{{1,6}})", text.strip(), re.ASCII) for text in ids]
    return max((int(match[1]) for match in numbers if match), default=0)


def written(prefix: str, number: int) -> str:
    return f"{prefix}{number:02d}"
