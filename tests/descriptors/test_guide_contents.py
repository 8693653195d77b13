"""What the field guides say: complete, true to the schemas, and never the same help twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from descriptors.catalogue import DESCRIPTORS, schema
from descriptors.guides import guide
from mismatch.required.blanks import path_of, split
from mismatch.required.checks import checks

SCHEMAS = {name: schema(name) for name in DESCRIPTORS}


def walk(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every path of a schema in the notation of the guides, with the schema there; rows of objects included."""
    for name, inner in node.get("properties", {}).items():
        at = f"{path}.{name}" if path else name
        yield at, inner
        yield from walk(inner, at)
    if isinstance(node.get("items"), dict):
        yield f"{path}[]", node["items"]
        yield from walk(node["items"], f"{path}[]")


def paths(descriptor: str) -> dict[str, dict[str, Any]]:
    return dict(walk(SCHEMAS[descriptor]))


EVERY_PATH = [(name, path) for name in DESCRIPTORS for path in paths(name)]
EVERY_FIELD = [(name, path) for name in DESCRIPTORS for path in guide(name).fields]
EVERY_CHECK = [check for name in DESCRIPTORS for check in checks(name)]
TESTED = {"text": "string", "number": ("number", "integer"), "list": "array", "limits": "object"}


def is_row_of_objects(descriptor: str, path: str) -> bool:
    return path.endswith("[]") and "properties" in paths(descriptor)[path]


@pytest.mark.parametrize(("descriptor", "path"), EVERY_PATH)
def test_every_field_has_label_help_and_example(descriptor: str, path: str) -> None:
    if is_row_of_objects(descriptor, path):
        return  # the list explains its rows
    field = guide(descriptor).fields[path]

    assert field.label == field.label.strip() != ""
    assert field.example is not None
    assert field.section in {section.id for section in guide(descriptor).sections}
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", field.help)) <= 5, "help is one to a few whole sentences"
    assert field.help.endswith(".")


@pytest.mark.parametrize(("descriptor", "path"), EVERY_FIELD)
def test_no_guide_explains_what_the_schema_does_not_have(descriptor: str, path: str) -> None:
    assert path in paths(descriptor)


@pytest.mark.parametrize(("descriptor", "path"), EVERY_FIELD)
def test_every_example_is_a_valid_value(descriptor: str, path: str) -> None:
    validator = jsonschema.Draft202012Validator(
        paths(descriptor)[path], format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )

    assert [error.message for error in validator.iter_errors(guide(descriptor).fields[path].example)] == []


def test_no_help_is_given_twice() -> None:
    helps = [guide(name).fields[path].help for name, path in EVERY_FIELD]

    assert [text for text in set(helps) if helps.count(text) > 1] == []


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_every_property_is_in_exactly_one_section(descriptor: str) -> None:
    shown = [top for section in guide(descriptor).sections for top in section.fields]

    assert sorted(shown) == sorted(SCHEMAS[descriptor]["properties"])
    assert len({section.id for section in guide(descriptor).sections}) == len(guide(descriptor).sections)


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_every_section_and_guide_explains_itself(descriptor: str) -> None:
    found = guide(descriptor)

    assert found.summary.endswith(".")
    assert all(section.title and section.help.endswith(".") for section in found.sections)


LINKED = [(name, path) for name, path in EVERY_FIELD if guide(name).fields[path].link]
COPIED = [(name, path) for name, path in EVERY_FIELD if guide(name).fields[path].readonly_source]
CONDITIONAL = [(name, path) for name, path in EVERY_FIELD if guide(name).fields[path].when]


@pytest.mark.parametrize(("descriptor", "path"), LINKED)
def test_links_lead_to_fields(descriptor: str, path: str) -> None:
    field = guide(descriptor).fields[path]
    target, _, at = field.link.partition(":")

    assert at in paths(target)
    if field.within:
        beside = f"{path.rpartition('.')[0]}.{field.within}".lstrip(".")
        assert beside in paths(descriptor)


@pytest.mark.parametrize(("descriptor", "path"), COPIED)
def test_copied_fields_have_a_source(descriptor: str, path: str) -> None:
    source, _, at = guide(descriptor).fields[path].readonly_source.partition(":")

    assert at in paths(source)


@pytest.mark.parametrize(("descriptor", "path"), CONDITIONAL)
def test_conditions_name_a_field_and_values_it_can_have(descriptor: str, path: str) -> None:
    when = guide(descriptor).fields[path].when or {}
    validator = jsonschema.Draft202012Validator(paths(descriptor)[when["at"]])

    assert set(when) == {"at", "is"}
    assert all(validator.is_valid(value) for value in when["is"])


@pytest.mark.parametrize("check", EVERY_CHECK, ids=lambda check: check.code)
def test_required_fields_are_in_the_schema_with_the_type_that_is_tested(check: Any) -> None:
    known = paths(check.descriptor)
    rows = [f"{check.rows}[].{column}" for column in check.columns]
    for slot in [*check.slots, *rows]:
        path, _, test = slot.partition(":")
        path, _, sibling = path.partition("|")
        assert known[path]["type"] in TESTED[test or "text"]
        if sibling:
            assert f"{path.rpartition('.')[0]}.{sibling}" in known
            assert "Other" in known[path]["enum"]


@pytest.mark.parametrize(
    ("descriptor", "table"),
    [(name, table) for name in DESCRIPTORS for table in guide(name).required if "when" in table],
    ids=lambda value: value if isinstance(value, str) else value["code"],
)
def test_required_fields_depend_on_fields_that_exist(descriptor: str, table: dict[str, Any]) -> None:
    at = table["when"]["at"]
    rows, field = split(at)

    assert path_of(at) in paths(descriptor)
    assert jsonschema.Draft202012Validator(paths(descriptor)[at]).is_valid(table["when"]["is"])
    assert rows == "" or field
