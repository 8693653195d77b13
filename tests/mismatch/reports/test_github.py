"""The workflow commands of GitHub Actions."""

from __future__ import annotations

from mismatch.reports import Settlement
from tests.mismatch.reports.checked import ABSENT, HOSTILE, OUTPUT, finding, rendered


def test_a_finding_is_one_command_at_its_line() -> None:
    assert rendered("github", finding()) == (
        "::error file=a/model.json,line=7,endLine=7,col=7,endColumn=29,"
        "title=TEC-3A critical%3A output-type-mismatch::"
        "The output “risk” is an Integer, but the input it feeds takes Text.%0A"
        "• Trained Model › Output specification 2 › Item type: “Integer”%0A"
        "• Development Environment › Inputs 1 › Item type: “Text”%0A"
        "→ Agree on one type.\n"
        "TEC: 1 critical open.\n"
    )


def test_severities_become_commands() -> None:
    severities = ("critical", "major", "minor", "info")
    lines = rendered("github", *(finding(str(number), each) for number, each in enumerate(severities)))
    commands = [line.split()[0] for line in lines.splitlines()[:-1]]
    assert commands == ["::error", "::error", "::warning", "::notice"]


def test_what_is_settled_known_or_untold_is_only_counted() -> None:
    text = rendered(
        "github",
        finding("a"),
        finding("b"),
        finding("c", "info", outcome="cannot-tell"),
        decided={"a" * 32: Settlement("accepted")},
        known={"b" * 32},
    )
    assert text == (
        "TEC: 1 critical open. 1 of them known since the baseline and not annotated."
        " 1 settled by decisions. 1 cannot be told yet.\n"
    )
    assert rendered("github") == "TEC: nothing open.\n"


def test_a_document_that_is_absent_has_a_file_and_no_line() -> None:
    assert rendered("github", finding(places=(ABSENT,))).startswith("::error file=a/raw_data.json,title=")


def test_nothing_that_people_wrote_can_be_a_command() -> None:
    place = OUTPUT._replace(value="x\n::error::y", label="a,b::c")
    lines = rendered("github", finding(message=HOSTILE, places=(place,), rule="a,b:c")).splitlines()
    assert len(lines) == 2
    head, _, data = lines[0].removeprefix("::").partition("::")
    assert head.endswith("title=TEC-3A critical%3A a%2Cb%3Ac")
    assert "%25 ::error::" in data  # in the middle of a line it is text
    assert "\x1b" not in data
