"""What one side of an interface delivers, against what the other takes: values, types, classes."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, loose, number, number_of, rows, text
from mismatch.rules._pairs import (
    MODEL,
    NUMERIC,
    TRAINING,
    delivered,
    handed_on,
    leaving,
    sides,
    stated_values,
)
from mismatch.rules._ranges import APART, UNKNOWN, compared, passed_places, written
from mismatch.text.names import key
from mismatch.text.ranges import CATCH_ALL, Choices
from mismatch.text.types import LOSSY, SAME, WIDENING, conversion, family
from mismatch.wording import listing, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

TYPE_RULES = {
    "input_spec": "input-type-mismatch",
    "output_spec": "output-type-mismatch",
    "final_output_spec": "final-output-type-mismatch",
}
"""The rule that compares types letter by letter, by the list of our items."""


@rule(
    "interface-range-exceeded",
    code="X304",
    severity="major",
    pack="x",
    risk="Limits of a Float whose decimals were cut off when they were typed in; such a finding is minor.",
    source="The purpose of item specifications; domains of values in data validation.",
)
def interface_range_exceeded(
    development_environment: Doc, data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo
) -> Found:
    """One side of an interface may deliver values that the other does not take.

    What is legal for the sender is an error for the receiver. It is found when the first such value comes,
    which is rarely in a test.

    Remedy: Widen the limits of the receiver, clip the values before they are handed over, or correct the
    statement.

    Example: A sensor delivers “-40 - 125”, and the input takes -40 to 85. It is silent if the receiver takes
    more than comes, and where one side states no limits.

    Decision: Types that contradict each other, and shares against per cent, are left to the rules on those.
    """
    incoming = compared("delivered", delivered(data_pipeline, development_environment, memo), memo)
    outgoing = compared("handed on", handed_on(trained_model, development_environment, memo), memo)
    seen = waiting = False
    for sender, receiver, passed in [*incoming, *outgoing]:
        if isinstance(passed, str):
            seen = seen or passed not in {APART, UNKNOWN}
            waiting = waiting or (passed == UNKNOWN and _numeric(sender, receiver))
            continue
        ours, theirs = (receiver, sender) if receiver.specified else (sender, receiver)
        yield hit(
            f"{quote(sender.name)} comes as {written(sender)}, but {quote(receiver.name)} takes "
            f"{written(receiver)}: {passed.extra} not expected"
            + ("; the decimals of the limits may have been cut off." if passed.cut else "."),
            *passed_places(ours, passed),
            *passed_places(theirs, passed),
            key=(str(ours.at[0]), ours.name),
            severity="minor" if passed.cut else "",
        )
    if waiting:
        yield CANNOT_TELL
    elif not seen:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _numeric(sender: Side, receiver: Side) -> bool:
    return not NUMERIC.isdisjoint((family(sender.type), family(receiver.type)))


@rule(
    "interface-type-graded",
    code="X405",
    severity="major",
    pack="x",
    risk="Low. Types that are not known by name are not judged.",
    source="The list of types is open on one side of the interface and closed on the other.",
)
def interface_type_graded(
    development_environment: Doc, data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo
) -> Found:
    """The types on the two sides of an interface differ, and this is what becomes of the values.

    Not every difference of words is one of values: Text and String are the same, an Integer fits into a
    Float. A Float in an Integer loses its decimals, and a String in a Float fails.

    Remedy: Use the same type on both sides, or make the conversion a step.

    Example: A Float is mapped to an Integer, which cuts off what is behind the point. It is silent for equal
    types; for Text against String, or Integer against Float, it is only worth knowing.

    Decision: It explains what the rules find that compare the words of the types.
    """
    seen = waiting = False
    incoming = delivered(data_pipeline, development_environment, memo)
    outgoing = handed_on(trained_model, development_environment, memo)
    for sender, receiver in [*incoming, *outgoing]:
        seen = True
        if sender.row.get("item_type") == receiver.row.get("item_type"):
            continue
        have, want = sender.type, receiver.type
        becomes = conversion(have, want) if have and want else ""
        if becomes and have != want:
            yield _graded(sender, receiver, _fitting(sender, receiver, becomes))
        elif loose(have) != loose(want):
            waiting = True
    if waiting:
        yield CANNOT_TELL
    elif not seen:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _fitting(sender: Side, receiver: Side, becomes: str) -> str:
    """What becomes of the values; a text of at most one letter fits into one character."""
    if becomes == LOSSY and family(receiver.type) == "text" and sender.specified:
        longest = number(sender.specification, "max_length")
        return SAME if longest and 0 < longest <= 1 else becomes
    return becomes


def _graded(sender: Side, receiver: Side, becomes: str) -> Hit:
    ours, theirs = (sender, receiver) if sender.specified else (receiver, sender)
    said = f"{quote(sender.name)} comes as {quote(sender.type)} and {quote(receiver.name)} takes "
    said += f"{quote(receiver.type)}: "
    said += {
        SAME: "two words for one type, as far as the values go.",
        WIDENING: "every value fits.",
        LOSSY: "part of the value gets lost.",
    }.get(becomes, "such values cannot be read.")
    return hit(
        said,
        ours.place("item_type"),
        theirs.place("item_type"),
        key=(str(ours.at[0]), ours.name),
        severity="info" if becomes in {SAME, WIDENING} else "",
        explains=((TYPE_RULES[str(ours.at[1])], (ours.name,)),),
    )


@rule(
    "class-unknown-downstream",
    code="X411",
    severity="major",
    pack="x",
    risk="An output that shares some words with the classes. At least half of the classes have to agree.",
    source="Experience: a class is added to the training data, and the receiving system rejects it.",
)
def class_unknown_downstream(
    trained_model: Doc, development_environment: Doc, training_data: Doc, *, memo: Memo
) -> Found:
    """A downstream component does not know a class that the model was trained on.

    The model answers with the new class one day, and the component that receives it refuses it, or files it
    as something else.

    Remedy: Add the class to what the component takes, or map it to a known one in post-processing.

    Example: Training has the class “blister”, and the warehouse takes “ok, porosity, crack”. It is silent if
    every class is in the list, and for inputs that take something else than classes.

    Decision: An input takes classes if its list has at least half of them, and two. A list that ends with
    “other”, without such a class, takes whatever comes.
    """
    classes = {_class(side.name): side for side in sides(training_data, TRAINING, "distribution", "label")}
    compared = False
    for ours, theirs in handed_on(trained_model, development_environment, memo) if len(classes) > 1 else []:
        stated = stated_values(theirs)
        if not isinstance(stated, Choices):
            continue
        taken = {_class(member) for member in stated.members}
        met = sum(name in classes for name in taken)  # lists are short, classes may be many
        if met < 2 or met * 2 < len(classes) or not (taken - classes.keys()).isdisjoint(CATCH_ALL):
            continue
        lacking = [side for name, side in classes.items() if name not in taken]
        compared = True
        for side in lacking:
            yield hit(
                f"The model may answer {quote(side.name)}, but {quote(theirs.name)} takes {written(theirs)}.",
                theirs.place("expected_values"),
                side.place("label"),
                ours.place("item_name"),
                key=(ours.name, side.name),
            )
    if not compared:
        yield NOT_APPLICABLE


def _class(name: str) -> str:
    """What makes two names of a class one: 1 is 1.0, “OK” is “ok”."""
    given = number_of(name)
    return key(name) if given is None else repr(float(given))


@rule(
    "downstream-input-fed-twice",
    code="X414",
    severity="minor",
    pack="x",
    risk="Alternatives of which only one is sent at a time.",
    source="Experience: a mapping is copied and not changed.",
)
def downstream_input_fed_twice(trained_model: Doc) -> Found:
    """Two outputs are mapped to the same downstream input.

    The component has one place for two values. Which of them arrives depends on the order in which they are
    written.

    Remedy: Correct one of the mappings, or merge the two outputs in post-processing.

    Example: “score” and “confidence” are both mapped to “Dashboard › score”. It is silent for two inputs of
    one component.
    """
    items = leaving(trained_model).items
    fed: dict[tuple[str, str], list[Side]] = {}
    for side in sides(trained_model, MODEL, items, "item_name"):
        mapping = group(side.row, "component_mapping")
        target = text(mapping, "component"), text(mapping, "data_item")
        if all(target):
            fed.setdefault(target, []).append(side)
    for target, found in fed.items():
        if len(found) > 1:
            names = listing([side.name for side in found])
            yield hit(
                f"{names} are {'both' if len(found) == 2 else 'all'} mapped to {quote(' › '.join(target))}.",
                *[side.place("component_mapping", "data_item") for side in found],
                key=target,
            )
    if not fed:
        yield NOT_APPLICABLE if rows(trained_model, items) else CANNOT_TELL
