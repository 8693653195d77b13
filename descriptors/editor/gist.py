"""Says in a few words what a row or a part of a document holds, so that it can stay closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.differences import ROW_KEYS
from descriptors.editor.values import is_neutral
from descriptors.row_names import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from descriptors.editor.plan import Plan

LONGEST = 40
MOST = 4  # things named before “and 3 more”


def title_of(plan: Plan, row: Any) -> str:
    """What people call *row*; "" if it has no name yet."""
    if not isinstance(row, dict):
        return cut(row) if isinstance(row, str) else ""
    names = [*(key for key in ROW_KEYS if key in plan.by_key), *plan.by_key]
    texts = texts_of(row)
    own = next((cut(texts[key]) for key in names if key in texts), "")
    inner = (title_of(child, row.get(child.key)) for child in plan.children if child.kind == "group")
    return own or next((title for title in inner if title), "")


def row_gist(plan: Plan, row: Any) -> str:
    """What else tells *row* from the others: its choices, where it goes, how many rows it has itself."""
    title = title_of(plan, row)
    parts = [part for part in _facts(plan, row) if part != title]
    return " · ".join(parts[:MOST])


def part_gist(plans: Iterable[Plan], document: Any) -> str:
    """What a section holds."""
    members = document if isinstance(document, dict) else {}
    found: list[str] = []
    for plan in plans:
        value = members.get(plan.key)
        if plan.kind != "fixed" and not is_neutral(value):
            found += _said(plan, value)
    said = " · ".join(found[:MOST])
    return f"{said} …" if len(found) > MOST and not said.endswith("…") else said


def cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _facts(plan: Plan, row: Any) -> Iterator[str]:
    if not isinstance(row, dict):
        return
    texts = texts_of(row)
    for child in plan.children:
        value = row.get(child.key)
        if child.kind == "list" and isinstance(value, list) and value:
            yield counted(len(value), child.label)
        elif child.kind == "group":
            inner = list(_facts(child, value))
            if inner:
                yield " › ".join(inner)
        elif child.key in texts and (child.kind == "choice" or child.link):
            yield cut(texts[child.key])


def _said(plan: Plan, value: Any) -> Iterator[str]:
    if isinstance(value, list) and plan.item is not None:
        names = [name for row in value if (name := title_of(plan.item, row))]
        more = f" and {len(value) - MOST} more" if len(value) > MOST else ""
        yield ", ".join(names[:MOST]) + more if names else counted(len(value), plan.label)
    elif isinstance(value, dict):
        texts = texts_of(value)
        for child in plan.children:
            said = value.get(child.key)
            if isinstance(said, str):
                said = texts.get(child.key, "")
            if child.scalar and not is_neutral(said):
                yield from _said(child, said)
    elif value is True:
        yield plan.label
    elif isinstance(value, (int, float)):
        yield f"{plan.label} {value} {plan.unit}".rstrip()
    elif isinstance(value, str):
        yield cut(value)


def counted(number: int, label: str) -> str:
    return f"{label}: {number}"
