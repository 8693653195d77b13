"""Decisions: what they need, when they count, and that nobody approves their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from mismatch.models import Decision, Sighting
from mismatch.services.answer_decisions import approve_decisions, withdraw_decisions
from mismatch.services.decide_findings import DecisionRefused, Terms, decide_findings
from mismatch.services.discuss_finding import assign_findings, comment_on_finding
from tec.audit.models import Event
from tests.factories import make_member, make_project, make_user
from tests.mismatch.findings import checked, fingerprint, found

TODAY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def ana():
    return make_user(username="ana")


@pytest.fixture
def project(ana):
    return make_project(owner=ana)


@pytest.fixture
def ben(project):
    return make_member(project, username="ben")


def standings(check) -> dict[str, str]:
    rows = Sighting.objects.filter(check_run=check).judged().values_list("finding__fingerprint", "standing")
    return {name[0]: standing for name, standing in rows}


def decide(project, check, names, by, **terms):
    return decide_findings(
        project=project, check=check, fingerprints=map(fingerprint, names), terms=Terms(**terms), by=by
    )


def test_a_risk_is_accepted_for_90_days_unless_one_says_otherwise(project, ana, clock):
    check = checked(project, found("a"), found("b"), found("c"))

    (short,) = decide(project, check, "a", ana, kind="accept", reason="Known.")
    (ever,) = decide(project, check, "b", ana, kind="accept", reason="Known.", for_ever=True)
    assert (short.until, ever.until) == (TODAY + timedelta(days=90), None)
    assert standings(check) == {"a": "accepted", "b": "accepted", "c": "open"}

    clock.move_to(TODAY + timedelta(days=90))
    assert standings(check)["a"] == "accepted"
    clock.move_to(TODAY + timedelta(days=91))
    assert standings(check) == {"a": "open", "b": "accepted", "c": "open"}


def test_a_critical_risk_counts_only_once_somebody_else_approves(project, ana, ben):
    check = checked(project, found("a", severity="critical"))

    (proposed,) = decide(project, check, "a", ana, kind="accept", reason="Known.")
    assert standings(check) == {"a": "open"}
    with pytest.raises(DecisionRefused, match="You proposed this yourself"):
        approve_decisions(project=project, decisions=[proposed.pk], by=ana)
    approve_decisions(project=project, decisions=[proposed.pk], by=ben)

    assert standings(check) == {"a": "accepted"}
    with pytest.raises(DecisionRefused, match="answered this already"):
        approve_decisions(project=project, decisions=[proposed.pk], by=ben)


def test_a_proposal_leaves_what_was_decided_before_alone(project, ana, ben):
    check = checked(project, found("a", severity="critical"))
    decide(project, check, "a", ana, kind="dismiss", reason="A false alarm.")

    decide(project, check, "a", ana, kind="accept", reason="Known.")

    assert standings(check) == {"a": "dismissed"}


def test_other_values_void_a_decision_and_the_same_values_bring_it_back(project, ana):
    decide(project, checked(project, found("a", 1)), "a", ana, kind="dismiss", reason="No.")

    assert standings(checked(project, found("a", 2))) == {"a": "open"}
    assert standings(checked(project)) == {}
    assert standings(checked(project, found("a", 1))) == {"a": "dismissed"}
    assert standings(checked(project, found("a", 1, severity="major"))) == {"a": "open"}
    assert Decision.objects.get().withdrawn_at is None


def test_undo_brings_back_what_was_decided_before(project, ana, ben):
    check = checked(project, found("a"))
    decide(project, check, "a", ana, kind="plan", until=TODAY, who=ben)
    (second,) = decide(project, check, "a", ana, kind="dismiss", reason="No.")

    withdraw_decisions(project=project, decisions=[second.pk], by=ben)

    assert standings(check) == {"a": "planned"}
    assert Event.objects.filter(verb="finding.decision_withdrawn").get().facts["findings"] == ["a" * 32]


@pytest.mark.parametrize(
    ("terms", "words", "field"),
    [
        ({"kind": "accept"}, "Give a reason", "reason"),
        ({"kind": "dismiss", "reason": "  "}, "Give a reason", "reason"),
        ({"kind": "accept", "reason": "x" * 2001}, "at most 2,000 are kept", "reason"),
        ({"kind": "accept", "reason": "x", "until": date(2026, 2, 28)}, "28 Feb 2026 has passed", "until"),
        ({"kind": "accept", "reason": "x", "until": TODAY, "for_ever": True}, "not both", "until"),
        ({"kind": "plan"}, "by which day", "until"),
        ({"kind": "plan", "until": TODAY}, "who is going to fix it", "who"),
        ({"kind": "forget", "reason": "x"}, "“forget” is no kind of decision (known: accept", "kind"),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(project, ana, terms, words, field):
    check = checked(project, found("a"))

    with pytest.raises(DecisionRefused) as refused:
        decide(project, check, "a", ana, **terms)

    assert words in str(refused.value)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_all_are_decided_or_none(project, ana):
    check = checked(project, found("a"), found("w", outcome="cannot-tell"))

    for names in ("ab", "aw", ""):
        with pytest.raises(DecisionRefused):
            decide(project, check, names, ana, kind="dismiss", reason="No.")

    assert not Decision.objects.exists()


def test_a_stranger_cannot_be_given_work(project, ana):
    check = checked(project, found("a"))

    with pytest.raises(DecisionRefused, match="does not belong to this project"):
        decide(project, check, "a", ana, kind="plan", until=TODAY, who=make_user(username="eve"))
    with pytest.raises(DecisionRefused, match="does not belong to this project"):
        assign_findings(project=project, fingerprints=["a" * 32], to=make_user(), by=ana)


def test_nobody_answers_the_decisions_of_another_project(project, ana):
    (made,) = decide(project, checked(project, found("a")), "a", ana, kind="dismiss", reason="No.")

    with pytest.raises(DecisionRefused):
        withdraw_decisions(project=make_project(owner=ana), decisions=[made.pk], by=ana)


def test_comments_and_assignments_are_kept_and_recorded(project, ana, ben):
    finding = checked(project, found("a")).sightings.get().finding

    comment_on_finding(finding=finding, by=ben, text=" Ask the hospital. ")
    assign_findings(project=project, fingerprints=[finding.fingerprint], to=ben, by=ana)
    with pytest.raises(DecisionRefused, match="Write something"):
        comment_on_finding(finding=finding, by=ben, text=" ")

    finding.refresh_from_db()
    assert (finding.assignee, finding.comments.get().text) == (ben, "Ask the hospital.")
    verbs = list(Event.objects.filter(project_id=project.pk, verb__startswith="finding").values_list("verb"))
    assert {verb for (verb,) in verbs} == {"finding.commented", "finding.assigned"}


def test_those_about_to_end_can_be_found(project, ana):
    check = checked(project, found("a"), found("b"))
    decide(project, check, "a", ana, kind="accept", reason="x", until=TODAY + timedelta(days=5))
    decide(project, check, "b", ana, kind="accept", reason="x")

    ending = Decision.objects.ending(TODAY, TODAY + timedelta(days=7))

    assert [each.finding.fingerprint[0] for each in ending] == ["a"]
