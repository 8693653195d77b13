"""Half-filled records, placeholders and links."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def document(description: Any, location: Any) -> Documents:
    found = {"description": description, "location": location}
    return {"raw_data": {"version": "1.2", "documentation": [found]}}


def task(said: Any) -> Documents:
    return {"system_context": {"version": "1.2", "task": said, "goals": [{"id": "G-1", "goal": said}]}}


test_complete = silent(
    "record-half-filled",
    {
        "nothing at all": ("pass", {"raw_data": {"version": "1.2", "documentation": []}}),
        "a complete record": ("pass", document("Notes", "https://wiki.example/notes")),
        "a blank record": ("pass", document("", None)),
        "none": ("pass", {"raw_data": {"version": "1.2", "restrictions": "None", "proxy_data": "n/a"}}),
        "near miss: a task that begins with it": ("pass", task("None of the frames may be lost")),
        "near miss: unknown where it may be": (
            "pass",
            {"raw_data": {"version": "1.2", "metadata": {"known_issues": "unknown"}}},
        ),
        "a sentence that begins like it": ("pass", task("Todos of the ward are sorted by urgency")),
        "a label that looks like it": (
            "pass",
            {"training_data": {"version": "1.2", "distribution": [{"label": "bar"}, {"label": "xxx"}]}},
        ),
        "a mapping without either half": (
            "pass",
            {"data_pipeline": {"version": "1.2", "input_spec": [{"item_name": "frame"}]}},
        ),
        "an implementation has its own rule": (
            "pass",
            {
                "production_environment": {
                    "version": "1.2",
                    "other_logs": [{"log": "Gateway", "implementation": "TBD"}],
                }
            },
        ),
    },
)

test_incomplete = firing(
    "record-half-filled",
    {
        "an answer that is none": (
            [
                "minor production_data/data_rates",
                "minor system_context/task",
                "minor trained_model/model_output_interpretation",
            ],
            {
                "system_context": {"version": "1.2", "task": "n/a"},
                "trained_model": {"version": "1.2", "model_output_interpretation": "-"},
                "production_data": {"version": "1.2", "data_rates": "Unknown."},
            },
        ),
        "no location": (["minor raw_data/documentation/0/location"], document("Notes", " ")),
        "no description": (
            ["minor raw_data/documentation/0/description"],
            document("", "https://wiki.example"),
        ),
        "two of three": (
            ["minor data_pipeline/test_cases/0/tested_property data_pipeline/test_cases/0/file"],
            {"data_pipeline": {"version": "1.2", "test_cases": [{"test_case_name": "Die change"}]}},
        ),
        "a parameter": (
            ["minor trained_model/model_components/0/hyper_parameters/0/parameter_value"],
            {
                "trained_model": {
                    "version": "1.2",
                    "model_components": [{"hyper_parameters": [{"parameter_name": "depth"}]}],
                }
            },
        ),
        "half a mapping": (
            ["minor data_pipeline/input_spec/0/component_mapping/data_item"],
            {
                "data_pipeline": {
                    "version": "1.2",
                    "input_spec": [{"component_mapping": {"component": "Cell", "data_item": ""}}],
                }
            },
        ),
        "to be defined": (["minor system_context/goals/0/goal", "minor system_context/task"], task("TBD")),
        "lorem ipsum": (
            ["minor production_data/data_rates"],
            {"production_data": {"version": "1.2", "data_rates": "Lorem ipsum dolor sit amet consectetur"}},
        ),
        "in a list of texts": (
            ["minor trained_model/decisions_assumptions/1"],
            {"trained_model": {"version": "1.2", "decisions_assumptions": ["Adults only.", "???"]}},
        ),
    },
)


def test_the_message_says_what_is_lacking():
    assert messages("record-half-filled", document("Notes", "")) == [
        "The document “Notes” lacks its location."
    ]
