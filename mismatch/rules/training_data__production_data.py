"""The data the model was trained on, against the data it will meet."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.guesses import Guesses
from mismatch.reading import NOTHING, column, loose, number, rows, text, truth
from mismatch.rules._interfaces import first_rows
from mismatch.rules._moves import STATISTIC_TOLERANCES, grade_statistic, scales
from mismatch.rules._shift import LABEL_TOLERANCES, shift_of_labels
from mismatch.rules._targets import SAME_BUT, nowhere
from mismatch.text.types import SAME, conversion
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._shift import LabelShift

TRAINING, PRODUCTION = "training_data", "production_data"
MAPPING = "mapping_production_data"
POINTS = 0.5
"""Percentage points below which nobody would act on the difference of two label shares."""


@rule(
    "field-type-mismatch",
    code="TEC-14A",
    severity="critical",
    risk="Low: only fields that are mapped are compared.",
    source="Rule 14A of the original TEC. Training and serving share a schema (Breck et al., Monitor 3).",
)
def field_type_mismatch(training_data: Doc, production_data: Doc) -> Found:
    """A field has another type in training than in production.

    A model that is fed values of another type than it was trained on fails, or predicts nonsense.

    Remedy: Bring the types together, or name the component that converts values before the model sees them.

    Example: Training takes “age” as integer, and the production field it is mapped to is a date. It is silent
    if both are integers, and while one of the types is blank.

    Decision: A type that is blank on either side is not compared; the original TEC compared it like a value.

    Decision: A difference of only case, spacing or the form of letters is minor. Two names of one kind of
    type, such as “int” and “number(4,0)” or “string” and “varchar(12)”, are worth knowing only: a warehouse
    and a data frame hardly ever call them alike. The original TEC reported them like any other.

    Decision: A mapping to a field that production does not have is not compared here;
    training-field-unmapped reports it. Label fields are never compared.
    """
    theirs = first_rows(production_data, "schema", "field_name")
    ours = rows(training_data, "schema")
    waiting = not ours
    for place, row, name, target in _features(ours):
        found = theirs.get(target)
        have, want = text(row, "field_type"), text(found[1], "field_type") if found else ""
        if not (found and have and want):
            waiting = True
        elif have != want:
            same = loose(have) == loose(want)
            alike = not same and conversion(want, have) == SAME and conversion(have, want) == SAME
            reason = f"; {SAME_BUT}" if same else "; both are names of one kind of type" if alike else ""
            yield hit(
                f"Training takes {quote(name)} as {quote(have)}, but production delivers {quote(target)} as "
                f"{quote(want)}{reason}.",
                (TRAINING, "schema", place, "field_type"),
                (PRODUCTION, "schema", found[0], "field_type"),
                key=(name,),
                severity="minor" if same else "info" if alike else "",
            )
    if waiting:
        yield CANNOT_TELL


@rule(
    "training-field-unmapped",
    code="TEC-14B",
    severity="critical",
    risk="Medium: a feature that the pipeline makes out of others has no counterpart of its own.",
    source="Rule 14B of the original TEC. Training and serving compute one set of features (Breck et al.).",
)
def training_field_unmapped(training_data: Doc, production_data: Doc = NOTHING) -> Found:
    """A field the model was trained with has no counterpart in production.

    A feature that production does not deliver leaves the model without an input it relies on.

    Remedy: Map the field to its production counterpart, derive it in the pipeline, or mark it as a label.

    Example: “ambulance” was a feature in training and is mapped to nothing. It is silent once it is mapped to
    a field of production, or is a label.

    Decision: A mapping of white space only counts as blank.

    Decision: A mapping to a field that Production Data does not have is reported as well, with the nearest
    name it has; it is minor if only case, spacing or the form of letters differs.

    Decision: A row that does not say whether it is a label counts as a feature.
    """
    theirs = first_rows(production_data, "schema", "field_name")
    ours, guesses = rows(training_data, "schema"), Guesses()
    if not ours:
        yield CANNOT_TELL
    for place, _, name, target in _features(ours):
        at: At = (TRAINING, "schema", place, MAPPING)
        if not target:
            yield hit(f"The training field {quote(name)} is mapped to no production field.", at, key=(name,))
        elif production_data and target not in theirs:
            meant = guesses.nearest(target, theirs)
            said = f"The training field {quote(name)} is mapped to {quote(target)}, which production lacks"
            said, severity = nowhere(said, target, meant, theirs)
            there: At = (PRODUCTION, "schema")
            if meant:
                there = (*there, theirs[meant][0], "field_name")
            yield hit(said, at, there, key=(name,), severity=severity)


@rule(
    "production-field-unused",
    code="TEC-14C",
    severity="info",
    waits_for="training_data",
    waiting=("production field", "production fields"),
    risk="High: production delivers more than a model takes; it is only worth knowing.",
    source="Rule 14C of the original TEC. Fields that are new since training may be worth training with.",
)
def production_field_unused(production_data: Doc, training_data: Doc) -> Found:
    """A field that arrives in production was not used in training.

    Data the model never saw is either spare or the sign that the training set is out of date.

    Remedy: Map a training field to it, or note that the pipeline drops it.

    Example: Production delivers “arrival mode”, and no training field is mapped to it. It is silent once one
    is.

    Decision: A production field without a name is skipped; the required fields report it.

    Decision: The mapping of a label field counts as use.
    """
    used = set(column(training_data, "schema", MAPPING))
    fields = column(production_data, "schema", "field_name")
    waiting = not fields
    for place, name in enumerate(fields):
        if not name:
            waiting = True
        elif name not in used:
            yield hit(
                f"Production delivers {quote(name)}, which no training field is mapped to.",
                (TRAINING, "schema"),
                (PRODUCTION, "schema", place, "field_name"),
                key=(name,),
            )
    if waiting:
        yield CANNOT_TELL


@rule(
    "statistic-mismatch",
    code="TEC-15",
    severity="minor",
    params=STATISTIC_TOLERANCES,
    follows="statistic-shift",
    risk="Medium: samples scatter; what is within the tolerances is only worth knowing.",
    source="Rule 15 of the original TEC. Training and serving data are compared (Breck et al., Monitor 3).",
)
def statistic_mismatch(training_data: Doc, production_data: Doc, *, memo: Memo, **tolerances: float) -> Found:
    """A statistic of a field differs between training and production.

    If production data looks different, the training set may not stand for what the model will meet.

    Remedy: Look for drift or a biased sample; sample or train again, or correct the figure if it is mistyped.

    Example: The mean of “heart rate” is 88 in training and 84 in production. It is silent if both are 88; 88
    and 88.0 are worth knowing at most.

    Decision: A statistic is compared with the one of the same property for the production field that its
    field is mapped to. The original TEC took the first production row of that property, whatever its field.

    Decision: Values are texts, and any difference is reported. How serious it is follows statistic-shift
    where that can tell: if they are equal as numbers, as 447 and 447.0 are, or differ by at most 1 % of the
    larger or within the tolerances, the finding is only worth knowing; beyond them it is minor or major.

    Decision: Rows with a blank property, field or value are skipped.
    """
    fields = first_rows(training_data, "schema", "field_name")
    theirs: dict[tuple[str, str], tuple[int, Doc]] = {}
    for place, row in enumerate(rows(production_data, "statistics")):
        theirs.setdefault((text(row, "property"), text(row, "field")), (place, row))
    ours = rows(training_data, "statistics")
    waiting = not ours
    for place, row in enumerate(ours):
        kind, field, value = text(row, "property"), text(row, "field"), text(row, "value")
        target = text(fields[field][1], MAPPING) if field in fields else ""
        there = theirs.get((kind, target)) if kind and target else None
        other = text(there[1], "value") if there else ""
        if not (there and value and other):
            waiting = True
        elif value != other:
            grade = grade_statistic(kind, value, other, scales(training_data, memo)(field), tolerances)
            yield hit(
                f"{quote(kind)} of {quote(field)} is {quote(value)} in training, but {quote(other)} in "
                f"production{grade.reason if grade else ''}.",
                (TRAINING, "statistics", place, "value"),
                (PRODUCTION, "statistics", there[0], "value"),
                key=(kind, field),
                severity=(grade.severity or "info") if grade else "",
            )
    if waiting:
        yield CANNOT_TELL


@rule(
    "distribution-mismatch",
    code="TEC-16",
    severity="minor",
    params=LABEL_TOLERANCES,
    follows="label-shift",
    risk="Medium: samples scatter; what is within the tolerances is only worth knowing.",
    source="Rule 16 of the original TEC. Training and serving data are compared (Breck et al., Monitor 3).",
)
def distribution_mismatch(
    training_data: Doc, production_data: Doc, *, memo: Memo, **tolerances: float
) -> Found:
    """A label is more or less frequent in production than in training.

    Another balance of classes can shift the accuracy of the model away from what was measured.

    Remedy: Rebalance or train again, adjust the decision thresholds, or correct the figures.

    Example: “porosity” makes up 12 % of the training data and 1.9 % in production. It is silent if the shares
    are equal; 12 % and 12.4 % are worth knowing at most.

    Decision: Any difference is reported. How serious it is follows label-shift where that can tell: the label
    that shifted most has the severity of the whole, each other that of its own difference, and what is within
    the tolerances is only worth knowing. So is a difference of at most 0.5 percentage points, whatever the
    rest does; the original TEC reported 33.3 against 33.4 like any other.

    Decision: A share that is blank or no number is not compared, nor is a label that is mapped to nothing or
    to a label that production does not have. Labels are only given where they apply, so without any the rule
    is not applicable.
    """
    theirs = first_rows(production_data, "distribution", "label")
    ours = rows(training_data, "distribution")
    shift: LabelShift | None = None
    waiting = False
    if not any(text(row, "label") for row in ours):
        yield NOT_APPLICABLE
    for place, row in enumerate(ours):
        label, target = text(row, "label"), text(row, MAPPING)
        found = theirs.get(target)
        have, want = number(row, "percentage"), number(found[1], "percentage") if found else None
        if have is None or want is None or not found:
            waiting = waiting or bool(label)
        elif have != want:
            shift = shift or shift_of_labels(training_data, production_data, memo, tolerances)
            severity, doubt = _weigh_shares(have, want, shift.severities.get(place, "") if shift else "")
            yield hit(
                f"The label {quote(label or target)} makes up {plain(have)} % in training, "
                f"but {plain(want)} % in production{doubt}.",
                (TRAINING, "distribution", place, "percentage"),
                (PRODUCTION, "distribution", found[0], "percentage"),
                key=(label or target,),
                severity=severity,
            )
    if waiting:
        yield CANNOT_TELL


def _features(schema: list[Doc]) -> Iterator[tuple[int, Doc, str, str]]:
    """Number, row, name and production field of each named row that is no label."""
    for place, row in enumerate(schema):
        name = text(row, "field_name")
        if name and not truth(row, "label_field"):
            yield place, row, name, text(row, MAPPING)


def _weigh_shares(have: float, want: float, graded: str) -> tuple[str, str]:
    """The severity of two shares that differ, "" for the rule's own, and how the message ends.

    *graded* is what the shift of the whole distribution says about this label, "" if nobody can tell.
    """
    if abs(have - want) <= POINTS + 1e-9:  # 0.8 - 0.3 is a little more than 0.5
        return "info", f"; within {POINTS} points that is hardly a difference"
    return graded, "; that is within the tolerance" if graded == "info" else ""
