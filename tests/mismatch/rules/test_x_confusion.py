"""Metrics that contradict each other, and an accuracy that guessing would reach as well."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, messages, silent

TEST = "trained_model/test_metrics"
MATRIX = {"Recall": 0.9, "Precision": 0.8, "F1": 0.85, "Specificity": 0.95, "FPR": 0.05, "FNR": 0.1}


def shares(descriptor: str, field: str, **labels: Any) -> dict[str, Any]:
    rows = [{"label": label, "percentage": share} for label, share in labels.items()]
    return {descriptor: {"version": "1.2", field: rows}}


def training(**labels: Any) -> dict[str, Any]:
    return shares("training_data", "distribution", **labels)


def raw(**labels: Any) -> dict[str, Any]:
    return shares("raw_data", "labels_distribution", **labels)


def problem(kind: str) -> dict[str, Any]:
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": kind}}}


test_consistent = silent(
    "metrics-contradict",
    {
        "nothing to compare": ("cannot-tell", measured({"Accuracy": 0.9})),
        "of one matrix": ("pass", measured(MATRIX)),
        "the same in per cent": ("pass", measured({name: 100 * value for name, value in MATRIX.items()})),
        "rounded": ("pass", measured({"Recall": 0.9, "FNR": 0.11, "Precision": 0.8, "F1": 0.79})),
        "in two lists": ("cannot-tell", measured({"Recall": 0.9}, {"FNR": 0.3})),
        "of two classes": ("cannot-tell", measured({"Recall (cat)": 0.9, "FNR (dog)": 0.3})),
        "scales that nobody can tell": (
            "cannot-tell",
            measured({"Recall": 92, "Specificity": 0.9, "FPR": 0.3}),
        ),
        "a perfect model": ("pass", measured({"Accuracy": 1, "FPR": 0, "FNR": 0})),
        "errors that fit": ("pass", measured({"MAE": 3, "RMSE": 4, "MSE": 16.2})),
        "all errors alike": ("pass", measured({"MAE": 4, "RMSE": 4})),
    },
)

test_contradictory = firing(
    "metrics-contradict",
    {
        "perfect and wrong": (
            [f"major {TEST}/0/result {TEST}/1/result"],
            measured({"Accuracy": 1, "False Positive Rate": 0.1}),
        ),
        "a mean outside": (
            [f"minor {TEST}/2/result {TEST}/1/result {TEST}/0/result"],
            measured({"Recall": 0.9, "PPV": 0.8, "F1": 0.95}),
        ),
        "two that do not add up": (
            [f"minor {TEST}/0/result {TEST}/1/result"],
            measured({"Recall": 0.9, "FNR": 0.2}),
        ),
        "in per cent": (
            [f"minor {TEST}/0/result {TEST}/1/result"],
            measured({"Specificity": 95, "FPR": 0.7}),
        ),
        "no balance": (
            [f"minor {TEST}/0/result {TEST}/1/result {TEST}/2/result"],
            measured({"Balanced accuracy": 0.95, "Recall": 0.9, "Specificity": 0.8}),
        ),
        "a mean above its square": (
            [f"major {TEST}/0/result {TEST}/1/result"],
            measured({"MAE": 5, "RMSE": 4}),
        ),
        "no square": ([f"minor {TEST}/1/result {TEST}/0/result"], measured({"MSE": 16, "RMSE": 5})),
    },
)

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
