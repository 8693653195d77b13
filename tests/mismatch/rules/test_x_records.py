"""Half-filled records, placeholders and links."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def code(link: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "model_training_code": link}}


def document(description: Any, location: Any) -> Documents:
    found = {"description": description, "location": location}
    return {"raw_data": {"version": "1.2", "documentation": [found]}}


def task(said: Any) -> Documents:
    return {"system_context": {"version": "1.2", "task": said, "goals": [{"id": "G-1", "goal": said}]}}


CODE = "trained_model/model_training_code"

test_usable = silent(
    "link-unusable",
    {
        "no links": ("not-applicable", code("")),
        "a web address": ("pass", code("https://git.example/forecast/-/tree/v7.0?ref=main#readme")),
        "a bucket": ("pass", code("s3://models/forecast/7.2")),
        "a repository": ("pass", code("git@git.example:forecast/train.git")),
        "a user without a password": ("pass", code("ssh://git@git.example/forecast.git")),
        "a password that is not shown": ("pass", code("https://ci:***@git.example/forecast")),
        "said to be none": ("pass", code("not applicable")),
        "to be filled in": ("pass", code("TBD")),
        "spaces around it": ("pass", document("Notes", " https://wiki.example/notes ")),
    },
)

test_unusable = firing(
    "link-unusable",
    {
        "a folder at home": ([f"minor {CODE}"], code("/home/ann/train.py")),
        "a drive": ([f"minor {CODE}"], code("C:\\Users\\ann\\train.py")),
        "this machine": ([f"minor {CODE}"], code("http://localhost:8888/notebooks/train.ipynb")),
        "a file": ([f"minor {CODE}"], code("file:///srv/train.py")),
        "prose": ([f"minor {CODE}"], code("see the wiki")),
        "a password": ([f"major {CODE}"], code("https://ann:hunter2@git.example/train")),
        "a shared drive": ([f"info {CODE}"], code("/mnt/models/train")),
        "documentation": (
            ["minor raw_data/documentation/0/location"],
            document("Notes", "wiki/notes"),
        ),
        "a test case": (
            ["minor data_pipeline/test_cases/0/file"],
            {"data_pipeline": {"version": "1.2", "test_cases": [{"file": "tests/gap.json"}]}},
        ),
        "a data set": (
            ["minor trained_model/test_dataset/file"],
            {"trained_model": {"version": "1.2", "test_dataset": {"file": "/tmp/test.csv"}}},
        ),
    },
)

test_complete = silent(
    "record-half-filled",
    {
        "nothing at all": ("pass", {"raw_data": {"version": "1.2", "documentation": []}}),
        "a complete record": ("pass", document("Notes", "https://wiki.example/notes")),
        "a blank record": ("pass", document("", None)),
        "none": ("pass", task("None")),
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


@pytest.mark.parametrize(
    "documents",
    [
        code("https://ann:hunter2@git.example/train"),
        document("Notes", "https://ann:hunter2@git.example/train"),
        {"raw_data": {"version": "1.1", "documentation": [{"location": "https://ann:hunter2@wiki.example"}]}},
    ],
)
def test_a_password_is_not_given_away_once_more(documents):
    report = check(documents)

    assert any(finding.code == "X903" for finding in report.findings)
    assert "hunter2" not in str([finding.as_json() for finding in report.findings])


def test_the_message_says_what_is_lacking():
    assert messages("record-half-filled", document("Notes", "")) == [
        "The document “Notes” lacks its location."
    ]
