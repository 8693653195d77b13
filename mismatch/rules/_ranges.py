"""What the rules share that ask whether the values of one side go beyond those of another."""

from __future__ import annotations

from typing import NamedTuple

from mismatch.reading import number, text
from mismatch.rules._pairs import NUMERIC, stated_values, values_place
from mismatch.text.ranges import ENDLESS, Interval, beyond
from mismatch.text.types import CONFLICT, conversion, family
from mismatch.wording import listing, plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At
    from mismatch.rules._pairs import Side
    from mismatch.text.ranges import Values

UNRANGED = frozenset({"image", "datetime", "list"})
"""Families whose values nobody states as a range or list that could be compared."""
FITS, UNKNOWN = "fits", "unknown"


class Excess(NamedTuple):
    """How the values of one side go beyond those of another."""

    extra: str  # in words: "above 40000", "“brown” and “amber”"
    ends: tuple[str, ...]  # which ends are passed: "min_value", "max_value"; () for lists of values
    share: float  # how far, as a share of the width of the narrower side; ENDLESS if it has none


def excess(inner: Side, outer: Side) -> Excess | str:
    """What *inner* allows and *outer* does not; FITS, or UNKNOWN if one of them does not say.

    Sides whose types contradict each other, or that measure on two scales, are left to the rules on those.
    """
    if conversion(inner.type, outer.type) == CONFLICT or _unranged(inner) or _unranged(outer):
        return FITS
    ours, theirs = stated_values(inner), stated_values(outer)
    if ours is None or theirs is None:
        return UNKNOWN
    if other_scale(ours, theirs):
        return FITS
    extra = beyond(ours, theirs)
    if not extra:
        return UNKNOWN if extra is None else FITS
    if isinstance(ours, Interval) and isinstance(theirs, Interval):
        ends, share = _past(ours, theirs)
        return Excess(" and ".join(extra), ends, share)
    return Excess(listing(extra), (), ENDLESS)


def _unranged(side: Side) -> bool:
    """Is it an image or the like, or a text whose item specification gives lengths instead of values?"""
    kind = family(side.type)
    return kind in UNRANGED or (kind == "text" and side.specified)


def _past(ours: Interval, theirs: Interval) -> tuple[tuple[str, ...], float]:
    below, above = theirs.low - ours.low, ours.high - theirs.high
    ends = tuple([end for end, by in (("min_value", below), ("max_value", above)) if 0 < by < ENDLESS])
    width = theirs.high - theirs.low
    share = max(below, above) / width if 0 < width < ENDLESS and ours.unit == theirs.unit else ENDLESS
    return ends, share


def other_scale(ours: Values, theirs: Values) -> bool:
    """Is one a share from 0 to 1 and the other the same in per cent?"""
    ends = {(each.low, each.high) for each in (ours, theirs) if isinstance(each, Interval)}
    return ends == {(0.0, 1.0), (0.0, 100.0)}


def truncated(inner: Side, outer: Side, passed: Excess) -> bool:
    """Do the limits of *outer* look as if their decimals had been cut off: 99 where 99.5 may come?"""
    if not outer.specified or family(outer.type) != "float" or not passed.ends:
        return False
    values = stated_values(inner)
    if not isinstance(values, Interval):
        return False
    for end in passed.ends:
        stated = number(outer.specification, end)
        wanted = values.low if end == "min_value" else values.high
        if stated is None or wanted == int(wanted) or int(wanted) != stated:
            return False
    return True


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
