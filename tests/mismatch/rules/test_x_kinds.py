"""The kind of problem, against metrics and algorithms."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import field, problem, training
from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import Documents, firing, messages, silent

LEVELS = training(labels={"1": 20, "2": 30, "3": 50})
KIND = "system_context/ml_problem_type/ml_problem"

test_metrics_fit = silent(
    "metrics-of-another-problem",
    {
        "classes": ("pass", problem("Classification") | measured({"F1 Score": 0.9})),
        "numbers": ("pass", problem("Forecasting") | measured({"WAPE": 0.2})),
        "near miss: both kinds": (
            "pass",
            problem("Classification") | measured({"RMSE": 0.2}, {"Accuracy": 0.9}),
        ),
        "near miss: the accuracy of a forecast": (
            "pass",
            problem("Forecasting") | measured({"Accuracy": 0.9}),
        ),
        "near miss: an alert by a forecast": ("not-applicable", problem("Alert") | measured({"MAE": 0.2})),
        "metrics that are not known": ("cannot-tell", problem("Classification") | measured({"Quality": 3})),
        "another problem": ("not-applicable", problem("Summarization") | measured({"MAE": 1})),
        "no problem": ("cannot-tell", problem("") | measured({"MAE": 1})),
        "no results": ("cannot-tell", problem("Classification") | measured()),
    },
)

test_metrics_misfit = firing(
    "metrics-of-another-problem",
    {
        "a classification measured like a forecast": (
            [f"minor {KIND} trained_model/test_metrics"],
            problem("Classification") | measured({"WAPE": 0.2, "Bias": 0.1}),
        ),
        "a forecast measured like a classification": (
            [f"minor {KIND} trained_model/evaluation_metrics"],
            problem("Forecasting") | measured(evaluation={"False Negative Rate": 0.1}) | LEVELS,
        ),
        "a forecast of an event": (
            [f"info {KIND} trained_model/test_metrics"],
            problem("forecasting")
            | measured({"Recall": 0.8, "Accuracy": 0.9})
            | training(labels={"fails": 5, "runs": 95}),
        ),
    },
)


def test_the_message_lists_what_was_measured():
    assert messages("metrics-of-another-problem", problem("Detection") | measured({"MAE": 1, "RMSE": 2})) == [
        "The problem is “Detection”, but all that was measured, “MAE” and “RMSE”, judges numbers."
    ]


def made_of(*algorithms: Any) -> Documents:
    rows = [{"learning_algorithm": {"algorithm": name}} for name in algorithms]
    return {"trained_model": {"version": "1.2", "model_components": rows}}


ANSWERED = training(field("species", "string", "a, b", label=True))
ALGORITHM = "trained_model/model_components/0/learning_algorithm/algorithm"

test_algorithm_fits = silent(
    "algorithm-of-another-problem",
    {
        "classes": ("pass", problem("Classification") | made_of("Logistic Regression")),
        "numbers": ("pass", problem("Forecasting") | made_of("Linear Regression")),
        "near miss: one of two fits": (
            "pass",
            problem("Classification") | made_of("Linear Regression", "Random Forest"),
        ),
        "near miss: another algorithm": ("pass", problem("Classification") | made_of("Other")),
        "near miss: clusters without answers": ("pass", problem("Clustering") | made_of("Random Forest")),
        "near miss: clusters by neighbours": (
            "pass",
            problem("Clustering") | made_of("K-Nearest Neighbors (KNN)") | ANSWERED,
        ),
        "a problem that any algorithm may solve": (
            "not-applicable",
            problem("Alert") | made_of("Linear Regression"),
        ),
        "no algorithm": ("cannot-tell", problem("Classification") | made_of("")),
        "no problem": ("cannot-tell", made_of("Linear Regression")),
    },
)

test_algorithm_misfits = firing(
    "algorithm-of-another-problem",
    {
        "classes by a line": (
            [f"minor {ALGORITHM} {KIND}"],
            problem("Classification") | made_of("Linear Regression", "linear regression"),
        ),
        "an event that is forecast": (
            [f"info {ALGORITHM} {KIND}"],
            problem("Forecasting") | made_of("Logistic Regression"),
        ),
        "clusters from answers": (
            [f"minor {ALGORITHM} {KIND}"],
            problem("Clustering") | made_of("Logistic Regression") | ANSWERED,
        ),
        "texts by a forest": (
            ["minor trained_model/model_components/1/learning_algorithm/algorithm " + KIND],
            problem("Content Generation") | made_of("", "Random Forest"),
        ),
    },
)
