"""How rules of one's own compare: a closed set of operators, each linear in what it is given.

An operator says whether two values fit; None where it cannot tell, because one is no number for one.
"""

from __future__ import annotations

from functools import cached_property
from unicodedata import normalize

from mismatch.reading import number_of, text_of
from mismatch.text.types import family
from mismatch.text.units import unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Operator = Callable[[Any, Any, Mapping[str, Any]], bool | None]

UNARY = frozenset({"one-of"})
"""Operators that compare with the `values` of the rule itself."""

NUMERIC = frozenset({"at-most", "at-least", "within"})


def equal(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """The same text, trimmed, or the same number however it is written; of lists the same entries."""
    if isinstance(left, list) or isinstance(right, list):
        return _texts(left) == _texts(right)
    return _plain(left) == _plain(right)


def not_equal(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    return not equal(left, right, rule)


def at_most(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    a, b = number_of(left), number_of(right)
    return None if a is None or b is None else a <= b


def at_least(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    return at_most(right, left, rule)


def within(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """At most `tolerance` apart; with `relative`, that part of the right side."""
    a, b = number_of(left), number_of(right)
    if a is None or b is None:
        return None
    tolerance = rule["tolerance"] * (abs(b) if rule.get("relative") else 1)
    return bool(abs(a - b) <= tolerance + 1e-9 * max(abs(a), abs(b)))


def subset(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """Every entry of the left side is among those of the right."""
    return _texts(left) <= _texts(right)


def same_type_family(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """Both are whole numbers, texts, dates …; None for a type that is not known."""
    a, b = family(text_of(left)), family(text_of(right))
    return a == b if a and b else None


def same_unit(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """“ms” and “milliseconds” are the same; None for a unit that is not known."""
    a, b = unit(text_of(left)), unit(text_of(right))
    return a == b if a and b else None


def one_of(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    return _texts(left) <= _texts(rule["values"])


def present(left: Any, right: Any, rule: Mapping[str, Any]) -> bool | None:
    """Whether something is there is asked before any operator."""
    return True


OPERATORS: dict[str, Operator] = {
    "equal": equal,
    "not-equal": not_equal,
    "at-most": at_most,
    "at-least": at_least,
    "within": within,
    "subset": subset,
    "same-type-family": same_type_family,
    "same-unit": same_unit,
    "present-if-present": present,
    "one-of": one_of,
}


def _plain(value: Any) -> str | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    number = number_of(value)
    return number if number is not None else normalize("NFC", text_of(value).strip())


class Entries(list):  # type: ignore[type-arg]  # of anything that JSON holds
    """A list that many values are compared with: what its entries say is worked out once."""

    @cached_property
    def texts(self) -> set[str | float]:
        return _texts(list(self))


def _texts(value: Any) -> set[str | float]:
    if isinstance(value, Entries):
        return value.texts
    entries = value if isinstance(value, list) else [value]
    return {_plain(entry) for entry in entries if not isinstance(entry, (dict, list))}
