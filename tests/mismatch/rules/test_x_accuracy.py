"""An accuracy that guessing would reach as well, or that hides the small classes."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, messages, silent

TEST = "trained_model/test_metrics"


def shares(descriptor: str, field: str, **labels: Any) -> dict[str, Any]:
    rows = [{"label": label, "percentage": share} for label, share in labels.items()]
    return {descriptor: {"version": "1.2", field: rows}}


def training(**labels: Any) -> dict[str, Any]:
    return shares("training_data", "distribution", **labels)


def raw(**labels: Any) -> dict[str, Any]:
    return shares("raw_data", "labels_distribution", **labels)


def problem(kind: str) -> dict[str, Any]:
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": kind}}}


test_better_than_guessing = silent(
    "no-better-than-majority",
    {
        "no shares": ("cannot-tell", measured({"Accuracy": 0.9})),
        "no accuracy": ("cannot-tell", measured({"Recall": 0.9}) | training(ok=90, bad=10)),
        "a list that is no distribution": (
            "cannot-tell",
            measured({"Accuracy": 0.3}) | training(ok=40, bad=10),
        ),
        "one label only": ("cannot-tell", measured({"Accuracy": 0.3}) | training(ok=100)),
        "of one class": ("cannot-tell", measured({"Accuracy (bad)": 0.3}) | training(ok=90, bad=10)),
        "clearly better": ("pass", measured({"Accuracy": 0.95}) | training(ok=90, bad=10)),
        "better in per cent": ("pass", measured({"Accuracy": 95}) | training(ok=90, bad=10)),
        "better than the natural shares": (
            "pass",
            measured({"Accuracy": 0.98}) | training(ok=60, bad=40) | raw(ok=96, bad=4),
        ),
        "the test counts": (
            "pass",
            measured({"Accuracy": 0.95}, {"Accuracy": 0.5}) | training(ok=90, bad=10),
        ),
        "no choice between labels": (
            "not-applicable",
            measured({"Accuracy": 0.5}) | training(ok=90, bad=10) | problem("Forecasting"),
        ),
    },
)

SHARE = "training_data/distribution/0/percentage"

test_no_better_than_guessing = firing(
    "no-better-than-majority",
    {
        "equal to it": (
            [f"major {TEST}/0/result {SHARE}"],
            measured({"Accuracy": 0.9}) | training(ok=90, bad=10) | problem("Classification"),
        ),
        "in the evaluation": (
            [f"major trained_model/evaluation_metrics/0/result {SHARE}"],
            measured({}, {"Accuracy": 0.8}) | training(ok=90, bad=10),
        ),
        "between the two balances": (
            [f"minor {TEST}/0/result raw_data/labels_distribution/0/percentage"],
            measured({"Accuracy": 0.9}) | training(ok=60, bad=40) | raw(ok=96, bad=4),
        ),
        "with skill elsewhere": (
            [f"info {TEST}/0/result {SHARE}"],
            measured({"Accuracy": 0.89, "Gini coefficient": 0.6}) | training(ok=90, bad=10),
        ),
        "far below in spite of skill": (
            [f"minor {TEST}/0/result {SHARE}"],
            measured({"Accuracy": 0.6, "AUC": 0.9}) | training(ok=90, bad=10),
        ),
        "an error rate alone is no skill": (
            [f"major {TEST}/0/result {SHARE}"],
            measured({"Accuracy": 0.9, "FNR": 0.01}) | training(ok=90, bad=10),
        ),
    },
)


def test_the_message_names_the_label_and_both_figures():
    documents = measured({"Accuracy": 0.9}) | training(ok=90, bad=10)

    assert messages("no-better-than-majority", documents) == [
        "The accuracy of 0.9 in the test is no better than always answering “ok”, which makes up 90 %."
    ]


test_judged_fairly = silent(
    "judged-by-accuracy-alone",
    {
        "no results": ("cannot-tell", measured() | raw(ok=96, bad=4)),
        "no shares": ("cannot-tell", measured({"Accuracy": 0.97})),
        "even classes": ("pass", measured({"Accuracy": 0.97}) | raw(ok=60, bad=40)),
        "another result": ("pass", measured({"Accuracy": 0.97, "Recall": 0.5}) | raw(ok=96, bad=4)),
        "a result of the domain": ("pass", measured({"Accuracy": 0.97, "Escapes": 3}) | raw(ok=96, bad=4)),
        "the accuracy of one class": (
            "pass",
            measured({"Accuracy": 0.97, "Accuracy (bad)": 0.5}) | raw(ok=96, bad=4),
        ),
    },
)

test_judged_by_accuracy = firing(
    "judged-by-accuracy-alone",
    {
        "in the raw data": (
            [f"minor {TEST}/0/result raw_data/labels_distribution/0/percentage"],
            measured({"Accuracy": 0.97}) | raw(ok=96, bad=4) | training(ok=50, bad=50),
        ),
        "in the training data": (
            [f"minor {TEST}/0/result {SHARE}"],
            measured({"Accuracy": 0.97}, {"Accuracy": 0.97}) | training(ok=80, bad=20),
        ),
    },
)
