"""Finds what is blank in a document, however broken it is: the ground the required-field checks stand on.

A *slot* names one thing to fill in: `path`, `path|sibling`, or either with `:test`. The path is written as in
the field guides (`output_spec[].item_type`). After `|` stands the field beside it that says more when the
value is "Other". The test says what counts as blank:

    text    nothing but white space (the default)
    number  0, or no number at all
    list    no entry but white space
    limits  an item specification that leaves the values of the item's own type unlimited

A *search* takes a document and returns the keys of every blank place; nothing if there is none to report.
"""

from __future__ import annotations

from itertools import chain
from operator import itemgetter

from mismatch.reading import NOTHING, number_of, text, text_of, truth
from mismatch.required.limits import is_unlimited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from mismatch.reading import Doc

    Keys = tuple[str | int, ...]
    Condition = Callable[[Any], bool]
    Filled = Callable[[Doc], bool]
    Search = Callable[[Doc], Sequence[Keys]]
    Test = Callable[[Any], Keys | None]

TESTS = ("text", "number", "list", "limits")


def blank_fields(slots: Sequence[str], holds: Condition | None = None, *, optional: bool = False) -> Search:
    """Search for the rows in which all of *slots* are blank; without `[]` the document is the only row.

    All slots lie in the same list. A list without any row is reported itself unless it is *optional*. Rows of
    which *holds* is not true are passed over.
    """
    lists, tail = _parts(slots[0])
    tests = [_test(slot) for slot in slots]

    def search(body: Doc) -> Sequence[Keys]:
        rows = _rows(body, lists, texts=not tail)
        if not rows and not optional:
            return [lists[0]]
        found: list[Keys] = []
        for at, row in rows:
            blanks = [test(row) for test in tests]
            if None not in blanks and (holds is None or holds(row)):
                found += [at + keys for keys in blanks if keys is not None]
        return found

    return _unless_filled(slots[0], search)


def blank_lists(rows: str, columns: Sequence[str]) -> Search:
    """Search for the list *rows* if no row has any of *columns*, slots relative to the row, filled in."""
    lists, _ = _parts(f"{rows}[]")
    cells = [(_parts(column)[0], _test(column)) for column in columns]

    def search(body: Doc) -> Sequence[Keys]:
        for _, row in _rows(body, lists):
            for inner, test in cells:
                if any(test(part) is None for _, part in _rows(row, inner)):
                    return ()
        return [at + lists[-1] for at, _ in _rows(body, lists[:-1])]

    first_cell: Keys = ()
    for keys in [*lists, *cells[0][0]]:
        first_cell += (*keys, 0)
    return _unless_cell(first_cell + _parts(columns[0])[1], columns[0], search)


def filled_together(slots: Sequence[str]) -> list[tuple[tuple[int, ...], Filled]]:
    """Tests of several slots at once: the numbers of those in *slots*, and whether all are filled in.

    By far the most documents are filled in, and then one look at a list answers for all its columns. A test
    is true only if none of its slots could be reported; otherwise each has to be searched. Slots that no
    quick test can answer for are left out.
    """
    holders: dict[tuple[Any, ...], list[tuple[int, str | int]]] = {}
    for number, slot in enumerate(slots):
        lists, tail = _parts(slot)
        sure = _has_text if test_of(slot) == "list" else _sure(slot)
        if sure is not None and tail:
            holders.setdefault((tuple(lists), tail[:-1], sure), []).append((number, tail[-1]))
    found = []
    for (lists, inner, sure), cells in holders.items():
        numbers, names = zip(*cells, strict=True)
        found.append((numbers, _filled_cells(lists, inner, tuple(dict.fromkeys(names)), sure)))
    return found


def _filled_cells(lists: Sequence[Keys], inner: Keys, names: Keys, sure: Callable[[Any], Any]) -> Filled:
    """Is *sure* true of the fields *names*, in the group *inner* of each row of the innermost of *lists*, or
    of the document if there is none? Lists without any row are not filled in."""
    get = itemgetter(*names)
    deeper = [[itemgetter(key) for key in keys] for keys in lists[1:]]
    steps = [itemgetter(key) for key in inner]
    one = len(names) == 1

    def filled(body: Doc) -> bool:
        try:
            found: Any = [body]
            if lists:
                found = body
                for key in lists[0]:
                    found = found[key]
                for ways in deeper:
                    for way in ways:
                        found = map(way, found)
                    found = list(chain.from_iterable(found))
                if not found:
                    return False
            for step in steps:
                found = map(step, found)
            cells = map(get, found)
            return all(map(sure, cells if one else chain.from_iterable(cells)))
        except (IndexError, KeyError, TypeError):
            return False

    return filled


def condition(path: str, wanted: Sequence[bool | str]) -> Condition:
    """Is the value at *path* one of *wanted*? Booleans make it a switch; texts are compared trimmed."""
    *group, name = path.split(".")
    read = truth if isinstance(wanted[0], bool) else _trimmed

    def holds(row: Any) -> bool:
        holder = dig(row, group)
        return read(holder if isinstance(holder, dict) else NOTHING, name) in wanted

    return holds


