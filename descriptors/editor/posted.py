"""Reads a filled-in form back: the document it was made from, with what was typed laid over it.

What nobody touched stays as it is, to the byte: an input whose text is the one that was shown changes
nothing, so values of a wrong type, unknown keys, the order of keys and line ends survive. Inputs that were
not sent count as untouched, which is why a page with a single section, and a draft, need only hold a part.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.editor import rows as order
from descriptors.editor.completion import complete
from descriptors.editor.conditions import inside, is_shown
from descriptors.editor.members import put
from descriptors.editor.numbering import number_rows, numbered_list
from descriptors.editor.plan import Plan
from descriptors.editor.several import switch
from descriptors.editor.values import ABSENT, Unreadable, is_neutral, kind_of, read, shown, unbroken
from tec.pointers import escape, is_index, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from descriptors.editor.conditions import Scopes
    from descriptors.editor.plan import FormPlan
    from descriptors.editor.rows import Row

FORCE = "="
"""In front of a name: keep the value there as the type the form wants, although nobody retyped it."""

UNKNOWN = Plan("json", "", "", "")
"""A key the schema does not know is edited as JSON."""


class Fault(NamedTuple):
    """An input that cannot be read."""

    name: str
    label: str
    message: str


class Reading(NamedTuple):
    """A form read back."""

    document: dict[str, Any]
    faults: tuple[Fault, ...]  # these inputs keep their saved value in `document`
    changed: tuple[str, ...]  # names of the inputs and lists that differ from what was saved
    reordered: frozenset[str]  # names of the lists whose rows differ, new ones that are still blank counted
    rows: Mapping[str, tuple[Row, ...]]  # of each list, by its name: the row behind each index in `document`
    switched: Mapping[str, bool]  # names of the switches that follow from rows added or deleted

    def name_of(self, pointer: str) -> str:
        """The name of the input that *pointer* into `document` leads to."""
        name = ""
        for token in tokens(pointer):
            rows = self.rows.get(name)
            if rows is not None and is_index(token) and int(token) < len(rows):
                token = str(rows[int(token)].key)
            name += f"/{escape(token)}"
        return name

    def pointer_of(self, name: str) -> str:
        """Where in `document` the input *name* is kept; "" if its row is not."""
        return _pointer_of(name, self.rows)


def read_form(
    plan: FormPlan, saved: dict[str, Any] | None, state: Mapping[str, str], referred: Iterable[str] = ()
) -> Reading:
    """Lay *state*, the texts of inputs and the orders of lists by name, over *saved* (None: nothing yet).

    *referred* are ids that other documents refer to: no new row gets one of them.
    """
    reader = _Reader(plan, state)
    base = ABSENT if saved is None else saved
    document = reader.group(plan.root, base, "", {"": base})
    if document is ABSENT:
        document = reader.new()  # nothing typed and nothing saved
    switched = switch(plan, document, saved)
    number_rows(plan.descriptor, document, reader.made, saved, referred)
    complete(plan, document, reader.made)
    return Reading(
        document,
        tuple(reader.faults),
        tuple(reader.changed),
        frozenset(reader.reordered),
        reader.rows,
        switched,
    )


def is_dormant(plan: Plan, value: Any, scopes: Scopes) -> bool:
    """Whether the saved *value* is only the neutral one of a field that did not apply."""
    return plan.when is not None and is_neutral(value) and not is_shown(plan, scopes)


def essence(state: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """The part of *state* that makes a difference; what is worth keeping as a draft."""
    told = {*reading.changed, *reading.reordered}
    return {name: text for name, text in state.items() if name in told or (text and name.startswith(FORCE))}


def typed(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The inputs among the *pairs* of name and text that a browser sent."""
    return {name: text for name, text in pairs if name.startswith(("/", f"{FORCE}/"))}


