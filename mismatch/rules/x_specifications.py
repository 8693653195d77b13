"""Item specifications that contradict themselves, are incomplete, or leave an error looking like a result."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, number, rows, text
from mismatch.rules._items import HALF, REVERSED, UNLIMITED, fault_hit, items
from mismatch.rules._pairs import NUMERIC, PIPELINE, outputs, stated_values
from mismatch.text.ranges import Interval
from mismatch.text.types import family
from mismatch.wording import listing, plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

REQUIRED = {"input_spec": "dp-07", "output_spec": "tm-14", "final_output_spec": "tm-22"}
"""The check for specifications that limit nothing, by list."""
MOST_OUTPUTS = 100  # that each error code is compared with
RETURNED = "return error code"


@rule(
    "minimum-above-maximum",
    code="X401",
    severity="major",
    pack="x",
    risk="None known.",
    source="Experience: the schema does not check it.",
)
def minimum_above_maximum(data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo) -> Found:
    """An item specification allows no value at all.

    Where the minimum is above the maximum, or a size below 0, every check that is built from it refuses every
    value, or the limits are ignored.

    Remedy: Swap the two, or correct the one that is wrong.

    Example: Minimum 240 and maximum 20. It is silent for 20 and 240, and for limits that are not filled in.
    """
    found = items(data_pipeline, trained_model, memo)
    for side, fault in found.of(REVERSED):
        yield fault_hit(side, fault)
    if not found.families:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


@rule(
    "specification-incomplete",
    code="X402",
    severity="info",
    pack="x",
    risk="A number that is always 0. Rare for an item of an interface.",
    source="Item specifications exist so that checks and tests can be generated from them.",
)
def specification_incomplete(
    data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo
) -> Found:
    """An item specification does not limit the values of the item's own type.

    Neither a check at the door nor a test can be made from it, although other items show that it was meant.

    Remedy: Fill in what belongs to the type: a range, lengths, width, height and channels, or a description.

    Example: A Float whose minimum and maximum are both 0, among items that have a range. It is silent if the
    whole list has no specifications yet, which the required fields report.

    Decision: It is minor for an item that is mapped to a component: somebody else relies on it. A range of
    fractions for an Integer, and a text without a greatest length, count as incomplete as well.

    Decision: An item of the type Other is left to other-unexplained.
    """
    found = items(data_pipeline, trained_model, memo)
    for side, fault in found.of(UNLIMITED, HALF):
        if fault.kind == HALF:
            yield fault_hit(side, fault)
        elif found.specified[str(side.at[1])] and side.name and side.type.strip().lower() != "other":
            mapped = bool(text(group(side.row, "component_mapping"), "component"))
            yield hit(
                f"The specification of {quote(side.name)} {fault.said}.",
                side.place("item_specification"),
                key=(str(side.at[1]), side.name),
                severity="minor" if mapped else "",
                explains=((REQUIRED[str(side.at[1])], ()),),
            )
    if not any(found.specified.values()):
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


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

    Decision: It is minor if some output could not have this value, so that an attentive receiver might tell.
    A code of 0, which many read as success, is minor.
    """
    codes = [
        (place, row, number(handling, "error_code_value"))
        for place, row in enumerate(rows(data_pipeline, "input_spec"))
        if (handling := group(row, "error_handling"))
        and text(handling, "error_type").strip().lower() == RETURNED
    ]
    if not codes:
        yield NOT_APPLICABLE if rows(data_pipeline, "input_spec") else CANNOT_TELL
        return
    leaving = outputs(trained_model)[:MOST_OUTPUTS]
    results = [(side, stated_values(side) if _counts(side) else None) for side in leaving]
    for place, row, code in codes:
        name = text(row, "item_name")
        if code is None or not name:
            yield CANNOT_TELL
            continue
        taken = [side for side, stated in results if isinstance(stated, Interval) and _within(code, stated)]
        said = f"A bad {quote(name)} is answered with the code {plain(code)}"
        at = (PIPELINE, "input_spec", place, "error_handling", "error_code_value")
        if taken:
            yield hit(
                f"{said}, which is also a value of {listing([side.name for side in taken])}.",
                at,
                *[side.place("item_specification") for side in taken],
                key=(name,),
                severity="" if len(taken) == len(results) else "minor",
            )
        elif code == 0:
            yield hit(f"{said}, which many read as success.", at, key=(name,), severity="minor")
    if any(stated is None and _counts(side) for side, stated in results):
        yield CANNOT_TELL


def _counts(side: Side) -> bool:
    return family(side.type) in NUMERIC


def _within(code: float, stated: Interval) -> bool:
    return stated.low <= code <= stated.high


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
    for place, row in enumerate(rows(data_pipeline, "input_spec")):
        handling = group(row, "error_handling")
        code = handling.get("error_code_value")
        seen = seen or bool(handling.get("error_type"))
        if not code:  # by far the most
            continue
        kind, given = text(handling, "error_type"), number(handling, "error_code_value")
        if kind and given and kind.strip().lower() != RETURNED:
            name, at = text(row, "item_name"), (PIPELINE, "input_spec", place, "error_handling")
            yield hit(
                f"{quote(name)} has the error code {plain(given)}, but its errors go by {quote(kind)}.",
                (*at, "error_code_value"),
                (*at, "error_type"),
                key=(name,),
            )
    if not seen:
        yield CANNOT_TELL
