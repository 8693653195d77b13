"""Judges whether an item specification limits the values of the item it belongs to."""

from __future__ import annotations

from mismatch.reading import NOTHING, number, text, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mismatch.reading import Doc

CHARACTERS = ("numeric", "slashes", "spaces", "special")  # not "empty": alone it limits nothing


def is_unlimited(item: Any, specification: Any) -> bool:
    """Does *specification* say nothing about the values that an *item* of this type may take?

    Only what belongs to the type counts, not what is left over from another one. A type that is none of the
    five is served by any entry at all. An item without a type is not judged: the blank type is a finding of
    its own.
    """
    kind = text(item, "item_type") if isinstance(item, dict) else ""
    if not kind:
        return False
    judge = _UNLIMITED.get(kind) or _UNLIMITED.get(kind.strip().capitalize(), _says_nothing)
    return judge(specification if isinstance(specification, dict) else NOTHING)


def _has_no_range(given: Doc) -> bool:
    return not number(given, "max_value") and not number(given, "min_value")


def _has_no_length_and_no_characters(given: Doc) -> bool:
    if number(given, "max_length") or number(given, "min_length"):
        return False
    return not any(truth(given, kind) for kind in CHARACTERS)


def _has_no_size(given: Doc) -> bool:
    return not all(number(given, measure) for measure in ("resolution_x", "resolution_y", "channels"))


def _has_no_description(given: Doc) -> bool:
    return not text(given, "other_value")


def _says_nothing(given: Doc) -> bool:
    return not any(value.strip() if isinstance(value, str) else value for value in given.values())


_UNLIMITED = {
    "Integer": _has_no_range,
    "Float": _has_no_range,
    "String": _has_no_length_and_no_characters,
    "Image": _has_no_size,
    "Other": _has_no_description,
}
