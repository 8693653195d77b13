"""How far a statistic has moved between training and production; two rules share it."""

from __future__ import annotations

from math import sqrt

from mismatch.declaration import Param
from mismatch.reading import rows, text
from mismatch.text.figures import EXTREME, LOCATION, SHAPE, SPREAD, figure, statistic
from mismatch.text.names import key
from mismatch.text.ranges import ENDLESS, Interval, unit_factor, values
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Memo
    from mismatch.reading import Doc
    from mismatch.text.figures import Figure

STATISTIC_TOLERANCES = {
    "minor_deviations": Param(0.1, "standard deviations a location has to move to be minor", 0, 10),
    "major_deviations": Param(0.5, "standard deviations a location has to move to be major", 0, 10),
    "minor_relative": Param(0.10, "part of the training value it has to move to be minor", 0, 10),
    "major_relative": Param(0.25, "part of the training value it has to move to be major", 0, 10),
    "minor_ratio": Param(1.25, "how many times as wide or narrow a spread has to be to be minor", 1, 100),
    "major_ratio": Param(2.0, "how many times as wide or narrow a spread has to be to be major", 1, 100),
}
"""Locations in standard deviations, or relative where none is given; spreads by their ratio."""
SKEW = {"minor_points": 0.5, "major_points": 1.0}
KURTOSIS = {"minor_points": 1.0, "major_points": 3.0}
WIDTH = {"minor_width": 0.05, "major_width": 0.10}
"""Fixed bands: shapes by their difference, locations by a share of the width of the field's range."""
NEGLIGIBLE = 0.01
"""Share of the larger of two figures below which nobody would act on their difference."""
NORMAL_IQR = 1.349
"""Interquartile range of a normal distribution in standard deviations."""
RANKS = ("info", "minor", "major")


class Grade(NamedTuple):
    """How much a difference matters."""

    severity: str  # "" if there is none
    reason: str  # what it amounts to, for the end of a message


class Scale(NamedTuple):
    """What the training data says about how far the values of a field spread."""

    deviation: float  # standard deviation, 0 if unknown
    width: float  # of the stated range, 0 if unknown
    signed: bool  # may values be below 0, so that a share of the value means nothing?


class Scales:
    """The scales of the training fields, worked out together when the first is asked for."""

    def __init__(self, training: Doc) -> None:
        self._training = training
        self._statistics: dict[str, list[Doc]] = {}
        self._ranges: dict[str, str] | None = None
        self._known: dict[str, Scale] = {}

    def __call__(self, field: str) -> Scale:
        """The scale on which figures of a training *field* differ."""
        name = key(field)
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._scale(name)
        return found

    def _scale(self, name: str) -> Scale:
        if self._ranges is None:
            self._ranges = self._read()
        deviation = _deviation(self._figures(name))
        stated = values(self._ranges.get(name, ""), True)
        if not isinstance(stated, Interval):
            return Scale(deviation, 0.0, False)
        width = stated.high - stated.low
        return Scale(deviation, width if 0 < width < ENDLESS else 0.0, stated.low < 0)

    def _figures(self, name: str) -> dict[str, float]:
        """The figures of a field by what each is known as; the first of several counts."""
        found: dict[str, float] = {}
        for row in self._statistics.get(name, ()):
            given = figure(text(row, "value"))
            if given:
                found.setdefault(statistic(text(row, "property"))[0], given.value)
        return found

    def _read(self) -> dict[str, str]:
        for row in rows(self._training, "statistics"):
            self._statistics.setdefault(key(text(row, "field")), []).append(row)
        found: dict[str, str] = {}
        for row in rows(self._training, "schema"):
            found.setdefault(key(text(row, "field_name")), text(row, "expected_values"))
        return found


def scales(training: Doc, memo: Memo) -> Scales:
    """The scales of *training*, the same for all rules of a run."""
    found: Scales | None = memo.get("scales")
    if found is None:
        memo["scales"] = found = Scales(training)
    return found


def _deviation(figures: dict[str, float]) -> float:
    """The standard deviation, or what variance or quartiles say about it; 0 if nothing does."""
    stated = figures.get("standarddeviation") or sqrt(max(figures.get("variance", 0.0), 0.0))
    between = figures.get("iqr", 0.0)
    if not between and "firstquartile" in figures and "thirdquartile" in figures:
        between = figures["thirdquartile"] - figures["firstquartile"]
    return max(stated or between / NORMAL_IQR, 0.0)


