"""What the System Context promises in prose, against what the others state."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import Documents, firing, messages, silent


def context(available: str = "", task: str = "", **more: Any) -> Documents:
    return {"system_context": {"version": "1.2", "available_data": available, "task": task} | more}


def raw(count: Any = 0, kind: str = "Loan application", timeframe: str = "", name: str = "") -> Documents:
    body = {
        "version": "1.2",
        "number_of_instances": count,
        "instance_type": kind,
        "dataset_name": name,
        "metadata": {"timeframe": timeframe},
    }
    return {"raw_data": body}


LOANS = "All 318 000 applications from 2020 to 2024 with the history of the 141 000 booked loans."
COUNT = "raw_data/number_of_instances system_context/available_data"

test_instances_alike = silent(
    "instances-stated-otherwise",
    {
        "rounded": ("pass", context(LOANS) | raw(318204)),
        "near miss: the other figure": ("pass", context(LOANS) | raw(140950)),
        "near miss: half as many": ("pass", context(LOANS) | raw(80000)),
        "near miss: images of parts": (
            "pass",
            context("212 000 images of 53 000 housings") | raw(212344, "One frame of one housing"),
        ),
        "in millions": ("pass", context("About 2.3 million clicks") | raw(2311022, "Click")),
        "near miss: figures of other things": (
            "cannot-tell",
            context("412 incident reports") | raw(9, "Host"),
        ),
        "near miss: small figures": (
            "cannot-tell",
            context("Loans of 3 years, 12 loans a day") | raw(9000, "Loan"),
        ),
        "no figure": ("cannot-tell", context("Everything the bank has") | raw(318204)),
        "no number of instances": ("cannot-tell", context(LOANS) | raw(0)),
        "no kind of instance": ("cannot-tell", context(LOANS) | raw(318204, "")),
        "no raw data": ("cannot-tell", context(LOANS)),
    },
)

test_instances_differ = firing(
    "instances-stated-otherwise",
    {
        "a digit too few": ([f"minor {COUNT}"], context(LOANS) | raw(31820)),
        "a digit too many": ([f"minor {COUNT}"], context("96 000 visits") | raw(960000, "Visit")),
        "many more, of which a part may be meant": (
            [f"info {COUNT}"],
            context("5 000 labelled images") | raw(212000, "Image"),
        ),
        "a digit too few, beside a part": (
            [f"minor {COUNT}"],
            context("212k images, 6 000 of them read twice: 6 000 images") | raw(21200, "Image"),
        ),
        "with a hyphen": ([f"minor {COUNT}"], context("1.28 million e-mails") | raw(128000, "E-Mail")),
        "in thousands": ([f"minor {COUNT}"], context("318 thousand applications") | raw(20000)),
        "of another ending": ([f"minor {COUNT}"], context("64,000 companies") | raw(6400, "Company")),
    },
)


def test_the_message_gives_both_figures():
    assert messages("instances-stated-otherwise", context(LOANS) | raw(31820)) == [
        "There are 31820 instances, but the System Context speaks of 141000."
    ]


FRAME = "raw_data/metadata/timeframe"

test_years_alike = silent(
    "years-stated-otherwise",
    {
        "the same years": ("pass", context(LOANS) | raw(timeframe="2020-01-01 to 2024-01-31")),
        "near miss: one year in common": ("pass", context(LOANS) | raw(timeframe="2024-01 to 2026-12")),
        "near miss: still going on": ("pass", context("Data of 2025") | raw(timeframe="since 2021")),
        "near miss: days and months": (
            "pass",
            context("From 01.10.2019 to 31/12/2024") | raw(timeframe="10/2023-12/2025"),
        ),
        "near miss: an amount like a year": (
            "cannot-tell",
            context("2,100 parts and 2000.5 hours, norm ISO 9001:2015") | raw(timeframe="2021 to 2022"),
        ),
        "no year": ("cannot-tell", context("Three years of receipts") | raw(timeframe="2021 to 2022")),
        "no timeframe": ("cannot-tell", context(LOANS) | raw()),
        "a timeframe that is not understood": ("cannot-tell", context(LOANS) | raw(timeframe="last winter")),
    },
)

test_years_differ = firing(
    "years-stated-otherwise",
    {
        "years before": (
            [f"minor {FRAME} system_context/available_data"],
            context(LOANS) | raw(timeframe="2012-01-01 to 2016-12-31"),
        ),
        "months of other years": (
            [f"minor {FRAME} system_context/available_data"],
            context("24 snapshots (01/2023-12/2024)") | raw(timeframe="Jan 2021 - Dec 2022"),
        ),
        "years after": (
            [f"minor {FRAME} system_context/available_data"],
            context("Visits of 2018") | raw(timeframe="from 2020 until 2023"),
        ),
        "the dataset’s own name": (
            [f"minor {FRAME} raw_data/dataset_name"],
            context("Receipts") | raw(timeframe="2019 to 2021", name="Receipts 2022 to 2024"),
        ),
    },
)


DAYS = context(task="Warn the planner when a pump is likely to fail within the next 14 days.")


def labelled(about: str, output: str = "", *, label: bool = True) -> Documents:
    label_row = {"field_name": "fails", "label_field": label, "field_description": about}
    rows = [{"item_name": "risk", "item_description": output}]
    return {
        "training_data": {"version": "1.2", "schema": [label_row]},
        "trained_model": {"version": "1.2", "output_spec": rows},
    }


LABEL = "training_data/schema/0/field_description system_context/task"

test_horizon_alike = silent(
    "horizon-differs",
    {
        "the same": ("pass", DAYS | labelled("Failure within 14 days")),
        "in weeks": ("pass", DAYS | labelled("Failure within two weeks", "Risk of failure in 14 days")),
        "near miss: a time of something else": (
            "pass",
            context(task="Alert within two minutes") | labelled("Failure within 14 days"),
        ),
        "near miss: one of several": (
            "pass",
            context(task="Answer within a day whether it fails within 30 days")
            | labelled("Fails within 30 days"),
        ),
        "near miss: no label": ("cannot-tell", DAYS | labelled("Failures within 30 days", label=False)),
        "near miss: in minutes": ("cannot-tell", DAYS | labelled("Standstill in minutes, in 2024")),
        "no time in the label": ("cannot-tell", DAYS | labelled("Failed")),
        "no task": ("cannot-tell", labelled("Failure within 30 days")),
    },
)

test_horizon_differs = firing(
    "horizon-differs",
    {
        "of the label": ([f"minor {LABEL}"], DAYS | labelled("Failure within 30 days")),
        "of the output": (
            ["minor trained_model/output_spec/0/item_description system_context/task"],
            DAYS | labelled("Failed", "Probability of failure in 7 days"),
        ),
        "months": (
            [f"minor {LABEL}"],
            context(task="Will the loan default within 12 months?") | labelled("Default within 24 months"),
        ),
    },
)


def times(limit: Any = None, takes: Any = None) -> Documents:
    found: Documents = {}
    if limit:
        body = {"required_inference_time": {"time": limit[0], "unit": limit[1]}}
        found["production_environment"] = {"version": "1.2"} | body
    if takes:
        found["trained_model"] = {"version": "1.2", "inference_time": {"time": takes[0], "unit": takes[1]}}
    return found


ALERT = context(task="Raise an alert within two minutes when a server behaves unlike itself.")
LIMIT = "production_environment/required_inference_time"

test_time_kept = silent(
    "promised-time-exceeded",
    {
        "in time": ("pass", ALERT | times((2000, "Milliseconds"), (1, "Seconds"))),
        "just in time": ("pass", ALERT | times((2, "Minutes"))),
        "near miss: the time of the event": (
            "pass",
            context(task="Will it default within 12 months?") | times((10, "Minutes")),
        ),
        "near miss: the longest of several": (
            "pass",
            context(task="Answer within 1 second, at night within an hour") | times((10, "Minutes")),
        ),
        "near miss: within something else": (
            "not-applicable",
            context(task="Stay within 5 metres of the line") | times((10, "Minutes")),
        ),
        "near miss: within the next hours": (
            "not-applicable",
            context(task="Forecast the load within the next 2 hours") | times((3, "Hours")),
        ),
        "no time in the task": ("not-applicable", context(task="Sort mail") | times((10, "Minutes"))),
        "no time elsewhere": ("cannot-tell", ALERT),
        "nothing": ("cannot-tell", {}),
    },
)

test_time_exceeded = firing(
    "promised-time-exceeded",
    {
        "production allows more": ([f"minor {LIMIT} system_context/task"], ALERT | times((10, "Minutes"))),
        "the model takes more": (
            ["minor trained_model/inference_time system_context/task"],
            context(task="Propose a level within a minute of registration") | times(None, (3, "Minutes")),
        ),
        "both": (
            [
                f"minor {LIMIT} system_context/goals/0/goal",
                "minor trained_model/inference_time system_context/goals/0/goal",
            ],
            context(goals=[{"id": "G-1", "goal": "Callers hear a proposal in less than 5 seconds."}])
            | times((9, "Seconds"), (8, "Seconds")),
        ),
        "in the usage": (
            [f"minor {LIMIT} system_context/usage_context"],
            context(usage_context="The clerk gets the answer within 500 ms.") | times((1, "Seconds")),
        ),
    },
)
