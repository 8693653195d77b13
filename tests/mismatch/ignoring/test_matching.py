"""Decisions in a file: what they cover, when they lapse, and what is told of those that are of no use."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mismatch.decisions.subject import values_digest
from mismatch.findings import Finding, Place, Report
from mismatch.ignoring.matching import Entry, Pattern, ignored
from mismatch.reports import Settlement

TODAY = date(2026, 5, 3)
OUTPUT = Place("trained_model", "/output_spec/3/item_type", "Integer", "Item type")
INPUT = Place("development_environment", "/inputs/0/item_type", "Text", "Item type")


def finding(**over: Any) -> Finding:
    fields = {
        "rule": "output-type-mismatch",
        "code": "TEC-3A",
        "kind": "mismatch",
        "outcome": "fail",
        "severity": "critical",
        "message": "It does not fit.",
        "remedy": "Repair it.",
        "places": (OUTPUT, INPUT),
        "fingerprint": "a" * 32,
        **over,
    }
    return Finding(**fields)


def pattern(text: str) -> Pattern:
    descriptor, _, rest = text.partition("/")
    return Pattern(descriptor, tuple(rest.split("/")) if rest else ())


def entry(*places: str, **over: Any) -> Entry:
    fields = {"rule": "TEC-3A", "reason": "Known.", "patterns": tuple(map(pattern, places)), **over}
    return Entry(**fields)


def settled(entry: Entry, *findings: Finding) -> list[str]:
    report = Report(findings, {"TEC-3A": "fail"})
    return list(ignored([entry], report, TODAY, ["trained_model"]).decided)


@pytest.mark.parametrize(
    "other",
    [
        entry(rule="TEC-3B"),
        entry(rule="TEC-3"),
        entry("trained_model/output_spec/2"),
        entry("trained_model/output"),
        entry("trained_model/*/item_type"),
        entry("data_pipeline"),
        entry("trained_model/output_spec/3/item_type/deeper"),
        entry("trained_model/**/item_name"),
        entry(fingerprint="b" * 32),
    ],
)
def test_what_is_about_something_else_settles_nothing(other: Entry) -> None:
    assert settled(other, finding()) == []


@pytest.mark.parametrize(
    "about",
    [
        entry(),
        entry(rule="tec-3a"),
        entry(rule="Output-Type-Mismatch"),
        entry("trained_model"),
        entry("trained_model/output_spec"),
        entry("trained_model/output_spec/*/item_type"),
        entry("trained_model/output_*/3"),
        entry("trained_model/**/item_type"),
        entry("*/inputs/0"),
        entry("/inputs/0"),
        entry("raw_data/items", "development_environment/inputs"),
        entry(fingerprint="a" * 32),
    ],
)
def test_a_rule_and_one_of_the_sides_settle_a_mismatch(about: Entry) -> None:
    assert settled(about, finding()) == ["a" * 32]


def test_of_a_missing_field_every_blank_has_to_be_named() -> None:
    blanks = (Place("raw_data", "/items/0/name"), Place("raw_data", "/items/1/name"))
    missing = finding(kind="missing", places=blanks)
    assert settled(entry("raw_data/items/0"), missing) == []
    assert settled(entry("raw_data/items/0", "raw_data/items/1"), missing) == ["a" * 32]


def test_a_decision_ends_after_its_last_day_and_says_so() -> None:
    last = entry(until=TODAY)
    over = entry(until=date(2026, 5, 2))
    found = ignored([last, over], Report([finding()], {}), TODAY, [])
    assert found.decided == {"a" * 32: Settlement("accepted", "Known.", "", "2026-05-03")}
    assert found.lapsed == [(over, "it ended on 2 May 2026")]
    assert found.unused == []


def test_a_decision_about_values_lapses_when_they_change() -> None:
    about = entry(values=values_digest([OUTPUT.as_json(), INPUT.as_json()]))
    moved = finding(places=(OUTPUT._replace(pointer="/output_spec/0/item_type"), INPUT))
    changed = finding(places=(OUTPUT._replace(value="Float"), INPUT))
    assert settled(about, finding()) == settled(about, moved) == ["a" * 32]
    result = ignored([about], Report([changed], {}), TODAY, [])
    assert (result.decided, result.lapsed) == ({}, [(about, "the values it was made about have changed")])


def unused(entry: Entry, outcomes: dict[str, str], *present: str) -> bool:
    return ignored([entry], Report([], outcomes), TODAY, present).unused == [entry]


def test_an_entry_that_matches_nothing_is_named_only_if_its_rule_could_have_found_something() -> None:
    assert unused(entry(), {"TEC-3A": "pass"})
    assert unused(entry(), {"TEC-3A": "not-applicable"})
    assert not unused(entry(), {"TEC-3A": "cannot-tell"})
    assert not unused(entry(), {})
    assert unused(entry(rule="RD-01"), {}, "raw_data")
    assert not unused(entry(rule="RD-01"), {}, "trained_model")
    assert unused(entry(rule="RD-00"), {}, "raw_data")
    assert unused(entry(rule="no-such-rule"), {})


def test_of_two_entries_the_first_that_holds_gives_the_reason() -> None:
    first, second = entry(reason="One."), entry(reason="Two.")
    found = ignored([first, second], Report([finding()], {}), TODAY, [])
    assert found.decided["a" * 32].reason == "One."
    assert found.unused == []
