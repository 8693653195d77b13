"""Goals against metrics."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def goals(*rows: tuple[Any, Any]) -> Documents:
    return {"system_context": {"version": "1.2", "goals": [{"id": id, "goal": goal} for id, goal in rows]}}


def metrics(*algorithm: Any, business: tuple[Any, ...] = ()) -> Documents:
    """A Trained Model whose metrics are mapped to these goals."""
    body = {
        "version": "1.2",
        "algorithm_metrics": [{"metric": "Recall", "goal_mapping": id} for id in algorithm],
        "business_metrics": [{"metric": "Cost", "goal_mapping": id} for id in business],
    }
    return {"trained_model": body}


WHERE = "trained_model/algorithm_metrics"
SAVE = ("G-01", "Save water")

test_silent = silent(
    "goal-without-metric",
    {
        "an algorithm metric measures it": ("pass", goals(SAVE) | metrics("G-01")),
        "a business metric measures it": ("pass", goals(SAVE) | metrics(business=("G-01",))),
        "one metric for two goals of one id": ("pass", goals(SAVE, SAVE) | metrics("G-01")),
        "a metric without a name measures it": (
            "pass",
            goals(SAVE) | {"trained_model": {"business_metrics": [{"metric": "", "goal_mapping": "G-01"}]}},
        ),
        "a goal without text": ("cannot-tell", goals(("G-01", " ")) | metrics("G-02")),
        "one goal measured, one without text": (
            "cannot-tell",
            goals(SAVE, ("G-02", "")) | metrics("G-01"),
        ),
        "no goals at all": ("cannot-tell", goals() | metrics("G-01")),
        "only the form's default row, and no model": ("cannot-tell", goals(("G-01", ""))),
        "no system context": ("cannot-tell", metrics("G-01")),
    },
)

test_firing = firing(
    "goal-without-metric",
    {
        "no metric at all": ([f"major {WHERE} system_context/goals/0/goal"], goals(SAVE) | metrics()),
        "metrics of other goals": (
            [f"major {WHERE} system_context/goals/0/goal", f"major {WHERE} system_context/goals/2/goal"],
            goals(SAVE, ("G-02", "Save power"), ("G-03", "Save time")) | metrics("G-02", "G-04"),
        ),
        "a goal without an id is never measured": (
            [f"major {WHERE} system_context/goals/0/id"],
            goals(("", "Save water")) | metrics(""),
        ),
        "only case and spacing of the mapping differ": (
            [f"minor {WHERE} system_context/goals/0/goal"],
            goals(SAVE) | metrics(" g-01"),
        ),
        "a metric of another goal is no slip of the pen": (
            [f"major {WHERE} system_context/goals/1/goal"],
            goals(SAVE, ("g-01", "Save power")) | metrics("G-01"),
        ),
        "an id written as a number": (
            [f"major {WHERE} system_context/goals/1/goal"],
            goals((1, "Save water"), (2, "Save power")) | metrics("1"),
        ),
        "the lists of metrics are no lists": (
            [f"major {WHERE} system_context/goals/0/goal"],
            goals(SAVE) | {"trained_model": {"algorithm_metrics": {}, "business_metrics": None}},
        ),
        "no model to measure anything": (
            ["info system_context/goals/0/goal system_context/goals/2/goal"],
            goals(SAVE, ("G-02", ""), ("G-03", "Save time")),
        ),
    },
)


def test_the_message_names_the_goal():
    assert messages("goal-without-metric", goals(SAVE, ("", "Save power")) | metrics("g-01")) == [
        "No metric measures the goal “Save power”; it has no id that a metric could be mapped to.",
        "No metric measures the goal “G-01”, “Save water”; one is mapped to “g-01”, which differs only in case, "
        "spacing or the form of letters.",
    ]


def test_the_goals_that_wait_for_a_model_are_one_finding():
    assert messages("goal-without-metric", goals(SAVE, ("G-03", "Save time"))) == [
        "2 goals cannot be compared without a Trained Model descriptor: “G-01” and “G-03”. Usually written by: "
        "model developer."
    ]
