"""What the buttons of a form do to what was typed: add, copy, move and delete rows, take an offered value.

Scripts do the same in the browser; these are for everybody else, and nothing typed is lost on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.editor import rows as order
from descriptors.editor.numbering import numbered_list
from descriptors.editor.posted import FORCE
from descriptors.editor.rows import Row
from descriptors.editor.values import kind_of
from tec.pointers import is_index, pointer, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from descriptors.editor.plan import FormPlan, Plan

    State = Mapping[str, str]


class Done(NamedTuple):
    """The form after a button, and the name of the part to look at next."""

    state: dict[str, str]
    at: str


class UnknownAction(ValueError):
    """A button that the form does not have."""


class Place(NamedTuple):
    """A list in the form as it stands: what it plans, how many rows are saved, its rows now."""

    plan: Plan
    saved: int  # rows of the saved document
    rows: list[Row]


def act(
    plan: FormPlan, saved: dict[str, Any] | None, state: State, action: str, picked: Sequence[str] = ()
) -> Done:
    """What *action* ("add:/goals", "drop:/goals/2", "use:/task=…") makes of *state*.

    *picked* are the names of the rows that are ticked, for actions that end in "-picked". Raises
    UnknownAction.
    """
    verb, _, rest = action.partition(":")
    if verb == "use":
        name, _, value = rest.partition("=")
        return Done({**state, name: value}, name)
    bulk = verb.endswith("-picked")
    name = rest if bulk or verb == "add" else rest.rpartition("/")[0]
    edit = EDITS.get(verb.removesuffix("-picked"))
    place = find_list(plan, saved, state, name)
    if edit is None or place is None:
        raise UnknownAction(action)
    keys = [_key(each) for each in picked if each.rpartition("/")[0] == name] if bulk else [_key(rest)]
    rows, copies = edit(place, [key for key in keys if key is not None])
    changed = dict(state)
    for old, new in copies:
        changed.update(_copied(state, f"{name}/{old}", f"{name}/{new}"))
        changed.pop(f"{name}/{new}/{numbered_list(plan.descriptor, place.plan.path)}", None)
    changed[name] = order.written(rows)
    added = {row.key for row in rows} - {row.key for row in place.rows}
    return Done(changed, f"{name}/{max(added)}" if added and verb != "back" else name)


def find_list(plan: FormPlan, saved: dict[str, Any] | None, state: State, name: str) -> Place | None:
    """The list called *name*, if the form has one."""
    at, value, path = plan.root, saved, ""
    try:
        steps = tokens(name)
    except ValueError:
        return None
    for step in steps:
        if at.kind == "list" and at.item is not None:
            rows = _rows(at, value, state.get(path))
            row = next((each for each in rows if str(each.key) == step), None)
            if row is None:
                return None
            origin = row.origin
            value = value[origin] if isinstance(value, list) and origin is not None else None
            at = at.item
        elif step in at.by_key:
            at = at.by_key[step]
            value = value.get(step) if isinstance(value, dict) else None
        else:
            return None
        path = path + pointer(step)
    if at.kind != "list" or kind_of(at, value) != "list":
        return None
    count = len(value) if isinstance(value, list) else 0
    return Place(at, count, _rows(at, value, state.get(name)))


def _rows(plan: Plan, value: Any, text: str | None) -> list[Row]:
    count = len(value) if isinstance(value, list) else 0
    return order.untouched(count, plan.least) if text is None else order.parsed(text, count)


def _key(name: str) -> int | None:
    last = name.rpartition("/")[2]
    return int(last) if is_index(last) else None


def _copied(state: State, old: str, new: str) -> dict[str, str]:
    """What was typed into the row *old*, and into the rows inside it, under the name *new*."""
    found = {}
    for name, text in state.items():
        plain = name.removeprefix(FORCE)
        if plain == old or plain.startswith(f"{old}/"):
            found[name[: len(name) - len(plain)] + new + plain[len(old) :]] = text
    return found


if TYPE_CHECKING:
    Edited = tuple[list[Row], list[tuple[int, int]]]
    """The rows now, and which were copied: (old key, new key)."""


def _add(place: Place, keys: Sequence[int]) -> Edited:
    return [*place.rows, Row(order.next_key(place.rows, place.saved), None)], []


def _drop(place: Place, keys: Sequence[int]) -> Edited:
    return [row for row in place.rows if row.key not in keys], []


def _copy(place: Place, keys: Sequence[int]) -> Edited:
    rows: list[Row] = []
    copies = []
    new = order.next_key(place.rows, place.saved)
    for row in place.rows:
        rows.append(row)
        if row.key in keys:
            copies.append((row.key, new))
            rows.append(Row(new, row.origin))
            new += 1
    return rows, copies


def _back(place: Place, keys: Sequence[int]) -> Edited:
    """Deleted rows return to their old neighbours."""
    rows = list(place.rows)
    for key in keys:
        if key < place.saved and all(row.key != key for row in rows):
            earlier = [number for number, row in enumerate(rows) if row.saved and row.key < key]
            rows.insert(earlier[-1] + 1 if earlier else 0, Row(key, key))
    return rows, []


def _up(place: Place, keys: Sequence[int]) -> Edited:
    rows = list(place.rows)
    for number in range(1, len(rows)):
        if rows[number].key in keys and rows[number - 1].key not in keys:
            rows[number - 1 : number + 1] = rows[number], rows[number - 1]
    return rows, []


def _down(place: Place, keys: Sequence[int]) -> Edited:
    rows, copies = _up(place._replace(rows=place.rows[::-1]), keys)
    return rows[::-1], copies


EDITS: dict[str, Callable[[Place, Sequence[int]], Edited]] = {
    "add": _add,
    "drop": _drop,
    "copy": _copy,
    "back": _back,
    "up": _up,
    "down": _down,
}
