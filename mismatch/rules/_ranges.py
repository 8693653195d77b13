"""What the rules share that ask whether the values of one side go beyond those of another."""

from __future__ import annotations

from functools import lru_cache

from mismatch.reading import number, text
from mismatch.rules._pairs import NUMERIC, statement, understood, values_place
from mismatch.text.measures import measure
from mismatch.text.names import key
from mismatch.text.ranges import ENDLESS, Choices, Interval, beyond, interval
from mismatch.text.types import CONFLICT, conversion, family
from mismatch.wording import listing, plain, quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from mismatch.declaration import At, Memo
    from mismatch.rules._pairs import Pairs, Side, Statement
    from mismatch.text.ranges import Values

UNRANGED = frozenset({"image", "datetime", "list"})
"""Families whose values nobody states as a range or list that could be compared."""
FITS, UNKNOWN, APART, SCALED = "fits", "unknown", "apart", "scaled"


class Excess(NamedTuple):
    """How the values of one side go beyond those of another."""

    extra: str  # in words: "values above 40000 are", "“brown” and “amber” are"
    ends: tuple[str, ...]  # which ends are passed: "min_value", "max_value"; () for lists of values
    share: float  # how far, as a share of the width of the narrower side; ENDLESS if it has none
    cut: bool  # would they fit if the limits had not lost their decimals?


if TYPE_CHECKING:
    Compared: TypeAlias = "list[tuple[Side, Side, Excess | str]]"


def compared(name: str, pairs: Pairs, memo: Memo) -> Compared:
    """Each of *pairs*, the side that has to fit in front, with how its values exceed those of the other.

    In place of an excess stand FITS, UNKNOWN if one side does not say, APART if the types contradict each
    other or have no values to compare, SCALED if one side has a share and the other the same in per cent.
    *name* is that of the pairs.
    """
    found: Compared | None = memo.get(("compared", name))
    if found is None:
        memo["compared", name] = found = [
            (inner, outer, FITS if _alike(inner, outer) else excess(inner, outer)) for inner, outer in pairs
        ]
    return found


def _alike(inner: Side, outer: Side) -> bool:
    """Do two fields of data say the same in the same words, understood or not?"""
    if inner.at[1] != "schema" or outer.at[1] != "schema":
        return False
    ours, theirs = inner.row, outer.row
    said = ours.get("expected_values")
    if not said or said != theirs.get("expected_values") or said.__class__ is not str or said.isspace():
        return False
    return bool(ours.get("field_type") == theirs.get("field_type"))


def excess(inner: Side, outer: Side) -> Excess | str:
    """How the values of *inner* exceed those of *outer*, as `compared` says."""
    found = _excess(statement(inner), statement(outer), "", "")
    if found is not UNKNOWN:
        return found
    units = _unit_about(inner), _unit_about(outer)
    return _excess(statement(inner), statement(outer), *units) if any(units) else found


def _unit_about(side: Side) -> str:
    """The unit that the description of a row names."""
    return measure(text(side.row, side.description_field)).written


@lru_cache(maxsize=8192)
def _excess(
    inner: tuple[str, Statement], outer: tuple[str, Statement], unit: str, other_unit: str
) -> Excess | str:
    """What `excess` says; the units are those of the descriptions, for values that are given without one."""
    (type, stated), (other_type, other_stated) = inner, outer
    if (
        conversion(type, other_type) == CONFLICT
        or _unranged(type, stated)
        or _unranged(other_type, other_stated)
    ):
        return APART
    ours, theirs = understood(type, stated), understood(other_type, other_stated)
    ours, theirs = ours or _only_one(stated, theirs), theirs or _only_one(other_stated, ours)
    if ours is None or theirs is None:
        return UNKNOWN
    if isinstance(ours, Interval) and isinstance(theirs, Interval) and bool(ours.unit) != bool(theirs.unit):
        ours = ours._replace(unit=ours.unit or unit)
        theirs = theirs._replace(unit=theirs.unit or other_unit)
    if _other_scale(ours, theirs):
        return SCALED
    extra = beyond(ours, theirs)
    if not extra:
        return UNKNOWN if extra is None else FITS
    if isinstance(ours, Interval):
        limits = _ends(theirs)
        ends, share = _past(ours, limits)
        cut = family(other_type) == "float" and not isinstance(other_stated, str) and _cut(ours, limits, ends)
        return Excess(f"values {' and '.join(extra)} are", ends, share, cut)
    return Excess(f"{listing(extra)} {'is' if len(extra) == 1 else 'are'}", (), ENDLESS, False)


def _only_one(stated: Statement, others: Values | None) -> Values | None:
    """A word that alone may be anything, as the only value, if it is one of the values of the other side."""
    if not isinstance(stated, str) or not isinstance(others, Choices) or others.numbers:
        return None
    return Choices((stated.strip(),)) if key(stated) in others.keys else None


def _unranged(type: str, stated: Statement) -> bool:
    """Is it an image or the like, or a text whose item specification gives lengths instead of values?"""
    kind = family(type)
    return kind in UNRANGED or (kind == "text" and not isinstance(stated, str))


def _ends(values: Values) -> Interval:
    """The interval that values fill or, if they are a list of numbers, lie in."""
    return values if isinstance(values, Interval) else interval(min(values.numbers), max(values.numbers))


def _past(ours: Interval, theirs: Interval) -> tuple[tuple[str, ...], float]:
    below, above = theirs.low - ours.low, ours.high - theirs.high
    ends = tuple([end for end, by in (("min_value", below), ("max_value", above)) if 0 < by < ENDLESS])
    width = theirs.high - theirs.low
    share = max(below, above) / width if 0 < width < ENDLESS and ours.unit == theirs.unit else ENDLESS
    return ends, share


def _other_scale(ours: Values, theirs: Values) -> bool:
    """Is one a share from 0 to 1 and the other the same in per cent?"""
    ends = {(each.low, each.high) for each in (ours, theirs) if isinstance(each, Interval)}
    return ends == {(0.0, 1.0), (0.0, 100.0)}


def _cut(ours: Interval, theirs: Interval, ends: tuple[str, ...]) -> bool:
    """Are the limits that are passed what is left of the others without decimals: 99 where 99.5 may come?"""
    pairs = [(ours.low, theirs.low) if end == "min_value" else (ours.high, theirs.high) for end in ends]
    return bool(pairs) and all(wanted != int(wanted) and int(wanted) == limit for wanted, limit in pairs)


def written(side: Side) -> str:
    """The values of a side for a message: “0 - 100” as somebody wrote it, or 0 to 100 from its limits."""
    if not side.specified:
        return quote(text(side.row, "expected_values"))
    if family(side.type) not in NUMERIC:
        return quote(text(side.specification, "other_value"))
    low, high = number(side.specification, "min_value"), number(side.specification, "max_value")
    if low is None or high is None:
        return f"at most {plain(high)}" if high is not None else f"at least {plain(low or 0)}"
    return f"{plain(low)} to {plain(high)}"


def passed_places(side: Side, passed: Excess) -> list[At]:
    """Where the limits stand that are passed, or that pass."""
    if not side.specified or not passed.ends:
        return [values_place(side)]
    return [values_place(side, end) for end in passed.ends]
