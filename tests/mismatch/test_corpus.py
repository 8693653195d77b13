"""The 200 generated projects and the examples, code by code against the verdicts that come with them."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mismatch.engine import RULES, check
from tests.examples import FOLDER, example

with lzma.open(Path(__file__).parents[1] / "data" / "cases.jsonl.xz", "rt", encoding="utf-8") as lines:
    CASES = [json.loads(line) for line in lines]
EXAMPLES = sorted(path.parent.name for path in FOLDER.glob("*/expected.json"))

Verdict = dict[str, Any]


def verdict(documents: dict[str, Any]) -> Verdict:
    """What our check says, in the shape of the verdicts."""
    report = check(documents, packs=["tec", "required"])
    counts = Counter(finding.code for finding in report.findings if finding.kind == "mismatch")
    rules: dict[str, Any] = {}
    for code, number in counts.items():
        outcome = report.outcomes[code]
        rules[code] = {"outcome": outcome} | ({"findings": number} if outcome == "fail" else {})
    missing = sorted(finding.code for finding in report.findings if finding.kind == "missing")
    return {"rules": rules, "missing": missing}


def settled(found: Verdict, debatable: list[str]) -> Verdict:
    """*found* without the codes on which a decision may differ."""
    return {
        "rules": {code: each for code, each in found["rules"].items() if code not in debatable},
        "missing": sorted(code for code in found["missing"] if code not in debatable),
    }


def findings(found: Verdict, code: str) -> int:
    """How many findings of *code*; what cannot be told is one."""
    rule = found["rules"].get(code)
    return rule.get("findings", 1) if rule else 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_generated_project_gets_the_verdict_it_should(case):
    assert settled(verdict(case["documents"]), case["debatable"]) == settled(case, case["debatable"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gets_the_verdict_it_should(name):
    expected = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))

    assert settled(verdict(example(name)), expected["debatable"]) == settled(expected, expected["debatable"])


def test_the_corpus_is_whole_and_speaks_about_every_rule():
    spoken = {code for case in CASES for code in case["rules"]}

    assert len(CASES) == 200
    assert {rule.code for rule in RULES if rule.pack == "tec"} <= spoken


@pytest.mark.parametrize(
    ("code", "more", "fewer"),
    [
        ("TEC-1", 1, 14),  # goals without text are skipped; one without an id is never measured
        ("TEC-2", 0, 15),  # a language is reported once
        ("TEC-3B", 18, 0),  # mappings to what does not exist are reported, here and in 4B, 5B and 14B
        ("TEC-4B", 16, 0),
        ("TEC-5B", 81, 0),
        ("TEC-14B", 57, 0),
        ("TEC-6", 0, 0),  # an absent environment is only waited for if the model needs something
        ("TEC-7", 0, 1),
        ("TEC-8", 0, 2),  # names that are listed twice are reported once
        ("TEC-9", 0, 1),
        ("TEC-10", 0, 2),
        ("TEC-12", 0, 11),  # a time without a unit is not compared
        ("TEC-14A", 0, 23),  # a type that is blank is not compared
        ("TEC-15", 0, 0),  # 447 against 447.0 is still reported, as info
    ],
)
def test_debatable_decisions_go_the_way_they_were_taken(code, more, fewer):
    """In how many debatable cases do we find more, or less, than the verdict that reads as the original?"""
    differences: Counter[int] = Counter()
    for case in CASES:
        if code in case["debatable"]:
            theirs = findings(case, code)
            ours = findings(verdict(case["documents"]), code)
            differences[(ours > theirs) - (ours < theirs)] += 1

    assert (differences[1], differences[-1]) == (more, fewer)
