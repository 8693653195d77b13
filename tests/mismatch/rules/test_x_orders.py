"""Thresholds whose point has slipped."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def goal(metric: str, baseline: Any) -> Documents:
    rows = [{"id": "G-1", "goal": "Fewer defaults", "metric": metric, "baseline": baseline}]
    return {"system_context": {"version": "1.2", "goals": rows}}


DEFAULTS = goal("Default rate after 12 months", "3.6 % in 2023; the limit of the board is 3.2 %")


def limit(said: str) -> Documents:
    return measured(business=[said])


FOUND = "trained_model/business_metrics/0/threshold system_context/goals/0/baseline"

test_silent = silent(
    "threshold-of-another-order",
    {
        "as a share": ("pass", DEFAULTS | limit("Default rate greater than 0.032")),
        "in per cent": ("pass", DEFAULTS | limit("Default rate greater than 3.2")),
        "near miss: twice as much": ("pass", DEFAULTS | limit("Default rate greater than 0.07")),
        "near miss: a fifth, no slip": ("pass", DEFAULTS | limit("Default rate greater than 0.006")),
        "near miss: another metric": (
            "cannot-tell",
            DEFAULTS | limit("Share of complaints greater than 0.32"),
        ),
        "near miss: no share": ("cannot-tell", DEFAULTS | limit("Defaults greater than 32")),
        "near miss: a figure without per cent": (
            "cannot-tell",
            goal("Default rate", "3.2 per thousand") | limit("Default rate greater than 0.32"),
        ),
        "no baseline": ("cannot-tell", goal("Default rate", "") | limit("Default rate less than 0.3")),
        "no goal of that id": (
            "cannot-tell",
            DEFAULTS
            | measured(business=[{"metric": "Default rate", "threshold": 0.32, "goal_mapping": "G-2"}]),
        ),
        "no model": ("cannot-tell", DEFAULTS),
    },
)

test_firing = firing(
    "threshold-of-another-order",
    {
        "ten times as much": ([f"minor {FOUND}"], DEFAULTS | limit("Default rate greater than 0.32")),
        "a tenth": ([f"minor {FOUND}"], DEFAULTS | limit("Default rate greater than 0.0032")),
        "ten times the per cent": (
            [f"minor {FOUND}"],
            goal("Share of useful answers", "80 percent") | limit("Share of useful answers less than 800"),
        ),
    },
)


def test_the_message_gives_both_figures():
    assert messages("threshold-of-another-order", DEFAULTS | limit("Default rate greater than 0.32")) == [
        "The threshold of “Default rate” is 0.32, but the baseline of its goal says 3.2 %."
    ]
