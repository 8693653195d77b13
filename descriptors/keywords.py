"""Builds JSON Schema validators that report faults without spelling out documents, and that fetch nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator, FormatChecker, ValidationError, validators
from referencing import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.protocols import Validator

_FORMATS = FormatChecker(formats=("date", "uri"))


def validator(schema: dict[str, Any]) -> Validator:
    """A validator of draft-07 whose errors have place, keyword and values, but no text.

    A fault of a missing name has that name at the end of its path. `format` does not mind blank text.
    """
    # An empty registry: without it, jsonschema would load the address in a “$ref” over the network.
    quiet: Validator = _Quiet(schema, registry=Registry(), format_checker=_FORMATS)
    return quiet


# The texts of jsonschema contain the whole value, which takes long for a large and fails for a deep one.


def _type(quiet: Any, types: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if not _is_of(quiet, types, value):
        yield ValidationError("")


def _enum(quiet: Any, allowed: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    # A value of a wrong type is one fault, not two.
    if _is_of(quiet, schema.get("type", []), value) and not any(_same(value, item) for item in allowed):
        yield ValidationError("")


def _const(quiet: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if not _same(value, wanted):
        yield ValidationError("")


def _required(quiet: Any, names: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, dict):
        for name in names:
            if name not in value:
                yield ValidationError("", path=(name,))


def _min_items(quiet: Any, limit: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, list) and len(value) < limit:
        yield ValidationError("")


def _max_items(quiet: Any, limit: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, list) and len(value) > limit:
        yield ValidationError("")


def _unique_items(quiet: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    # jsonschema compares each with each, which takes minutes for ten thousand objects.
    if not wanted or not isinstance(value, list):
        return
    if len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
        yield ValidationError("")


def _format(quiet: Any, name: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and value.strip() and not _FORMATS.conforms(value, name):
        yield ValidationError("")


def _is_of(quiet: Any, types: Any, value: Any) -> bool:
    names = [types] if isinstance(types, str) else types
    return not names or any(quiet.is_type(value, name) for name in names)


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is 1.0, but not true."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


_Quiet: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft7Validator,
    {
        "type": _type,
        "enum": _enum,
        "const": _const,
        "required": _required,
        "minItems": _min_items,
        "maxItems": _max_items,
        "uniqueItems": _unique_items,
        "format": _format,
    },
)
