"""Every rule is tested in both directions, documented, and declared as it is filed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from descriptors.catalogue import DESCRIPTORS
from mismatch.declaration import Rule
from mismatch.engine import RULES
from mismatch.findings import SEVERITIES
from tec.registry import discover
from tests.mismatch.rules import tables

discover("tests.mismatch.rules")

TEC = "1 2 3A 3B 3C 4A 4B 4C 5A 5B 5C 6 7 8 9 10 11 12 13 14A 14B 14C 15 16"

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)


def test_the_rules_of_the_original_are_all_there():
    assert " ".join(rule.code.removeprefix("TEC-") for rule in RULES if rule.pack == "tec") == TEC


def test_codes_belong_to_one_rule_only():
    codes = [rule.code for rule in RULES]

    assert len(codes) == len(set(codes))


@every_rule
def test_it_has_silent_and_firing_cases(rule: Rule):
    assert len(tables.SILENT.get(rule.slug, [])) >= 2
    assert len(tables.FIRING.get(rule.slug, [])) >= 2


@every_rule
def test_it_says_what_is_wrong_why_it_matters_and_what_to_do(rule: Rule):
    assert rule.title.endswith(".")
    assert rule.title.count(".") == 1
    assert len(rule.why) > 40
    assert len(rule.remedy) > 20
    assert "It is silent" in rule.example
    assert all(rule.decisions)


@every_rule
def test_it_is_filed_under_the_descriptors_it_reads(rule: Rule):
    pair = rule.function.__module__.split(".")[2]

    assert rule.pack != "tec" or set(pair.split("__")) == set(rule.reads)
    assert set(rule.reads) <= set(DESCRIPTORS)
    assert rule.severity in SEVERITIES


@every_rule
def test_it_says_when_it_may_be_wrong_and_where_it_comes_from(rule: Rule):
    assert rule.risk.endswith(".")
    assert rule.source.endswith(".")


@every_rule
def test_a_rule_that_waits_says_for_what(rule: Rule):
    assert (rule.waits_for in rule.reads) == (all(rule.waiting)) == bool(rule.waits_for)


def test_the_slug_is_how_the_function_is_called():
    for rule in RULES:
        assert rule.slug == rule.function.__name__.replace("_", "-")


def test_no_module_of_rules_is_long():
    lengths = {
        name: len(Path(module.__file__).read_text("utf-8").splitlines())
        for name, module in sys.modules.items()
        if name.startswith("mismatch.rules.") and module.__file__
    }

    assert [name for name, lines in lengths.items() if lines > 300] == []
