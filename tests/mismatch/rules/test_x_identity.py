"""Identifiers that name another artefact."""

from __future__ import annotations

from typing import Any

from mismatch.engine import check
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def project(
    pipeline: tuple[Any, Any] = ("PIPE", "PIPE"),
    training: tuple[Any, Any] = ("TRAIN-4", "TRAIN-4"),
    raw: tuple[Any, Any] = ("RAW-1", "RAW-1"),
    **fields: dict[str, Any],
) -> Documents:
    """What refers and what defines, for the pipeline, the training data and the raw data."""
    bodies: Documents = {
        "trained_model": {"data_pipeline_identifier": pipeline[0], "training_data_identifier": training[0]},
        "data_pipeline": {"pipeline_identifier": pipeline[1]},
        "training_data": {"dataset_identifier": training[1], "raw_data_identifier": raw[0]},
        "raw_data": {"dataset_identifier": raw[1]},
    }
    return {name: {"version": "1.2"} | body | fields.get(name, {}) for name, body in bodies.items()}


def without(documents: Documents, *names: str) -> Documents:
    return {name: body for name, body in documents.items() if name not in names}


test_silent = silent(
    "identifier-link-broken",
    {
        "all three links hold": ("pass", project()),
        "near miss: only the spelling differs": ("pass", project(training=("train 4", "TRAIN-4"))),
        "near miss: an identifier with its version": (
            "pass",
            project(training=("TRAIN-4 v1.2", "TRAIN-4"), training_data={"dataset_version": "1.2"}),
        ),
        "near miss: the version without a v": (
            "pass",
            project(pipeline=("PIPE 2.6", "PIPE"), data_pipeline={"pipeline_version": "2.6"}),
        ),
        "near miss: identifiers written as numbers": ("pass", project(raw=(17, "17"))),
        "blank on both sides": ("cannot-tell", project(pipeline=("", " "))),
        "no data pipeline to compare with": ("cannot-tell", without(project(), "data_pipeline")),
        "a single descriptor": ("cannot-tell", {"raw_data": {"dataset_identifier": "RAW-1"}}),
        "no descriptors": ("not-applicable", {}),
    },
)

test_firing = firing(
    "identifier-link-broken",
    {
        "the model is about another pipeline": (
            ["major trained_model/data_pipeline_identifier data_pipeline/pipeline_identifier"],
            project(pipeline=("PIPE-A", "PIPE-B")),
        ),
        "another number is another dataset": (
            ["major trained_model/training_data_identifier training_data/dataset_identifier"],
            project(training=("TRAIN-3", "TRAIN-4")),
        ),
        "another version than the one described": (
            ["major trained_model/training_data_identifier training_data/dataset_identifier"],
            project(training=("TRAIN-4 v1.1", "TRAIN-4"), training_data={"dataset_version": "1.2"}),
        ),
        "other raw data": (
            ["major training_data/raw_data_identifier raw_data/dataset_identifier"],
            project(raw=("RAW-2", "RAW-1")),
        ),
        "the name in place of the identifier": (
            ["minor training_data/raw_data_identifier raw_data/dataset_identifier"],
            project(raw=("Till receipts", "RAW-1"), raw_data={"dataset_name": "Till Receipts"}),
        ),
        "the model does not say": (
            ["minor trained_model/training_data_identifier training_data/dataset_identifier"],
            project(training=("", "TRAIN-4")),
        ),
        "the dataset has no identifier": (
            ["minor raw_data/dataset_identifier training_data/raw_data_identifier"],
            project(raw=("RAW-1", "")),
        ),
    },
)


def test_the_messages_say_what_each_side_holds():
    documents = project(pipeline=("", "P1"), training=("T1", "T2"), raw=("R1", ""))

    assert messages("identifier-link-broken", documents) == [
        "Trained Model belongs to the training data “T1”, but Training Data describes “T2”.",
        "Training Data belongs to the raw data “R1”, but Raw Data has no identifier.",
        "Data Pipeline is “P1”, but Trained Model does not say which data pipeline it belongs to.",
    ]


def test_a_blank_identifier_of_raw_data_counts_once():
    report = check(project(raw=("RAW-1", "")), rules=["X101", "RD-01"])
    [link] = [finding for finding in report.findings if finding.code == "X101"]

    assert len(link.explains) == 1
    assert report.counts()["minor"] == 1
