"""Decides which schemas from outside may be used, and writes their references out."""

from __future__ import annotations

from typing import Any

from tec import strictjson
from tec.plain import quoted
from tec.pointers import resolve

MAX_BYTES = 1_000_000
MAX_NODES = 20_000  # subschemas, with all references written out
MAX_DEPTH = 48

DRAFT = "http://json-schema.org/draft-07/schema"

_ONE = (
    "items",
    "additionalItems",
    "additionalProperties",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
)
_SEVERAL = ("allOf", "anyOf", "oneOf", "items")
_NAMED = ("properties", "dependencies")
_DROPPED = ("definitions", "$defs", "$comment")
# A regular expression from outside can keep a processor busy for hours with a short text.
_REFUSED = ("pattern", "patternProperties")


class SchemaRefused(ValueError):
    """A schema that TEC will not use; the text says why."""


def accepted(data: bytes) -> dict[str, Any]:
    """The draft-07 schema in *data*, with local references written out. Raises SchemaRefused."""
    if len(data) > MAX_BYTES:
        raise SchemaRefused(f"It has more than {MAX_BYTES:,} bytes, the limit for a schema.")
    try:
        schema = strictjson.loads(data)
    except strictjson.StrictJSONError as error:
        raise SchemaRefused(f"It cannot be read: {error.message}") from error
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        raise SchemaRefused("It does not describe an object with properties.")
    draft = schema.get("$schema", DRAFT)
    if not isinstance(draft, str) or draft.rstrip("#") != DRAFT:
        raise SchemaRefused(f"It is written for {quoted(str(draft))}; TEC reads draft-07.")
    written_out = _WrittenOut(schema).schema
    _check_meta(written_out)
    return written_out


class _WrittenOut:
    """A copy of a schema in which every local reference is replaced by what it names."""

    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        self._nodes = 0
        self.schema: dict[str, Any] = self._copy(root, (), 0)

    def _copy(self, part: Any, opened: tuple[str, ...], depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise SchemaRefused("With its references written out, it is too large or too deep.")
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            target, name = self._target(part["$ref"], opened)
            return self._copy(target, (*opened, name), depth + 1)
        return {
            key: self._member(key, value, opened, depth + 1)
            for key, value in part.items()
            if key not in _DROPPED and (key != "$id" or depth == 0)
        }

    def _member(self, key: str, value: Any, opened: tuple[str, ...], depth: int) -> Any:
        if key in _REFUSED:
            raise SchemaRefused(f"It uses “{key}”; regular expressions in schemas are not accepted.")
        if key in _NAMED and isinstance(value, dict):
            return {name: self._copy(part, opened, depth) for name, part in value.items()}
        if key in _SEVERAL and isinstance(value, list):
            return [self._copy(part, opened, depth) for part in value]
        return self._copy(value, opened, depth) if key in _ONE else value

    def _target(self, reference: Any, opened: tuple[str, ...]) -> tuple[Any, str]:
        if not isinstance(reference, str) or not reference.startswith("#/"):
            raise SchemaRefused(
                f"It refers to {quoted(str(reference))}; only references within it, “#/…”, are followed."
            )
        if reference in opened:
            raise SchemaRefused(f"The reference {quoted(reference)} leads back to itself.")
        target = resolve(self._root, reference[1:])
        if not isinstance(target, dict):
            raise SchemaRefused(f"The reference {quoted(reference)} leads nowhere.")
        return target, reference


def _check_meta(schema: dict[str, Any]) -> None:
    # Slow to import, and only schemas from outside are checked.
    from jsonschema import Draft7Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft7Validator.check_schema(schema)
    except SchemaError as error:
        place = "/".join(str(part) for part in error.absolute_path) or "its top"
        raise SchemaRefused(f"It is no valid JSON Schema: see {quoted(place)}.") from error
