"""Resources and times of the environments."""

from __future__ import annotations

from typing import Any

from mismatch.engine import check
from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def needs(time: Any = None, unit: Any = "", **figures: Any) -> Documents:
    body = {
        "version": "1.2",
        "computing_resource_reqs": figures,
        "inference_time": {"time": time, "unit": unit},
    }
    return {"trained_model": body}


def production(time: Any = None, unit: Any = "", **figures: Any) -> Documents:
    required = {"time": time, "unit": unit}
    body = {"version": "1.2", "computing_resources": figures, "required_inference_time": required}
    return {"production_environment": body}


def development(**figures: Any) -> Documents:
    return {"development_environment": {"version": "1.2", "computing_resources": figures}}


PE = "production_environment/computing_resources"
DE = "development_environment/computing_resources"
TM = "trained_model/computing_resource_reqs"

test_comparable = silent(
    "production-smaller-than-development",
    {
        "nothing filled in": ("cannot-tell", production(cpu=0, memory=0) | development(cpu=8, memory=64)),
        "no development environment": ("cannot-tell", production(cpu=8, memory=64)),
        "larger": ("pass", production(cpu=16, memory=64) | development(cpu=8, memory=32)),
        "half": ("pass", production(cpu=4, memory=16) | development(cpu=8, memory=32)),
        "less storage": (
            "pass",
            production(cpu=8, memory=32, storage=10) | development(cpu=8, memory=32, storage=2000),
        ),
        "a blank figure": ("pass", production(cpu=8, memory=0) | development(cpu=8, memory=32)),
        "too little for the model anyway": (
            "pass",
            production(cpu=8, memory=4) | development(cpu=8, memory=64) | needs(memory=12),
        ),
    },
)

test_smaller = firing(
    "production-smaller-than-development",
    {
        "the model takes most of it": (
            [f"minor {PE}/memory {DE}/memory {TM}/memory"],
            production(cpu=8, memory=16) | development(cpu=8, memory=64) | needs(memory=12),
        ),
        "the model takes all of it": (
            [f"major {PE}/cpu {DE}/cpu {TM}/cpu"],
            production(cpu=4, memory=16) | development(cpu=32, memory=16) | needs(cpu=4),
        ),
        "a tenth": (
            [f"minor {PE}/memory {DE}/memory"],
            production(cpu=8, memory=4) | development(cpu=8, memory=64),
        ),
        "more headroom in development": (
            [f"info {PE}/cpu {DE}/cpu {TM}/cpu"],
            production(cpu=8, memory=64) | development(cpu=32, memory=64) | needs(cpu=2),
        ),
        "fewer GPUs": (
            [f"info {PE}/gpu {DE}/gpu"],
            production(cpu=8, gpu=0) | development(cpu=8, gpu=2) | needs(gpu=0),
        ),
    },
)

test_room_to_spare = silent(
    "no-headroom",
    {
        "nothing to compare": ("cannot-tell", needs() | production()),
        "room": ("pass", needs(memory=12, storage=30) | production(memory=32, storage=960)),
        "nine tenths": ("pass", needs(memory=14.4) | production(memory=16)),
        "all processors": ("pass", needs(cpu=8, gpu=1, memory=1) | production(cpu=8, gpu=1, memory=8)),
        "too much is not too little room": ("pass", needs(memory=20) | production(memory=16)),
        "eight tenths of the time": ("pass", needs(800, "Milliseconds") | production(1, "Seconds")),
        "a time without a unit": ("cannot-tell", needs(990, "") | production(1, "Seconds")),
    },
)

test_no_room = firing(
    "no-headroom",
    {
        "memory": ([f"minor {PE}/memory {TM}/memory"], needs(memory=15) | production(memory=16)),
        "exactly all of it": (
            [f"minor {PE}/storage {TM}/storage"],
            needs(storage=20) | production(storage=20),
        ),
        "in development": ([f"minor {DE}/memory {TM}/memory"], needs(memory="15") | development(memory=16)),
        "time": (
            ["minor trained_model/inference_time production_environment/required_inference_time"],
            needs(900, "Milliseconds") | production(1, "Seconds"),
        ),
    },
)

test_plausible = silent(
    "resource-implausible",
    {
        "nothing filled in": ("cannot-tell", needs(cpu=0) | development(cpu=0)),
        "usual": ("pass", needs(gpu=1, cpu=4, memory=12, storage=30) | development(gpu=1, cpu=16, memory=64)),
        "a very large machine": ("pass", development(cpu=128, memory=1024)),
        "a small model": ("pass", needs(cpu=0.5, memory=0.1, storage=0.0005)),
        "an odd amount": ("pass", development(cpu=32, memory=1500)),
        "a GPU per CPU": ("pass", development(cpu=2, gpu=2)),
    },
)

test_implausible = firing(
    "resource-implausible",
    {
        "negative": ([f"major {TM}/memory"], needs(memory=-12, cpu=4)),
        "MB": ([f"minor {DE}/memory"], development(cpu=16, memory=16384)),
        "perhaps MB": ([f"info {DE}/memory"], development(cpu=32, memory=4096)),
        "TB": ([f"info {PE}/memory"], production(cpu=16, memory=0.06)),
        "swapped": ([f"info {DE}/gpu"], development(cpu=1, gpu=16)),
    },
)

test_measured_times = silent(
    "time-without-measure",
    {
        "blank": ("not-applicable", needs() | production()),
        "untouched": ("not-applicable", needs(0, "") | production(0, "")),
        "complete": ("pass", needs(180, "Milliseconds") | production(1, "Seconds")),
        "in other words": ("pass", needs(180, "ms") | production(1, " seconds ")),
        "as text": ("pass", needs("180", "Milliseconds")),
        "a unit without a time": ("pass", needs(None, "Seconds")),
    },
)

test_times_without_measure = firing(
    "time-without-measure",
    {
        "no unit": (["minor trained_model/inference_time/unit"], needs(180)),
        "no unit of time": (["minor trained_model/inference_time/unit"], needs(180, "GB")),
        "zero": (["minor trained_model/inference_time/time"], needs(0, "Seconds")),
        "negative": (["minor trained_model/inference_time/time"], needs(-2, "Seconds")),
        "a limit of zero": (
            ["minor production_environment/required_inference_time/time"],
            production(0, "Seconds"),
        ),
    },
)


def test_a_limit_of_zero_explains_that_the_model_is_too_slow():
    report = check(needs(180, "Milliseconds") | production(0, "Seconds"), packs=["tec", "x"])
    slow = next(finding for finding in report.findings if finding.code == "TEC-12")
    zero = next(finding for finding in report.findings if finding.code == "X605")

    assert zero.explains == (slow.fingerprint,)


def test_the_message_names_the_figures():
    documents = production(cpu=8, memory=16) | development(cpu=8, memory=64) | needs(memory=12)

    assert messages("production-smaller-than-development", documents) == [
        "Production has 16 GB of memory, the development environment 64 GB of memory, and the model needs 12."
    ]
