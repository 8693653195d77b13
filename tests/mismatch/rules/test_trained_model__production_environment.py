"""What the model needs and wants watched, against what production provides and collects."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]
MODEL, PRODUCTION = "trained_model", "production_environment"


def model(**fields: Any) -> Documents:
    return {MODEL: {"version": "1.2", **fields}}


def production(**fields: Any) -> Documents:
    return {PRODUCTION: {"version": "1.2", **fields}}


def rows(field: str, *names: Any) -> list[dict[str, Any]]:
    return [{field: name} for name in names]


NEEDED, AVAILABLE = f"{MODEL}/computing_resource_reqs", f"{PRODUCTION}/computing_resources"

test_silent_resources = silent(
    "prod-resources-insufficient",
    {
        "enough": (
            "pass",
            model(computing_resource_reqs={"cpu": 4, "memory": 8})
            | production(computing_resources={"cpu": 4, "memory": 16}),
        ),
        "needs nothing": ("cannot-tell", model(computing_resource_reqs={"cpu": 0}) | production()),
        "needs nothing, and no production": ("cannot-tell", model(computing_resource_reqs={"cpu": 0})),
        "the needs are no group": ("cannot-tell", model(computing_resource_reqs=[4]) | production()),
    },
)

test_firing_resources = firing(
    "prod-resources-insufficient",
    {
        "too little": (
            [f"critical {AVAILABLE}/cpu {NEEDED}/cpu"],
            model(computing_resource_reqs={"cpu": 4}) | production(computing_resources={"cpu": 2}),
        ),
        "too little, written as text": (
            [f"critical {AVAILABLE}/cpu {NEEDED}/cpu"],
            model(computing_resource_reqs={"cpu": "16"}) | production(computing_resources={"cpu": "8"}),
        ),
        "no production": ([f"info {NEEDED}/cpu"], model(computing_resource_reqs={"cpu": 4})),
    },
)


def collected(slug: str, ours: tuple[str, str], theirs: tuple[str, str], severity: str) -> tuple[Any, Any]:
    """The tables of a rule that looks up a column of the model in a column of production."""

    def wants(*names: Any) -> Documents:
        return model(**{ours[0]: rows(ours[1], *names)})

    def collects(*names: Any) -> Documents:
        return production(**{theirs[0]: rows(theirs[1], *names)})

    where, which = f"{PRODUCTION}/{theirs[0]}", f"{MODEL}/{ours[0]}"
    return (
        silent(
            slug,
            {
                "all collected": ("pass", wants("Drift", "Drift", "Load") | collects("Load", "Drift")),
                "collected without saying how": (
                    "pass",
                    wants("Drift") | production(**{theirs[0]: [{theirs[1]: "Drift", "implementation": ""}]}),
                ),
                "a row without a name": ("cannot-tell", wants("Drift", " ") | collects("Drift")),
                "no rows": ("cannot-tell", wants() | collects("Drift")),
                "nothing waits for production": ("cannot-tell", wants("")),
                "no model": ("cannot-tell", collects("Drift")),
            },
        ),
        firing(
            slug,
            {
                "not collected": (
                    [f"{severity} {where} {which}/1/{ours[1]}"],
                    wants("Drift", "Load") | collects("Drift", "Other load"),
                ),
                "once, though wanted twice": (
                    [f"{severity} {where} {which}/0/{ours[1]}"],
                    wants("Load", "Load") | collects("Drift"),
                ),
                "collected but for case and spacing": (
                    [f"minor {where}/1/{theirs[1]} {which}/0/{ours[1]}"],
                    wants("Load ") | collects("Drift", "LOAD"),
                ),
                "nothing is collected": (
                    [f"{severity} {where} {which}/0/{ours[1]}"],
                    wants("Load") | production(**{theirs[0]: "Load"}),
                ),
                "no production": (
                    [f"info {which}/0/{ours[1]} {which}/2/{ours[1]}"],
                    wants("Load", "", "Drift", "Load"),
                ),
            },
        ),
    )


test_silent_business, test_firing_business = collected(
    "business-metric-not-collected", ("business_metrics", "metric"), ("business_metrics", "metric"), "major"
)
test_silent_algorithm, test_firing_algorithm = collected(
    "algorithm-metric-not-collected",
    ("algorithm_metrics", "metric"),
    ("algorithm_metrics", "metric"),
    "major",
)
test_silent_log, test_firing_log = collected(
    "log-not-captured", ("log_data", "log"), ("model_logs", "log"), "minor"
)
test_silent_feedback, test_firing_feedback = collected(
    "feedback-not-captured",
    ("user_system_feedback", "short_name"),
    ("user_system_feedback", "feedback"),
    "minor",
)


def times(takes: Any, unit: Any, allowed: Any, in_unit: Any) -> Documents:
    return model(inference_time={"time": takes, "unit": unit}) | production(
        required_inference_time={"time": allowed, "unit": in_unit}
    )


TIMES = f"{MODEL}/inference_time {PRODUCTION}/required_inference_time"

test_silent_time = silent(
    "inference-too-slow",
    {
        "fast enough": ("pass", times(90, "Milliseconds", 1, "Seconds")),
        "just as fast as it has to be": ("pass", times(60, "Seconds", 1, "Minutes")),
        "written as text, in other case": ("pass", times("1.5", "seconds ", "2000", "MILLISECONDS")),
        "no required time, as an untouched form leaves it": ("cannot-tell", times(90, "Seconds", 0, "")),
        "no unit on our side": ("cannot-tell", times(5000, "", 1, "Seconds")),
        "an unknown unit": ("cannot-tell", times(5000, "Seconds", 1, "Fortnights")),
        "a time that is no number": ("cannot-tell", times("quick", "Seconds", 1, "Seconds")),
        "no times": ("cannot-tell", model() | production()),
        "no production": ("cannot-tell", model(inference_time={"time": 5, "unit": "Seconds"})),
    },
)

test_firing_time = firing(
    "inference-too-slow",
    {
        "too slow": ([f"critical {TIMES}"], times(2, "Seconds", 1, "Seconds")),
        "too slow in another unit": ([f"critical {TIMES}"], times(1, "Hours", 59.5, "Minutes")),
        "a required time of 0": ([f"critical {TIMES}"], times(1, "Seconds", 0, "Seconds")),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "inference-too-slow",
            times(5, "Seconds", 2000, "Milliseconds"),
            "An inference takes 5 seconds, production allows 2000 milliseconds (2 seconds).",
        ),
        (
            "inference-too-slow",
            times(2.5, "Minutes", 1, "Minutes"),
            "An inference takes 2.5 minutes, production allows 1 minute.",
        ),
        (
            "inference-too-slow",
            times(1, "Hours", 0, "Seconds"),
            "An inference takes 1 hour, production allows 0 seconds; the 0 may mean that nobody has filled it in.",
        ),
        (
            "prod-resources-insufficient",
            model(computing_resource_reqs={"storage": 0.5})
            | production(computing_resources={"storage": 0.25}),
            "The model needs 0.5 GB of storage, the production environment has 0.25.",
        ),
        (
            "business-metric-not-collected",
            model(business_metrics=rows("metric", "Cost")) | production(),
            "The business metric “Cost” is not collected in production.",
        ),
        (
            "log-not-captured",
            model(log_data=rows("log", "Inputs")) | production(model_logs=rows("log", "inputs")),
            "The log data “Inputs” is not captured in production; it has “inputs”, which differs only in case, "
            "spacing or the form of letters.",
        ),
        (
            "feedback-not-captured",
            model(user_system_feedback=rows("short_name", "Override")),
            "One kind of feedback cannot be compared without a Production Environment descriptor: “Override”. "
            "Usually written by: operations.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
