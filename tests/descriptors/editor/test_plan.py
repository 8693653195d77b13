"""Schema and guide become sections and fields; without a guide the form is plainer, not poorer."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors import catalogue
from descriptors.editor.conditions import holds
from descriptors.editor.plan import Condition, Plan, build, plan_for
from descriptors.guides import Guide

EVERY = [(name, version) for name in catalogue.DESCRIPTORS for version in catalogue.OWN_VERSIONS]


def flat(plan: Plan) -> list[Plan]:
    below = [*plan.children, *([plan.item] if plan.item else [])]
    return [plan, *(each for child in below for each in flat(child))]


def field(descriptor: str, path: str) -> Plan:
    return next(plan for plan in flat(plan_for(descriptor).root) if plan.path == path)


@pytest.mark.parametrize(("descriptor", "version"), EVERY)
def test_every_property_stands_in_exactly_one_section(descriptor: str, version: str) -> None:
    plan = plan_for(descriptor, version)
    shown = [each.key for section in plan.sections for each in section.plans]
    assert sorted(shown) == sorted(catalogue.schema(descriptor, version)["properties"])
    assert len({section.id for section in plan.sections}) == len(plan.sections)


@pytest.mark.parametrize(("descriptor", "version"), EVERY)
def test_a_version_without_a_guide_still_gets_a_decent_form(descriptor: str, version: str) -> None:
    schema = catalogue.schema(descriptor, version)
    plan = build(descriptor, version, schema, Guide(descriptor, "", (), {}, ()))
    assert plan.sections[0].title == "General"
    assert all(each.label and "_" not in each.label for each in flat(plan.root)[1:])
    assert sorted(each.key for section in plan.sections for each in section.plans) == sorted(
        schema["properties"]
    )


def test_an_unknown_version_is_edited_as_the_newest() -> None:
    assert plan_for("raw_data", "9.9") is plan_for("raw_data", catalogue.LATEST)


@pytest.mark.parametrize(
    ("descriptor", "path", "kind"),
    [
        ("trained_model", "version", "fixed"),
        ("trained_model", "model_name", "text"),
        ("trained_model", "model_description", "area"),
        ("trained_model", "training_date", "date"),
        ("trained_model", "trained_model_code", "uri"),
        ("trained_model", "ensemble", "flag"),
        ("trained_model", "output_spec[].item_type", "choice"),
        ("trained_model", "output_spec[].item_specification.min_value", "number"),
        ("trained_model", "inference_time.time", "integer"),
        ("trained_model", "inference_time", "group"),
        ("trained_model", "ml_frameworks", "list"),
    ],
)
def test_the_schema_decides_the_kind_of_input(descriptor: str, path: str, kind: str) -> None:
    assert field(descriptor, path).kind == kind


@pytest.mark.parametrize(
    ("descriptor", "path", "layout"),
    [
        ("raw_data", "schema", "table"),
        ("training_data", "statistics", "table"),
        ("system_context", "goals", "table"),
        ("trained_model", "output_spec", "cards"),
        ("development_environment", "upstream_components", "cards"),
        ("development_environment", "upstream_components[].output_spec", "table"),
        ("trained_model", "ml_frameworks", "values"),
    ],
)
def test_flat_rows_are_tables_and_deep_ones_cards(descriptor: str, path: str, layout: str) -> None:
    assert field(descriptor, path).layout == layout


def test_a_field_says_why_it_has_to_be_filled_in() -> None:
    requirement = field("trained_model", "model_version").requirement
    assert requirement is not None
    assert requirement.code == "TM-01"
    assert requirement.why


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({}, "json"),
        ({"type": ["string", "null"]}, "json"),
        ({"type": "object"}, "json"),
        ({"type": "array"}, "json"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "json"),
        ({"enum": [1, 2]}, "json"),
        ({"type": "string", "format": "time"}, "text"),
    ],
)
def test_what_the_form_has_no_input_for_is_edited_as_json(schema: dict[str, Any], kind: str) -> None:
    whole = {"properties": {"odd": schema}}
    assert build("x", "1", whole, Guide("x", "", (), {}, ())).root.by_key["odd"].kind == kind


@pytest.mark.parametrize(
    ("value", "wanted", "shown"),
    [
        ("Other", ("Other",), True),
        (" Other ", ("Other",), True),
        ("Float", ("Integer", "Float"), True),
        ("other", ("Other",), False),
        (True, (True,), True),
        (1, (True,), False),
        (None, (True,), False),
        (None, (False,), True),
        ({}, ("Other",), False),
    ],
)
def test_a_field_is_shown_while_another_says_so(value: Any, wanted: tuple[Any, ...], shown: bool) -> None:
    condition = Condition("rows[]", ("group", "kind"), wanted)
    assert holds(condition, {"": {}, "rows[]": {"group": {"kind": value}}}) is shown


def test_a_condition_finds_its_field_in_the_same_row() -> None:
    assert field("trained_model", "output_spec[].item_specification.min_value").when == Condition(
        "output_spec[]", ("item_type",), ("Integer", "Float")
    )
    assert field("trained_model", "model_composition_details").when == Condition("", ("ensemble",), (True,))


def test_the_component_narrows_down_its_data_items() -> None:
    item = field("trained_model", "output_spec[].component_mapping.data_item")
    assert (item.within, item.narrowed_by) == ("component", "component_name")
