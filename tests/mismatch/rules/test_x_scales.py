"""Units and scales."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import (
    DOWN,
    UP,
    downstream,
    field,
    item,
    model,
    pipeline,
    production,
    training,
    upstream,
)
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# share-against-per-cent


def scored(low: Any, high: Any, said: Any, kind: str = "Float", other: str = "Float") -> Documents:
    return model(item("score", kind, "Down/risk", min_value=low, max_value=high)) | downstream(
        ("risk", other, said)
    )


SCORE = f"trained_model/output_spec/0/item_specification/max_value {DOWN}/0/expected_values"

test_share_against_per_cent_silent = silent(
    "share-against-per-cent",
    {
        "both are shares": ("cannot-tell", {}),
        "near miss: both are shares, one sides lacks": ("pass", scored(0, 1, "0 - 1")),
        "near miss: another range": ("pass", scored(0, 1, "0 - 10")),
        "near miss: only the upper end differs": ("pass", scored(0, 100, "-1 - 1")),
        "near miss: types that contradict each other": (
            "cannot-tell",
            scored(0, 1, "0 - 100", other="String"),
        ),
        "no limits": ("cannot-tell", scored(0, 0, "0 - 100")),
    },
)

test_share_against_per_cent_firing = firing(
    "share-against-per-cent",
    {
        "a share that is taken for per cent": ([f"major {SCORE}"], scored(0.0, 1.0, "0 - 100")),
        "per cent that are taken for a share": ([f"major {SCORE}"], scored(0, 100, "0..1")),
        "per cent with their sign": ([f"major {SCORE}"], scored(0, 1, "0 - 100 %")),
        "in training": (
            ["major training_data/schema/0/expected_values production_data/schema/0/expected_values"],
            training(field("load", "float", "0 - 100", mapping="cpu"))
            | production(field("cpu", "float", "0 - 1")),
        ),
        "upstream and in production, at one input": (
            [f"major data_pipeline/input_spec/0/item_specification/max_value {UP}/0/expected_values"],
            pipeline(item("cpu", "Float", "Up/load", min_value=0, max_value=1))
            | upstream(("load", "Float", "0 - 100"))
            | production(field("cpu", "float", "0 - 100")),
        ),
    },
)

# units-differ


def waited(ours: Any, theirs: Any, *steps: str) -> Documents:
    """The model delivers a limit as *ours* describes it, and a component takes it as *theirs* does."""
    return model(
        item("limit", "Float", "Down/limit", ours), post_processing_process=list(steps)
    ) | downstream(("limit", "Float", "", theirs))


LIMIT = f"trained_model/output_spec/0/item_description {DOWN}/0/item_description"

test_units_differ_silent = silent(
    "units-differ",
    {
        "one unit": (
            "pass",
            waited("Longest wait in minutes", "Limit in minutes") | training() | production() | pipeline(),
        ),
        "near miss: one unit, written otherwise": ("pass", waited("Longest wait in minutes", "Limit (min)")),
        "near miss: one currency by sign and name": ("pass", waited("Pay in €", "Pay in euros")),
        "near miss: one side names none": ("cannot-tell", waited("Longest wait in minutes", "Limit")),
        "near miss: units of two kinds": ("cannot-tell", waited("Wait in minutes", "Share in percent")),
        "near miss: a period, not a unit": ("cannot-tell", waited("Days in arrears", "in the last 180 days")),
        "near miss: two units in one text": (
            "cannot-tell",
            waited("In seconds, or in minutes if long", "Limit in hours"),
        ),
        "no document": ("cannot-tell", {}),
    },
)

test_units_differ_firing = firing(
    "units-differ",
    {
        "minutes for seconds": ([f"major {LIMIT}"], waited("Longest wait in minutes", "Limit in seconds")),
        "a unit in brackets": ([f"major {LIMIT}"], waited("Longest wait (ms)", "Limit (s)")),
        "two scales of temperature": (
            [f"major {LIMIT}"],
            waited("Limit in degrees Celsius", "Limit, °F"),
        ),
        "power for energy": ([f"major {LIMIT}"], waited("Median, MW", "MWh per interval")),
        "two currencies": ([f"major {LIMIT}"], waited("Limit in EUR", "Limit in USD")),
        "a step converts it": (
            [f"info {LIMIT}"],
            waited("Longest wait in minutes", "Limit in seconds", "Convert the limit"),
        ),
        "a step that converts something else": (
            [f"major {LIMIT}"],
            waited("Longest wait in minutes", "Limit in seconds", "Divide the image by the flat field"),
        ),
        "a step that checks the limit": (
            [f"major {LIMIT}"],
            waited("Longest wait in minutes", "Limit in seconds", "Range checks of the limit"),
        ),
        "a step names one of the units": (
            [f"info {LIMIT}"],
            waited("Longest wait in minutes", "Limit in seconds", "Round to full seconds"),
        ),
        "a step before the model": (
            [f"major {LIMIT}"],
            waited("Longest wait in minutes", "Limit in seconds")
            | {"data_pipeline": {"pipeline_steps": [{"data_processing_detail": "Convert to seconds"}]}},
        ),
        "a step that uses a field of such a name": (
            [f"major {LIMIT}"],
            waited("Power, MW", "Power in kW", "Smooth the column power_kw"),
        ),
        "a unit beside the range": (
            [f"major trained_model/output_spec/0/item_description {DOWN}/0/expected_values"],
            model(item("limit", "Float", "Down/limit", "Longest wait in minutes"))
            | downstream(("limit", "Float", "0 - 600 s")),
        ),
        "in training": (
            ["major training_data/schema/0/field_description production_data/schema/0/field_description"],
            training(field("temp", about="Melt temperature in degrees Celsius", mapping="t"))
            | production(field("t", about="Melt temperature in Fahrenheit")),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "share-against-per-cent",
            scored(0, 1, "0 - 100"),
            "“score” is 0 to 1 for the model, but “risk” is “0 - 100” for the development environment: one is a share, "
            "the other per cent.",
        ),
        (
            "units-differ",
            waited("Longest wait in minutes", "Limit in seconds"),
            "“limit” is in minutes for the model, but “limit” is in seconds for the development environment.",
        ),
        (
            "units-differ",
            waited("Limit in degrees Celsius", "Limit, °F", "Scaled to °F"),
            "“limit” is in °C for the model, but “limit” is in °F for the development environment; a step of processing "
            "seems to convert it.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
