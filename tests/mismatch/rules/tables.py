"""Tables of cases for one rule each: documents in, outcome or findings out; silent ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mismatch.engine import check
from mismatch.findings import Finding

Documents = dict[str, Any]

SILENT: dict[str, list[str]] = {}
FIRING: dict[str, list[str]] = {}
"""Slug → the titles of its cases, so that a test can insist on both kinds for every rule."""


def silent(slug: str, cases: Mapping[str, tuple[str, Documents]]) -> Callable[..., None]:
    """A test that the rule reports nothing and has the outcome of each case: title → (outcome, documents)."""
    SILENT.setdefault(slug, []).extend(cases)

    @pytest.mark.parametrize(("outcome", "documents"), cases.values(), ids=cases)
    def test(outcome: str, documents: Documents) -> None:
        report = check(documents, rules=[slug])

        assert [finding.message for finding in report.findings] == []
        assert list(report.outcomes.values()) == [outcome]

    return test


def firing(slug: str, cases: Mapping[str, tuple[list[str], Documents]]) -> Callable[..., None]:
    """A test that the rule reports what each case says, and nothing else: title → (findings, documents).

    A finding is its severity and its places: "major trained_model/output_spec system_context/goals/0".
    """
    FIRING.setdefault(slug, []).extend(cases)

    @pytest.mark.parametrize(("expected", "documents"), cases.values(), ids=cases)
    def test(expected: list[str], documents: Documents) -> None:
        report = check(documents, rules=[slug])

        assert [line(finding) for finding in report.findings] == expected
        assert list(report.outcomes.values()) == [report.findings[0].outcome]
        assert {finding.rule for finding in report.findings} == {slug}

    return test


def line(finding: Finding) -> str:
    """Severity and places of *finding*, as the tables write it."""
    return " ".join([finding.severity, *[place.descriptor + place.pointer for place in finding.places]])


def messages(slug: str, documents: Documents) -> list[str]:
    """What the rule says about *documents*, in order."""
    return [finding.message for finding in check(documents, rules=[slug]).findings]
