"""From which score on something happens."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, silent


def told(said: str, *steps: str) -> dict[str, Any]:
    body = {"model_output_interpretation": said, "post_processing_process": list(steps)}
    return {"trained_model": {"version": "1.2"} | body}


PLACES = "trained_model/model_output_interpretation trained_model/post_processing_process/0"

test_the_same_limit = silent(
    "limit-stated-otherwise",
    {
        "the same": ("pass", told("A score of 0.62 or more is flagged.", "score >= 0.62: flag")),
        "near miss: in per cent": ("pass", told("From 62 % on it is urgent.", "score ≥ 0.62: urgent")),
        "near miss: a comma": ("pass", told("Ab 0,62 wird verteilt.", "score < 0.62: team inbox")),
        "near miss: one of several": (
            "pass",
            told("At least 0.8 is routed automatically.", "p < 0.8: clerk", "spam from 0.95 on: dropped"),
        ),
        "near miss: what a score means": (
            "cannot-tell",
            told("A score above 0.7 means that seven of ten are faulty.", "score >= 0.62: flag"),
        ),
        "near miss: what is shown": (
            "cannot-tell",
            told("Above 0.9 it is shown in red.", "score >= 0.62: flag"),
        ),
        "near miss: a metric": ("cannot-tell", told("Calibrated, flagged by hand.", "score >= 0.62: flag")),
        "near miss: a figure that is no limit": (
            "cannot-tell",
            told("Of 100 flagged cases with 0.9 some 90 are right.", "score >= 0.62: flag"),
        ),
        "no limit in the steps": ("cannot-tell", told("From 0.5 on it is flagged.", "Average of the frames")),
        "no steps": ("not-applicable", told("From 0.5 on it is flagged.")),
        "nothing": ("cannot-tell", {}),
    },
)

test_another_limit = firing(
    "limit-stated-otherwise",
    {
        "lower": (
            [f"minor {PLACES}"],
            told("A score of 0.50 or more is urgent.", "PTX score >= 0.62: URGENT"),
        ),
        "in per cent": ([f"minor {PLACES}"], told("From 50 % on it is flagged.", "score ≥ 0.62: flag")),
        "from the other side": (
            [f"minor {PLACES}"],
            told("Calibrated. From 0.60 on the mail is routed automatically.", "confidence < 0.80 → clerk"),
        ),
        "in German": (
            [f"minor {PLACES}"],
            told("Ab 60 % wird automatisch verteilt.", "unter 80 % an Menschen"),
        ),
    },
)
