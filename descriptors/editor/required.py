"""Reads from a field guide which fields have to be filled in and why, for the marks beside the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Requirement(NamedTuple):
    """That a field has to be filled in: the code of the check that asks, and what goes wrong without it."""

    code: str
    why: str
    conditional: bool  # asked only in some documents


def requirements(tables: Iterable[Mapping[str, Any]]) -> dict[str, Requirement]:
    """The first requirement on each path of the `[[required]]` tables of a guide."""
    found: dict[str, Requirement] = {}
    for table in tables:
        at = table.get("at") or table.get("rows") or ()
        asked = Requirement(table.get("code", ""), table.get("why", ""), "when" in table)
        for slot in [at] if isinstance(at, str) else at:
            found.setdefault(slot.partition(":")[0].partition("|")[0], asked)
    return found
