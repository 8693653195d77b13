"""What was typed lands in the document, typed, and nothing else moves."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.editor.plan import plan_for
from descriptors.editor.posted import read_form
from tests.descriptors.editor.forms import example, posted

GOALS = {
    "version": "1.2",
    "task": "Predict",
    "goals": [
        {"id": "G-01", "goal": "Less churn", "metric": "Churn", "baseline": "5 %", "owner": "Ann"},
        {"id": "G-02", "goal": "More sales", "metric": "Sales", "baseline": "1"},
    ],
    "x-note": {"kept": True},
}


def test_an_edit_changes_one_value_and_keeps_unknown_keys_and_their_order() -> None:
    reading = posted("system_context", GOALS, task="Forecast", goals__0__goal="No churn")
    assert list(reading.document) == list(GOALS)
    assert reading.document["task"] == "Forecast"
    assert reading.document["goals"][0] == GOALS["goals"][0] | {"goal": "No churn"}
    assert reading.document["goals"][1] is GOALS["goals"][1]
    assert reading.changed == ("/task", "/goals/0/goal")


def test_the_saved_document_is_never_changed_itself() -> None:
    before = repr(GOALS)
    posted("system_context", GOALS, task="x", goals="1,2+", goals__2__goal="New", goals__1__id="G-7")
    assert repr(GOALS) == before


def test_inputs_that_were_not_sent_stay_as_they_are() -> None:
    assert posted("system_context", GOALS).document is GOALS


def test_rows_are_moved_deleted_added_and_copied_by_their_numbers() -> None:
    reading = posted(
        "system_context",
        GOALS,
        goals="1,0,2+,3+0",
        goals__2__goal="Third",
        goals__3__goal="Copy",
        goals__0__metric="Churn per month",
    )
    goals = reading.document["goals"]
    assert [goal["goal"] for goal in goals] == ["More sales", "Less churn", "Third", "Copy"]
    assert goals[1]["metric"] == "Churn per month"
    assert goals[3]["owner"] == "Ann"
    assert reading.name_of("/goals/0/goal") == "/goals/1/goal"
    assert reading.name_of("/goals/3/owner") == "/goals/3/owner"
    assert reading.pointer_of("/goals/1/goal") == "/goals/0/goal"


def test_a_new_goal_gets_the_highest_number_plus_one_and_a_copy_its_own() -> None:
    reading = posted("system_context", GOALS, goals="0,3+,4+0", goals__3__goal="Third")
    assert [goal["id"] for goal in reading.document["goals"]] == ["G-01", "G-03", "G-04"]
    assert next(iter(reading.document["goals"][1])) == "id"


def test_no_new_goal_gets_a_number_that_another_document_refers_to() -> None:
    state = {"/goals": "0,1,2+", "/goals/2/goal": "Third"}
    reading = read_form(plan_for("system_context"), GOALS, state, ["G-11", "BG-90", ""])
    assert reading.document["goals"][2]["id"] == "G-12"


def test_deleting_a_goal_renumbers_no_other() -> None:
    assert posted("system_context", GOALS, goals="1").document["goals"] == [GOALS["goals"][1]]


def test_a_new_row_left_blank_is_not_kept() -> None:
    assert posted("system_context", GOALS, goals="0-1,2+,3+", goals__2__goal="").document is GOALS


def test_a_new_row_has_what_the_schema_wants_and_claims_nothing() -> None:
    reading = posted(
        "data_pipeline",
        {"version": "1.2"},
        input_spec="0+",
        input_spec__0__item_name="x",
        input_spec__0__item_type="String",
        input_spec__0__item_specification__max_length="9",
    )
    assert reading.document["input_spec"][0] == {
        "item_name": "x",
        "item_description": "",
        "item_type": "String",
        "item_specification": {
            "other_value": "",
            "min_value": 0,
            "max_value": 0,
            "resolution_x": 0,
            "resolution_y": 0,
            "max_length": 9,
            "empty": False,
            "numeric": False,
            "slashes": False,
            "spaces": False,
            "special": False,
        },
        "error_handling": {"error_code_value": 0},
        "component_mapping": {"component": "", "data_item": ""},
    }


def test_an_empty_form_saves_as_a_document_without_zeros_and_blank_rows() -> None:
    document = posted("raw_data", None, dataset_name="Visits").document
    assert document["version"] == "1.2"
    assert document["dataset_name"] == "Visits"
    assert document["schema"] == document["data_sources"] == []
    assert "number_of_instances" not in document
    assert document["metadata"] == {
        "collection_date": "",
        "geographic_location": "",
        "timeframe": "",
        "known_issues": "",
    }


def test_an_untouched_empty_form_gives_a_document_too() -> None:
    document = read_form(plan_for("production_data"), None, {}).document
    assert document["version"] == "1.2"
    assert document["statistics"] == []


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (12, "", None),
        (12, "12", 12),
        (12, "12.0", None),
        ("", "", ""),
        ("", "3", 3),
        (None, "", None),
        ("12", "12", "12"),
    ],
)
def test_a_number_field_keeps_changes_or_loses_its_value(before: Any, text: str, after: Any) -> None:
    saved = {"version": "1.2", "number_of_instances": before, "zz": 1}
    reading = posted("raw_data", saved, number_of_instances=text)
    if text == "12.0":
        assert reading.faults[0].name == "/number_of_instances"
        assert reading.document == saved
    elif after is None and before is not None:
        assert "number_of_instances" not in reading.document
    else:
        assert reading.document["number_of_instances"] == after


def test_what_cannot_be_read_leaves_the_saved_value_and_says_where() -> None:
    saved = example("emergency-triage", "trained_model")
    reading = posted(
        "trained_model", saved, output_spec="1,0,2-3", output_spec__1__item_specification__min_value="low"
    )
    [fault] = reading.faults
    assert fault.name == "/output_spec/1/item_specification/min_value"
    assert fault.label.startswith("Output specification 1 ›")
    assert "“low” is not a number" in fault.message
    assert reading.document["output_spec"][0] == saved["output_spec"][1]


def test_a_text_that_should_be_a_number_can_be_kept_as_one() -> None:
    saved = {"version": "1.2", "number_of_instances": "12"}
    reading = read_form(plan_for("raw_data"), saved, {"=/number_of_instances": "on"})
    assert reading.document["number_of_instances"] == 12
    assert reading.changed == ("/number_of_instances",)


def test_a_value_of_the_wrong_kind_can_be_edited_as_json() -> None:
    saved = {"version": "1.2", "goals": "none yet", "risks": [1]}
    reading = posted("system_context", saved, goals='[{"id": "G-01"}]', risks="")
    assert reading.document == {"version": "1.2", "goals": [{"id": "G-01"}]}


def test_an_unknown_key_goes_when_it_is_cleared() -> None:
    reading = read_form(plan_for("system_context"), GOALS, {"/x-note": ""})
    assert "x-note" not in reading.document


def test_a_new_key_takes_the_place_the_schema_gives_it() -> None:
    saved = {"version": "1.2", "zz": 1, "task": "t", "available_data": "a"}
    reading = posted("system_context", saved, usage_context="u", ml_problem_type__ml_problem="Trend")
    assert list(reading.document) == [
        "version",
        "zz",
        "task",
        "ml_problem_type",
        "available_data",
        "usage_context",
    ]
    assert reading.document["ml_problem_type"] == {"ml_problem": "Trend", "other_problem": ""}


def test_a_cleared_entry_of_a_plain_list_is_gone() -> None:
    saved = {"version": "1.2", "ml_frameworks": ["Flux", "", "Keras"]}
    reading = posted(
        "development_environment", saved, ml_frameworks="0-2,3+", ml_frameworks__0="", ml_frameworks__3="H2O"
    )
    assert reading.document["ml_frameworks"] == ["", "Keras", "H2O"]


@pytest.mark.parametrize(
    "name", ["/goals/x/goal", "/nothing", "//", "/goals/0/goal/deeper", "/goals/99/goal", "=", "/"]
)
def test_inputs_the_form_does_not_have_are_passed_over(name: str) -> None:
    assert read_form(plan_for("system_context"), GOALS, {name: "x"}).document is GOALS


TREE = {"learning_algorithm": {"algorithm": "Decision Tree", "other_algorithm": ""}, "hyper_parameters": []}


@pytest.mark.parametrize(
    ("before", "order", "ensemble", "after"),
    [
        (1, "0,1+0", False, True),  # a second component
        (2, "0", True, False),  # one is left
        (3, "0,1", True, True),
        (0, "0+,1+", False, False),  # new rows that are blank are none
        (1, "0", True, True),  # nothing added: what the document says stays, true or not
        (2, "1,0", False, False),
    ],
)
def test_the_ensemble_switch_follows_components_that_are_added_or_deleted(
    before: int, order: str, ensemble: bool, after: bool
) -> None:
    saved = {"version": "1.2", "ensemble": ensemble, "model_components": [TREE] * before}
    document = posted("trained_model", saved, model_components=order).document
    assert document["ensemble"] is after
    assert saved["ensemble"] is ensemble


def test_what_was_ticked_does_not_outweigh_the_components_that_were_added() -> None:
    saved = {"version": "1.2", "ensemble": False, "model_components": [TREE]}
    assert posted("trained_model", saved, model_components="0,1+0", ensemble="false").document["ensemble"]
