"""Changes single members of an object without disturbing the order of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.editor.values import ABSENT

if TYPE_CHECKING:
    from descriptors.editor.plan import Plan


def put(members: dict[str, Any], plan: Plan, key: str, value: Any) -> None:
    """Set *key*, or remove it (ABSENT); a new one takes the place the schema gives it among the others."""
    if value is ABSENT:
        members.pop(key, None)
    elif key in members or key not in plan.by_key:
        members[key] = value
    else:
        names = list(plan.by_key)
        before = set(names[: names.index(key)])
        place = max((number for number, name in enumerate(members, 1) if name in before), default=0)
        entries = list(members.items())
        entries.insert(place, (key, value))
        members.clear()
        members.update(entries)
