"""What descriptions say about a value beside its unit."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import (
    downstream,
    field,
    item,
    model,
    pipeline,
    production,
    training,
    upstream,
)
from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def described(trained: str, live: str) -> Documents:
    return training(field("x", about=trained, mapping="y")) | production(field("y", about=live))


def sent(theirs: str, ours: str) -> Documents:
    return pipeline(item("x", "Float", "Up/x", ours)) | upstream(("x", "Float", "", theirs))


FIELDS = "production_data/schema/0/field_description training_data/schema/0/field_description"
ITEMS = (
    "development_environment/upstream_components/0/output_spec/0/item_description "
    "data_pipeline/input_spec/0/item_description"
)

test_quantities_alike = silent(
    "described-quantity-differs",
    {
        "the same": ("pass", described("Calls to care, 90 days", "Calls within 90 days")),
        "near miss: months and days": ("pass", described("ARPU, last 3 months", "ARPU of the last 90 days")),
        "near miss: another unit": ("pass", described("Wind in 100 m", "Wind at 0.1 km")),
        "near miss: how often": ("cannot-tell", described("Mean of 10 min", "Power, every 15 min")),
        "near miss: a rate": ("cannot-tell", described("Rain of 1 h", "Rain per 10 min")),
        "near miss: two times": ("cannot-tell", described("Mean of 10 min", "Mean of 10 min, 15 min ago")),
        "near miss: a time and a length": ("cannot-tell", described("Mean of 10 min", "Depth at 5 m")),
        "near miss: a speed": ("cannot-tell", described("Share above 10 m/s", "Share above 12 m")),
        "near miss: millions": ("cannot-tell", described("Part of 5 M rows", "Part of 10 m rows")),
        "near miss: a tolerance": ("cannot-tell", described("Length, ±5 mm", "Length, accuracy 1 mm")),
        "one side names none": ("cannot-tell", described("Calls to care, 90 days", "Calls to care")),
        "the same words": ("cannot-tell", described("Calls, 90 days", "Calls, 90 days")),
        "nothing": ("cannot-tell", {}),
    },
)

test_quantities_differ = firing(
    "described-quantity-differs",
    {
        "a window": ([f"minor {FIELDS}"], described("Calls to care, 90 days", "Calls in the last 30 days")),
        "a height": ([f"minor {FIELDS}"], described("Wind speed @100 m [m/s]", "Wind speed @10 m [m/s]")),
        "a lag": ([f"minor {FIELDS}"], described("Power 15 min ago", "Power 60-min ago")),
        "a step goes from one to the other": (
            [f"info {FIELDS}"],
            described("Power, mean of 15 min", "Power, mean of 1 min")
            | {"data_pipeline": {"pipeline_steps": [{"data_processing_detail": "Resample to 15 min"}]}},
        ),
        "a step that names both": (
            [f"minor {FIELDS}"],
            described("Calls, 90 days", "Calls, 30 days")
            | {"data_pipeline": {"pipeline_steps": [{"data_processing_detail": "Sum 30 days and 90 days"}]}},
        ),
        "from upstream": ([f"minor {ITEMS}"], sent("Mean of 1 h", "Mean of 10 minutes")),
    },
)


def timed(ours: str, theirs: str, *steps: str) -> Documents:
    return model(
        item("start", "String", "Down/start", ours), post_processing_process=list(steps)
    ) | downstream(("start", "String", "", theirs))


OUTPUT = (
    "trained_model/output_spec/0/item_description "
    "development_environment/downstream_components/0/input_spec/0/item_description"
)

test_zones_alike = silent(
    "time-zones-differ",
    {
        "the same": ("pass", timed("Start in UTC", "ISO 8601, UTC")),
        "near miss: two names": ("pass", timed("Start in UTC", "Start (GMT)")),
        "near miss: seconds since 1970": ("not-applicable", described("Time (UTC)", "Time, local")),
        "near miss: both zones": (
            "not-applicable",
            timed("Start in UTC", "Start in UTC, shown in local time"),
        ),
        "near miss: local, of something else": ("not-applicable", timed("Start in UTC", "Local branch")),
        "near miss: one side names none": ("not-applicable", timed("Start in UTC", "Start, ISO 8601")),
        "nothing": ("cannot-tell", {}),
    },
)

test_zones_differ = firing(
    "time-zones-differ",
    {
        "an output": ([f"major {OUTPUT}"], timed("Start in local time (CET/CEST)", "UTC, ISO 8601")),
        "a field": (
            [f"major {FIELDS}"],
            training(field("x", "datetime", about="Time of the event (UTC)", mapping="y"))
            | production(field("y", "datetime", about="Time of the event in CET")),
        ),
        "an input": (
            [f"major {ITEMS}"],
            pipeline(item("x", "String", "Up/x", "Timestamp in UTC"))
            | upstream(("x", "String", "", "Timestamp, local")),
        ),
        "a step converts": (
            [f"info {OUTPUT}"],
            timed("Start in local time", "Start in UTC", "Shift to UTC"),
        ),
    },
)


def test_the_messages_name_both_sides():
    assert messages("described-quantity-differs", described("Calls, 90 days", "Calls, 30 days")) == [
        "“y” is described as “Calls, 30 days” on one side, but “x” as “Calls, 90 days” on the other."
    ]
    assert messages("time-zones-differ", timed("Start, local time", "Start in UTC")) == [
        "“start” is in local time on one side, but “start” is in UTC on the other."
    ]
