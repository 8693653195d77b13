"""Steps from version 1.1 to 1.2: data items get one of five types, and limits instead of free text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from descriptors.upgrades.steps import Change, is_blank, step, text_of
from tec.plain import quoted

ITEM_TYPES = ("Integer", "Float", "String", "Image", "Other")
_TYPE_BY_NAME = {name.casefold(): name for name in ITEM_TYPES} | {"text": "String", "character": "String"}
ERROR_TYPES = ("Log to console", "Log to file", "Return error code", "Return none")
SPECIFICATION: dict[str, Any] = {
    "other_value": "",
    "min_value": 0,
    "max_value": 0,
    "resolution_x": 0,
    "resolution_y": 0,
    "channels": 0,
    "image_format": "",
    "min_length": 0,
    "max_length": 0,
    "empty": False,
    "numeric": False,
    "slashes": False,
    "spaces": False,
    "special": False,
}
"""A specification in which nothing is specified yet."""


@step("data_pipeline", to="1.2")
def inputs_are_specified(change: Change) -> None:
    """Inputs get a specification and say what happens to wrong values, which only a person can tell."""
    for at, item in change.rows("input_spec"):
        _specify(change, at, item)
        nothing = {"error_type": "", "error_code_value": 0}
        change.add(at, item, "error_handling", nothing, after="item_specification", keep=_handles_errors)
        if is_blank(item["error_handling"]["error_type"]):
            change.complete(
                f"{at}/error_handling/error_type",
                "Say what the pipeline does with a wrong value; version 1.1 did not record it.",
            )


@step("trained_model", to="1.2")
def outputs_are_specified(change: Change) -> None:
    """Outputs get a specification. The model's own error handling has no field any more, but stays."""
    for key in ("output_spec", "final_output_spec"):
        for at, item in change.rows(key):
            _specify(change, at, item)
    handling = change.body.get("error_handling")
    if handling not in (None, "", []):
        change.lose(
            "/error_handling",
            handling,
            "/error_handling",
            "Version 1.2 has no field for the model’s error handling. It stays in the document, out of "
            "sight; describe it at the inputs of the Data Pipeline.",
        )


def _specify(change: Change, at: str, item: dict[str, Any]) -> None:
    """Replace the free text on expected values by a specification, and the free type by one of the five."""
    _add_specification(change, at, item)
    specification = item["item_specification"]
    other = f"{at}/item_specification/other_value"
    if "expected_values" in item:
        expected = item.pop("expected_values")
        text = text_of(expected)
        if text.strip():
            specification["other_value"] = _joined("; ", specification["other_value"], text)
            change.moves[other] = f"{at}/expected_values"
            change.lose(
                f"{at}/expected_values",
                expected,
                other,
                "Expected values are now limits that fit the type; the text is kept as the other value.",
            )
        elif not is_blank(expected):
            change.lose(f"{at}/expected_values", expected, "", "Expected values had to be text.")
    _close_type(change, at, item)


def _add_specification(change: Change, at: str, item: dict[str, Any]) -> None:
    change.add(
        at,
        item,
        "item_specification",
        SPECIFICATION,
        after="item_type",
        keep=lambda value: isinstance(value, dict),
    )
    specification = dict(item["item_specification"])
    item["item_specification"] = specification
    before = ""
    for key, nothing in SPECIFICATION.items():
        change.add(
            f"{at}/item_specification", specification, key, nothing, after=before, keep=_fits(key, nothing)
        )
        before = key


def _close_type(change: Change, at: str, item: dict[str, Any]) -> None:
    """Choose the type among the five that are left; what none of them means becomes “Other”, name kept."""
    here = f"{at}/item_type"
    old = item.get("item_type", "")
    if is_blank(old):
        change.complete(here, "Choose the type; it was left blank, which is not possible any more.")
    if is_blank(old) or old in ITEM_TYPES or not isinstance(old, str):
        return
    new = _TYPE_BY_NAME.get(old.strip().casefold(), "Other")
    item["item_type"] = new
    specification = item["item_specification"]
    if new == "Other":
        specification["other_value"] = _joined(": ", old, specification["other_value"])
        kept = f"{at}/item_specification/other_value"
        message = (
            f"{quoted(old)} is no type of version 1.2; it is “Other” now, with the old name as other value."
        )
    else:
        kept, message = here, f"The type {quoted(old)} is called “{new}” in version 1.2."
    change.lose(here, old, kept, message)


def _joined(separator: str, first: str, second: str) -> str:
    return separator.join([text for text in (first, second) if text.strip()])


def _fits(key: str, nothing: Any) -> Callable[[Any], bool]:
    """Whether a value may stay at *key* of a specification: it is of the kind that *nothing* is."""
    if key == "image_format":
        return lambda value: value in ("", "JPG", "PNG")
    if isinstance(nothing, bool | str):
        return lambda value: isinstance(value, type(nothing))
    if key in ("min_value", "max_value"):
        return lambda value: isinstance(value, int | float) and not isinstance(value, bool)
    return lambda value: isinstance(value, int) and not isinstance(value, bool)


def _handles_errors(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("error_type") in ERROR_TYPES
        and isinstance(value.get("error_code_value"), int)
        and not isinstance(value.get("error_code_value"), bool)
    )
