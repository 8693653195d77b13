"""Shares of classes and numbers of examples."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import problem, production, raw, training
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# shares-not-100


def split(*shares: Any) -> Documents:
    return raw(labels={f"label {number}": share for number, share in enumerate(shares)})


def places(number: int, descriptor: str = "raw_data/labels_distribution") -> str:
    return " ".join(f"{descriptor}/{row}/percentage" for row in range(number))


test_shares_not_100_silent = silent(
    "shares-not-100",
    {
        "they add up": ("pass", split(60, 40)),
        "they add up, written as text": ("pass", split("96.8", "3.2")),
        "near miss: thirds": ("pass", split(33.3, 33.3, 33.3)),
        "near miss: thirds in whole numbers": ("pass", split(33, 33, 33)),
        "near miss: two rounded halves": ("pass", split(51, 50)),
        "near miss: ten rounded shares": ("pass", split(*[9.6] * 5, *[10.3] * 5)),
        "near miss: a label that never occurs": ("pass", split(60, 40, 0)),
        "near miss: labels that overlap": (
            "pass",
            {"raw_data": split(90, 40)["raw_data"] | {"dataset_description": "X-rays. Multi-label."}},
        ),
        "near miss: several labels of one example": (
            "pass",
            split(90, 40)
            | {"training_data": {"version": "1.2", "dataset_description": "One may carry several findings"}},
        ),
        "near miss: one label only": ("not-applicable", split(40)),
        "a share that is missing": ("cannot-tell", split(60, "")),
        "labels without shares": ("cannot-tell", split(None, None)),
        "no labels": ("not-applicable", raw()),
        "no document": ("cannot-tell", {}),
    },
)

test_shares_not_100_firing = firing(
    "shares-not-100",
    {
        "a label is missing": ([f"minor {places(2)}"], split(90, 4)),
        "labels that overlap, of which one is left out": (
            [f"minor {places(2)}"],
            {"raw_data": split(50, 40)["raw_data"] | {"dataset_description": "Multi-label"}},
        ),
        "labels that do not overlap": (
            [f"minor {places(2)}"],
            {"raw_data": split(90, 40)["raw_data"] | {"dataset_description": "Classes do not overlap"}},
        ),
        "several classes that were merged": (
            [f"minor {places(2)}"],
            {"raw_data": split(90, 40)["raw_data"] | {"dataset_description": "Several classes were merged"}},
        ),
        "too much": ([f"minor {places(3)}"], split(60, 30, 15)),
        "a digit is missing": ([f"minor {places(2)}"], split(96.8, 0.32)),
        "parts of 1": ([f"minor {places(2)}"], split(0.968, 0.032)),
        "more than all": (["major raw_data/labels_distribution/0/percentage"], split(130, -30)),
        "in training": (
            [f"minor {places(2, 'training_data/distribution')}"],
            training(labels={"a": 50, "b": 40}),
        ),
        "in production": (
            [f"minor {places(2, 'production_data/distribution')}"],
            production(labels={"a": 50, "b": 40}),
        ),
        "of a long list only the list is named": (
            ["minor raw_data/labels_distribution"],
            split(*range(1, 14)),
        ),
    },
)

# too-few-examples


def counted(number: Any, share: Any, hold_out: Any = None, **more: Any) -> Documents:
    documents = raw(labels={"ok": 100 - share, "crack": share}, number_of_instances=number, **more)
    if hold_out is None:
        return documents
    held = {"holdout_percentage": hold_out}
    return documents | {"trained_model": {"version": "1.2", "evaluation_dataset": held}}


FEW = "raw_data/labels_distribution/1/percentage raw_data/number_of_instances"
HELD = "trained_model/evaluation_dataset/holdout_percentage"

test_too_few_examples_silent = silent(
    "too-few-examples",
    {
        "enough of each": ("pass", counted(10_000, 5, 20)),
        "near miss: just enough": ("pass", counted(1_000, 30, 10)),
        "near miss: enough, and no hold-out is stated": ("pass", counted(1_000, 3)),
        "near miss: a hold-out of 0 is none": ("pass", counted(1_000, 3, 0)),
        "near miss: a class that does not occur": ("pass", counted(1_000, 0, 10)),
        "near miss: shares as parts of 1": (
            "pass",
            raw(labels={"a": 0.9, "b": 0.1}, number_of_instances=1000),
        ),
        "the number of rows is missing": ("cannot-tell", counted(0, 5, 20)),
        "no labels": ("not-applicable", raw(number_of_instances=5)),
        "no raw data": ("cannot-tell", {"trained_model": {"version": "1.2"}}),
    },
)

test_too_few_examples_firing = firing(
    "too-few-examples",
    {
        "fewer than 30 in the hold-out": ([f"minor {FEW} {HELD}"], counted(10_000, 2, 10)),
        "fewer than 10 in the hold-out": ([f"major {FEW} {HELD}"], counted(2_000, 0.5, 20)),
        "fewer than 30 at all": ([f"minor {FEW}"], counted(1_000, 2)),
    },
)

# single-class


def classifier(labels: Any, kind: str = "Classification") -> Documents:
    return problem(kind) | training(labels=labels)


test_single_class_silent = silent(
    "single-class",
    {
        "two classes": ("pass", classifier({"ok": 99, "bad": 1})),
        "near miss: nearly one class": ("pass", classifier({"ok": 99.9, "bad": 0.1})),
        "near miss: ordinary cases are enough for alerts": (
            "not-applicable",
            classifier({"ok": 100}, "Alert"),
        ),
        "near miss: a blank second row": ("not-applicable", classifier({"": 0, " ": 0})),
        "no labels": ("not-applicable", classifier({})),
        "no training data": ("cannot-tell", problem("Classification")),
    },
)

test_single_class_firing = firing(
    "single-class",
    {
        "all of one class": (
            ["major training_data/distribution/0/percentage"],
            classifier({"ok": 100, "bad": 0}),
        ),
        "only one row": (["major training_data/distribution/0/percentage"], classifier({"ok": 60})),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        ("shares-not-100", split(90, 4), "The shares of 2 labels add up to 94 instead of 100."),
        (
            "shares-not-100",
            split(0.9, 0.1),
            "The shares of 2 labels add up to 1 instead of 100; they look like parts of 1, while per cent is asked "
            "for.",
        ),
        ("shares-not-100", split(130, -30), "“label 0” cannot make up 130 % of the data."),
        ("too-few-examples", counted(2_000, 0.5, 20), "“crack” has at most 2 examples in the hold-out."),
        ("too-few-examples", counted(1_000, 2), "“crack” has at most 20 examples in the raw data."),
        (
            "single-class",
            classifier({"ok": 100}),
            "“ok” is the only class in the training data of a system that is to classify.",
        ),
    ],
)
def test_the_message_gives_the_figures(slug, documents, message):
    assert messages(slug, documents) == [message]
