"""The Markdown report, and text that stays text in it."""

from __future__ import annotations

import re

import pytest

from mismatch.reports import Settlement
from tec import markdown
from tests.mismatch.reports.checked import ABSENT, HOSTILE, finding, rendered


def test_a_finding_has_both_sides_owners_and_remedy() -> None:
    assert (
        rendered("markdown", finding(remedy="Agree on one_type."))
        == """\
# What does not fit in Loans

| Open | ✖ critical | ▲ major | ◇ minor | ○ info |
| --- | --- | --- | --- | --- |
| Contradictions | 1 | 0 | 0 | 0 |
| Missing | 0 | 0 | 0 | 0 |

Absent: System Context, Raw Data, Data Pipeline, Training Data, Production Environment, Production Data.

## ✖ Critical

### TEC-3A The output “risk” is an Integer, but the input it feeds takes Text.

| Where | What is there | Owner |
| --- | --- | --- |
| Trained Model › Output specification 2 › Item type<br>`a/model.json:7` | `“Integer”` | Model developer |
| Development Environment › Inputs 1 › Item type<br>`a/env.json:4` | `“Text”` | Software engineer |

→ Agree on one\\_type.

"""
    )


def test_what_is_missing_is_listed_by_descriptor_and_what_is_settled_apart() -> None:
    text = rendered(
        "markdown",
        finding("a", "minor", kind="missing", code="RD-00", places=(ABSENT,), message="Raw Data is absent."),
        finding("b"),
        finding("c", "info", outcome="cannot-tell", message="Nobody can tell."),
        decided={"b" * 32: Settlement("accepted", "small", "Ana", "2026-03-31")},
        known={"b" * 32},
        gone=[finding("d")],
    )
    assert "## Missing\n\n### Raw Data\n\n- ◇ RD-00 Raw Data is absent.\n" in text
    assert "## Cannot tell yet\n\n- TEC-3A Nobody can tell.\n" in text
    assert "— risk accepted by Ana until 2026-03-31: small\n" in text
    assert "## ✖ Critical" not in text
    assert "Against the baseline: 1 new, 1 fixed." in text


def test_a_report_stays_below_what_a_comment_holds() -> None:
    text = rendered("markdown", *(finding(f"{number:032}") for number in range(700)))
    assert text.count("\n### ") == 500
    assert "… and 200 more; the JSON report has them all." in text
    assert len(text) < 1_000_000


@pytest.mark.parametrize(
    "words",
    [
        *(
            "<script>",
            "*a*",
            "_a_",
            "`a`",
            "[a](b)",
            "![a](b)",
            "a | b",
            "# a",
            "- a",
            "1. a",
            "1) a",
            "~~a~~",
        ),
        *("&amp;", "$a$", "\\*", "a\n# b", "+ a", "=", "<!-- a -->", "@team", "#12", "GH-12", "www.x.y"),
        *("https://x.y", "| a", HOSTILE),
    ],
)
def test_nothing_that_people_wrote_means_anything(words: str) -> None:
    written = markdown.text(words)
    assert "\n" not in written
    bare = re.sub(r"<!-- -->", "", re.sub(r"\\[\\`*_{}\[\]<>()!|~$&#+=.-]", "x", written))
    assert not re.search(r"[`*_\[\]<>|~$&]|^[#+=-]|^\d+[.)]", bare)
    assert not re.search(r"@\w|https?:|www\.|\\#\w|GH\\?-\d", written)


@pytest.mark.parametrize("words", ["a", "`", "``a`", "a ` b", "| a", HOSTILE])
def test_code_is_code_whatever_it_holds(words: str) -> None:
    written = markdown.code(words)
    fence = re.match("`+", written)
    assert fence
    inside = written[len(fence[0]) : -len(fence[0])]
    assert not re.search(rf"(?<!`){fence[0]}(?!`)", inside)
    assert "\n" not in written
    [row] = list(markdown.table(["x"], [[written]]))[2:]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 2
