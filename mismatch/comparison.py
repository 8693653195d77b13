"""Sets two sets of findings against each other: what is new, what is gone, what has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Comparison(NamedTuple, Generic[T]):
    """Every list in the order of the newer set; what is fixed in the order of the older one."""

    new: list[T]
    fixed: list[T]
    changed: list[tuple[T, T]]  # then and now: still there, but with other values or another severity
    same: list[tuple[T, T]]


def compare(then: Mapping[str, T], now: Mapping[str, T], shows: Callable[[T], object]) -> Comparison[T]:
    """What became of the findings of *then*; both map fingerprints to findings.

    *shows* gives what has to be equal for a finding to count as unchanged, as its values and severity.
    """
    both = [(then[name], found) for name, found in now.items() if name in then]
    return Comparison(
        new=[found for name, found in now.items() if name not in then],
        fixed=[found for name, found in then.items() if name not in now],
        changed=[(old, found) for old, found in both if shows(old) != shows(found)],
        same=[(old, found) for old, found in both if shows(old) == shows(found)],
    )
