"""Sets two sets of findings against each other: what is new, what is gone, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Comparison(NamedTuple, Generic[T]):
    """Every list in the order of the newer set; what is fixed in the order of the older one."""

    new: list[T]
    worse: list[tuple[T, T]]  # then and now: still there, and graver
    fixed: list[T]
    changed: list[tuple[T, T]]  # still there, with other values or a lesser severity
    same: list[tuple[T, T]]


def compare(
    then: Mapping[str, T], now: Mapping[str, T], shows: Callable[[T], object], rank: Callable[[T], int]
) -> Comparison[T]:
    """What became of the findings of *then*; both map fingerprints to findings.

    *shows* gives what has to be equal for a finding to count as unchanged, as its values and severity;
    *rank* how grave it is, 0 the gravest.
    """
    both = [(then[name], found) for name, found in now.items() if name in then]
    worse = [(old, found) for old, found in both if rank(found) < rank(old)]
    rest = [(old, found) for old, found in both if rank(found) >= rank(old)]
    return Comparison(
        new=[found for name, found in now.items() if name not in then],
        worse=worse,
        fixed=[found for name, found in then.items() if name not in now],
        changed=[(old, found) for old, found in rest if shows(old) != shows(found)],
        same=[(old, found) for old, found in rest if shows(old) == shows(found)],
    )


Place = Mapping[str, Any]  # as JSON


def changed_fields(then: Iterable[Place], now: Iterable[Place]) -> list[tuple[Place | None, Place | None]]:
    """The places of a finding whose values differ, then and now, in the order of now.

    A field is the same by its label, which stays when other rows move, and its number among those alike.
    """
    old, new = _by_field(then), _by_field(now)
    pairs = [(old.get(field), new.get(field)) for field in dict.fromkeys([*new, *old])]
    return [
        (before, after)
        for before, after in pairs
        if before is None or after is None or before["value"] != after["value"]
    ]


def _by_field(places: Iterable[Place]) -> dict[tuple[str, str, int], Place]:
    fields: dict[tuple[str, str, int], Place] = {}
    alike: Counter[tuple[str, str]] = Counter()
    for place in places:
        field = place["descriptor"], _steady(place["label"])
        fields[(*field, alike[field])] = place
        alike[field] += 1
    return fields


def _steady(label: str) -> str:
    """*label* without the numbers of its rows."""
    return " › ".join(part.rstrip("0123456789 ") for part in label.split(" › "))
