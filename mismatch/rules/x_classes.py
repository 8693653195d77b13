"""The classes that Raw Data, Training Data and Production Data name."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, number, rows, text, truth
from mismatch.rules._pairs import NUMERIC, PRODUCTION, RAW, TRAINING, raw_fields, sides
from mismatch.rules._taught import documented, label_fields, overlapping, problem_type
from mismatch.text.names import key, words, wordset
from mismatch.text.ranges import CATCH_ALL as OTHERS
from mismatch.text.ranges import Choices, Interval, values
from mismatch.text.types import family
from mismatch.wording import listing, plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side
    from mismatch.text.ranges import Values

SUPERVISED = frozenset({"classification", "detection", "alert"})
LEARNT = frozenset({"classification", "forecasting"})
CATCH_ALL = wordset("unknown other others rest misc unlabelled unlabeled undetermined unclear")


@rule(
    "raw-labels-differ",
    code="X306",
    severity="minor",
    pack="x",
    risk="Classes that were merged or renamed, which a step of the preparation should say.",
    source="Data sheets: labelling.",
)
def raw_labels_differ(raw_data: Doc, training_data: Doc, *, memo: Memo) -> Found:
    """Training has other labels than the raw data it was made from.

    Somewhere on the way classes appeared or vanished. If nobody wrote down how they were merged or
    relabelled, the training set cannot be made again, and new raw data cannot be labelled alike.

    Remedy: Name the step that merges or relabels, or correct the list.

    Example: The raw data knows “ok” and “faulty”, training “ok” and “scratched”. It is silent if both lists
    name the same classes, in any order and case.

    Decision: A class only in the raw data, or named in a step of the preparation, is only worth knowing. If
    no class is in both lists, that is one finding.
    """
    theirs = {key(side.name): side for side in sides(raw_data, RAW, "labels_distribution", "label")}
    ours = {key(side.name): side for side in sides(training_data, TRAINING, "distribution", "label")}
    if not ours or not theirs:
        yield CANNOT_TELL if ours or theirs else NOT_APPLICABLE
        return
    here, there = (TRAINING, "distribution"), (RAW, "labels_distribution")
    if ours.keys().isdisjoint(theirs):
        names = (listing([side.name for side in found.values()]) for found in (ours, theirs))
        said = "Training has other labels throughout, {}, than the raw data, {}.".format(*names)
        yield hit(said, here, there, key=())
        return
    for name, side in ours.items():
        if name not in theirs:
            known = documented(side.name, training_data, memo)
            yield hit(
                f"Training has the label {quote(side.name)}, which the raw data does not have"
                + ("; a step of the preparation names it." if known else "."),
                side.place("label"),
                there,
                key=(side.name,),
                severity="info" if known else "",
            )
    for name, side in theirs.items():
        if name not in ours:
            said = f"The raw data has the label {quote(side.name)}, which training leaves out."
            yield hit(said, here, side.place("label"), key=(side.name,), severity="info")


@rule(
    "unknown-production-label",
    code="X307",
    severity="major",
    pack="x",
    risk="Low. A class that is routed past the model on purpose; say so and accept it.",
    source="Distribution of production against training, seen from production.",
)
def unknown_production_label(
    production_data: Doc, training_data: Doc, system_context: Doc = NOTHING
) -> Found:
    """A label occurs in production that training does not know.

    The model can never answer with this class. Every such case is put into a wrong one, with a score that
    looks like any other.

    Remedy: Collect examples and train them, or recognise such cases and route them past the model.

    Example: Production has “blister”, which no training label is mapped to. It is silent if a training label
    of that name exists, or is mapped to it.

    Decision: It is critical where the system classifies or detects. A label such as “unknown” or “other”, or
    one with a share of 0, is minor.
    """
    here = sides(production_data, PRODUCTION, "distribution", "label")
    known = {key(text(row, "mapping_production_data")) for row in rows(training_data, "distribution")}
    known |= {key(text(row, "label")) for row in rows(training_data, "distribution")}
    known.discard("")
    if not here or not known:
        yield CANNOT_TELL if here or known else NOT_APPLICABLE
        return
    critical = problem_type(system_context) in {"classification", "detection"}
    for side in here:
        if key(side.name) not in known:
            share = number(side.row, "percentage")
            spare = key(side.name) in CATCH_ALL or share == 0
            makes_up = f", {plain(share)} % of the cases" if share else ""
            yield hit(
                f"Production has the label {quote(side.name)}{makes_up}, which training does not know.",
                side.place("label"),
                (TRAINING, "distribution"),
                key=(side.name,),
                severity="minor" if spare else "critical" if critical else "",
            )


@rule(
    "label-outside-label-field",
    code="X318",
    severity="minor",
    pack="x",
    risk="A distribution over something else than the label field. Left alone unless most labels are values.",
    source="Experience: a class is added to one list and forgotten in the other.",
)
def label_outside_label_field(training_data: Doc, raw_data: Doc = NOTHING, *, memo: Memo) -> Found:
    """A label has a share in training or in the raw data, but the label field does not take it as a value.

    The two lists speak of the same thing and contradict each other: one of them is out of date.

    Remedy: Add the value to the label field, or take the label out of the distribution.

    Example: The label field takes “ok, porosity”, while the distribution also has “crack”. It is silent for a
    field of true and false with labels in words, which are another coding.

    Decision: Nothing is said unless at least half of the labels are values of the field. Where one example
    may have several labels, “no finding” and the like need no value. The labels of the raw data are compared
    with the raw field that has the name of the label field.
    """
    taught = label_fields(training_data, memo)
    names = {side.at for side in taught}
    collected = [ours for ours, theirs in raw_fields(raw_data, training_data, memo) if theirs.at in names]
    here = sides(training_data, TRAINING, "distribution", "label")
    there = sides(raw_data, RAW, "labels_distribution", "label")
    found = [
        _outside(here, taught, training_data, "training data", ()),
        _outside(there, collected, training_data, "raw data", (RAW,)),
    ]
    if found == [None, None]:
        yield NOT_APPLICABLE
    for hits in found:
        yield from hits or ()


def _outside(
    labels: list[Side], fields: list[Side], training: Doc, whose: str, key: tuple[str, ...]
) -> list[Hit] | None:
    """A hit for each label that no field takes; None if the two cannot be compared."""
    understood = [
        (side, stated)
        for side in (fields if labels else ())
        if (stated := values(text(side.row, "expected_values"), family(side.type) in NUMERIC))
        and not _takes_others(stated, labels)
    ]
    if not understood:
        return None
    field, extra = min(
        (
            (side, [label for label in labels if not _is_value(label.name, stated)])
            for side, stated in understood
        ),
        key=lambda found: (len(found[1]), found[0].name),
    )
    if len(extra) * 2 > len(labels):  # another coding, or another thing
        return None
    several = bool(extra) and overlapping(NOTHING, training)
    return [
        hit(
            f"{quote(label.name)} has a share of the {whose}, but {quote(field.name)} only takes "
            f"{quote(text(field.row, 'expected_values'))}.",
            field.place("expected_values"),
            label.place("label"),
            key=(*key, label.name),
        )
        for label in extra
        if not (
            several and NOT_ONE.intersection(words(label.name)[:1])
        )  # an empty list has no name of its own
    ]


NOT_ONE = wordset("no none normal healthy negative background nothing kein keine aucun aucune")


def _takes_others(stated: Values, labels: list[Side]) -> bool:
    """Does a list end with “other”, without there being such a label?"""
    if not isinstance(stated, Choices) or stated.keys.isdisjoint(OTHERS):
        return False
    return OTHERS.isdisjoint({key(label.name) for label in labels})


def _is_value(label: str, stated: Values) -> bool:
    given = number({"label": label}, "label")
    if isinstance(stated, Interval):
        return given is not None and stated.low <= given <= stated.high
    if stated.numbers:
        return given in stated.numbers
    return key(label) in stated.keys


@rule(
    "no-label-field",
    code="X319",
    severity="minor",
    pack="x",
    risk="Labels that are kept in a file of their own, or in the names of folders.",
    source="Experience: the box “label” is overlooked, and the answer counts as an input.",
)
def no_label_field(system_context: Doc, training_data: Doc) -> Found:
    """The system learns from examples with answers, but no training field is marked as the label.

    Either the answer is missing from the description, or it counts as an input, which production cannot
    deliver.

    Remedy: Mark the field that holds the answer as a label.

    Example: The problem is Classification and none of six fields is a label. It is silent for Clustering, and
    once a field is marked.

    Decision: Detection and alerts may do without labels; they are judged only if the training data names
    classes.
    """
    problem = problem_type(system_context)
    fields = rows(training_data, "schema")
    if problem not in LEARNT and not (problem in SUPERVISED and _has_classes(training_data)):
        yield NOT_APPLICABLE if problem else CANNOT_TELL
    elif any(truth(row, "label_field") for row in fields):
        return
    elif not any(text(row, "field_name") for row in fields):
        yield CANNOT_TELL
    else:
        stated = text(group(system_context, "ml_problem_type"), "ml_problem")
        yield hit(
            f"The problem is {quote(stated)}, but none of the training fields is marked as a label.",
            (TRAINING, "schema"),
            ("system_context", "ml_problem_type", "ml_problem"),
            key=(),
        )


def _has_classes(training_data: Doc) -> bool:
    return any(text(row, "label") for row in rows(training_data, "distribution"))
