"""The text report: what a person sees, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.bundles import Source
from mismatch.findings import Finding, Place, Report
from mismatch.reports import Checked, View, format_named
from tec.paragraphs import columns_of
from tec.strictjson import dumps

MODEL = {"output_spec": [{"item_type": "Float"}, {"item_type": "Integer"}], "programming": ["R"]}
ENVIRONMENT = {"inputs": [{"item_type": "Text"}]}
OUTPUT = Place("trained_model", "/output_spec/1/item_type", "Integer", "Output specification 2 › Item type")
INPUT = Place("development_environment", "/inputs/0/item_type", "Text", "Inputs 1 › Item type")


def finding(severity: str = "critical", **changes: Any) -> Finding:
    """A finding, with what matters to the test changed."""
    return Finding(
        "output-type-mismatch",
        "TEC-3A",
        "mismatch",
        "fail",
        severity,
        "The output “risk” is an Integer, but the input it feeds takes Text.",
        "Agree on one type.",
        (OUTPUT, INPUT),
        "0" * 32,
    )._replace(**changes)


NARROW = View(80)


def rendered(*findings: Finding, view: View = NARROW, **changes: Any) -> str:
    """The report over a model and an environment."""
    documents = {"trained_model": MODEL, "development_environment": ENVIRONMENT}
    settings: dict[str, Any] = {
        "origins": {"trained_model": "a/model.json", "development_environment": "a/env.json"},
        "sources": {
            "trained_model": Source("a/model.json", dumps(MODEL).encode()),
            "development_environment": Source("a/env.json", dumps(ENVIRONMENT).encode()),
        },
        **changes,
    }
    report = Report(findings, {"TEC-3A": "fail" if findings else "pass", "TEC-1": "cannot-tell"})
    return format_named("text").render(Checked(report, documents, **settings), view)


def test_a_finding_shows_both_sides_with_file_line_and_pointer() -> None:
    assert (
        rendered(finding())
        == """\
CRITICAL  1 finding

Trained Model and Development Environment

  TEC-3A  The output “risk” is an Integer, but the input it feeds takes Text.
          • Trained Model › Output specification 2 › Item type: “Integer”
            a/model.json:7  /output_spec/1/item_type
          • Development Environment › Inputs 1 › Item type: “Text”
            a/env.json:4  /inputs/0/item_type
          → Agree on one type.

1 finding: 1 critical. 2 rules over 2 documents. 1 rule cannot tell yet. Absent:
System Context, Raw Data, Data Pipeline, Training Data, Production Environment,
Production Data.
"""
    )


def test_a_clean_result_says_what_was_compared() -> None:
    first = rendered().splitlines()[0]
    assert first == "Clean: 2 rules over 2 documents found nothing that does not fit together. 1 rule"


def test_findings_are_grouped_by_severity_then_by_the_descriptors_compared() -> None:
    one_sided = finding("minor", code="TEC-3B", places=(OUTPUT,), remedy="Map it.")
    text = rendered(finding(), finding(), one_sided, finding("minor"), one_sided, view=View(width=100))
    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert headings[:-2] == [
        "CRITICAL  2 findings",
        "Trained Model and Development Environment",
        "MINOR  3 findings",
        "Trained Model",
        "Trained Model and Development Environment",
    ]
    assert headings[-2].startswith("5 findings: 2 critical, 3 minor. ")


def test_a_remedy_is_said_once_for_findings_in_a_row() -> None:
    assert rendered(finding(), finding()).count("→ Agree on one type.") == 1
    assert rendered(finding(), finding(remedy="Else.")).count("→") == 2


def test_many_places_are_counted_beyond_the_first_eight() -> None:
    text = rendered(finding(places=(OUTPUT,) * 10))
    assert text.count("• Trained Model") == 8
    assert "          and 2 more places\n" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", "blank"),
        (" ", "blank"),
        (0, "0"),
        (False, "false"),
        (["R", "C"], "“R”, “C”"),
        ({"gpu": 1}, "gpu 1"),
    ],
)
def test_values_of_all_kinds_are_shown(value: Any, shown: str) -> None:
    assert f"Item type: {shown}\n" in rendered(finding(places=(OUTPUT._replace(value=value),)))


def test_what_is_not_there_has_no_value() -> None:
    assert "Item type\n" in rendered(finding(places=(OUTPUT._replace(value=None),)))


def test_an_absent_document_says_so() -> None:
    text = rendered(
        finding(code="PE-00", places=(Place("production_environment", "", None, "Production Environment"),))
    )
    assert "• Production Environment\n           no document\n" in text


def test_a_place_that_is_not_in_the_file_gets_the_line_of_its_parent() -> None:
    text = rendered(finding(places=(OUTPUT._replace(pointer="/output_spec/1/component/x"),)))
    assert "a/model.json:6  /output_spec/1/component/x" in text


def test_documents_without_files_are_shown_by_pointer() -> None:
    assert "            /output_spec/1/item_type\n" in rendered(finding(), origins={}, sources={})


def test_what_cannot_be_told_says_so() -> None:
    assert "  TEC-3A  Cannot tell yet: The output" in rendered(finding("info", outcome="cannot-tell"))


def test_the_project_is_named_first() -> None:
    assert rendered(project={"name": "Loans\x1b[2J"}).startswith("Loans\\x1b[2J\n\n")


def test_nothing_in_a_document_can_steer_the_terminal() -> None:
    nasty = "\x1b]0;owned\x07\r\n\u202e\x9b2J"
    place = Place("trained_model", f"/{nasty}", nasty, nasty)
    text = rendered(
        finding(message=nasty, remedy=nasty, places=(place,)), origins={"trained_model": nasty}, sources={}
    )
    assert set(text) & {"\x1b", "\x07", "\r", "\u202e", "\x9b"} == set()


def test_colours_add_nothing_but_colours() -> None:
    import re

    findings = [finding(), finding("minor"), finding("info")]
    coloured = rendered(*findings, view=View(colour=True))
    assert "\x1b[1;31mCRITICAL" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == rendered(*findings)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_fit_unless_one_word_does_not(width: int) -> None:
    for line in rendered(finding(), finding("info"), view=View(width)).splitlines():
        assert columns_of(line) <= width or len(line.split()) == 1


def test_what_says_the_same_once_more_stands_with_the_finding_and_is_not_counted() -> None:
    cause = finding(
        "major", code="X201", message="Two spellings.", fingerprint="1" * 32, explains=("0" * 32,)
    )

    text = rendered(finding(), cause)

    assert "= X201, major: Two spellings." in text
    assert "MAJOR" not in text
    assert "1 finding: 1 critical." in text
