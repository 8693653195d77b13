"""Metrics that contradict each other, and results that are too good."""

from __future__ import annotations

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, silent

TEST = "trained_model/test_metrics"
MATRIX = {"Recall": 0.9, "Precision": 0.8, "F1": 0.85, "Specificity": 0.95, "FPR": 0.05, "FNR": 0.1}

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

test_credible = silent(
    "result-too-good",
    {
        "no results": ("cannot-tell", measured()),
        "good": ("pass", measured({"F1 Score": 0.998})),
        "good in per cent": ("pass", measured({"Accuracy": 99.8})),
        "one kind of error only": ("pass", measured({"Recall": 1, "FPR": 0})),
    },
)

test_too_good = firing(
    "result-too-good",
    {
        "as a share": ([f"info {TEST}/0/result"], measured({"F1 Score": 1})),
        "in per cent": ([f"info {TEST}/0/result"], measured({"Accuracy": 100.0})),
    },
)
