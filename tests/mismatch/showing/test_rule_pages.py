"""Every rule and required field has a page, and docs/rules.md is what they say."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mismatch.engine import RULES, required_codes
from mismatch.findings import SEVERITIES
from mismatch.showing.rule_pages import markdown, page, pages

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


def test_there_is_a_page_for_everything_a_check_can_report():
    codes = [each.code for each in pages()]

    assert codes[: len(RULES)] == [rule.code for rule in RULES]
    assert sorted(codes[len(RULES) :]) == sorted(required_codes())
    assert len(codes) - len(RULES) == 141 + 8


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.slug)
def test_a_page_says_what_why_and_what_to_do(each):
    assert each.title.endswith(".")
    assert each.why
    assert each.remedy
    assert each.severity in SEVERITIES
    assert each.reads


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.slug)
def test_a_page_shows_a_firing_and_a_silent_example_its_risk_and_its_source(each):
    assert "It is silent" in each.example
    assert not each.example.startswith("It is silent")
    assert each.risk.endswith(".")
    assert each.source.endswith(".")
    for param in each.settings.values():
        assert param.about
        assert param.takes
        assert not param.fault(param.default)


def test_the_page_of_a_rule_holds_what_its_docstring_says():
    found = page("goal-without-metric")

    assert found.title == "A goal of the project has no metric that would show whether it is met."
    assert found.why.startswith("A goal that nobody measures")
    assert found.remedy.startswith("Add an algorithm metric or a business metric")
    assert found.example.startswith("“G-02” is among the goals")
    assert found.notes[0].startswith("A goal without text is skipped")
    assert found.reads == ("system_context", "trained_model")
    assert (found.pack, found.kind, found.waits_for) == ("tec", "mismatch", "trained_model")


def test_the_page_of_a_required_field_says_when_it_is_asked_for():
    assert page("TM-08").notes[0] == "Asked for only where Ensemble is on."
    assert page("DP-04").notes == ("Not looked at where DP-03 is reported, which covers it.",)


def test_the_page_of_an_absent_document():
    found = page("RD-00")

    assert found.title == "There is no Raw Data descriptor."
    assert (found.severity, found.reads) == ("info", ("raw_data",))


@pytest.mark.parametrize("name", ["TEC-3A", "tec-3a", " output-type-mismatch "])
def test_a_page_is_found_by_slug_or_code(name):
    assert page(name).slug == "output-type-mismatch"


def test_an_unknown_rule_is_answered_with_the_nearest():
    with pytest.raises(LookupError, match=r"no rule “otput-type-mismatch”.*mean “output-type-mismatch”"):
        page("otput-type-mismatch")


def test_the_document_is_current():
    assert DOCUMENT.read_text("utf-8") == markdown(), "run manage.py rule_docs"


def test_the_document_links_to_what_is_in_it():
    text = markdown()

    for rule in RULES:
        assert f"](#{rule.slug})" in text
        assert f"\n## {rule.slug}\n" in text
    for code in required_codes():
        assert code.endswith("-00") or f"| {code} |" in text


def test_the_command_writes_the_document_and_notices_an_old_one(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()

    with pytest.raises(CommandError, match="out of date"):
        call_command("rule_docs", check=True)
    call_command("rule_docs", stdout=StringIO())
    out = StringIO()
    call_command("rule_docs", check=True, stdout=out)

    assert out.getvalue() == "docs/rules.md is up to date.\n"
    assert (tmp_path / "docs" / "rules.md").read_text("utf-8") == markdown()
