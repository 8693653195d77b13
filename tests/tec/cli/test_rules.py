"""`tec rules`: the list and the pages."""

from __future__ import annotations

import pytest

from descriptors.catalogue import NAMES
from mismatch.declaration import Param
from mismatch.engine import RULES
from mismatch.showing.rule_pages import RulePage, pages
from tec.cli.commands import rules
from tests.tec.cli.conftest import Tec


def test_every_rule_is_listed_with_its_title(tec: Tec) -> None:
    ran = tec("rules")
    assert ran.status == 0
    words = " ".join(ran.out.split())
    assert [rule.code for rule in RULES if f"{rule.code} {rule.severity} {rule.title}" not in words] == []
    assert f"{len(RULES)} rules. " in words
    assert max(map(len, ran.out.splitlines())) <= 80


def test_every_check_for_what_is_missing_is_listed(tec: Tec) -> None:
    ran = tec("rules", "--missing")
    codes = [each.code for each in pages() if each.kind == "missing"]
    assert [line.split()[0] for line in ran.out.splitlines() if line[:1].isupper()] == codes
    assert f"\n{len(codes)} checks for what is missing." in ran.out


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.code)
def test_every_page_can_be_read_by_slug_and_by_code(tec: Tec, each: RulePage) -> None:
    by_code = tec("rules", each.code.lower())
    assert by_code.status == 0
    assert tec("rules", each.slug) == by_code
    words = " ".join(by_code.out.split())
    assert f"{each.code}, {each.slug}: {each.severity}. Reads {NAMES[each.reads[0]]}" in words
    for text in (each.title, each.why, each.remedy, each.example, *each.notes):
        assert " ".join(text.split()) in words


def test_an_unknown_rule_is_answered_with_a_near_one(tec: Tec) -> None:
    slug = next(iter(RULES)).slug
    ran = tec("rules", slug + "s")
    assert ran.status == 2
    assert ran.out == ""
    assert f"tec: There is no rule “{slug}s”. Did you mean “{slug}”? “tec rules” lists them all.\n" == ran.err


def test_a_page_has_all_that_a_rule_declares(tec: Tec, monkeypatch: pytest.MonkeyPatch) -> None:
    page = RulePage(
        slug="late-model",
        code="X101",
        kind="mismatch",
        title="The model is late.",
        why="Time passes.\n\nIt does not come back.",
        remedy="Hurry.",
        severity="minor",
        reads=("trained_model", "production_data"),
        pack="extended",
        waits_for="production_data",
        settings={"days": Param(30, "how long it may take", 1, 365)},
        risk="In leap years.",
        source="Experience.",
    )
    monkeypatch.setattr(rules, "page", lambda name: page)
    assert (
        tec("rules", "X101").out
        == """\
The model is late.

X101, late-model: minor. Reads Trained Model, Production Data.

Why it matters
  Time passes.
  It does not come back.

What to do
  Hurry.

While a document is absent
  One finding says what waits for Production Data.

Settings
  days: 30 (how long it may take; a whole number from 1 to 365)

When it may be wrong
  In leap years.

Source
  Experience.
"""
    )
