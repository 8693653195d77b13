"""Whether goals and risks are measured."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, silent


def goals(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"system_context": {"version": "1.2", "goals": list(rows)}}


def goal(metric: Any, baseline: Any = "12 % in 2024", goal: Any = "Less waste", id: Any = "G-1") -> Any:
    return {"id": id, "goal": goal, "metric": metric, "baseline": baseline}


def risks(fp: Any = "", fn: Any = "", problem: str = "Detection") -> dict[str, Any]:
    risk = {"risk_fp": fp, "risk_fn": fn}
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": problem}, "risks": risk}}


test_measurable_goals = silent(
    "goal-without-yardstick",
    {
        "no goals": ("not-applicable", goals() | {"system_context": {"version": "1.2", "task": "Bake"}}),
        "an untouched row": ("cannot-tell", goals(goal("", "", ""))),
        "a complete goal": ("pass", goals(goal("Unsold share"))),
        "no baseline so far": ("pass", goals(goal("Unsold share", "Not measured so far"))),
        "a number as baseline": ("pass", goals(goal("Unsold share", 0))),
        "a blank row below": ("pass", goals(goal("Unsold share"), goal("", "", ""))),
    },
)

test_goals_without_yardstick = firing(
    "goal-without-yardstick",
    {
        "no baseline": (
            ["minor system_context/goals/0/baseline"],
            goals(goal("Unsold share", "  ")),
        ),
        "neither": (
            ["minor system_context/goals/0/metric system_context/goals/0/baseline"],
            goals(goal("", None)),
        ),
        "one of two goals": (
            ["minor system_context/goals/1/metric"],
            goals(goal("Unsold share"), goal("", id="G-2")),
        ),
    },
)

test_goals_measured = silent(
    "goal-measured-otherwise",
    {
        "nothing mapped": ("not-applicable", goals(goal("Unsold share")) | measured()),
        "no metric at the goal": ("cannot-tell", goals(goal("")) | measured(limits=["waste greater than 3"])),
        "a word in common": (
            "pass",
            goals(goal("Unsold units in per cent")) | measured(limits=["Unsold share greater than 3"]),
        ),
        "another ending": (
            "pass",
            goals(goal("False rejects per shift")) | measured(limits=["Rejected parts greater than 3"]),
        ),
        "a word of the goal": (
            "pass",
            goals(goal("Units left over")) | measured(limits=["Waste greater than 3"]),
        ),
        "another name of the metric": (
            "pass",
            goals(goal("Sensitivity")) | measured(limits=["TPR less than 0.9"]),
        ),
        "one of two fits": (
            "pass",
            goals(goal("Unsold units"))
            | measured(limits=["drift greater than 0.2", "unsold greater than 3"]),
        ),
    },
)

test_goals_measured_otherwise = firing(
    "goal-measured-otherwise",
    {
        "nothing in common": (
            ["info trained_model/algorithm_metrics/0/goal_mapping system_context/goals/0/metric"],
            goals(goal("Unsold units")) | measured(limits=["Accuracy less than 0.9"]),
        ),
        "only a common word": (
            ["info trained_model/business_metrics/0/goal_mapping system_context/goals/0/metric"],
            goals(goal("Unsold rate")) | measured(business=["Click rate less than 0.9"]),
        ),
    },
)

test_errors_measured = silent(
    "feared-error-not-measured",
    {
        "no metrics": ("cannot-tell", risks("Alarm for nothing") | measured()),
        "no kind of problem": (
            "cannot-tell",
            risks("Alarm for nothing", problem="") | measured({"Accuracy": 0.9}),
        ),
        "another kind of problem": (
            "not-applicable",
            risks("Too much", problem="Forecasting") | measured({"Accuracy": 0.9}),
        ),
        "risks are blank": ("cannot-tell", risks() | measured({"Accuracy": 0.9})),
        "both measured": (
            "pass",
            risks("Alarm for nothing", "Crack unseen") | measured({"Precision": 0.9, "FNR": 0.1}),
        ),
        "said to be none": ("pass", risks("None", "n/a") | measured({"Accuracy": 0.9})),
        "watched in operation": (
            "pass",
            risks("Alarm", "Unseen") | measured(limits=["FPR greater than 0.1", "recall less than 0.9"]),
        ),
        "in words": (
            "pass",
            risks("Alarm for nothing", "Crack unseen")
            | measured(limits=["False alarms per week greater than 3", "Missed cracks greater than 0"]),
        ),
    },
)

NOWHERE = "trained_model/test_metrics system_context/risks"

test_errors_not_measured = firing(
    "feared-error-not-measured",
    {
        "misses": (
            [f"minor {NOWHERE}/risk_fn"],
            risks("Alarm for nothing", "Crack unseen") | measured({"Precision": 0.9}),
        ),
        "false alarms": (
            [f"minor {NOWHERE}/risk_fp"],
            risks("Alarm for nothing", "Crack unseen", "Alert") | measured({"Recall": 0.9}),
        ),
        "mixed": (
            [f"info {NOWHERE}/risk_fn"],
            risks("none", "Crack unseen") | measured({"F1 Score": 0.9}),
        ),
        "perhaps in words of the domain": (
            [f"info {NOWHERE}/risk_fn"],
            risks("none", "Under-triage of a patient") | measured({"Under-triage rate": 0.04}),
        ),
        "in the business only": (
            [f"minor {NOWHERE}/risk_fn"],
            risks("none", "Crack unseen") | measured(business=["Escapes per million greater than 15"]),
        ),
        "accuracy does not tell": (
            [f"minor {NOWHERE}/risk_fn", f"minor {NOWHERE}/risk_fp"],
            risks("Alarm for nothing", "Crack unseen") | measured({"Accuracy": 0.9}),
        ),
    },
)