def grade_statistic(
    kind: str, ours: str, theirs: str, scale: Scale, tolerances: dict[str, float]
) -> Grade | None:
    """How much two values of one statistic differ, the training value first; None if nobody can tell."""
    first, second = figure(ours), figure(theirs)
    if first is None and second is None:
        return (
            Grade("info", "; they differ only in spelling")
            if key(ours) == key(theirs)
            else Grade("minor", "")
        )
    factor = unit_factor(second.unit, first.unit) if first and second else None
    if first is None or second is None or factor is None:
        return None
    have, want = first.value, second.value * factor
    if have == want:
        return Grade("", "; as numbers they are equal")
    if _rounded(first, second._replace(value=want, step=second.step * factor)):
        return Grade("info", "; they are the same but for rounding")
    if abs(have - want) <= NEGLIGIBLE * max(abs(have), abs(want)):
        return _grade_negligible(kind, abs(have - want), scale, tolerances)
    return _grade(kind, have, want, scale, tolerances)


def _grade_negligible(kind: str, off: float, scale: Scale, tolerances: dict[str, float]) -> Grade:
    """The grade of a difference within 1 %, which is much where values spread by less than that."""
    if scale.deviation and statistic(kind)[1] == LOCATION:
        far = off / scale.deviation
        if far >= tolerances["major_deviations"]:
            return Grade("minor", f"; that is {_about(far)} standard deviations of training")
    return Grade("info", "; the difference is within 1 %")


def _about(number: float) -> str:
    """A number with the digits that matter: 0.59, 14, 118."""
    return f"{number:.0f}" if 100 <= abs(number) < 1e15 else f"{number:.2g}"


def _rounded(first: Figure, second: Figure) -> bool:
    """Is one figure the other with fewer digits? Not a 0 or 1 that may have been anything."""
    off = abs(first.value - second.value)
    smaller, larger = sorted((abs(first.value), abs(second.value)))
    return smaller > 0 and off <= 0.2 * larger and off <= max(first.step, second.step) / 2 * (1 + 1e-9)


def _grade(kind: str, have: float, want: float, scale: Scale, tolerances: dict[str, float]) -> Grade | None:
    known, measures = statistic(kind)
    if measures == LOCATION and scale.deviation > 0:
        far = abs(have - want) / scale.deviation
        return _banded(
            far, "deviations", tolerances, f"; that is {_about(far)} standard deviations of training"
        )
    if measures == SPREAD:
        return _grade_spread(known, have, want, tolerances)
    if measures == SHAPE:
        return _banded(abs(have - want), "points", SKEW if known == "skew" else KURTOSIS, "")
    found = _grade_relative(have, want, scale, tolerances)
    if found and measures == EXTREME:
        return Grade("minor" if found.severity == "major" else "info", found.reason)
    return found


def _grade_spread(known: str, have: float, want: float, tolerances: dict[str, float]) -> Grade | None:
    if have <= 0 or want < 0:
        return None
    ratio = max(have / want, want / have) if want else ENDLESS
    if known == "variance":
        ratio = sqrt(ratio)
    return _banded(ratio, "ratio", tolerances, f"; that is {want / have:.3g} times as much")


def _grade_relative(have: float, want: float, scale: Scale, tolerances: dict[str, float]) -> Grade | None:
    """By the share of the training value, or of the width of its range, whichever says more."""
    grades = []
    if have * want > 0 and not scale.signed:
        share = abs(have - want) / abs(have)
        grades.append(
            _banded(share, "relative", tolerances, f"; that is {_about(share * 100)} % of the training value")
        )
    if scale.width:
        share = abs(have - want) / scale.width
        grades.append(
            _banded(share, "width", WIDTH, f"; that is {_about(share * 100)} % of the width of its range")
        )
    return max(grades, key=lambda grade: RANKS.index(grade.severity), default=None)


def _banded(measured: float, what: str, tolerances: dict[str, float], reason: str) -> Grade:
    for severity in ("major", "minor"):
        if measured >= tolerances[f"{severity}_{what}"] * (1 - 1e-9):
            return Grade(severity, reason)
    return Grade("info", reason or "; that is within the tolerance")
