"""How far labels have shifted between training and production; two rules share it."""

from __future__ import annotations

from math import log

from mismatch.declaration import Param
from mismatch.reading import number, rows, text
from mismatch.rules._pairs import PRODUCTION, Finder
from mismatch.text.ranges import ENDLESS
from mismatch.wording import plain
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

LABEL_TOLERANCES = {
    "minor_difference": Param(0.10, "largest difference of two shares from which a shift is minor"),
    "major_difference": Param(0.20, "largest difference of two shares from which a shift is major"),
    "minor_psi": Param(0.10, "population stability index from which a shift is minor", 0, 10),
    "major_psi": Param(0.25, "population stability index from which a shift is major", 0, 10),
}
"""Largest difference of two shares, and population stability index, from which a shift counts."""
TIMES = 2.0
"""How many times as frequent a label is on one side for a fifth of the difference to be minor: 3 and 9 %."""


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
    largest = max(zip(labels, terms, strict=True), key=_leads)[0]
    whole = _grade_share(largest, psi, tolerances)
    severities = {}
    for label, term in zip(labels, terms, strict=True):
        leads = label.difference >= largest.difference - 1e-9
        own = whole if leads else _grade_share(label, term, tolerances)
        severities.update(dict.fromkeys(label.rows, own))
    return LabelShift(whole, largest, psi, severities, labels)


def _leads(graded: tuple[Label, float | None]) -> tuple[float, float, str]:
    """What to sort labels with their terms by so that the one comes last that shows a shift best: of two that
    differ by the same number of points the rarer one, whatever their order."""
    label, term = graded
    return round(label.difference, 9), ENDLESS if term is None else round(term, 9), label.name


def labels_of(training: Doc, production: Doc) -> list[Label]:
    """The labels of production that training labels are mapped to, by mapping or else by name."""
    ours, theirs = _shares(rows(training, "distribution")), _shares(rows(production, "distribution"))
    here, there = _total(ours), _total(theirs)
    if here <= 0 or there <= 0:
        return []
    find = Finder(PRODUCTION, "distribution", "label", production)
    found: dict[str, Label] = {}
    for place, row in enumerate(rows(training, "distribution")):
        share = ours[place]
        side = find(text(row, "mapping_production_data") or text(row, "label"))
        other = theirs[int(side.at[-1])] if side else None
        if share is None or other is None or not side:
            continue
        known = found.get(side.name)
        before, earlier = (known.training, known.rows) if known else (0.0, ())
        found[side.name] = Label(side.name, before + share / here, other / there, (*earlier, place), side)
    return list(found.values())


def _shares(distribution: list[Doc]) -> list[float | None]:
    return [number(row, "percentage") for row in distribution]


def _total(shares: list[float | None]) -> float:
    return sum([share for share in shares if share is not None and share > 0])


def _psi(label: Label) -> float | None:
    p, q = label.training, label.production
    return (p - q) * (log(p) - log(q)) if p > 0 and q > 0 else None


def _grade_share(label: Label, psi: float | None, tolerances: dict[str, float]) -> str:
    for severity in ("major", "minor"):
        far = label.difference >= tolerances[f"{severity}_difference"] - 1e-9
        if far or (psi is not None and psi >= tolerances[f"{severity}_psi"]):
            return severity
    rarer, other = sorted((label.training, label.production))
    apart = label.difference >= tolerances["minor_difference"] / 5 - 1e-9
    return "minor" if apart and 0 < rarer * TIMES <= other else "info"


def shares(label: Label) -> str:
    """The two shares of a label for a message: “70 % in training and 96.4 % in production”."""
    here, there = plain(round(label.training * 100, 2)), plain(round(label.production * 100, 2))
    return f"{here} % in training and {there} % in production"