class _Reader:
    """One walk over plan and saved document. Objects that had to be made are listed by identity."""

    def __init__(self, plan: FormPlan, state: Mapping[str, str]) -> None:
        self.descriptor = plan.descriptor
        self.state = state
        self.faults: list[Fault] = []
        self.changed: list[str] = []
        self.reordered: set[str] = set()
        self.rows: dict[str, tuple[Row, ...]] = {}
        self.wanted: dict[str, Sequence[Row]] = {}  # the rows in sight, blank ones too
        self.made: set[int] = set()

    def new(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        self.made.add(id(made))
        return made

    def opened(self, members: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of an object, to be changed."""
        result = dict(members)
        if id(members) in self.made:
            self.made.add(id(result))
        return result

    def value(self, plan: Plan, base: Any, name: str, scopes: Scopes) -> Any:
        kind = kind_of(plan, base)
        if kind == "group":
            return self.group(plan, base, name, scopes)
        if kind == "list":
            return self.entries(plan, base, name, scopes)
        if kind == "fixed":
            return base
        return self.scalar(plan, kind, base, name, scopes)

    def group(self, plan: Plan, base: Any, name: str, scopes: Scopes) -> Any:
        """The object, itself if nothing in it changed; ABSENT if there is none and nothing was typed."""
        members = base if isinstance(base, dict) else {}
        result: dict[str, Any] | None = None
        for child in plan.children:
            was = members.get(child.key, ABSENT)
            now = self.value(child, was, f"{name}/{escape(child.key)}", scopes)
            if now is not was:
                if result is None:
                    result = self.opened(members) if isinstance(base, dict) else self.new()
                put(result, plan, child.key, now)
        for key in members:
            if key not in plan.by_key:
                now = self.unknown(members[key], f"{name}/{escape(key)}")
                if now is not members[key]:
                    result = self.opened(members) if result is None else result
                    put(result, plan, key, now)
        return base if result is None else result

    def entries(self, plan: Plan, base: Any, name: str, scopes: Scopes) -> Any:
        assert plan.item is not None
        saved = base if isinstance(base, list) else []
        untouched = order.untouched(len(saved), plan.least)
        given = self.state.get(name)
        wanted = untouched if given is None else order.parsed(given, len(saved))
        self.wanted[name] = wanted
        if wanted != untouched:
            self.reordered.add(name)
        kept: list[Row] = []
        result: list[Any] = []
        for row in wanted:
            was = self.start_of(plan, row, saved)
            inner = inside(scopes, plan.item.path, was)
            now = self.value(plan.item, was, f"{name}/{row.key}", inner)
            if now is not ABSENT and not (now == "" and now is not was):
                kept.append(row)
                result.append(now)
        self.rows[name] = tuple(kept)
        same = len(result) == len(saved) and all(row.saved for row in kept)
        if same and [row.key for row in kept] == list(range(len(saved))):
            if all(now is was for now, was in zip(result, saved, strict=True)):
                return base
        else:
            self.changed.append(name)
        return result

    def start_of(self, plan: Plan, row: Row, saved: list[Any]) -> Any:
        """What a row is before anything is typed into it; a copy does not copy the number."""
        if row.origin is None or row.saved:
            return ABSENT if row.origin is None else saved[row.origin]
        copy = deepcopy(saved[row.origin])
        id_key = numbered_list(self.descriptor, plan.path)
        if id_key and isinstance(copy, dict):
            copy.pop(id_key, None)
            self.made.add(id(copy))
        return copy

    def scalar(self, plan: Plan, kind: str, base: Any, name: str, scopes: Scopes) -> Any:
        text = self.state.get(name)
        forced = bool(self.state.get(f"{FORCE}{name}"))
        if text is None and not forced:
            return base
        was = shown(plan, base, dormant=is_dormant(plan, base, scopes))
        typed = was if text is None else unbroken(text)
        if typed == was and not forced:
            return base
        self.changed.append(name)
        try:
            return read(plan, plan.kind if forced else kind, typed)
        except Unreadable as problem:
            self.faults.append(Fault(name, self.label(name), str(problem)))
            return base

    def unknown(self, base: Any, name: str) -> Any:
        """A key the schema does not know: its value as JSON, gone if cleared."""
        return self.scalar(UNKNOWN, "json", base, name, {})

    def label(self, name: str) -> str:
        return guides.label(self.descriptor, _pointer_of(name, self.wanted) or name)


def _pointer_of(name: str, rows: Mapping[str, Sequence[Row]]) -> str:
    pointer = at = ""
    for token in tokens(name):
        kept = rows.get(at)
        at += f"/{escape(token)}"
        if kept is not None and is_index(token):
            place = next((index for index, row in enumerate(kept) if row.key == int(token)), None)
            if place is None:
                return ""
            token = str(place)
        pointer += f"/{escape(token)}"
    return pointer
