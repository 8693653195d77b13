"""Statistics that cannot be true, or are given twice."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import field, production, stats, training
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def given(*figures: tuple[str, Any], values: Any = "", kind: str = "float") -> Documents:
    """Training Data with figures (property, value) of one field."""
    rows = stats(*[(name, "rate", value) for name, value in figures])
    return training(field("rate", kind, values), statistics=rows)


def at(*rows: int, schema: bool = False) -> str:
    places = [f"training_data/statistics/{row}/value" for row in rows]
    return " ".join([*places, *(["training_data/schema/0/expected_values"] if schema else [])])


test_impossible_statistic_silent = silent(
    "impossible-statistic",
    {
        "in order": ("pass", given(("Q1", "30"), ("Median", "40"), ("Q3", "55"))),
        "one figure": ("pass", given(("Mean", "40"))),
        "near miss: the mean beside the median": ("pass", given(("Median", "40"), ("Mean", "70"))),
        "near miss: equal quartiles": ("pass", given(("First Quartile", "0"), ("Median", "0"))),
        "near miss: the distance of the quartiles, rounded": (
            "pass",
            given(("Q1", "30.4"), ("Q3", "55.6"), ("IQR", "25")),
        ),
        "near miss: the largest possible deviation": (
            "pass",
            given(("Minimum", "0"), ("Maximum", "10"), ("SD", "5.2")),
        ),
        "near miss: a negative mean": ("pass", given(("Mean", "-4"), ("Skew", "-2"), ("Kurtosis", "-1"))),
        "near miss: a range without an end": ("pass", given(("Mean", "900"), values=">= 0")),
        "near miss: at the end of the range": ("pass", given(("Median", "100"), values="0 - 100")),
        "near miss: another unit that says the same": (
            "pass",
            given(("Mean", "1500 ms"), values="0 - 2 s"),
        ),
        "near miss: units that do not go together": (
            "pass",
            given(("Median", "9800 characters"), values="0 - 100 words"),
        ),
        "near miss: entropy of fractions": ("pass", given(("Entropy", "-0.3"))),
        "near miss: a Gini coefficient in per cent": ("pass", given(("Gini", "61 %"))),
        "near miss: words": ("pass", given(("Distribution Type", "log-normal"), values="0 - 3")),
        "no statistics": ("not-applicable", training(field("rate"))),
        "no document": ("cannot-tell", {}),
    },
)

test_impossible_statistic_firing = firing(
    "impossible-statistic",
    {
        "a spread below 0": ([f"major {at(0)}"], given(("Standard Deviation", "-3"))),
        "a variance below 0": ([f"major {at(0)}"], given(("Variance", "-0.1"))),
        "entropy of words below 0": ([f"major {at(0)}"], given(("Entropy", "-0.3"), kind="string")),
        "a Gini coefficient above 1": ([f"major {at(0)}"], given(("Gini Coefficient", "1.4"))),
        "a Gini coefficient on another scale": ([f"minor {at(0)}"], given(("Gini", "61"))),
        "quartiles out of order": ([f"major {at(0, 1)}"], given(("Q1", "40"), ("Median", "30"))),
        "the third quartile below the median": (
            [f"major {at(0, 1)}"],
            given(("Median", "30"), ("Third Quartile", "20")),
        ),
        "minimum above maximum": ([f"major {at(0, 1)}"], given(("Min", "9"), ("Max", "3"))),
        "a mean above the maximum": ([f"major {at(0, 1)}"], given(("Mean", "12"), ("Maximum", "10"))),
        "a mean below the minimum": ([f"major {at(1, 0)}"], given(("Minimum", "3"), ("Mean", "1"))),
        "an IQR that is not the distance of its quartiles": (
            [f"major {at(2, 0, 1)}"],
            given(("Q1", "30"), ("Q3", "55"), ("IQR", "20")),
        ),
        "a deviation of more than half the way": (
            [f"major {at(2, 0, 1)}"],
            given(("Minimum", "0"), ("Maximum", "10"), ("SD", "6")),
        ),
        "a mean outside the range": (
            [f"major {at(0, schema=True)}"],
            given(("Mean", "640"), values="100 - 600"),
        ),
        "a minimum outside the range": (
            [f"minor {at(0, schema=True)}"],
            given(("Minimum", "-3"), values="0 - 100"),
        ),
        "a deviation of more than half the range": (
            [f"major {at(0, schema=True)}"],
            given(("Standard Deviation", "0.9"), values="0 - 1"),
        ),
        "in production": (
            ["major production_data/statistics/0/value production_data/statistics/1/value"],
            production(statistics=stats(("Q1", "a", "4"), ("Q3", "a", "3"))),
        ),
    },
)

# statistic-stated-twice


def twice(*rows: tuple[Any, Any, Any]) -> Documents:
    return training(statistics=stats(*rows))


test_statistic_stated_twice_silent = silent(
    "statistic-stated-twice",
    {
        "once each": ("pass", twice(("Mean", "age", "41"), ("Median", "age", "40"), ("Mean", "pay", "3"))),
        "near miss: the same twice": ("pass", twice(("Mean", "age", "41"), ("Mean", "age", "41.0"))),
        "near miss: the same in other words": (
            "pass",
            twice(("Type", "age", "Normal"), ("Type", "age", "normal")),
        ),
        "near miss: a blank row": ("pass", twice(("Mean", "age", "41"), ("Mean", "age", ""))),
        "near miss: two percentiles": ("pass", twice(("P95", "age", "80"), ("P99", "age", "91"))),
        "near miss: once on each side": (
            "pass",
            twice(("Mean", "age", "41")) | production(statistics=stats(("Mean", "age", "47"))),
        ),
        "only blank rows": ("not-applicable", twice(("", "", ""))),
        "no document": ("cannot-tell", {}),
    },
)

test_statistic_stated_twice_firing = firing(
    "statistic-stated-twice",
    {
        "two values": (
            ["minor training_data/statistics/1/value training_data/statistics/0/value"],
            twice(("Mean", "age", "41"), ("Mean", "age", "47")),
        ),
        "two names of one property": (
            ["minor training_data/statistics/1/value training_data/statistics/0/value"],
            twice(("Mean", "Age", "41"), ("average", "age", "47")),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "impossible-statistic",
            given(("Q1", "40"), ("Median", "30")),
            "“Q1” 40 of “rate” in training is above “Median” 30.",
        ),
        (
            "impossible-statistic",
            given(("Mean", "640"), values="100 - 600"),
            "“Mean” 640 of “rate” in training is outside its range, “100 - 600”.",
        ),
        (
            "impossible-statistic",
            given(("Q1", "30"), ("Q3", "55"), ("IQR", "20")),
            "“IQR” 20 of “rate” in training is not the distance of the quartiles, 25.",
        ),
        (
            "impossible-statistic",
            given(("Minimum", "0"), ("Maximum", "10"), ("SD", "6")),
            "“SD” 6 of “rate” in training is more than half the way from “Minimum” 0 to “Maximum” 10.",
        ),
        (
            "statistic-stated-twice",
            twice(("Mean", "age", "41"), ("Mean", "age", "47")),
            "“Mean” of “age” is given twice in training: as “41” and as “47”.",
        ),
    ],
)
def test_the_message_gives_the_figures(slug, documents, message):
    assert messages(slug, documents) == [message]


def test_braces_and_control_characters_in_names_do_no_harm():
    documents = training(
        field("{0}", "float", "0 - 1"), statistics=stats(("{Mean}", "{0}", "5"), ("Mean\0", "{0}", "7"))
    )

    report = check(documents, rules=["X310", "X320"])

    assert [finding.code for finding in report.findings] == ["X310", "X320"]