def dig(value: Any, keys: Iterable[str | int]) -> Any:
    """What stands at *keys* inside *value*; None where the way there is broken."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def path_of(slot: str) -> str:
    """The path of a slot without sibling and test."""
    return slot.partition(":")[0].partition("|")[0]


def split(slot: str) -> tuple[str, str]:
    """The list a slot lies in and its path inside a row: ("schema", "field_type"); ("", "task")."""
    rows, bracket, field = path_of(slot).rpartition("[]")
    return (rows, field.removeprefix(".")) if bracket else ("", path_of(slot))


def test_of(slot: str) -> str:
    """The name of the test that a slot asks for."""
    return slot.partition(":")[2] or "text"


def _parts(slot: str) -> tuple[list[Keys], Keys]:
    """The keys to each list a slot lies in, and from the last row to the slot itself."""
    *lists, tail = path_of(slot).split("[]")
    keys: list[Keys] = [tuple(part.strip(".").split(".")) for part in lists]
    return keys, tuple(tail.strip(".").split(".")) if tail else ()


def _rows(body: Any, lists: Sequence[Keys], *, texts: bool = False) -> list[tuple[Keys, Any]]:
    """Every row of the innermost of *lists* with its keys; *body* itself if there is no list.

    In a list of *texts*, a single text written without its list is taken for its only row.
    """
    found: list[tuple[Keys, Any]] = [((), body)]
    for keys in lists:
        outer, found = found, []
        for at, row in outer:
            inner = dig(row, keys)
            if texts and isinstance(inner, str):
                inner = [inner]
            if isinstance(inner, list):
                found += [((*at, *keys, number), row) for number, row in enumerate(inner)]
    return found


def _test(slot: str) -> Test:
    """Function that gives the keys, from the row on, of what is blank; None if the slot is filled in."""
    keys = _parts(slot)[1]
    test = test_of(slot)
    if test == "limits":
        return lambda row: keys if is_unlimited(dig(row, keys[:-1]), dig(row, keys)) else None
    blank = {"text": _is_blank, "number": _is_zero, "list": _is_empty}[test]
    sibling = slot.partition(":")[0].partition("|")[2]
    if not sibling:
        return lambda row: keys if blank(dig(row, keys)) else None
    beside = (*keys[:-1], sibling)

    def chosen(row: Any) -> Keys | None:
        value = dig(row, keys)
        if blank(value):
            return keys
        return beside if text_of(value).strip() == "Other" and blank(dig(row, beside)) else None

    return chosen


def _unless_filled(slot: str, search: Search) -> Search:
    """*search* behind a short cut for by far the most frequent case: a slot that is filled in everywhere.

    The cells are fetched and tested with hardly a step of Python between them; whatever is unusual about them
    ends in an exception or a blank, and then *search* looks properly.
    """
    lists, tail = _parts(slot)
    if not lists:
        return _unless_cell(tail, slot, search)
    sure = _sure(slot)
    if test_of(slot) == "limits" and len(lists) == len(tail) == 1:
        return _unless_limited(lists[0], tail[0], search)
    if not tail or sure is None:
        return search
    inner = [[itemgetter(key) for key in keys] for keys in lists[1:]]
    getters = [itemgetter(key) for key in tail]

    def quick(body: Doc) -> Sequence[Keys]:
        try:
            cells: Any = body
            for key in lists[0]:
                cells = cells[key]
            for steps in inner:
                for get in steps:
                    cells = map(get, cells)
                cells = list(chain.from_iterable(cells))
            count = len(cells)
            for get in getters:
                cells = map(get, cells)
            if count and all(map(sure, cells)):
                return ()
        except (KeyError, TypeError):
            pass
        return search(body)

    return quick


def _unless_limited(keys: Keys, name: str | int, search: Search) -> Search:
    """*search*, unless in each row of the list at *keys* the item specification *name* limits the item."""

    def quick(body: Doc) -> Sequence[Keys]:
        try:
            rows: Any = body
            for key in keys:
                rows = rows[key]
            if rows and not any(is_unlimited(row, row[name]) for row in rows):
                return ()
        except (KeyError, TypeError):
            pass
        return search(body)

    return quick


def _unless_cell(keys: Keys, slot: str, search: Search) -> Search:
    """*search*, unless what stands at *keys* fills the slot in."""
    sure = _sure(slot)
    if sure is None:
        return search

    def quick(body: Doc) -> Sequence[Keys]:
        try:
            value: Any = body
            for key in keys:
                value = value[key]
            if sure(value):
                return ()
        except (IndexError, KeyError, TypeError):
            pass
        return search(body)

    return quick


def _sure(slot: str) -> Callable[[Any], Any] | None:
    """A quick test that is true only of values that fill the slot in; TypeError is as good as false."""
    test = test_of(slot)
    if test == "number":
        return number_of
    if test != "text":
        return None
    return _names_itself if "|" in slot else str.strip


def _has_text(value: Any) -> str:
    """The first entry of a list of texts, "" if it is blank; TypeError if it is no text."""
    return str.strip(value[0])


def _names_itself(value: Any) -> bool:
    """Is this a text that needs none beside it?"""
    return str.strip(value) not in ("", "Other")


def _is_blank(value: Any) -> bool:
    return not text_of(value)


def _is_zero(value: Any) -> bool:
    return not number_of(value)


def _is_empty(value: Any) -> bool:
    entries = value if isinstance(value, list) else [value]  # one entry written without its list
    return not any(text_of(entry) for entry in entries)


def _trimmed(holder: Doc, name: str) -> str:
    return text(holder, name).strip()
