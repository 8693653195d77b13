"""What changed between two states of a document, field by field, in the words of the form."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from descriptors import guides
from tec import strictjson
from tec.pointers import pointer as join

MOST_PAIRS = 40_000
"""Of rows without names, so many pairs are compared in order; in longer lists, those that occur once."""

ROW_KEYS = (
    "id",
    "item_name",
    "field_name",
    "component_name",
    "label",
    "log",
    "short_name",
    "feedback",
    "parameter_name",
    "milestone",
    "test_case_name",
)
"""What people call a row by; rows of the same name are the same row, wherever they stand."""


class Change(NamedTuple):
    """One field, or one whole row, that differs. `was` and `now` are None where there is nothing."""

    kind: str  # "added", "removed", "changed" or "moved"
    pointer: str  # in the new state; in the old one for what was removed
    label: str
    was: Any = None
    now: Any = None


def changes(descriptor: str, old: Any, new: Any) -> list[Change]:
    """Every difference from *old* to *new* (either may be None), in the order of the new document."""
    return [
        Change(kind, at, guides.label(descriptor, at) or "Whole document", was, now)
        for kind, at, was, now in _compare(old, new, ())
    ]


Step = tuple[str, str, Any, Any]
Tokens = tuple[str | int, ...]


def _compare(old: Any, new: Any, at: Tokens) -> Iterator[Step]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _compare_objects(old, new, at)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _compare_lists(old, new, at)
    elif strictjson.canonical(old) != strictjson.canonical(new):
        kind = "added" if old is None else "removed" if new is None else "changed"
        yield kind, join(*at), old, new


def _compare_objects(old: dict[str, Any], new: dict[str, Any], at: Tokens) -> Iterator[Step]:
    for key in [*new, *(key for key in old if key not in new)]:
        if key not in old:
            yield "added", join(*at, key), None, new[key]
        elif key not in new:
            yield "removed", join(*at, key), old[key], None
        else:
            yield from _compare(old[key], new[key], (*at, key))


def _compare_lists(old: list[Any], new: list[Any], at: Tokens) -> Iterator[Step]:
    pairs = paired(old, new)
    kept = [before for before, _ in pairs]
    steady = _longest_rising(kept)
    partner = {after: before for before, after in pairs}
    for index, row in enumerate(new):
        before = partner.get(index)
        if before is None:
            yield "added", join(*at, index), None, row
            continue
        if before not in steady:
            yield "moved", join(*at, index), before + 1, index + 1
        yield from _compare(old[before], row, (*at, index))
    gone = set(range(len(old))) - set(kept)
    yield from (("removed", join(*at, index), old[index], None) for index in sorted(gone))


def paired(old: list[Any], new: list[Any]) -> list[tuple[int, int]]:
    """Which old row is which new row, in the order of the new rows."""
    names_old, names_new = _names(old), _names(new)
    if names_old is not None and names_new is not None:
        place = {name: index for index, name in enumerate(names_old)}
        pairs = [(place[name], index) for index, name in enumerate(names_new) if name in place]
        return _with_renamed(pairs, len(old), len(new))
    texts_old, texts_new = (
        [strictjson.canonical(row) for row in old],
        [strictjson.canonical(row) for row in new],
    )
    if len(texts_old) * len(texts_new) > MOST_PAIRS:
        return _with_renamed(_once_in_both(texts_old, texts_new), len(old), len(new))
    matcher = SequenceMatcher(a=texts_old, b=texts_new, autojunk=False)
    pairs = [
        (block.a + offset, block.b + offset)
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    ]
    return _with_renamed(pairs, len(old), len(new))


def _once_in_both(old: list[bytes], new: list[bytes]) -> list[tuple[int, int]]:
    """Rows that there is one of before and after, wherever they stand."""
    once_old, once_new = Counter(old), Counter(new)
    place = {text: index for index, text in enumerate(old) if once_old[text] == 1}
    return [(place[t], index) for index, t in enumerate(new) if once_new[t] == 1 and t in place]


def _with_renamed(pairs: list[tuple[int, int]], olds: int, news: int) -> list[tuple[int, int]]:
    """Rows that stand alone at the same place on both sides are the same row, renamed or edited."""
    matched_old, matched_new = {before for before, _ in pairs}, {after for _, after in pairs}
    same_place = [
        (index, index)
        for index in range(min(olds, news))
        if index not in matched_old and index not in matched_new
    ]
    return sorted([*pairs, *same_place], key=lambda pair: pair[1])


def _names(rows: list[Any]) -> list[str] | None:
    """The rows' names if every row has one and no two are equal, else None."""
    names = [_name(row) for row in rows]
    return [name for name in names if name] if all(names) and len(set(names)) == len(names) else None


def _name(row: Any) -> str:
    if not isinstance(row, dict):
        return ""
    return next((row[key] for key in ROW_KEYS if isinstance(row.get(key), str) and row[key].strip()), "")


def _longest_rising(places: list[int]) -> set[int]:
    """The largest set of rows that kept their order; only the others count as moved."""
    tails: list[int] = []  # the smallest place that ends a rising run of each length
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(tails, place)
        before[place] = tails[length - 1] if length else None
        tails[length : length + 1] = [place]
    steady: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        steady.add(last)
        last = before[last]
    return steady
