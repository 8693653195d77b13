"""Whether what is to be watched can be collected."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, messages, silent


def production(**lists: Any) -> dict[str, Any]:
    return {"production_environment": {"version": "1.2"} | lists}


def metric(name: Any, how: Any) -> dict[str, Any]:
    return {"metric": name, "implementation": how}


def problem(kind: str) -> dict[str, Any]:
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": kind}}}


PE = "production_environment"

test_implemented = silent(
    "collector-without-implementation",
    {
        "nothing collected": ("cannot-tell", production(algorithm_metrics=[])),
        "an untouched row": ("cannot-tell", production(algorithm_metrics=[metric("", "")])),
        "said how": ("pass", production(algorithm_metrics=[metric("Drift", "Monthly job")])),
        "said in a word": ("pass", production(other_logs=[{"log": "Gateway", "implementation": "Standard"}])),
        "a blank row below": (
            "pass",
            production(algorithm_metrics=[metric("Drift", "Counter"), metric("", None)]),
        ),
        "a text with a placeholder in it": (
            "pass",
            production(business_metrics=[metric("Waste", "ERP report, TBD by whom")]),
        ),
    },
)

test_not_implemented = firing(
    "collector-without-implementation",
    {
        "blank": (
            [f"major {PE}/algorithm_metrics/0/implementation"],
            production(algorithm_metrics=[metric("Drift", " ")]),
        ),
        "to be done": (
            [f"major {PE}/user_system_feedback/0/implementation"],
            production(user_system_feedback=[{"feedback": "Override", "implementation": "TBD"}]),
        ),
        "none": (
            [f"major {PE}/model_logs/0/implementation"],
            production(model_logs=[{"log": "Scores", "implementation": "none"}]),
        ),
        "missing": (
            [f"major {PE}/other_metrics/0/implementation"],
            production(other_metrics=[{"metric": "p99"}]),
        ),
    },
)

RECALL = measured(limits=["recall less than 0.9"])

test_answers_arrive = silent(
    "metric-without-ground-truth",
    {
        "no production": ("cannot-tell", RECALL),
        "no such metric": ("not-applicable", measured(limits=["Drift greater than 0.2"]) | production()),
        "feedback of the model": (
            "pass",
            measured(limits=["recall less than 0.9"], user_system_feedback=[{"short_name": "Override"}])
            | production(),
        ),
        "feedback in production": (
            "pass",
            RECALL | production(user_system_feedback=[{"feedback": "Returns"}]),
        ),
        "a labelled sample": (
            "pass",
            RECALL | production(algorithm_metrics=[metric("Recall", "Weekly labelled sample")]),
        ),
        "what is watched by the customers": (
            "pass",
            RECALL | production(algorithm_metrics=[metric("recall", "Joined with returned parts")]),
        ),
        "a metric that only sounds like it": (
            "not-applicable",
            measured(limits=["recall campaigns greater than 2"]) | production(),
        ),
    },
)

PLACES = f"{PE}/user_system_feedback trained_model/algorithm_metrics/0/metric"

test_no_answers_arrive = firing(
    "metric-without-ground-truth",
    {
        "nothing": ([f"major {PLACES}"], RECALL | production()),
        "in words of the domain": (
            [f"major {PLACES}"],
            measured(limits=["Defect precision less than 0.6"]) | production(),
        ),
        "a counter": (
            [f"major {PLACES}"],
            RECALL | production(algorithm_metrics=[metric("recall", "Counter in the service")]),
        ),
        "said to be none": (
            [f"major {PLACES}"],
            RECALL | production(user_system_feedback=[{"feedback": "none"}]),
        ),
        "a forecast": (
            [f"info {PLACES}"],
            measured(limits=["MAPE greater than 0.2"]) | production() | problem("Forecasting"),
        ),
    },
)


def test_the_message_names_the_collector_and_what_it_says():
    documents = production(algorithm_metrics=[metric("Drift", "to be defined")])

    assert messages("collector-without-implementation", documents) == [
        "The algorithm metric “Drift” is to be collected, but its implementation is “to be defined”."
    ]
