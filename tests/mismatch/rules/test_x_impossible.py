"""Ranges that are upside down, and numbers of instances that cannot be."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, silent


def field(values: str, kind: str = "integer", *, descriptor: str = "raw_data") -> dict[str, Any]:
    row = {"field_name": "sold", "field_type": kind, "expected_values": values}
    return {descriptor: {"version": "1.2", "schema": [row]}}


def counted(number: Any) -> dict[str, Any]:
    return {"raw_data": {"version": "1.2", "number_of_instances": number, "schema": [{"field_name": "a"}]}}


test_possible_ranges = silent(
    "range-upside-down",
    {
        "no values stated": ("cannot-tell", field("")),
        "rising": ("pass", field("0 - 2500")),
        "a single value": ("pass", field("5 - 5")),
        "below zero": ("pass", field("-10 - -5")),
        "numbers in a text": ("pass", field("555 - 123", "string")),
        "a list": ("pass", field("3, 1")),
        "a telephone number": ("pass", field("555-123")),
        "dates": ("pass", field("2024-12-31 - 2022-01-01", "date")),
        "prose": ("pass", field("100 - 600 or empty")),
    },
)

test_impossible_ranges = firing(
    "range-upside-down",
    {
        "bounds exchanged": (["minor raw_data/schema/0/expected_values"], field("2500 - 0")),
        "in brackets": (
            ["minor training_data/schema/0/expected_values"],
            field("[1.5, 0.5]", "float", descriptor="training_data"),
        ),
        "in words": (
            ["minor production_data/schema/0/expected_values"],
            field("10 to -10", "float", descriptor="production_data"),
        ),
    },
)

test_possible_numbers = silent(
    "impossible-number-of-instances",
    {
        "none given": ("not-applicable", counted(0)),
        "no number": ("cannot-tell", counted("many")),
        "usual": ("pass", counted(5000)),
        "as a text": ("pass", counted("5000")),
        "with a decimal point": ("pass", counted(5000.0)),
    },
)

test_impossible_numbers = firing(
    "impossible-number-of-instances",
    {
        "negative": (["minor raw_data/number_of_instances"], counted(-5000)),
        "half an example": (["minor raw_data/number_of_instances"], counted(12.5)),
    },
)
