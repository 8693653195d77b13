"""Reads the places of a finding in the documents they point into: their names, and what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from descriptors.guides import field_label, guide
from descriptors.row_names import texts_of
from mismatch.reading import blank
from mismatch.showing.evidence import STEP, on_one_line
from tec.pointers import is_index, path_of, pointer, resolve, tokens

LONGEST_NAME = 48  # characters of a row's name inside a path
MANY = 2_000  # rows beyond which nobody looks for a name that tells them apart


class Part(NamedTuple):
    """A step on the way to a place."""

    text: str
    name: bool = False  # a name somebody gave to a row, not a label of the form


class Field(NamedTuple):
    """A place as a page names it."""

    descriptor: str
    pointer: str
    parts: tuple[Part, ...]
    unit: str  # "GB"

    @property
    def fragment(self) -> str:
        """The pointer as the last part of an address."""
        return quote(self.pointer, safe="/~")


class Documents:
    """The documents that a check looked at, asked about places. An absent one has no names and no values."""

    def __init__(self, bodies: Mapping[str, Any]) -> None:
        self._bodies = bodies
        self._names: dict[tuple[str, str], list[str]] = {}

    def field(self, descriptor: str, at: str) -> Field:
        """The place in words; rows go by the name they were given, or by their number if they have none."""
        known = guide(descriptor).fields.get(path_of(at))
        return Field(descriptor, at, tuple(self._parts(descriptor, tokens(at))), known.unit if known else "")

    def value(self, descriptor: str, at: str, value: Any, other: str = "") -> Any:
        """What to show of a place whose stored value is *value*.

        A list of rows is stored without its content; it is shown by what its rows say about the *other*
        descriptor, or else by their names.
        """
        if value is None:
            value = resolve(self._bodies.get(descriptor), at)
        if not isinstance(value, list) or not any(isinstance(entry, (dict, list)) for entry in value):
            return value
        links = linked_fields(descriptor, f"{path_of(at)}[]", other)
        said = [_said(row, links) for row in value] if links else self._names_of(descriptor, at, value)
        return [text for text in dict.fromkeys(said) if text]

    def choices(self, descriptor: str, at: str) -> tuple[Field, Any] | None:
        """What the field at this place could name in another document: that list, and all names in it."""
        known = guide(descriptor).fields.get(path_of(at))
        other, _, path = known.link.partition(":") if known else ("", "", "")
        if not path or other == descriptor:
            return None
        found = list(dict.fromkeys(_all(self._bodies.get(other), path.split("."))))
        top = path.partition("[]")[0].replace(".", "/")
        return self.field(other, f"/{top}"), found if other in self._bodies else None

    def _parts(self, descriptor: str, steps: Sequence[str]) -> Iterator[Part]:
        path = ""
        pending = ""
        for number, step in enumerate(steps):
            if not pending or not is_index(step):
                if pending:
                    yield Part(pending)
                path = f"{path}.{step}" if path else step
                pending = field_label(descriptor, path)
                continue
            path += "[]"
            name = self._row_name(descriptor, pointer(*steps[:number]), int(step), steps[number + 1 :])
            if name:
                yield Part(pending)
                yield Part(name, name=True)
            else:
                known = guide(descriptor).fields.get(path)
                yield Part(f"{known.label if known else pending} {int(step) + 1}")
            pending = ""
        if pending:
            yield Part(pending)

    def _row_name(self, descriptor: str, at: str, row: int, below: Sequence[str]) -> str:
        """The name of a row, unless the place below it is that very name."""
        rows = resolve(self._bodies.get(descriptor), at)
        if not isinstance(rows, list) or row >= len(rows) or not isinstance(rows[row], dict):
            return ""
        if len(below) == 1 and below[0] == next(iter(texts_of(rows[row])), ""):
            return ""
        return self._names_of(descriptor, at, rows)[row]

    def _names_of(self, descriptor: str, at: str, rows: Sequence[Any]) -> list[str]:
        """A name for each row, "" where it has none that tells it from the others."""
        key = descriptor, at
        if key not in self._names:
            self._names[key] = _names(rows)
        return self._names[key]


def linked_fields(descriptor: str, below: str, other: str) -> list[list[str]]:
    """The fields of a row that name something in the *other* descriptor, as keys from the row on."""
    if not other:
        return []
    return [
        path[len(below) + 1 :].split(".")
        for path, field in guide(descriptor).fields.items()
        if path.startswith(f"{below}.")
        and field.link.startswith(f"{other}:")
        and "[]" not in path[len(below) :]
    ]


def _said(row: Any, links: Sequence[Sequence[str]]) -> str:
    texts = [resolve(row, pointer(*keys)) for keys in links]
    return STEP.join(text for text in texts if isinstance(text, str) and not blank(text))


def _names(rows: Sequence[Any]) -> list[str]:
    texts = [list(texts_of(row).values()) if isinstance(row, dict) else [] for row in rows]
    names = [found[0] if found else "" for found in texts]
    if len(rows) > MANY:
        return [_short(name) for name in names]
    twice = {name for name, number in Counter(names).items() if number > 1}
    for row, found in enumerate(texts):
        if names[row] in twice:
            names[row] = ", ".join(found[:2]) if len(found) > 1 else ""
    twice = {name for name, number in Counter(names).items() if number > 1}
    return ["" if name in twice else _short(name) for name in names]


def _short(name: str) -> str:
    line = on_one_line(name[: 2 * LONGEST_NAME])
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"


def _all(value: Any, steps: Sequence[str]) -> Iterator[str]:
    """Every text at the path *steps*, rows of rows included."""
    if not steps:
        if isinstance(value, str) and not blank(value):
            yield value
        return
    key = steps[0].removesuffix("[]")
    inner = value.get(key) if isinstance(value, dict) else None
    if steps[0].endswith("[]"):
        for row in inner if isinstance(inner, list) else ():
            yield from _all(row, steps[1:])
    else:
        yield from _all(inner, steps[1:])
