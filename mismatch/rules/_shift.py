"""How far labels and statistics have shifted between training and production; two rules on each share it."""

from __future__ import annotations

from math import log, sqrt
from typing import NamedTuple

from mismatch.reading import number, rows, text
from mismatch.rules._pairs import PRODUCTION, Finder
from mismatch.text.figures import EXTREME, LOCATION, SHAPE, SPREAD, figure, statistic
from mismatch.text.names import key
from mismatch.text.ranges import ENDLESS, Interval, unit_factor, values
from mismatch.wording import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side
    from mismatch.text.figures import Figure

LABEL_TOLERANCES = {
    "minor_difference": 0.10,
    "major_difference": 0.20,
    "minor_psi": 0.10,
    "major_psi": 0.25,
}
"""Largest difference of two shares, and population stability index, from which a shift counts."""
STATISTIC_TOLERANCES = {
    "minor_deviations": 0.1,
    "major_deviations": 0.5,
    "minor_relative": 0.10,
    "major_relative": 0.25,
    "minor_ratio": 1.25,
    "major_ratio": 2.0,
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


class Label(NamedTuple):
    """One label of production with all training labels that are mapped to it."""

    name: str
    training: float  # share, 0 to 1
    production: float
    rows: tuple[int, ...]  # of the training distribution
    there: Side  # the row of the production distribution

    @property
    def difference(self) -> float:
        return abs(self.training - self.production)


class LabelShift(NamedTuple):
    """The shift of a whole distribution."""

    severity: str  # of the whole; "info" within the tolerances
    largest: Label
    psi: float | None  # None if a share is 0, where it would measure nothing but the floor
    severities: dict[int, str]  # of each label, by its row of the training distribution
    labels: list[Label]


def shift_of_labels(
    training: Doc, production: Doc, memo: Memo, tolerances: dict[str, float]
) -> LabelShift | None:
    """How far the shares of the mapped labels have shifted; None if fewer than two can be compared.

    Shares count as parts of their list, so that 0.97 and 97 % agree. Training labels that are mapped to the
    same production label are added up. The label that shifted most has the severity of the whole.
    """
    name = ("label shift", *tolerances.values())
    if name not in memo:
        memo[name] = _label_shift(labels_of(training, production), tolerances)
    found: LabelShift | None = memo[name]
    return found


def _label_shift(labels: list[Label], tolerances: dict[str, float]) -> LabelShift | None:
    if len(labels) < 2:
        return None
    terms = [_psi(label) for label in labels]
    psi = None if None in terms else sum(term for term in terms if term is not None)
    largest = max(labels, key=_leads)
    whole = _grade_share(largest.difference, psi, tolerances)
    severities = {}
    for label, term in zip(labels, terms, strict=True):
        leads = label.difference >= largest.difference - 1e-9
        own = whole if leads else _grade_share(label.difference, term, tolerances)
        severities.update(dict.fromkeys(label.rows, own))
    return LabelShift(whole, largest, psi, severities, labels)


def _leads(label: Label) -> tuple[float, float, str]:
    """What to sort labels by so that the one comes last that shows a shift best: of two that differ by the
    same number of points the rarer one, whatever their order."""
    term = _psi(label)
    return round(label.difference, 9), ENDLESS if term is None else round(term, 9), label.name


def labels_of(training: Doc, production: Doc) -> list[Label]:
    """The labels of production that training labels are mapped to, by mapping or else by name."""
    theirs = rows(production, "distribution")
    here, there = _total(rows(training, "distribution")), _total(theirs)
    if not theirs or here <= 0 or there <= 0:
        return []
    find = Finder(PRODUCTION, "distribution", "label", production)
    found: dict[str, Label] = {}
    for place, row in enumerate(rows(training, "distribution")):
        share = number(row, "percentage")
        side = find(text(row, "mapping_production_data") or text(row, "label"))
        other = number(side.row, "percentage") if side else None
        if share is None or other is None or not side:
            continue
        known = found.get(side.name)
        before, earlier = (known.training, known.rows) if known else (0.0, ())
        found[side.name] = Label(side.name, before + share / here, other / there, (*earlier, place), side)
    return list(found.values())


def _total(distribution: list[Doc]) -> float:
    shares = [number(row, "percentage") for row in distribution]
    return sum(share for share in shares if share is not None and share > 0)


def _psi(label: Label) -> float | None:
    p, q = label.training, label.production
    return (p - q) * (log(p) - log(q)) if p > 0 and q > 0 else None


def _grade_share(difference: float, psi: float | None, tolerances: dict[str, float]) -> str:
    for severity in ("major", "minor"):
        far = difference >= tolerances[f"{severity}_difference"] - 1e-9
        if far or (psi is not None and psi >= tolerances[f"{severity}_psi"]):
            return severity
    return "info"


class Scale(NamedTuple):
    """What the training data says about how far the values of a field spread."""

    deviation: float  # standard deviation, 0 if unknown
    width: float  # of the stated range, 0 if unknown
    signed: bool  # may values be below 0, so that a share of the value means nothing?


class Scales:
    """The scales of the training fields, worked out together when the first is asked for."""

    def __init__(self, training: Doc) -> None:
        self._training = training
        self._figures: dict[str, dict[str, float]] = {}
        self._ranges: dict[str, str] | None = None

    def __call__(self, field: str) -> Scale:
        """The scale on which figures of a training *field* differ."""
        if self._ranges is None:
            self._ranges = self._read()
        deviation = _deviation(self._figures.get(key(field), {}))
        stated = values(self._ranges.get(key(field), ""), True)
        if not isinstance(stated, Interval):
            return Scale(deviation, 0.0, False)
        width = stated.high - stated.low
        return Scale(deviation, width if 0 < width < ENDLESS else 0.0, stated.low < 0)

    def _read(self) -> dict[str, str]:
        for row in rows(self._training, "statistics"):
            given = figure(text(row, "value"))
            if given:
                known = self._figures.setdefault(key(text(row, "field")), {})
                known.setdefault(statistic(text(row, "property"))[0], given.value)
        found: dict[str, str] = {}
        for row in rows(self._training, "schema"):
            found.setdefault(key(text(row, "field_name")), text(row, "expected_values"))
        return found


def scales(training: Doc, memo: Memo) -> Scales:
    """The scales of *training*, the same for all rules of a run."""
    found: Scales = memo.setdefault("scales", Scales(training))
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
    return _banded(ratio, "ratio", tolerances, f"; that is {_about(want / have)} times as much")


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


def shares(label: Label) -> str:
    """The two shares of a label for a message: “70 % in training and 96.4 % in production”."""
    here, there = plain(round(label.training * 100, 2)), plain(round(label.production * 100, 2))
    return f"{here} % in training and {there} % in production"
