"""Which revision last changed each field of a document, worked out from one save to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from descriptors.differences import paired
from tec import strictjson
from tec.pointers import pointer as join

Lines = dict[str, int]  # pointer → number of the revision that last changed what stands there
Tokens = tuple[str | int, ...]
Found = Iterator[tuple[str, int]]


def begun(body: Any, number: int) -> Lines:
    """Everything in *body* came with revision *number*."""
    return dict(_all(body, (), number))


def carried(lines: Lines, old: Any, new: Any, number: int) -> Lines:
    """*lines* about *old*, carried over to *new*, which revision *number* made of it.

    A value has the revision that last changed it; a list or object the one that last added, removed or moved
    something in it.
    """
    return dict(_carried(lines, old, new, (), (), number))


def _all(value: Any, at: Tokens, number: int) -> Found:
    yield join(*at), number
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from _all(value[key], (*at, key), number)


def _carried(
    lines: Lines, old: Any, new: Any, was: Tokens, at: Tokens, number: int
) -> Iterator[tuple[str, int]]:
    before = lines.get(join(*was), number)
    if isinstance(old, dict) and isinstance(new, dict):
        yield join(*at), before if old.keys() == new.keys() else number
        for key, child in new.items():
            if key in old:
                yield from _carried(lines, old[key], child, (*was, key), (*at, key), number)
            else:
                yield from _all(child, (*at, key), number)
    elif isinstance(old, list) and isinstance(new, list):
        pairs = paired(old, new)
        same = len(pairs) == len(old) == len(new) and all(one == two for one, two in pairs)
        yield join(*at), before if same else number
        partner = {after: place for place, after in pairs}
        for index, child in enumerate(new):
            if index in partner:
                place = partner[index]
                yield from _carried(lines, old[place], child, (*was, place), (*at, index), number)
            else:
                yield from _all(child, (*at, index), number)
    else:
        same = type(old) is type(new) and strictjson.canonical(old) == strictjson.canonical(new)
        yield from [(join(*at), before)] if same else _all(new, at, number)
