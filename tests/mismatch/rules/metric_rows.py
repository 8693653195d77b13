"""Trained Models with just their metrics, written as short as the facts allow."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]
USUAL = {
    "Accuracy",
    "False Positive Rate",
    "False Negative Rate",
    "Positive Predictive Value (PPV)",
    "Negative Predictive Value (NPV)",
    "F1 Score",
}


def measured(
    test: Any = (), evaluation: Any = (), limits: Any = (), business: Any = (), **fields: Any
) -> dict[str, Doc]:
    """Results as {"Accuracy": 0.9} or pairs, limits as ("recall less than 0.9", …) with goal G-1."""
    body: Doc = {
        "version": "1.2",
        "test_metrics": [result(*each) for each in _pairs(test)],
        "evaluation_metrics": [result(*each) for each in _pairs(evaluation)],
        "algorithm_metrics": [limit(each) for each in limits],
        "business_metrics": [limit(each) for each in business],
    }
    return {"trained_model": body | fields}


def _pairs(results: Any) -> Any:
    return results.items() if isinstance(results, dict) else results


def result(name: str, value: Any) -> Doc:
    usual = name in USUAL
    return {"metric": name if usual else "Other", "other_metric": "" if usual else name, "result": value}


def limit(written: str | Doc) -> Doc:
    """A threshold from "recall less than 0.9"."""
    if not isinstance(written, str):
        return written
    for operator in (
        "greater or equal than",
        "less or equal than",
        "greater than",
        "less than",
        "equal to",
        "different than",
    ):
        name, found, threshold = written.partition(f" {operator} ")
        if found:
            return {
                "metric": name,
                "operator": operator,
                "threshold": float(threshold),
                "goal_mapping": "G-1",
            }
    raise ValueError(written)
