"""Decisions survive every sequence of checks, edits and restores, and all counts of what is open agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import transaction
from django.http import QueryDict
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from descriptors.models import Origin, Revision
from descriptors.services.save_revision import restore_revision, save_revision
from mismatch import engine, queries
from mismatch.findings import SEVERITIES, Report
from mismatch.models import Check, Decision, Finding, Sighting, State
from mismatch.readiness import readiness
from mismatch.services.answer_decisions import approve_decisions, withdraw_decisions
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.showing.review import review
from tec.pages.queries import summary_of
from tec.reports.composing.summary import open_counts
from tec.reports.gathering import Subject, subject_of
from tec.reports.options import Options
from tests.api import Api
from tests.factories import make_member, make_project, make_user
from tests.mismatch.findings import fingerprint, found

NAMES = "abcd"
START = date(2026, 3, 1)

World = dict[str, tuple[int, str]]  # name of what is wrong → its value and severity


def body_of(world: World) -> dict[str, Any]:
    """A document in which all that is wrong stands."""
    rows = [
        {"item_name": name, "item_type": severity, "channels": n} for name, (n, severity) in world.items()
    ]
    return {"version": "1.2", "output_spec": rows}


def judged(documents: Mapping[str, Any], *args: Any, **kwargs: Any) -> Report:
    """In place of the rules: a finding for each row of `body_of`."""
    rows = documents["trained_model"]["output_spec"]
    return Report([found(row["item_name"], row["channels"], row["item_type"]) for row in rows], {})


class Decided:
    """What the model remembers of a decision."""

    def __init__(self, made: Decision, kind: str, seen: tuple[int, str], until: date | None):
        self.pk, self.name, self.batch = made.pk, made.finding.fingerprint[0], str(made.batch)
        self.kind, self.seen, self.until = kind, seen, until
        self.approved = not (kind == "accept" and seen[1] == "critical")
        self.withdrawn = False

    def holds(self, now: tuple[int, str], day: date) -> bool:
        no_worse = SEVERITIES.index(now[1]) >= SEVERITIES.index(self.seen[1])
        return now[0] == self.seen[0] and no_worse and (self.until is None or day <= self.until)


class Lifecycle(RuleBasedStateMachine):
    """A project that changes, is checked and decided about, beside a plain model of what must come out."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.day = START
        self.clock = time_machine.travel(START, tick=False)
        self.clock.start()
        self.ana = make_user()
        self.project = make_project(owner=self.ana)
        self.ben = make_member(self.project)
        self.api = Api(self.ana)
        self.world: World = {}
        self.last: Check | None = None
        self.saved: list[World] = []  # by each revision
        self.seen: list[World] = []  # by each check
        self.decided: list[Decided] = []
        self.baseline = 0
        self.save({"a": (1, "critical"), "b": (1, "minor")})
        self.check()

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def save(self, world: World) -> None:
        if self.saved and world == self.world:
            return  # the same again is no revision
        revision = save_revision(
            project=self.project,
            descriptor="trained_model",
            body=body_of(world),
            by=self.ana,
            origin=Origin.FORM,
            based_on=len(self.saved),
        )
        self.world = world
        self.saved.append(world)
        assert revision.number == len(self.saved)

    @rule(name=st.sampled_from(NAMES), value=st.integers(1, 2), severity=st.sampled_from(SEVERITIES[:3]))
    def edit(self, name: str, value: int, severity: str) -> None:
        self.save({**self.world, name: (value, severity)})

    @rule(name=st.sampled_from(NAMES))
    def repair(self, name: str) -> None:
        self.save({other: seen for other, seen in self.world.items() if other != name})

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.saved)))
        then = Revision.objects.get(document__project=self.project, number=number)
        restored = restore_revision(revision=then, by=self.ana, based_on=len(self.saved))
        self.world = self.saved[number - 1]
        if restored.number > len(self.saved):
            self.saved.append(self.world)

    @rule()
    def check(self) -> None:
        check = start_check(project=self.project, by=self.ana)
        if check == self.last:
            return  # of the same documents on the same day
        with patch.object(engine, "check", judged):
            execute_check(check_id=check.pk)
        self.last = Check.objects.get(pk=check.pk)
        assert self.last.state == State.DONE
        self.seen.append(self.world)

    @rule(days=st.sampled_from([1, 30, 89, 90]))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.clock.stop()
        self.clock = time_machine.travel(self.day, tick=False)
        self.clock.start()
        self.api.client.force_login(self.ana)  # the log-in of before has ended

    @precondition(lambda self: self.seen and self.seen[-1])
    @rule(
        data=st.data(),
        kind=st.sampled_from(["accept", "dismiss", "plan"]),
        days=st.sampled_from([None, 0, 40]),
        for_ever=st.booleans(),
    )
    def decide(self, data: st.DataObject, kind: str, days: int | None, for_ever: bool) -> None:
        assert self.last is not None
        names = data.draw(st.sets(st.sampled_from(sorted(self.seen[-1])), min_size=1))
        until = None if days is None else self.day + timedelta(days=days)
        if kind == "plan":
            until = until or self.day
        if kind == "accept" and for_ever:
            until = None
        terms = Terms(kind, "Because.", until, for_ever=for_ever and kind == "accept", who=self.ben)
        made = decide_findings(
            project=self.project,
            check=self.last,
            fingerprints=map(fingerprint, names),
            terms=terms,
            by=self.ana,
        )
        if kind == "accept" and not for_ever:
            until = until or self.day + timedelta(days=90)
        elif kind == "dismiss":
            until = None
        for each in made:
            seen = self.seen[-1][each.finding.fingerprint[0]]
            self.decided.append(Decided(each, kind, seen, until))

    @precondition(lambda self: any(not each.approved and not each.withdrawn for each in self.decided))
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        proposed = [each for each in self.decided if not each.approved and not each.withdrawn]
        chosen = data.draw(st.sampled_from(proposed))
        assert approve_decisions(project=self.project, decisions=[chosen.pk], by=self.ben) == 1
        chosen.approved = True

    @precondition(lambda self: any(not each.withdrawn for each in self.decided))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from([each for each in self.decided if not each.withdrawn]))
        assert withdraw_decisions(project=self.project, decisions=[chosen.pk], by=self.ana) == 1
        chosen.withdrawn = True

    @precondition(lambda self: any(not each.withdrawn for each in self.decided))
    @rule(data=st.data())
    def undo_all_that_was_decided_in_one_go(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from([each for each in self.decided if not each.withdrawn]))
        batch = str(Decision.objects.get(pk=chosen.pk).batch)
        together = [each for each in self.decided if each.batch == batch and not each.withdrawn]
        answer = self.api.post(f"projects/{self.project.slug}/decisions/withdraw/", {"batch": batch})
        assert answer.status_code == 200, answer.content
        for each in together:
            each.withdrawn = True

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.seen)))
        check = Check.objects.get(project=self.project, number=number) if number else None
        choose_baseline(project=self.project, check=check, by=self.ana)
        self.baseline = number

    def standing(self, name: str) -> str:
        """What the model says a finding of the last check is."""
        current = [
            each for each in self.decided if each.name == name and each.approved and not each.withdrawn
        ]
        if current and current[-1].holds(self.seen[-1][name], self.day):
            return {"accept": "accepted", "dismiss": "dismissed", "plan": "planned"}[current[-1].kind]
        return "open"

    def age(self, name: str) -> str:
        number = self.baseline if 0 < self.baseline < len(self.seen) else len(self.seen) - 1
        if number == 0:
            return "seen"
        if name in self.seen[number - 1]:
            return "worse" if self.worse(name, number) else "seen"
        return "reopened" if any(name in seen for seen in self.seen[:number]) else "new"

    def worse(self, name: str, number: int) -> bool:
        """Whether a finding of the last check is graver than that check saw it."""
        now, then = self.seen[-1][name][1], self.seen[number - 1][name][1]
        return SEVERITIES.index(now) < SEVERITIES.index(then)

    @invariant()
    def decisions_are_what_people_made_them(self) -> None:
        if not hasattr(self, "decided"):
            return
        rows = Decision.objects.order_by("pk").values_list(
            "pk", "kind", "severity", "until", "approved_by", "withdrawn_by"
        )
        assert [tuple(row) for row in rows] == [
            (
                each.pk,
                each.kind,
                each.seen[1],
                each.until,
                self.ben.pk
                if each.approved and each.kind == "accept" and each.seen[1] == "critical"
                else None,
                self.ana.pk if each.withdrawn else None,
            )
            for each in self.decided
        ]

    @invariant()
    def every_finding_is_what_the_model_says(self) -> None:
        if not getattr(self, "last", None):
            return
        judged = Sighting.objects.filter(check_run=self.last).judged().aged(queries.reference_of(self.last))
        assert {
            fingerprint[0]: (standing, age)
            for fingerprint, standing, age in judged.values_list("finding__fingerprint", "standing", "age")
        } == {name: (self.standing(name), self.age(name)) for name in self.seen[-1]}

    @invariant()
    def why_a_decision_lapsed_can_be_said(self) -> None:
        if not getattr(self, "last", None):
            return
        for card in [card for section in self.page().sections for card in section.shown]:
            if card.decision:
                assert bool(card.lapse) == (card.standing == "open")

    @invariant()
    def all_counts_of_what_is_open_agree(self) -> None:
        if not getattr(self, "last", None):
            return
        names = [name for name in self.seen[-1] if self.standing(name) in {"open", "planned"}]
        wanted = {
            severity: sum(self.seen[-1][name][1] == severity for name in names) for severity in SEVERITIES
        }
        page = self.page()
        summary = summary_of(self.project)
        assert page.listing.severities == wanted
        assert page.listing.shown == page.numbers["mismatch"] == len(names)
        assert page.listing.shown + sum(page.listing.settled.values()) == page.listing.total
        assert summary.tally is not None
        assert {severity: summary.tally.mismatch[severity] for severity in SEVERITIES} == wanted
        self.the_api_counts(wanted)
        subject = subject_of(self.project, Options())
        self.reports_count(subject, names, wanted)
        self.gates_agree(subject)

    def the_api_counts(self, wanted: dict[str, int]) -> None:
        at = f"projects/{self.project.slug}"
        listed = self.api.get(f"{at}/findings/?page_size=100").json()
        assert listed["count"] == sum(wanted.values())
        assert Counter(each["severity"] for each in listed["results"]) == Counter(wanted)
        assert self.api.get(f"{at}/checks/{self.last.number}/").json()["open"]["mismatch"] == wanted

    def reports_count(self, subject: Subject, names: list[str], wanted: dict[str, int]) -> None:
        assert open_counts(subject.found)["mismatch"] == wanted
        assert {each.finding.fingerprint[0]: each.age for each in subject.found} == {
            name: self.age(name) for name in self.seen[-1]
        }
        checked = subject.checked()
        assert checked.counts() == wanted
        assert {each.fingerprint for each, _ in checked.things if checked.open(each)} == set(
            map(fingerprint, names)
        )

    def gates_agree(self, subject: Subject) -> None:
        current = self.world == self.seen[-1] and len(self.saved) == self.revision_seen()
        news = {name for name in self.seen[-1] if self.baseline == 0 or self.news(name)}
        for query, counted in (("", set(self.seen[-1])), ("?new=true", news)):
            answer = self.api.get(f"projects/{self.project.slug}/gate/deploy/{query}").json()
            blocking = {
                fingerprint(name)
                for name in counted
                if self.standing(name) in {"open", "planned"}
                and self.seen[-1][name][1] in {"critical", "major"}
            }
            assert {each["fingerprint"] for each in answer["blockers"]} - {""} == blocking
            said = readiness(self.project, only_new=bool(query)).verdicts[-1].as_json()
            assert {key: answer[key] for key in said} == said
            if not query:
                assert subject.verdicts[-1].as_json() == said
            outdated = [each["words"] for each in answer["blockers"] if "check again" in each["words"]]
            assert bool(outdated) != current

    def news(self, name: str) -> bool:
        """Whether a finding of the last check is new or worse since the baseline."""
        return name not in self.seen[self.baseline - 1] or self.worse(name, self.baseline)

    def revision_seen(self) -> int:
        """The number of the revision that the last check looked at."""
        assert self.last is not None
        return self.last.revisions.get().number

    @invariant()
    def what_is_gone_is_fixed(self) -> None:
        if not getattr(self, "last", None):
            return
        gone = Finding.objects.filter(project=self.project, fixed_in__isnull=False)
        ever = {name for seen in self.seen for name in seen}
        assert {each.fingerprint[0] for each in gone} == ever - self.seen[-1].keys()

    def page(self) -> Any:
        assert self.last is not None
        return review(self.last, "mismatch", QueryDict())


@pytest.mark.django_db(transaction=False)
def test_decisions_survive_and_counts_agree_whatever_happens():
    run_state_machine_as_test(
        Lifecycle, settings=settings(max_examples=8, stateful_step_count=20, deadline=None)
    )
