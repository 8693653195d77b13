"""Gates: what blocks them, what only sets a condition, and that nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS
from mismatch import engine
from mismatch.baseline import baseline_of
from mismatch.gate import GATES, Concern, concerns_of, judge
from tests.examples import example


def concern(code: str = "TEC-6", severity: str = "major", **over: Any) -> Concern:
    fields = {
        "fingerprint": "f" * 32,
        "code": code,
        "kind": "mismatch",
        "severity": severity,
        "message": "Something.",
        "descriptor": "trained_model",
        **over,
    }
    return Concern(**fields)


def state(gate: str, *concerns: Concern, **over: Any) -> str:
    return judge(GATES[gate], DESCRIPTORS, concerns, **over).state


@pytest.mark.parametrize("gate", GATES)
def test_nothing_wrong_opens_every_gate(gate):
    assert state(gate) == "open"
    assert state(gate, concern(severity="minor"), concern(severity="info")) == "open"


@pytest.mark.parametrize("gate", GATES)
def test_a_document_that_is_not_there_blocks(gate):
    verdict = judge(GATES[gate], ["system_context"], [])

    assert verdict.state == "blocked"
    assert "Raw Data is not there yet." in [reason.words for reason in verdict.blockers]


def test_only_what_is_needed_to_build_has_to_be_there_to_build():
    present = [
        name for name in DESCRIPTORS if name not in {"data_pipeline", "training_data", "trained_model"}
    ]

    assert [judge(gate, present, []).state for gate in GATES.values()] == ["open", "blocked", "blocked"]


@pytest.mark.parametrize(
    ("found", "build", "integrate", "deploy"),
    [
        (concern(severity="critical"), "open", "blocked", "blocked"),
        (concern("TEC-6"), "open", "open", "blocked"),
        (concern("TEC-5B"), "open", "blocked", "blocked"),
        (concern("TEC-3B", "minor"), "open", "open", "open"),
        (concern("X101", "minor"), "open", "blocked", "blocked"),
        (concern("TM-40", "minor", kind="missing"), "open", "blocked", "blocked"),
        (concern("SC-06", "minor", descriptor="system_context"), "blocked", "blocked", "blocked"),
        (concern("TEC-1", descriptor="system_context"), "blocked", "blocked", "blocked"),
        (concern("X509", "minor", pointer="/goals/0/metric"), "blocked", "blocked", "blocked"),
        (concern("X509", "minor", pointer="/goals/0/baseline"), "open", "open", "open"),
    ],
)
def test_what_blocks_which_gate(found, build, integrate, deploy):
    expected = {"build": build, "integrate": integrate, "deploy": deploy}

    assert {gate: state(gate, found) for gate in GATES} == expected


def test_an_accepted_risk_is_a_condition_and_a_planned_fix_still_blocks():
    assert state("deploy", concern(standing="accepted", note="until May")) == "open-with-conditions"
    assert state("deploy", concern(standing="planned")) == "blocked"


def test_who_calls_a_critical_finding_no_problem_sets_a_condition():
    assert state("deploy", concern(severity="critical", standing="dismissed")) == "open-with-conditions"
    assert state("deploy", concern(severity="major", standing="dismissed")) == "open"


def test_against_the_baseline_only_what_is_new_blocks():
    old, new = concern(news=""), concern(news="new")

    assert state("deploy", old) == "blocked"
    assert state("deploy", old, only_new=True) == "open-with-conditions"
    assert state("deploy", old, new, only_new=True) == "blocked"
    assert state("deploy", old, concern(news="worse"), only_new=True) == "blocked"


def test_findings_of_old_documents_open_nothing():
    assert state("deploy", outdated="Check again.") == "blocked"


def test_a_run_of_the_rules_can_be_judged_without_a_server():
    documents = example("emergency-triage")
    report = engine.check(documents)
    present = [name for name in DESCRIPTORS if documents.get(name)]
    before = baseline_of(report.findings)

    verdict = judge(GATES["deploy"], present, concerns_of(report))
    against = judge(GATES["deploy"], DESCRIPTORS, concerns_of(report, before), only_new=True)

    assert verdict.state == "blocked"
    assert verdict.as_json()["blockers"][0]["words"] == "Production Environment is not there yet."
    assert {reason.severity for reason in verdict.blockers[1:]} <= {"critical", "major", "minor"}
    assert (against.state, against.blockers) == ("open-with-conditions", ())
