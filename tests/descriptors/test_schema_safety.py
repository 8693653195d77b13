from __future__ import annotations

import json

import pytest

from descriptors.schema_safety import MAX_BYTES, SchemaRefused, accepted


def schema(**further):
    return {"type": "object", "properties": {"version": {"const": "1.3"}}, **further}


def with_property(part, **further):
    return schema(properties={"x": part}, **further)


def deep(levels):
    part = {"type": "string"}
    for _ in range(levels):
        part = {"type": "array", "items": part}
    return part


BOMB = {f"d{level}": {"anyOf": [{"$ref": f"#/definitions/d{level + 1}"}] * 8} for level in range(8)}

HOSTILE = {
    "a reference to another host": (
        with_property({"$ref": "https://example.org/schema.json"}),
        "It refers to “https://example.org/schema.json”; only references within it, “#/…”, are followed.",
    ),
    "a reference to a file": (
        with_property({"$ref": "file:///etc/passwd"}),
        "It refers to “file:///etc/passwd”; only references within it, “#/…”, are followed.",
    ),
    "a reference to itself": (
        with_property({"$ref": "#"}),
        "It refers to “#”; only references within it, “#/…”, are followed.",
    ),
    "a reference in a circle": (
        with_property({"$ref": "#/definitions/a"}, definitions={"a": {"items": {"$ref": "#/definitions/a"}}}),
        "The reference “#/definitions/a” leads back to itself.",
    ),
    "a reference to nothing": (
        with_property({"$ref": "#/definitions/none"}),
        "The reference “#/definitions/none” leads nowhere.",
    ),
    "a reference that is no text": (
        with_property({"$ref": 5}),
        "It refers to “5”; only references within it, “#/…”, are followed.",
    ),
    "references that multiply": (
        with_property({"$ref": "#/definitions/d0"}, definitions={**BOMB, "d8": {"type": "string"}}),
        "With its references written out, it is too large or too deep.",
    ),
    "a slow regular expression": (
        with_property({"type": "string", "pattern": "^(a+)+$"}),
        "It uses “pattern”; regular expressions in schemas are not accepted.",
    ),
    "regular expressions for names": (
        schema(patternProperties={"^(a+)+$": {}}),
        "It uses “patternProperties”; regular expressions in schemas are not accepted.",
    ),
    "a regular expression far inside": (
        with_property({"anyOf": [{"items": [{"not": {"propertyNames": {"pattern": "x"}}}]}]}),
        "It uses “pattern”; regular expressions in schemas are not accepted.",
    ),
    "a depth that no form has": (
        with_property(deep(60)),
        "With its references written out, it is too large or too deep.",
    ),
    "another draft": (
        schema(**{"$schema": "https://json-schema.org/draft/2020-12/schema"}),
        "It is written for “https://json-schema.org/draft/2020-12/schema”; TEC reads draft-07.",
    ),
    "a type that does not exist": (
        with_property({"type": "decimal"}),
        "It is no valid JSON Schema: see “properties/x/type”.",
    ),
    "properties that are no object": ({"properties": []}, "It does not describe an object with properties."),
    "no object at all": ([], "It does not describe an object with properties."),
}


@pytest.mark.parametrize(("hostile", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_schema_is_refused_with_the_reason(hostile, reason):
    with pytest.raises(SchemaRefused) as refused:
        accepted(json.dumps(hostile).encode())
    assert str(refused.value) == reason


def test_a_huge_schema_is_refused_before_it_is_read():
    with pytest.raises(SchemaRefused, match=r"^It has more than 1,000,000 bytes, the limit for a schema\.$"):
        accepted(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"a": 1, "a": 2}'])
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(SchemaRefused, match=r"^It cannot be read: "):
        accepted(data)


def test_references_within_a_schema_are_written_out():
    item = {"type": "object", "properties": {"name": {"type": "string"}}}
    given = with_property(
        {"type": "array", "items": {"$ref": "#/definitions/item"}}, definitions={"item": item}
    )
    assert accepted(json.dumps(given).encode()) == with_property({"type": "array", "items": item})


def test_a_property_may_be_called_like_a_keyword():
    given = schema(
        properties={name: {"type": "string"} for name in ("pattern", "$ref", "$id", "definitions")}
    )
    assert accepted(json.dumps(given).encode()) == given


def test_data_in_a_schema_is_not_taken_for_a_schema():
    given = with_property({"const": {"$ref": "https://example.org", "pattern": "(a+)+"}})
    assert accepted(json.dumps(given).encode()) == given


def test_an_address_inside_cannot_change_what_others_mean():
    given = with_property({"$id": "https://example.org/other", "type": "string"}, **{"$id": "urn:a"})
    assert accepted(json.dumps(given).encode()) == with_property({"type": "string"}, **{"$id": "urn:a"})
