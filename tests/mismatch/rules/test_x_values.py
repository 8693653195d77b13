"""Special codes, and values that are not of their type."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import DOWN, UP, downstream, field, production, raw, training, upstream
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# code-among-values


def coded(special: Any, values: Any = "0 - 100", kind: str = "float", missing: Any = "") -> Documents:
    return raw(field("spo2", kind, values, interpret_special=special, interpret_missing=missing))


SPECIAL = "raw_data/schema/0/interpret_special raw_data/schema/0/expected_values"

test_code_among_values_silent = silent(
    "code-among-values",
    {
        "outside the range": ("pass", coded("-999 = sensor off")),
        "near miss: just outside": ("pass", coded("101 = sensor failure")),
        "near miss: a special value that is valid": ("not-applicable", coded("0 = free of charge")),
        "near miss: a value with a remark": ("not-applicable", coded("0 for students and trainees")),
        "near miss: a step of time": ("not-applicable", coded("0 during die change")),
        "near miss: no special values": ("not-applicable", coded("none")),
        "near miss: not, of something else": ("not-applicable", coded("0 = not a smoker")),
        "near miss: a test that was passed": ("not-applicable", coded("1 = test passed")),
        "near miss: a ratio": ("not-applicable", coded("1:2 is unknown to us")),
        "the range is prose": ("cannot-tell", coded("0 = sensor off", "as measured")),
        "no fields": ("cannot-tell", raw()),
    },
)

test_code_among_values_firing = firing(
    "code-among-values",
    {
        "within the range": ([f"minor {SPECIAL}"], coded("0 = sensor off")),
        "refused": ([f"minor {SPECIAL}"], coded("9 = refused to answer")),
        "not asked": ([f"minor {SPECIAL}"], coded("0 = not asked")),
        "not yet measured": ([f"minor {SPECIAL}"], coded("0 (not yet measured)")),
        "under test": ([f"minor {SPECIAL}"], coded("1 = meter under test")),
        "one of two codes": ([f"minor {SPECIAL}"], coded("-1 = broken, 99 = unknown")),
        "one of the values": (
            [f"minor {SPECIAL}"],
            coded("9 means not measured / missing", "1, 2, 9", "integer"),
        ),
        "said to be missing": (
            [f"minor {SPECIAL.replace('special', 'missing')}"],
            coded("", missing="0: unknown"),
        ),
    },
)

# values-against-type


def typed(kind: Any, values: Any) -> Documents:
    return training(field("rate", kind, values))


VALUES = "training_data/schema/0/expected_values training_data/schema/0/field_type"

test_values_against_type_silent = silent(
    "values-against-type",
    {
        "whole numbers": ("pass", typed("integer", "0 - 100")),
        "near miss: whole numbers written as fractions": ("pass", typed("integer", "0.0 - 100.0")),
        "near miss: whole numbers in a field of fractions": ("pass", typed("float", "0 - 1")),
        "near miss: yes and no as numbers": ("pass", typed("boolean", "0, 1")),
        "near miss: numbers as yes and no": ("pass", typed("integer", "true, false")),
        "near miss: numbers in a text": ("pass", typed("string", "1, 2, 3")),
        "near miss: a value may be missing": ("pass", typed("integer", "100 - 600 or empty")),
        "near miss: prose": ("pass", typed("integer", "as the sensor gives it")),
        "near miss: a code beside a range": ("pass", typed("integer", "1 - 4, 0 during die change")),
        "near miss: no values": ("pass", training({"field_name": "a", "field_type": "integer"})),
        "no document": ("cannot-tell", {}),
    },
)

test_values_against_type_firing = firing(
    "values-against-type",
    {
        "fractions in whole numbers": ([f"minor {VALUES}"], typed("integer", "0.0 - 0.5")),
        "a fraction among whole numbers": ([f"minor {VALUES}"], typed("integer", "1, 1.5, 2")),
        "words in numbers": ([f"minor {VALUES}"], typed("float", "low, medium, high")),
        "more than two values of yes and no": ([f"minor {VALUES}"], typed("boolean", "0 - 5")),
        "words of yes, no and more": ([f"minor {VALUES}"], typed("boolean", "yes, no, perhaps")),
        "in raw data": (
            ["minor raw_data/schema/0/expected_values raw_data/schema/0/field_type"],
            raw(field("a", "int", "0.5 - 1.5")),
        ),
        "in production": (
            ["minor production_data/schema/0/expected_values production_data/schema/0/field_type"],
            production(field("a", "int", "0.5 - 1.5")),
        ),
        "upstream": (
            [f"minor {UP}/0/expected_values {UP}/0/item_type"],
            upstream(("a", "Integer", "0 - 0.5")),
        ),
        "downstream": (
            [f"minor {DOWN}/1/expected_values {DOWN}/1/item_type"],
            downstream(("a", "Integer", "0 - 1"), ("b", "Integer", "0 - 0.5")),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "code-among-values",
            coded("0 = sensor off"),
            "0 stands for “sensor off” in “spo2”, whose values are “0 - 100”.",
        ),
        (
            "values-against-type",
            typed("integer", "0.0 - 0.5"),
            "“rate” is of type “integer”, but its values, “0.0 - 0.5”, are fractions.",
        ),
        (
            "values-against-type",
            typed("float", "low, medium, high"),
            "“rate” is of type “float”, but its values, “low, medium, high”, are words.",
        ),
    ],
)
def test_the_message_gives_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
