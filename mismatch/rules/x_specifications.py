"""Item specifications that contradict themselves, are incomplete, or leave an error looking like a result."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.limits import is_unlimited
from mismatch.reading import NOTHING, group, number, rows, text
from mismatch.rules._pairs import MODEL, NUMERIC, PIPELINE, Side, leaving, limits, outputs, sides
from mismatch.text.ranges import Interval
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Hit
    from mismatch.reading import Doc

MEASURES = ("min_length", "max_length", "resolution_x", "resolution_y", "channels")
WORDS = {
    "min_length": "the least length",
    "max_length": "the greatest length",
    "resolution_x": "the width",
    "resolution_y": "the height",
    "channels": "the number of channels",
}
REQUIRED = {"input_spec": "dp-07", "output_spec": "tm-14", "final_output_spec": "tm-22"}
"""The check for specifications that limit nothing, by list."""
RETURNED = "return error code"


def _items(pipeline: Doc, model: Doc) -> Iterator[Side]:
    """All items with a specification that count: inputs, and what leaves the model."""
    for descriptor, name, body in (
        (PIPELINE, "input_spec", pipeline),
        (MODEL, leaving(model).items, model),
    ):
        for place, row in enumerate(rows(body, name)):
            yield Side((descriptor, name, place), row, text(row, "item_name"))


def _called(side: Side) -> str:
    return quote(side.name) if side.name else f"Item {int(side.at[2]) + 1}"


@rule(
    "minimum-above-maximum",
    code="X401",
    severity="major",
    pack="x",
    risk="None known.",
    source="Experience: the schema does not check it.",
)
def minimum_above_maximum(data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING) -> Found:
    """An item specification allows no value at all.

    Where the minimum is above the maximum, or a size below 0, every check that is built from it refuses every
    value, or the limits are ignored.

    Remedy: Swap the two, or correct the one that is wrong.

    Example: Minimum 240 and maximum 20. It is silent for 20 and 240, and for limits that are not filled in.
    """
    seen = False
    for side in _items(data_pipeline, trained_model):
        given = side.specification
        seen = seen or bool(given)
        for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
            least, most = number(given, low), number(given, high)
            filled = most is not None and (low == "min_value" or most > 0)
            if least is not None and most is not None and filled and least > most:
                yield _wrong(
                    side, f"has the minimum {plain(least)} above the maximum {plain(most)}", low, high
                )
        for measure in MEASURES:
            size = number(given, measure)
            if size is not None and size < 0:
                yield _wrong(side, f"gives {WORDS[measure]} as {plain(size)}, below 0", measure)
    if not seen:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _wrong(side: Side, said: str, *fields: str, severity: str = "") -> Hit:
    return hit(
        f"{_called(side)} {said}.",
        *[side.place("item_specification", field) for field in fields],
        key=(str(side.at[1]), side.name, *fields),
        severity=severity,
    )


@rule(
    "specification-incomplete",
    code="X402",
    severity="info",
    pack="x",
    risk="A number that is always 0. Rare for an item of an interface.",
    source="Item specifications exist so that checks and tests can be generated from them.",
)
def specification_incomplete(data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING) -> Found:
    """An item specification does not limit the values of the item's own type.

    Neither a check at the door nor a test can be made from it, although other items show that it was meant.

    Remedy: Fill in what belongs to the type: a range, lengths, width, height and channels, or a description.

    Example: A Float whose minimum and maximum are both 0, among items that have a range. It is silent if the
    whole list has no specifications yet, which the required fields report.

    Decision: It is minor for an item that is mapped to a component: somebody else relies on it. A range of
    fractions for an Integer, and a text without a greatest length, count as incomplete as well.

    Decision: An item of the type Other is left to other-unexplained.
    """
    compared = False
    for descriptor, name, body in (
        (PIPELINE, "input_spec", data_pipeline),
        (MODEL, leaving(trained_model).items, trained_model),
    ):
        unlimited: list[Side] = []
        others: list[Side] = []
        for side in sides(body, descriptor, name, "item_name"):
            blank = is_unlimited(side.row, side.specification)
            if not blank or side.type.strip().lower() != "other":
                (unlimited if blank else others).append(side)
        compared = compared or bool(others)
        for side in unlimited if others else []:
            mapped = bool(text(group(side.row, "component_mapping"), "component"))
            yield hit(
                f"The specification of {quote(side.name)} says nothing that limits a {quote(side.type)}.",
                side.place("item_specification"),
                key=(name, side.name),
                severity="minor" if mapped else "",
                explains=((REQUIRED[name], ()),),
            )
        for side in others:
            yield from _half(side)
    if not compared:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _half(side: Side) -> Iterator[Hit]:
    """What is missing of a specification that says something."""
    kind, given = family(side.type), side.specification
    if kind == "int":
        ends = [end for end in ("min_value", "max_value") if (number(given, end) or 0) % 1]
        if ends:
            yield _wrong(side, f"is {quote(side.type)}, but its limits are fractions", *ends)
    elif kind == "text" and not number(given, "max_length"):
        yield _wrong(side, "has no greatest length", "max_length")


@rule(
    "error-code-looks-valid",
    code="X406",
    severity="major",
    pack="x",
    risk="A status that travels beside the result, so that nobody mistakes it.",
    source="Experience: -1 in a list of temperatures.",
)
def error_code_looks_valid(data_pipeline: Doc, trained_model: Doc) -> Found:
    """An error code of the pipeline could be a result of the model.

    Whoever receives it takes the error for a prediction and acts on it.

    Remedy: Choose a code outside the values of the outputs, or return nothing.

    Example: The pipeline returns 1 for a bad input, and the model's score is 0 to 1. It is silent for -1 and
    for 404.

    Decision: The first output counts, or all of them together. A code that only lies within another output
    is only worth knowing. A code of 0, which many read as success, is minor.
    """
    ranges = [
        (side, limits(side.specification)) for side in outputs(trained_model) if family(side.type) in NUMERIC
    ]
    first = outputs(trained_model)[:1]
    returned = False
    for side in sides(data_pipeline, PIPELINE, "input_spec", "item_name"):
        handling = group(side.row, "error_handling")
        if text(handling, "error_type").strip().lower() != RETURNED:
            continue
        returned = True
        code = number(handling, "error_code_value")
        if code is None:
            yield CANNOT_TELL
            continue
        taken = [output for output, stated in ranges if _takes(stated, code)]
        said = f"A bad {quote(side.name)} is answered with the code {plain(code)}"
        at = side.place("error_handling", "error_code_value")
        if taken:
            leading = taken[0].at == first[0].at or len(taken) == len(outputs(trained_model))
            yield hit(
                f"{said}, which is also a value of {quote(taken[0].name)}.",
                at,
                taken[0].place("item_specification"),
                key=(side.name,),
                severity="" if leading else "info",
            )
        elif code == 0:
            yield hit(f"{said}, which many read as success.", at, key=(side.name,), severity="minor")
    if not returned:
        yield NOT_APPLICABLE if rows(data_pipeline, "input_spec") else CANNOT_TELL
    elif any(stated is None for _, stated in ranges):
        yield CANNOT_TELL


def _takes(stated: object, code: float) -> bool:
    return isinstance(stated, Interval) and stated.low <= code <= stated.high


@rule(
    "error-code-not-returned",
    code="X413",
    severity="info",
    pack="x",
    risk="A code that is written into the log.",
    source="Experience: the way errors are handled is changed and the code stays.",
)
def error_code_not_returned(data_pipeline: Doc) -> Found:
    """An error code is given although none is returned.

    Whoever implements the input cannot know whether to return the code or to do what is chosen.

    Remedy: Choose “Return error code”, or set the code to 0.

    Example: The code 7 beside “Log to file”. It is silent for the code 0.

    Decision: Nothing is said while the kind of handling is blank; a required field asks for it.
    """
    seen = False
    for side in sides(data_pipeline, PIPELINE, "input_spec", "item_name"):
        handling = group(side.row, "error_handling")
        kind, code = text(handling, "error_type"), number(handling, "error_code_value")
        seen = seen or bool(kind)
        if kind and code and kind.strip().lower() != RETURNED:
            yield hit(
                f"{quote(side.name)} has the error code {plain(code)}, but its errors are handled by "
                f"{quote(kind)}.",
                side.place("error_handling", "error_code_value"),
                side.place("error_handling", "error_type"),
                key=(side.name,),
            )
    if not seen:
        yield CANNOT_TELL
