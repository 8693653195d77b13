"""Statistics of a field that contradict each other, its range, or arithmetic."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, rows, text
from mismatch.rules._interfaces import first_rows
from mismatch.rules._pairs import PRODUCTION, TRAINING
from mismatch.text.figures import EXTREME, LOCATION, figure, statistic
from mismatch.text.names import key
from mismatch.text.ranges import Interval, unit_factor, values
from mismatch.text.types import family
from mismatch.wording import plain, quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Hit
    from mismatch.reading import Doc
    from mismatch.text.figures import Figure

ORDER = ("minimum", "firstquartile", "median", "thirdquartile", "maximum")
NEVER_NEGATIVE = ("standarddeviation", "variance", "iqr", "mad", "range")
COUNTED = frozenset({"int", "text", "category", "bool"})
WHERE = "\0"
"""Stands in a message for the name of the field and the document it is in."""
SIDES = {TRAINING: "training", PRODUCTION: "production"}


class Wrong(NamedTuple):
    """Something that cannot be true of a field."""

    said: str  # with WHERE in it
    rows: tuple[int, ...]  # of the statistics of the field
    names: tuple[str, ...]  # what the figures are known as
    range: bool = False  # does it contradict the range of the schema?
    severity: str = ""


class Stated(NamedTuple):
    """One figure of a field."""

    kind: str  # as written
    number: int  # among the statistics of the field
    figure: Figure

    @property
    def said(self) -> str:
        return f"{quote(self.kind)} {plain(self.figure.value)}"


class Field(NamedTuple):
    """All figures of a field by what they are known as, and what its schema says."""

    stated: dict[str, Stated]
    type: str
    expected: str

    def value(self, known: str) -> float | None:
        found = self.stated.get(known)
        return found.figure.value if found else None

    def wrong(self, said: str, *known: str, range: bool = False, severity: str = "") -> Wrong:
        return Wrong(said, tuple([self.stated[each].number for each in known]), known, range, severity)


@rule(
    "impossible-statistic",
    code="X310",
    severity="major",
    pack="x",
    params={"slack": Param(0.05, "how far a deviation may be above what the range allows, as a part of it")},
    risk="None for the order of figures. Entropy may be negative for fractions, which are not held to it.",
    source="Mathematics.",
)
def impossible_statistic(
    training_data: Doc = NOTHING, production_data: Doc = NOTHING, *, slack: float
) -> Found:
    """The statistics of a field cannot all be true.

    A wrong figure poisons every later comparison: drift is measured against a reference that never was.

    Remedy: Compute the figures again, from the same data.

    Example: The first quartile is 40 and the median 30. It is silent for figures that can belong together,
    and for a field of which only one is given.

    Decision: Spreads below 0, quartiles out of order, means outside minimum and maximum or the field's own
    range, an IQR that is not the distance of its quartiles, a standard deviation of more than half the range
    (with some slack, since that of a small sample may be larger). A minimum or maximum outside the range is
    minor: the range says what is expected.
    """
    seen = False
    for descriptor, body in ((TRAINING, training_data), (PRODUCTION, production_data)):
        by_field: dict[str, list[int]] = {}
        stated = rows(body, "statistics")
        for place, row in enumerate(stated):
            by_field.setdefault(text(row, "field"), []).append(place)
        schema = first_rows(body, "schema", "field_name") if by_field else {}
        for name, places in by_field.items():
            at, row = schema.get(name, (0, NOTHING))
            given = tuple(
                [(text(stated[place], "property"), text(stated[place], "value")) for place in places]
            )
            seen = True
            for wrong in _judged(text(row, "field_type"), text(row, "expected_values"), given, slack):
                yield _hit(descriptor, name, wrong, places, at)
    if not seen:
        yield NOT_APPLICABLE if training_data or production_data else CANNOT_TELL


def _hit(descriptor: str, name: str, wrong: Wrong, places: list[int], schema: int) -> Hit:
    found: list[At] = [(descriptor, "statistics", places[row], "value") for row in wrong.rows]
    if wrong.range:
        found.append((descriptor, "schema", schema, "expected_values"))
    head, _, tail = wrong.said.partition(WHERE)
    return hit(
        f"{head} of {quote(name)} in {SIDES[descriptor]}{tail}.",
        *found,
        key=(descriptor, name, *wrong.names, *(["range"] if wrong.range else [])),
        severity=wrong.severity,
    )


@lru_cache(maxsize=4096)
def _judged(type: str, expected: str, given: tuple[tuple[str, str], ...], slack: float) -> tuple[Wrong, ...]:
    """What cannot be true of a field of which these statistics are given, as property and value."""
    field = Field({}, type, expected)
    first: Figure | None = None
    for number, (kind, value) in enumerate(given):
        found = figure(value)
        if found and (first is None or unit_factor(found.unit, first.unit) == 1):
            first = first or found
            field.stated.setdefault(statistic(kind)[0], Stated(kind, number, found))
    return (*_signs(field), *_order(field), *_spread(field, slack), *_range(field, slack))


def _signs(field: Field) -> Iterator[Wrong]:
    negative = list(NEVER_NEGATIVE)
    if family(field.type) in COUNTED:
        negative.append("entropy")
    for known in negative:
        if (field.value(known) or 0) < 0:
            said = f"{field.stated[known].said}{WHERE} is below 0, which it cannot be"
            yield field.wrong(said, known)
    gini = field.stated.get("ginicoefficient")
    if gini and gini.figure.unit != "%" and not 0 <= gini.figure.value <= 1:
        scaled = 2 < gini.figure.value <= 100  # as many write it
        said = f"{gini.said}{WHERE} is not between 0 and 1"
        yield field.wrong(said, "ginicoefficient", severity="minor" if scaled else "")


def _order(field: Field) -> Iterator[Wrong]:
    known = [name for name in ORDER if name in field.stated]
    for lower, upper in pairwise(known):
        if (field.value(lower) or 0) > (field.value(upper) or 0):
            yield field.wrong(_two(field, lower, "is above", upper), lower, upper)
    mean = field.value("mean")
    low, high = field.value("minimum"), field.value("maximum")
    if mean is not None and low is not None and mean < low:
        yield field.wrong(_two(field, "mean", "is below", "minimum"), "mean", "minimum")
    if mean is not None and high is not None and mean > high:
        yield field.wrong(_two(field, "mean", "is above", "maximum"), "mean", "maximum")


def _two(field: Field, first: str, relation: str, second: str) -> str:
    return f"{field.stated[first].said}{WHERE} {relation} {field.stated[second].said}"


def _spread(field: Field, slack: float) -> Iterator[Wrong]:
    first, third, between = (field.value(name) for name in ("firstquartile", "thirdquartile", "iqr"))
    if first is not None and third is not None and between is not None and first <= third:
        quartiles = ("firstquartile", "thirdquartile")
        steps = sum(field.stated[name].figure.step for name in (*quartiles, "iqr")) / 2
        if abs(third - first - between) > max(0.01 * abs(between), steps):
            said = f"{field.stated['iqr'].said}{WHERE} is not the distance of the quartiles, "
            yield field.wrong(said + plain(third - first), "iqr", *quartiles)
    deviation = field.stated.get("standarddeviation")
    low, high = field.value("minimum"), field.value("maximum")
    if deviation is None or low is None or high is None or low > high:
        return
    if deviation.figure.value > _most(high - low, deviation.figure, slack):
        said = f"{deviation.said}{WHERE} is more than half the way from "
        said += f"{field.stated['minimum'].said} to {field.stated['maximum'].said}"
        yield field.wrong(said, "standarddeviation", "minimum", "maximum")


def _most(width: float, deviation: Figure, slack: float) -> float:
    """The largest standard deviation that values within *width* can have, with room for rounding."""
    return (1 + slack) * width / 2 + deviation.step / 2


def _range(field: Field, slack: float) -> Iterator[Wrong]:
    """What lies outside the values that the schema of the same document expects."""
    stated = values(field.expected, True)
    if not isinstance(stated, Interval):
        return
    expected = quote(field.expected)
    for known, found in field.stated.items():
        measures = statistic(found.kind)[1]
        factor = unit_factor(found.figure.unit, stated.unit)
        if factor is None:
            continue
        given = found.figure._replace(value=found.figure.value * factor, step=found.figure.step * factor)
        if measures in {LOCATION, EXTREME}:
            if not stated.low - given.step / 2 <= given.value <= stated.high + given.step / 2:
                severity = "minor" if measures == EXTREME else ""
                said = f"{found.said}{WHERE} is outside its range, {expected}"
                yield field.wrong(said, known, range=True, severity=severity)
        elif known == "standarddeviation" and given.value > _most(stated.high - stated.low, given, slack):
            said = f"{found.said}{WHERE} is more than half of its range, {expected}"
            yield field.wrong(said, known, range=True)


@rule(
    "statistic-stated-twice",
    code="X320",
    severity="minor",
    pack="x",
    risk="Figures of two periods or groups that only the documentation tells apart.",
    source="Experience: a row is added for a new sample and the old one is left.",
)
def statistic_stated_twice(training_data: Doc = NOTHING, production_data: Doc = NOTHING) -> Found:
    """A statistic of a field is given twice, with different values.

    Comparisons take the first row. If the second is the valid one, they are all wrong, and nobody sees it.

    Remedy: Remove the row that is out of date, or name the property so that both can stand.

    Example: “Mean” of “age” is 41 in one row and 47 in another. It is silent if both rows say 41.

    Decision: “Mean” and “Average” are one property, and 41 and 41.0 one value.
    """
    seen = False
    for descriptor, body in ((TRAINING, training_data), (PRODUCTION, production_data)):
        first: dict[tuple[str, str], tuple[int, str]] = {}
        for place, row in enumerate(rows(body, "statistics")):
            kind, field, value = text(row, "property"), text(row, "field"), text(row, "value")
            if not (kind and field and value):
                continue
            seen = True
            before, other = first.setdefault((statistic(kind)[0], key(field)), (place, value))
            if other != value and not _same(other, value):
                said = f"{quote(kind)} of {quote(field)} is given twice in {SIDES[descriptor]}"
                yield hit(
                    f"{said}: as {quote(other)} and as {quote(value)}.",
                    (descriptor, "statistics", place, "value"),
                    (descriptor, "statistics", before, "value"),
                    key=(descriptor, statistic(kind)[0], key(field)),
                )
    if not seen:
        yield NOT_APPLICABLE if training_data or production_data else CANNOT_TELL


def _same(first: str, second: str) -> bool:
    ours, theirs = figure(first), figure(second)
    if ours is None or theirs is None:
        return key(first) == key(second)
    return ours.value == theirs.value and key(ours.unit) == key(theirs.unit)
