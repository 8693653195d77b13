"""What checks and decisions make known, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from mismatch import lifecycle
from mismatch.models import Check, Finding
from mismatch.services.answer_decisions import approve_decisions, withdraw_decisions
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.discuss_finding import assign_findings, comment_on_finding
from mismatch.services.tell_of_decisions import remind, tell_of_failures
from tec.notices.models import Notice
from tec.projects.models import Project, Role
from tec.work import lease
from tests.factories import make_member, make_project, make_user
from tests.mismatch.findings import checked, fingerprint, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    return make_user(username="ann")


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner)


def told(user: Any, kind: str = "") -> list[str]:
    notices = Notice.objects.filter(user=user).order_by("pk")
    return [each.text for each in notices if each.kind.startswith(kind)]


def test_a_first_check_is_no_news(owner: Any, project: Project) -> None:
    checked(project, found("a"), found("b"))
    assert told(owner) == []


def test_the_same_findings_again_are_no_news(owner: Any, project: Project) -> None:
    for _ in range(3):
        checked(project, found("a"))
    assert told(owner) == []


def test_new_reopened_and_fixed_findings_are_told(owner: Any, project: Project, client: Any) -> None:
    checked(project, found("a"))
    checked(project, found("a"), found("b", severity="critical"), found("c"))
    checked(project, found("c"))
    checked(project, found("a"), found("c"))
    assert told(owner) == [
        "New or reopened in check 2: 2 findings.",
        "Fixed in check 3: 2 findings.",
        "New or reopened in check 4: 1 finding.",
    ]
    client.force_login(owner)
    for notice in Notice.objects.all():
        assert client.get(notice.address).status_code == 200


def test_what_got_worse_is_told_and_what_got_better_is_not(owner: Any, project: Project, client: Any) -> None:
    checked(project, found("a"), found("b", outcome="cannot-tell", severity="info"))
    checked(project, found("a", severity="major"), found("b", severity="critical"))
    checked(project, found("a"), found("b", severity="major"))
    assert told(owner) == ["Worse in check 2: 2 findings."]
    client.force_login(owner)
    assert client.get(Notice.objects.get().address).status_code == 200


def test_findings_that_cannot_tell_or_are_settled_are_no_news(owner: Any, project: Project) -> None:
    first = checked(project, found("a"))
    decide(project, first, owner, "a")
    checked(project, found("a"), found("b", outcome="cannot-tell", severity="info"))
    checked(project)
    assert told(owner, "check") == []


def decide(project: Project, check: Check, by: Any, *names: str, **over: Any) -> Any:
    terms = Terms(**{"kind": "accept", "reason": "Known.", **over})
    prints = [fingerprint(name) for name in names]
    return decide_findings(project=project, check=check, fingerprints=prints, terms=terms, by=by)


def test_a_decision_whose_values_changed_is_told_to_have_lapsed(owner: Any, project: Project) -> None:
    first = checked(project, found("a", 1), found("b", 1))
    decide(project, first, owner, "a", "b")
    checked(project, found("a", 2), found("b", 1))
    assert told(owner) == ["The decision about 1 finding does not hold any more: check 2 found other values."]
    checked(project, found("a", 2), found("b", 1))
    assert len(told(owner)) == 1


def test_a_critical_risk_is_brought_to_those_who_may_approve(owner: Any, project: Project) -> None:
    reviewer, viewer = make_member(project, Role.REVIEWER), make_member(project, Role.VIEWER)
    engineer = make_member(project, Role.SOFTWARE_ENGINEER)
    check = checked(project, found("a", severity="critical"))
    [decision] = decide(project, check, engineer, "a")
    assert told(reviewer) == told(owner)
    assert "Waiting for approval: 1 finding" in told(reviewer)[0]
    assert told(viewer) == told(engineer) == []
    approve_decisions(project=project, decisions=[decision.pk], by=reviewer)
    assert told(engineer) == [f"{reviewer} has approved your decision about 1 finding."]
    withdraw_decisions(project=project, decisions=[decision.pk], by=owner)
    assert told(engineer)[1:] == ["ann has withdrawn your decision about 1 finding."]


def test_who_is_given_something_is_told_and_who_gives_it_is_not(owner: Any, project: Project) -> None:
    ben = make_member(project)
    check = checked(project, found("a"), found("b"))
    assign_findings(project=project, fingerprints=[fingerprint("a")], to=ben, by=owner)
    assign_findings(project=project, fingerprints=[fingerprint("a"), fingerprint("b")], to=ben, by=owner)
    assign_findings(project=project, fingerprints=[fingerprint("a")], to=owner, by=owner)
    day = lifecycle.today() + timedelta(days=5)
    decide(project, check, owner, "a", kind="plan", until=day, who=ben)
    assert told(ben) == [
        "ann gave you a finding to look at.",
        "ann gave you 2 findings to look at.",
        f"ann gave you a finding to fix by {day:%-d %b %Y}.",
    ]
    assert told(owner) == []


def test_a_comment_is_told_to_everybody_involved(owner: Any, project: Project) -> None:
    ben, eve = make_member(project), make_member(project)
    checked(project, found("a"))
    finding = Finding.objects.get()
    comment_on_finding(finding=finding, by=ben, text="Why?")
    assert told(owner) == []
    comment_on_finding(finding=finding, by=owner, text="Because\nof that.")
    assert told(ben) == ["ann wrote about X513: Because of that."]
    assert told(eve) == []


def test_people_are_reminded_of_a_decision_that_ends_once_at_each_stage(owner: Any, project: Project) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as clock:
        check = checked(project, found("a"), found("b"))
        decide(project, check, owner, "a", "b", until=lifecycle.today() + timedelta(days=20))
        for day in range(1, 31):
            clock.move_to(datetime(2026, 3, day, 12, tzinfo=UTC))
            remind()
            remind()
    assert told(owner) == [
        "The decision about 2 findings ends on 21 Mar 2026.",
        "The decision about 2 findings ends on 21 Mar 2026.",
        "The decision about 2 findings ended on 21 Mar 2026: they are open again.",
    ]


def test_a_decision_taken_back_or_about_what_is_fixed_is_not_reminded_of(
    owner: Any, project: Project
) -> None:
    check = checked(project, found("a"), found("b"))
    soon = lifecycle.today() + timedelta(days=2)
    [taken] = decide(project, check, owner, "a", until=soon)
    decide(project, check, owner, "b", until=soon)
    withdraw_decisions(project=project, decisions=[taken.pk], by=owner)
    checked(project, found("a"))
    Notice.objects.all().delete()
    remind()
    assert told(owner) == []


def test_a_failed_check_is_told_once(owner: Any, project: Project) -> None:
    check = Check.objects.create(project=project, number=1)
    attempt = lease.claim(check)
    assert attempt is not None
    lease.fail(check, attempt, "The worker was lost.")
    tell_of_failures()
    tell_of_failures()
    assert told(owner) == ["Check 1 failed: The worker was lost."]
