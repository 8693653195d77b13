"""Choices are those of the documents as they are now; what is not among them is said."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.editor.choices import Choices, nearest
from descriptors.editor.plan import plan_for
from tests.descriptors.editor.forms import example, inputs, laid_out

ENVIRONMENT = example("emergency-triage", "development_environment")
CONTEXT = example("emergency-triage", "system_context")
MODEL = example("emergency-triage", "trained_model")


def model_inputs(state: dict[str, str] | None = None, **documents: Any) -> dict[str, Any]:
    given = {"development_environment": ENVIRONMENT, "system_context": CONTEXT} | documents
    layout = laid_out(plan_for("trained_model"), MODEL, state, **given)
    found = [each for section in layout.plan.sections for each in inputs(layout.section(section.plans))]
    return {each.name: each for each in found}


def test_components_come_from_the_development_environment() -> None:
    offer = model_inputs()["/output_spec/0/component_mapping/component"].offer
    names = [each["component_name"] for each in ENVIRONMENT["downstream_components"]]
    assert list(offer.values) == names
    assert offer.source == "development_environment"


def test_data_items_are_those_of_the_chosen_component() -> None:
    found = model_inputs()
    item = found["/output_spec/0/component_mapping/data_item"]
    chosen = found["/output_spec/0/component_mapping/component"].text
    [component] = [each for each in ENVIRONMENT["downstream_components"] if each["component_name"] == chosen]
    assert list(item.offer.values) == [each["item_name"] for each in component["input_spec"]]
    assert item.within == "/output_spec/0/component_mapping/component"


def test_another_component_offers_other_items() -> None:
    other = ENVIRONMENT["downstream_components"][1]
    state = {"/output_spec/0/component_mapping/component": other["component_name"]}
    offer = model_inputs(state)["/output_spec/0/component_mapping/data_item"].offer
    assert list(offer.values) == [each["item_name"] for each in other["input_spec"]]


def test_a_dangling_value_is_said_and_the_nearest_one_offered() -> None:
    stray = model_inputs()["/output_spec/2/component_mapping/component"]
    assert (stray.text, stray.stray, stray.offered) == ("ED Board", True, "ED Tracking Board")


def test_a_value_that_is_offered_is_no_stray() -> None:
    fine = model_inputs()["/output_spec/0/component_mapping/component"]
    assert (fine.stray, fine.offered) == (False, "")


def test_without_the_other_document_nothing_is_offered_and_nothing_is_wrong() -> None:
    alone = model_inputs(development_environment=None)["/output_spec/2/component_mapping/component"]
    assert (alone.offer.values, alone.stray) == ((), False)


def test_an_identifier_of_another_document_is_offered() -> None:
    own = model_inputs(data_pipeline={"pipeline_identifier": "OTHER-7"})["/data_pipeline_identifier"]
    assert (own.text, own.offered) == (MODEL["data_pipeline_identifier"], "OTHER-7")
    same = model_inputs(data_pipeline={"pipeline_identifier": own.text})["/data_pipeline_identifier"]
    assert same.offered == ""


def test_goals_are_offered_with_their_text() -> None:
    choices = Choices("trained_model", {"system_context": CONTEXT}, MODEL, {})
    plan = plan_for("trained_model").root.by_key["algorithm_metrics"].item
    assert plan is not None
    choices.offer(plan.by_key["goal_mapping"], {})
    [offered] = choices.all()
    assert offered.options[0].value == CONTEXT["goals"][0]["id"]
    assert offered.options[0].hint.startswith(CONTEXT["goals"][0]["goal"][:20])


def test_fields_of_the_same_document_are_offered_as_they_are_being_typed() -> None:
    saved = {"version": "1.2", "schema": [{"field_name": "age"}], "statistics": [{"field": "age"}]}
    state = {"/schema": "0,1+", "/schema/1/field_name": "income"}
    layout = laid_out(plan_for("production_data"), saved, state)
    found = [each for section in layout.plan.sections for each in inputs(layout.section(section.plans))]
    [field] = [each for each in found if each.name == "/statistics/0/field"]
    assert field.offer.values == ("age", "income")
    assert next(each for each in layout.choices.all() if each.own).own == "schema[].field_name"


def test_of_two_components_of_one_name_the_first_counts() -> None:
    twice = {
        "downstream_components": [
            {"component_name": "A", "input_spec": [{"item_name": "x"}]},
            {"component_name": "A", "input_spec": [{"item_name": "y"}]},
        ]
    }
    state = {"/output_spec/0/component_mapping/component": "A"}
    offer = model_inputs(state, development_environment=twice)[
        "/output_spec/0/component_mapping/data_item"
    ].offer
    assert offer.values == ("x",)


@pytest.mark.parametrize(
    "broken",
    [[], "x", {"downstream_components": "x"}, {"downstream_components": [None, 5, {"component_name": 3}]}],
)
def test_a_broken_source_offers_nothing(broken: Any) -> None:
    assert (
        model_inputs(development_environment=broken)[
            "/output_spec/0/component_mapping/component"
        ].offer.values
        == ()
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ed tracking bord", "ED Tracking Board"),
        ("Hospital", "Hospital Record System"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_value_is_found_whatever_its_case(text: str, found: str) -> None:
    assert nearest(text, ["Hospital Record System", "ED Tracking Board"]) == found
