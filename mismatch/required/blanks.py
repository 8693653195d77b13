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
    Gather = Callable[[Doc], list[Any]]
    Sure = Callable[[list[Any]], bool]
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

    return _unless_sure(slots[0], search)


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

    return _unless_sure(f"{rows}[].{columns[0]}", search)


def sure_tests(slots: Sequence[str]) -> list[tuple[Gather, list[tuple[tuple[int, ...], Sure]]]]:
    """Quick tests of many slots: for each list they lie in, how to gather its rows, and the tests of them.

    By far the most documents are filled in, and then one look at a list answers for all its columns, with
    hardly a step of Python between the cells. Each test has the numbers of its *slots*, and is true only if
    none of them could be reported; otherwise, and if there is no row or anything raises one of BROKEN, each
    has to be searched.
    """
    groups: dict[tuple[Keys, ...], dict[Any, list[int]]] = {}
    for number, slot in enumerate(slots):
        lists, tail = _parts(slot)
        test = test_of(slot)
        alone = not tail or test == "limits" or (test == "text" and "|" in slot)
        kind = number if alone else (tail[:-1], test)  # what stands side by side is tested at once
        groups.setdefault(tuple(lists), {}).setdefault(kind, []).append(number)
    return [
        (
            _gatherer(lists),
            [(tuple(numbers), _sure([slots[each] for each in numbers])) for numbers in kinds.values()],
        )
        for lists, kinds in groups.items()
    ]


BROKEN = (IndexError, KeyError, TypeError)
"""What a quick test may raise of a document that is not as it should be."""


def _gatherer(lists: Sequence[Keys]) -> Gather:
    """Function that gives the rows of the innermost of *lists*; the document itself if there is none."""
    if not lists:
        return lambda body: [body]
    first, deeper = lists[0], [[itemgetter(key) for key in keys] for keys in lists[1:]]

    def gather(body: Doc) -> list[Any]:
        found: Any = body
        for key in first:
            found = found[key]
        if found.__class__ is not list:
            raise TypeError
        for ways in deeper:
            for way in ways:
                found = map(way, found)
            found = list(chain.from_iterable(found))
        return found  # type: ignore[no-any-return]

    return gather


def _sure(slots: Sequence[str]) -> Sure:
    """A quick test of rows, true only if all of *slots*, of one kind and group, are filled in in each."""
    tails = [_parts(slot)[1] for slot in slots]
    tail, test = tails[0], test_of(slots[0])
    if not tail:
        return lambda rows: all(map(str.strip, rows))
    steps, name = [itemgetter(key) for key in tail[:-1]], tail[-1]
    get = itemgetter(*dict.fromkeys(keys[-1] for keys in tails))
    sibling = slots[0].partition(":")[0].partition("|")[2]

    def holders(rows: Any) -> Any:
        for step in steps:
            rows = map(step, rows)
        return rows

    def limited(rows: list[Any]) -> bool:
        return not any(is_unlimited(row, row[name]) for row in holders(rows))

    def named(rows: list[Any]) -> bool:
        for row in holders(rows):
            said = str.strip(row[name])
            if not said or (said == "Other" and not str.strip(row[sibling])):
                return False
        return True

    filled = FILLED.get(test, bool)
    one = len(set(tails)) == 1

    def all_filled(rows: list[Any]) -> bool:
        cells = map(get, holders(rows))
        return all(map(filled, cells if one else chain.from_iterable(cells)))

    return limited if test == "limits" else named if sibling else all_filled


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


def _unless_sure(slot: str, search: Search) -> Search:
    """*search* behind a short cut for by far the most frequent case: a slot that is filled in everywhere."""
    [(gather, [(_, sure)])] = sure_tests([slot])

    def quick(body: Doc) -> Sequence[Keys]:
        try:
            rows = gather(body)
            if rows and sure(rows):
                return ()
        except BROKEN:
            pass
        return search(body)

    return quick


def _has_text(value: Any) -> str:
    """The first entry of a list of texts, "" if it is blank; TypeError if it is no text."""
    return str.strip(value[0])


FILLED: dict[str, Callable[[Any], Any]] = {"text": str.strip, "number": number_of, "list": _has_text}
"""Tests that are true only of values that fill a slot in; TypeError is as good as false."""


def _is_blank(value: Any) -> bool:
    return not text_of(value)


def _is_zero(value: Any) -> bool:
    return not number_of(value)


def _is_empty(value: Any) -> bool:
    entries = value if isinstance(value, list) else [value]  # one entry written without its list
    return not any(text_of(entry) for entry in entries)


def _trimmed(holder: Doc, name: str) -> str:
    return text(holder, name).strip()
