"""The times that the parts of the data are from."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def parts(
    evaluation: str = "", test: str = "", training: str = "", how: str = "Out-of-time split"
) -> Documents:
    return {
        "trained_model": {
            "version": "1.2",
            "evaluation_dataset": {"name": evaluation, "algorithm": how},
            "test_dataset": {"name": test},
        },
        "training_data": {"version": "1.2", "dataset_description": training},
    }


TAUGHT = "Snapshots of January 2023 to August 2024, one for each customer"
DESCRIBED = "training_data/dataset_description"
EVALUATED, TESTED = "trained_model/evaluation_dataset/name", "trained_model/test_dataset/name"

test_apart = silent(
    "evaluated-on-training-time",
    {
        "one after the other": ("pass", parts("Sep-Oct 2024", "Nov and Dec 2024", TAUGHT)),
        "near miss: a random split": (
            "not-applicable",
            parts("Mar 2024", "Apr 2024", TAUGHT, "Random split"),
        ),
        "near miss: folds of time": (
            "not-applicable",
            parts("Mar 2024", "", TAUGHT, "Time series cross-validation"),
        ),
        "near miss: held out": ("cannot-tell", parts("Mar 2024", "", "Jan 2023 to Aug 2024 except March")),
        "near miss: with the test in it": (
            "cannot-tell",
            parts("Mar 2024", "", "Jan 2023 to Aug 2024, test months included"),
        ),
        "near miss: whole years": ("pass", parts("Sep 2024", "", "1.9m customers, from 2023 and 2024")),
        "near miss: two times": ("cannot-tell", parts("Mar 2024", "", "Jan to May 2023, Jan to Aug 2024")),
        "near miss: an open beginning": ("cannot-tell", parts("Mar 2024", "", "As of August 2024")),
        "near miss: the same month on both sides": ("pass", parts("Aug-Oct 2024", "", TAUGHT)),
        "near miss: weeks of a year": ("cannot-tell", parts("Weeks 32 to 35 of 2024", "", TAUGHT)),
        "near miss: a number like a year": ("cannot-tell", parts("2000 customers", "2024 rows", TAUGHT)),
        "near miss: months before": ("pass", parts("", "May 2022", TAUGHT)),
        "no split": ("cannot-tell", parts("Mar 2024", "", TAUGHT, "")),
        "no training data": ("cannot-tell", parts("Mar 2024")),
    },
)

test_overlapping = firing(
    "evaluated-on-training-time",
    {
        "the test": (
            [f"major {TESTED} {DESCRIBED}"],
            parts("Sep-Oct 2024", "Snapshots of Mar-Apr 2024", TAUGHT),
        ),
        "the evaluation": (
            [f"major {EVALUATED} {DESCRIBED}"],
            parts("H2 2023", "Nov 2024", TAUGHT, "By month"),
        ),
        "a single month": ([f"major {EVALUATED} {DESCRIBED}"], parts("Feb 2024", "", TAUGHT)),
        "in a cleaned time": (
            [f"major {EVALUATED} {DESCRIBED}"],
            parts("Jan to Jun 2023", "", "Oct 2019 to Jun 2023, iced intervals removed"),
        ),
        "a year before the last": ([f"major {EVALUATED} {DESCRIBED}"], parts("Sep 2023", "", "2022 to 2024")),
        "half of it": ([f"minor {TESTED} {DESCRIBED}"], parts("", "2024", TAUGHT)),
        "evaluation and test": (
            [f"major {TESTED} {EVALUATED}"],
            parts("Sep to Dec 2024", "Nov 2024", TAUGHT),
        ),
    },
)


def framed(timeframe: str, evaluation: str = "", test: str = "") -> Documents:
    return parts(evaluation, test) | {"raw_data": {"version": "1.2", "metadata": {"timeframe": timeframe}}}


FRAME = "raw_data/metadata/timeframe"

test_within = silent(
    "evaluated-outside-timeframe",
    {
        "within": ("pass", framed("2023-01 to 2024-12", "Sep-Oct 2024", "Nov 2024")),
        "near miss: partly behind": ("pass", framed("2023-01 to 2024-12", "Dec 2024 to Jan 2025")),
        "near miss: later in the last year": ("pass", framed("2023-01 to 2024-06", "Nov 2024")),
        "near miss: a later test": ("pass", framed("2023-01 to 2024-12", "", "Mar 2025")),
        "near miss: still going on": ("pass", framed("since 2023-01-01", "Mar 2026")),
        "near miss: weeks of a year": ("cannot-tell", framed("2023-01 to 2024-12", "Week 3 of 2022")),
        "near miss: a number like a year": ("cannot-tell", framed("2023-01 to 2024-12", "2000 customers")),
        "no timeframe": ("cannot-tell", framed("three winters", "Sep 2024")),
        "no name": ("cannot-tell", framed("2023-01 to 2024-12")),
    },
)

test_outside = firing(
    "evaluated-outside-timeframe",
    {
        "before": ([f"minor {EVALUATED} {FRAME}"], framed("2023-01 to 2024-12", "Sep-Oct 2022")),
        "after": ([f"minor {EVALUATED} {FRAME}"], framed("2023-01 to 2024-12", "Mar to May 2025")),
        "a test before": ([f"minor {TESTED} {FRAME}"], framed("2023-01 to 2024-12", "", "2021")),
    },
)


def test_the_message_names_both_texts():
    assert messages("evaluated-on-training-time", parts("", "Mar 2024", TAUGHT)) == [
        f"“Mar 2024” is from the time of “{TAUGHT}”, although the split is one of time."
    ]
