"""Finds the values that stop applying through an edit, so that they can be named before they go."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.editor import posted
from descriptors.editor.conditions import inside, is_shown
from descriptors.editor.values import ABSENT, is_neutral, neutral
from tec.pointers import escape, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from descriptors.editor.conditions import Scopes
    from descriptors.editor.plan import FormPlan, Plan
    from descriptors.editor.rows import Row


class Leftover(NamedTuple):
    """A value of a field that the form no longer shows."""

    pointer: str
    label: str
    value: Any
    plan: Plan


def leftovers(plan: FormPlan, saved: Any, reading: posted.Reading) -> list[Leftover]:
    """The values of *reading*'s document that were hidden by the edit itself.

    What was hidden before already, and did not change, is none of this edit's business.
    """
    finder = _Finder(plan.descriptor, reading.rows)
    base = ABSENT if saved is None else saved
    finder.group(plan.root, base, reading.document, ("", ""), ({"": base}, {"": reading.document}))
    return finder.found


def without(document: dict[str, Any], found: Iterable[Leftover]) -> dict[str, Any]:
    """A copy of *document* in which these values are gone: neutral where the schema wants the key."""
    result = deepcopy(document)
    for left in found:
        *path, last = tokens(left.pointer)
        holder: Any = result
        for token in path:
            holder = holder[int(token)] if isinstance(holder, list) else holder[token]
        if left.plan.compulsory:
            holder[last] = neutral(left.plan)
        else:
            del holder[last]
    return result


class _Finder:
    """A walk over the saved and the new document side by side, rows paired by what they were."""

    def __init__(self, descriptor: str, rows: Mapping[str, tuple[Row, ...]]) -> None:
        self.descriptor = descriptor
        self.rows = rows
        self.found: list[Leftover] = []

    def value(
        self, plan: Plan, was: Any, now: Any, at: tuple[str, str], scopes: tuple[Scopes, Scopes]
    ) -> None:
        before, after = scopes
        if plan.when is not None and not is_shown(plan, after):
            hidden_before = was is not ABSENT and not is_shown(plan, before)
            if not is_neutral(now) and not (hidden_before and now == was):
                label = guides.label(self.descriptor, at[1])
                self.found.append(Leftover(at[1], label, now, plan))
        elif plan.kind == "group":
            self.group(plan, was, now, at, scopes)
        elif plan.kind == "list":
            self.rows_of(plan, was, now, at, scopes)

    def group(
        self, plan: Plan, was: Any, now: Any, at: tuple[str, str], scopes: tuple[Scopes, Scopes]
    ) -> None:
        if not isinstance(now, dict):
            return
        members = was if isinstance(was, dict) else {}
        for child in plan.children:
            if child.key in now:
                below = (f"{at[0]}/{escape(child.key)}", f"{at[1]}/{escape(child.key)}")
                self.value(child, members.get(child.key, ABSENT), now[child.key], below, scopes)

    def rows_of(
        self, plan: Plan, was: Any, now: Any, at: tuple[str, str], scopes: tuple[Scopes, Scopes]
    ) -> None:
        if not isinstance(now, list) or plan.item is None or plan.item.kind != "group":
            return
        saved = was if isinstance(was, list) else []
        name, pointer = at
        for index, (row, value) in enumerate(zip(self.rows.get(name, ()), now, strict=False)):
            base = ABSENT if row.origin is None else saved[row.origin]
            path = plan.item.path
            inner = (inside(scopes[0], path, base), inside(scopes[1], path, value))
            self.group(plan.item, base, value, (f"{name}/{row.key}", f"{pointer}/{index}"), inner)
