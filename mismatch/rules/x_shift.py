"""How far labels and statistics have shifted between training and production, graded."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import number, rows, text
from mismatch.rules._moves import STATISTIC_TOLERANCES, grade_statistic, scales
from mismatch.rules._pairs import PRODUCTION, TRAINING, Finder
from mismatch.rules._shift import LABEL_TOLERANCES, shares, shift_of_labels
from mismatch.text.figures import statistic
from mismatch.text.names import key
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._shift import LabelShift

MAPPING = "mapping_production_data"


@rule(
    "label-shift",
    code="X308",
    severity="major",
    pack="x",
    params=LABEL_TOLERANCES,
    risk="Low at major. A training set that was balanced on purpose, with the model calibrated for it.",
    source="Bands of the population stability index; largest difference as data validation tools use it.",
)
def label_shift(
    training_data: Doc,
    production_data: Doc,
    *,
    memo: Memo,
    **tolerances: float,
) -> Found:
    """The labels are balanced otherwise in production than in training.

    A model learns how frequent its classes are. Where that changes, its scores are off, its thresholds sit in
    the wrong place, and what was measured on the training balance no longer holds.

    Remedy: Reweight or train again, correct the thresholds for the balance of production, or accept it with
    the reason.

    Example: “faulty” is 30 % of the training data and 4 % of production. It is silent if the shares are
    equal, and 33.3 against 33.4 is within the tolerance.

    Decision: The labels are graded together: by the largest difference of two shares and by the population
    stability index, which is left out where a share is 0. Within the tolerances the finding is only worth
    knowing: it tells why the findings on single labels are. A label that is twice as frequent on one side is
    minor from a fifth of the least difference on, as 2.9 % against 9.8 %: it is rare, and all depends on it.

    Decision: Shares count as parts of their list, and training labels of one production label are added up.
    """
    shift = shift_of_labels(training_data, production_data, memo, tolerances)
    ours = rows(training_data, "distribution")
    if shift is None:
        labels = (ours, rows(production_data, "distribution"))
        named = all(any(text(row, "label") for row in found) for found in labels)
        yield CANNOT_TELL if named else NOT_APPLICABLE
        return
    differing = tuple(_differing(ours, shift))
    if differing or shift.severity != "info":
        yield hit(
            _said(shift),
            *[(TRAINING, "distribution", place, "percentage") for place in shift.largest.rows],
            shift.largest.there.place("percentage"),
            key=(),
            severity=shift.severity,
            explains=tuple([("distribution-mismatch", (name,)) for name in differing]),
        )


def _differing(ours: list[Doc], shift: LabelShift) -> Iterator[str]:
    """The names of the labels that a finding of their own may speak of."""
    for label in shift.labels:
        theirs = number(label.there.row, "percentage")
        for place in label.rows:
            if number(ours[place], "percentage") != theirs:
                yield text(ours[place], "label") or text(ours[place], MAPPING)


def _said(shift: LabelShift) -> str:
    label = shift.largest
    number = plain(round(label.difference * 100, 2))
    points = "1 point" if number == "1" else f"{number} points"
    if shift.severity == "info":
        return (
            f"The shares of the labels differ by at most {points}, which is within the tolerance; "
            f"{quote(label.name)} makes up {shares(label)}."
        )
    index = "" if shift.psi is None else f"; the stability index is {shift.psi:.2f}"
    said = f"The labels have shifted: {quote(label.name)} makes up {shares(label)}"
    return f"{said}, {points} apart{index}."


@rule(
    "statistic-shift",
    code="X309",
    severity="major",
    pack="x",
    params=STATISTIC_TOLERANCES,
    risk="A field of which only the mean is given, without its spread: then the difference is relative.",
    source="A mean that moves by 0.1 standard deviations is where common drift checks begin to report.",
)
def statistic_shift(
    training_data: Doc,
    production_data: Doc,
    *,
    memo: Memo,
    **tolerances: float,
) -> Found:
    """A field has moved, or spreads otherwise, in production than in training.

    If the values of a field lie elsewhere than where the model was trained, its errors there are not those
    that were measured.

    Remedy: Find out which side is right; train again with data like that of production, or correct it.

    Example: The mean of “pressure” is 5 in training and 500 in production. It is silent for equal figures;
    “1.0” and “1” are only worth knowing.

    Decision: Means, medians and quartiles are compared in standard deviations of the training data; where
    there are none, relative to the training value or to the width of the field's range. Spreads are compared
    by their ratio, skew and kurtosis by their difference. Without a scale, as around 0, nothing is said.

    Decision: Names of statistics and fields are compared whatever their spelling: “Mean” is “average”.
    """
    fields = Finder(TRAINING, "schema", "field_name", training_data)
    theirs = Stated(rows(production_data, "statistics"))
    ours = rows(training_data, "statistics")
    waiting, compared = False, False
    for place, row in enumerate(ours):
        kind, field, value = text(row, "property"), text(row, "field"), text(row, "value")
        side = fields(field)
        target = text(side.row, MAPPING) if side else ""
        there, other, exact = theirs(kind, target) if kind and target else (-1, "", False)
        if not value or not other:
            waiting = waiting or there >= 0
            continue
        compared = True
        if value == other:
            continue
        grade = grade_statistic(kind, value, other, scales(training_data, memo)(field), tolerances)
        if grade is None:
            waiting = True
        elif exact or grade.severity in {"minor", "major"}:
            yield hit(
                f"{quote(kind)} of {quote(field)} is {quote(value)} in training and {quote(other)} in "
                f"production{grade.reason}.",
                (TRAINING, "statistics", place, "value"),
                (PRODUCTION, "statistics", there, "value"),
                key=(kind, field),
                severity=grade.severity or "info",
                explains=(("statistic-mismatch", (kind, field)),),
            )
    if waiting:
        yield CANNOT_TELL
    elif not compared:
        yield NOT_APPLICABLE if ours and rows(production_data, "statistics") else CANNOT_TELL


class Stated:
    """The statistics of production by property and field, as they are written or however they are spelled."""

    def __init__(self, statistics: list[Doc]) -> None:
        self._rows = statistics
        self._exact: dict[tuple[str, str], int] = {}
        for place, row in enumerate(statistics):
            self._exact.setdefault((text(row, "property"), text(row, "field")), place)
        self._loose: dict[tuple[str, str], int] | None = None

    def __call__(self, kind: str, field: str) -> tuple[int, str, bool]:
        """Number and value of the row, -1 and "" if there is none; and whether it is spelled like this."""
        place = self._exact.get((kind, field))
        exact = place is not None
        if place is None:
            if self._loose is None:
                self._loose = {}
                for (other, name), row in self._exact.items():
                    self._loose.setdefault((statistic(other)[0], key(name)), row)
            place = self._loose.get((statistic(kind)[0], key(field)), -1)
        return place, text(self._rows[place], "value") if place >= 0 else "", exact
