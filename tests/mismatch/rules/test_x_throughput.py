"""How fast the model is, against how much arrives."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent


def load(
    rates: Any, time: Any, unit: str = "Milliseconds", buffer: str = "", served: str = "API", **figures: Any
) -> dict[str, Any]:
    needs = dict.fromkeys(figures, 1)
    inference = {"time": time, "unit": unit}
    return {
        "production_data": {"version": "1.2", "data_rates": rates},
        "trained_model": {
            "version": "1.2",
            "inference_time": inference,
            "data_buffering_reqs": buffer,
            "computing_resource_reqs": needs,
        },
        "production_environment": {
            "version": "1.2",
            "deployment_mechanism": served,
            "computing_resources": figures,
        },
    }


PLACES = "trained_model/inference_time production_data/data_rates"

test_fast_enough = silent(
    "throughput-too-low",
    {
        "no rate": ("cannot-tell", load("", 180)),
        "no time": ("cannot-tell", load("100 records per second", None)),
        "a rate in prose": ("cannot-tell", load("About 260 applications per working day, peaks of 40", 5000)),
        "bytes": ("cannot-tell", load("20 MB per second", 5000)),
        "few": ("pass", load("2 records per second", 180)),
        "seven tenths": ("pass", load("10 records per second", 70)),
        "one every five seconds": ("pass", load("1 image every 5 seconds", 3, "Seconds")),
        "a peak beside a rate": ("pass", load("2 records per second, peak 50/s", 180)),
        "a peak that fits": ("pass", load("9 000 per working day, peak 5/s", 180)),
        "a batch job": (
            "cannot-tell",
            load("12 000 rows per day", 6, "Minutes", served="Nightly batch file"),
        ),
        "a window": (
            "cannot-tell",
            load("100 records per second", 5, "Seconds", buffer="60-minute window per host"),
        ),
    },
)

test_too_slow = firing(
    "throughput-too-low",
    {
        "far too slow": ([f"major {PLACES}"], load("100 records per second", 180)),
        "too slow by any number of workers": ([f"major {PLACES}"], load("100 Hz", 180, cpu=4)),
        "room for workers": ([f"minor {PLACES}"], load("100 records per second", 35, cpu=16, memory=64)),
        "busy": ([f"minor {PLACES}"], load("5 records per second", 180)),
        "a rate with a peak": ([f"major {PLACES}"], load("ca. 50 records per second, peak 60/s", 180)),
        "a peak alone": ([f"minor {PLACES}"], load("9 000 per working day, peak 50/s", 180)),
        "in another language": ([f"major {PLACES}"], load("rund 9'000 Mails pro Minute", 180)),
        "a buffer": (
            [f"minor {PLACES}"],
            load("10 frames per second", 180, buffer="All four frames of a part have to arrive first"),
        ),
    },
)

test_served_as_it_comes = silent(
    "batches-and-requests",
    {
        "nothing said": ("cannot-tell", load("", 1)),
        "a mechanism that says neither": ("cannot-tell", load("One batch per day", 1, served="User-Facing")),
        "both batches": (
            "pass",
            load("One batch per day", 1, buffer="Nightly", served="Nightly batch file"),
        ),
        "requests": ("pass", load("130 patients per day", 1, buffer="Vital signs", served="API")),
        "either": ("cannot-tell", load("One batch per day", 1, served="API and nightly batch")),
        "a stream that is collected": (
            "pass",
            load("Streaming, collected hourly", 1, served="Batch job"),
        ),
    },
)

test_served_otherwise = firing(
    "batches-and-requests",
    {
        "batches by an API": (
            ["info production_environment/deployment_mechanism trained_model/data_buffering_reqs"],
            load("", 1, buffer="One batch per day at 15:15"),
        ),
        "requests that take minutes": (
            ["minor production_environment/deployment_mechanism trained_model/data_buffering_reqs"],
            load("", 90_000, buffer="One batch per day at 15:15", served="Synchronous REST call"),
        ),
        "near miss: requests that may be answered later": (
            ["info production_environment/deployment_mechanism trained_model/data_buffering_reqs"],
            load("", 90_000, buffer="One batch per day at 15:15", served="REST endpoint"),
        ),
        "a stream by night": (
            ["info production_environment/deployment_mechanism production_data/data_rates"],
            load("Real-time stream of readings", 1, served="Nightly batch"),
        ),
    },
)


def test_the_message_says_how_busy_the_model_would_be():
    assert messages("throughput-too-low", load("100 records per second", 180)) == [
        "“100 records per second” keeps one worker of the model busy for 1800 % of the time, at 0.18 seconds "
        "each."
    ]
