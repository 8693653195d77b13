"""Shifts of labels and statistics, graded."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import field, production, stats, training
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def balance(ours: dict[str, Any], theirs: dict[str, Any]) -> Documents:
    return training(labels=ours) | production(labels=theirs)


def share(row: int = 0, there: int | None = None) -> str:
    there = row if there is None else there
    return f"training_data/distribution/{row}/percentage production_data/distribution/{there}/percentage"


test_label_shift_silent = silent(
    "label-shift",
    {
        "equal shares": ("pass", balance({"a": 60, "b": 40}, {"a": 60, "b": 40})),
        "near miss: equal shares in another order": (
            "pass",
            balance({"a": 60, "b": 40}, {"b": 40.0, "a": "60"}),
        ),
        "one label only": ("cannot-tell", balance({"a": 60}, {"a": 50})),
        "labels that nobody mapped": ("cannot-tell", balance({"a": 60, "b": 40}, {"x": 60, "y": 40})),
        "shares that are blank": ("cannot-tell", balance({"a": "", "b": None}, {"a": 10, "b": 90})),
        "all shares are 0": ("cannot-tell", balance({"a": 0, "b": 0}, {"a": 10, "b": 90})),
        "no labels": ("not-applicable", training() | production()),
        "no labels in production": ("not-applicable", training(labels={"a": 60, "b": 40}) | production()),
        "no production data": ("cannot-tell", training(labels={"a": 60, "b": 40})),
    },
)

test_label_shift_firing = firing(
    "label-shift",
    {
        "20 points": ([f"major {share(1)}"], balance({"a": 50, "b": 50}, {"a": 70, "b": 30})),
        "10 points": ([f"minor {share(1)}"], balance({"a": 50, "b": 50}, {"a": 60, "b": 40})),
        "much of a rare label": ([f"minor {share(1)}"], balance({"a": 94, "b": 6}, {"a": 99.6, "b": 0.4})),
        "very much of a rare label": (
            [f"major {share(1)}"],
            balance({"a": 90, "b": 10}, {"a": 99.6, "b": 0.4}),
        ),
        "near miss: rounding": ([f"info {share()}"], balance({"a": 33.3, "b": 66.7}, {"a": 33.4, "b": 66.6})),
        "near miss: noise of a sample": (
            [f"info {share(1)}"],
            balance({"a": 60, "b": 30, "c": 10}, {"a": 61.5, "b": 28, "c": 10.5}),
        ),
        "near miss: parts of 1 against per cent": (
            [f"info {share(1)}"],
            balance({"a": 0.6, "b": 0.4}, {"a": 60, "b": 40}),
        ),
        "three times as much of a rare label": (
            [f"minor {share(1)}"],
            balance({"a": 97.1, "b": 2.9}, {"a": 90.2, "b": 9.8}),
        ),
        "near miss: half as much of a rare label, by a point": (
            [f"info {share(1)}"],
            balance({"a": 98, "b": 2}, {"a": 99, "b": 1}),
        ),
        "near miss: some more of a rare label": (
            [f"info {share(1)}"],
            balance({"a": 95, "b": 5}, {"a": 91, "b": 9}),
        ),
        "near miss: a label that occurs by 9 points more than never": (
            [f"info {share(2)}"],
            balance({"a": 50, "b": 50, "c": 0}, {"a": 41, "b": 50, "c": 9}),
        ),
        "labels that are mapped": (
            [f"major {share(0, 1)}"],
            balance({"ill": (50, "sick"), "well": (50, "fit")}, {"fit": 80, "sick": 20}),
        ),
        "labels that are spelled otherwise": (
            [f"major {share()}"],
            balance({"Ill": (50, "SICK"), "Well": 50}, {"sick": 20, "well": 80}),
        ),
        "several training labels of one production label are added up": (
            [
                "minor training_data/distribution/0/percentage training_data/distribution/1/percentage "
                "production_data/distribution/0/percentage"
            ],
            balance({"flu": (10, "ill"), "cold": (8, "ill"), "well": 82}, {"ill": 30, "well": 70}),
        ),
    },
)


def test_a_shift_points_to_the_findings_on_single_labels_and_counts_once():
    report = check(balance({"a": (50, "a"), "b": (50, "b")}, {"a": 70, "b": 30}), rules=["TEC-16", "X308"])

    codes = [finding.code for finding in report.findings]
    assert codes == ["TEC-16", "TEC-16", "X308"]
    assert set(report.findings[2].explains) == {finding.fingerprint for finding in report.findings[:2]}
    assert report.counts()["major"] == 2


def test_the_tolerances_are_settings():
    from mismatch.engine import RULES

    params = RULES["label-shift"].params

    assert params == RULES["distribution-mismatch"].params
    assert params == {
        "minor_difference": 0.10,
        "major_difference": 0.20,
        "minor_psi": 0.10,
        "major_psi": 0.25,
    }


# statistic-shift

SD = "Standard Deviation"


def moved(ours: Any, theirs: Any, kind: str = "Mean", *, values: Any = "", others: Any = ()) -> Documents:
    """One statistic of one field on both sides, with *others* of it in training."""
    return training(
        field("rate", "float", values, mapping="pulse"),
        statistics=stats((kind, "rate", ours), *[(name, "rate", value) for name, value in others]),
    ) | production(field("pulse"), statistics=stats((kind, "pulse", theirs)))


VALUES = "training_data/statistics/0/value production_data/statistics/0/value"


def graded(severity: str, *arguments: Any, **more: Any) -> tuple[list[str], Documents]:
    return [f"{severity} {VALUES}"], moved(*arguments, **more)


test_statistic_shift_silent = silent(
    "statistic-shift",
    {
        "equal figures": ("pass", moved("5", "5")),
        "near miss: equal words": ("pass", moved("log-normal", "log-normal", "Distribution Type")),
        "near miss: within the tolerance, and named otherwise": (
            "pass",
            training(field("rate", mapping="pulse"), statistics=stats(("Average", "rate", "100")))
            | production(field("pulse"), statistics=stats(("Mean", "pulse", "103"))),
        ),
        "around 0 without a scale": ("cannot-tell", moved("0", "0.4")),
        "below and above 0 without a scale": ("cannot-tell", moved("-0.2", "0.2")),
        "a number against a word": ("cannot-tell", moved("5", "five")),
        "units that do not go together": ("cannot-tell", moved("5 kg", "5 m")),
        "no value in production": ("cannot-tell", moved("5", "")),
        "another statistic": (
            "not-applicable",
            training(field("rate", mapping="pulse"), statistics=stats(("Mean", "rate", "5")))
            | production(field("pulse"), statistics=stats(("Median", "pulse", "500"))),
        ),
        "a field that is mapped to nothing": (
            "not-applicable",
            training(field("rate"), statistics=stats(("Mean", "rate", "5")))
            | production(field("rate"), statistics=stats(("Mean", "rate", "500"))),
        ),
        "no statistics": (
            "cannot-tell",
            training(field("rate", mapping="pulse")) | production(field("pulse")),
        ),
    },
)

test_statistic_shift_firing = firing(
    "statistic-shift",
    {
        "a mean a hundred times as large": graded("major", "5", "500"),
        "a mean that is 25 % larger": graded("major", "100", "125"),
        "a mean that is 10 % larger": graded("minor", "100", "110"),
        "near miss: a mean that is 9 % larger": graded("info", "100", "109"),
        "near miss: the same number, written otherwise": graded("info", "1.0", "1"),
        "near miss: fewer digits": graded("info", "0.0248", "0.02"),
        "near miss: the same in another unit": graded("info", "1.5 s", "1500 ms"),
        "near miss: words in another case": graded("info", "Normal", "normal", "Distribution Type"),
        "other words": graded("minor", "normal", "uniform", "Distribution Type"),
        "half a standard deviation": graded("major", "97", "95", "Median", others=[(SD, "3.4")]),
        "a tenth of a standard deviation": graded("minor", "9.7", "9.3", others=[("Std Dev", "3.4")]),
        "near miss: within 1 %, which is a tenth": graded("info", "97", "96.6", others=[("Std Dev", "3.4")]),
        "within 1 %, where values hardly spread": graded("minor", "680", "684", others=[(SD, "6.1")]),
        "near miss: less than that": graded("info", "0.20", "0.42", others=[(SD, "3.4")]),
        "standard deviations from the quartiles": graded(
            "major", "50", "56", others=[("First Quartile", "45"), ("Third Quartile", "55")]
        ),
        "a tenth of the width of the range": graded("major", "680", "690", values="640 - 710"),
        "around 0, but with a range": graded("minor", "0.5", "-4", values="-40 - 40"),
        "a spread that doubles": graded("major", "3", "6", SD),
        "a spread that grows by a third": graded("minor", "3", "4", SD),
        "near miss: a spread that grows by a tenth": graded("info", "3.0", "3.3", SD),
        "a variance counts by its root": graded("minor", "4", "9", "Variance"),
        "skew by its difference": graded("minor", "0.1", "0.7", "Skew"),
        "near miss: skew that is twice as large and still small": graded("info", "0.1", "0.2", "Skew"),
        "extremes vary": graded("minor", "100", "200", "Maximum"),
        "other statistics relatively": graded("major", "0.3", "0.5", "Gini Coefficient"),
        "the second row of the property": (
            ["major training_data/statistics/0/value production_data/statistics/1/value"],
            training(field("rate", mapping="pulse"), statistics=stats(("Mean", "rate", "5")))
            | production(field("pulse"), statistics=stats(("Mean", "age", "5"), ("Mean", "pulse", "500"))),
        ),
        "a property and a field that are spelled otherwise": (
            [f"major {VALUES}"],
            training(field("rate", mapping="Pulse"), statistics=stats(("Mean", "Rate", "5")))
            | production(field("pulse"), statistics=stats(("average", "pulse", "500"))),
        ),
    },
)


def test_a_shift_points_to_the_finding_on_the_same_figures_and_counts_once():
    report = check(moved("5", "500"), rules=["TEC-15", "X309"])

    first, second = report.findings
    assert (first.code, second.code) == ("TEC-15", "X309")
    assert first.severity == second.severity == "major"
    assert second.explains == (first.fingerprint,)
    assert report.counts()["major"] == 1


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "label-shift",
            balance({"ok": 70, "bad": 30}, {"ok": 96.4, "bad": 3.6}),
            "The labels have shifted: “bad” makes up 30 % in training and 3.6 % in production, 26.4 points apart; the "
            "stability index is 0.64.",
        ),
        (
            "label-shift",
            balance({"ok": 50, "bad": 50, "odd": 0}, {"ok": 70, "bad": 20, "odd": 10}),
            "The labels have shifted: “bad” makes up 50 % in training and 20 % in production, 30 points apart.",
        ),
        (
            "label-shift",
            balance({"ok": 70, "bad": 30}, {"ok": 71, "bad": 29}),
            "The shares of the labels differ by at most 1 point, which is within the tolerance; “bad” makes up 30 % in "
            "training and 29 % in production.",
        ),
        (
            "statistic-shift",
            moved("97", "95", others=[(SD, "3.4")]),
            "“Mean” of “rate” is “97” in training and “95” in production; that is 0.59 standard deviations of "
            "training.",
        ),
        (
            "statistic-shift",
            moved("410", "893"),
            "“Mean” of “rate” is “410” in training and “893” in production; that is 118 % of the training value.",
        ),
    ],
)
def test_the_message_says_how_far(slug, documents, message):
    assert messages(slug, documents) == [message]


def test_ten_thousand_statistics_are_compared_in_one_go():
    number = 10_000
    fields = [field(f"f{row}", values="0 - 9", mapping=f"f{row}") for row in range(number)]
    documents = training(
        *fields, statistics=stats(*[("Mean", f"f{row}", "3") for row in range(number)])
    ) | production(*fields, statistics=stats(*[("Mean", f"f{row}", "5") for row in range(number)]))

    assert len(check(documents, rules=["X309"]).findings) == number
