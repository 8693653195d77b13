"""Labels among the inputs."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import Documents, firing, messages, silent


def label(name: Any, target: Any = "", ticked: Any = True) -> Documents:
    """Training Data with one field that is a label and one that is none."""
    fields = [
        {"field_name": "age", "label_field": False, "mapping_production_data": "age"},
        {"field_name": name, "label_field": ticked, "mapping_production_data": target},
    ]
    return {"training_data": {"version": "1.2", "schema": fields}}


def inputs(*names: Any) -> Documents:
    return {"data_pipeline": {"version": "1.2", "input_spec": [{"item_name": name} for name in names]}}


def arriving(*names: Any) -> Documents:
    return {"production_data": {"version": "1.2", "schema": [{"field_name": name} for name in names]}}


def problem(name: str) -> Documents:
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": name}}}


AT = "training_data/schema/1"

test_silent = silent(
    "label-among-inputs",
    {
        "neither an input nor a field of production": (
            "pass",
            label("default") | inputs("age") | arriving("age"),
        ),
        "near miss: a longer name": (
            "pass",
            label("default") | inputs("default_rate") | arriving("defaults"),
        ),
        "near miss: a number more": ("pass", label("class") | inputs("class_2")),
        "near miss: not a label": (
            "not-applicable",
            label("default", "default", ticked=False) | inputs("default"),
        ),
        "near miss: a label without a name": ("not-applicable", label("", "default") | inputs("")),
        "nothing that says what the model sees": ("cannot-tell", label("default")),
        "no training data": ("cannot-tell", inputs("age")),
    },
)

test_firing = firing(
    "label-among-inputs",
    {
        "an input of the pipeline": (
            [f"major data_pipeline/input_spec/1/item_name {AT}/field_name"],
            label("default") | inputs("age", "Default"),
        ),
        "mapped to a field of production": (
            [f"major {AT}/mapping_production_data production_data/schema/0/field_name"],
            label("default", "defaulted") | arriving("defaulted"),
        ),
        "mapped to a field that production lacks": (
            [f"major {AT}/mapping_production_data"],
            label("default", "gone") | arriving("age"),
        ),
        "a field of production by its name only": (
            [f"minor {AT}/field_name production_data/schema/0/field_name"],
            label("default") | arriving("default") | inputs("age"),
        ),
        "past values in forecasting": (
            [f"info data_pipeline/input_spec/0/item_name {AT}/field_name"],
            label("demand") | inputs("demand") | problem("Forecasting"),
        ),
        "not in classification": (
            [f"major data_pipeline/input_spec/0/item_name {AT}/field_name"],
            label("demand") | inputs("demand") | problem("Classification"),
        ),
    },
)


def test_the_message_says_how_the_label_gets_in():
    assert messages("label-among-inputs", label("default", "defaulted") | arriving("defaulted")) == [
        "The label “default” is mapped to the production field “defaulted” as if it were an input."
    ]
