"""Whatever people do to a document, in whatever order: no revision is lost or changed, and the log is whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from descriptors import witness
from descriptors.models import Document, Revision
from descriptors.services.clear_document import StillUsed, clear_document
from descriptors.services.import_documents import import_document
from descriptors.services.keep_authorship import authorship_of
from descriptors.services.save_form import save_form
from descriptors.services.save_revision import StaleRevision, restore_revision, save_revision
from tec import strictjson
from tec.audit import verify
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db

PEOPLE = st.sampled_from(["ada", "bob"])
TASKS = st.sampled_from(["Sort", "Rank", "Score", ""])
DESCRIPTORS = st.sampled_from(["system_context", "raw_data"])
OLD = {
    "version": "1.0",
    "task": "Sort",
    "success_criteria": ["fast"],
    "business_goals": [{"id": "G1", "goal": "a"}],
}


class Editing(RuleBasedStateMachine):
    """Two people at two documents; each works from the revision they last looked at, which may be old."""

    @initialize()
    def begin(self) -> None:
        self.people = {
            name: User.objects.filter(username=name).first() or make_user(username=name)
            for name in ("ada", "bob")
        }
        self.project = make_project(owner=self.people["ada"])
        self.seen: dict[tuple[str, str], int] = {}
        self.kept: dict[tuple[str, int], tuple[Any, ...]] = {}

    def head(self, descriptor: str) -> Revision | None:
        return Revision.objects.filter(head_of__project=self.project, head_of__descriptor=descriptor).first()

    def attempt(self, who: str, descriptor: str, change: Any) -> None:
        """A change from what they saw: it is kept, or refused because somebody was quicker."""
        based_on, head = self.seen.get((who, descriptor), 0), self.head(descriptor)
        number = head.number if head else 0
        try:
            with transaction.atomic():
                change(based_on)
        except StaleRevision as refused:
            stale = refused
        else:
            return
        assert based_on != number
        assert (stale.current.number if stale.current else 0) == number
        assert self.head(descriptor) == head

    @rule(who=PEOPLE, descriptor=DESCRIPTORS)
    def looks(self, who: str, descriptor: str) -> None:
        head = self.head(descriptor)
        self.seen[who, descriptor] = head.number if head else 0

    @rule(who=PEOPLE, descriptor=DESCRIPTORS, task=TASKS)
    def saves(self, who: str, descriptor: str, task: str) -> None:
        self.attempt(
            who,
            descriptor,
            lambda based_on: save_revision(
                project=self.project, descriptor=descriptor, body={"version": "1.2", "task": task},
                by=self.people[who], origin="api", based_on=based_on,
            ),
        )  # fmt: skip

    @rule(who=PEOPLE, task=TASKS)
    def fills_in_the_form(self, who: str, task: str) -> None:
        self.attempt(
            who,
            "system_context",
            lambda based_on: save_form(
                project=self.project, descriptor="system_context", body={"version": "1.2", "task": task, "goals": []},
                by=self.people[who], based_on=based_on,
            ),
        )  # fmt: skip

    @rule(who=PEOPLE, old=st.booleans(), task=TASKS)
    def imports(self, who: str, old: bool, task: str) -> None:
        data = strictjson.dumps({**OLD, "task": task} if old else {"version": "1.2", "task": task}).encode()
        self.attempt(
            who,
            "system_context",
            lambda based_on: import_document(
                project=self.project, descriptor="system_context", data=data, name="x.json",
                by=self.people[who], based_on=based_on,
            ),
        )  # fmt: skip

    @precondition(lambda self: self.kept)
    @rule(who=PEOPLE, data=st.data())
    def restores(self, who: str, data: st.DataObject) -> None:
        descriptor, number = data.draw(st.sampled_from(sorted(self.kept)))
        wanted = Revision.objects.of(self.project).get(document__descriptor=descriptor, number=number)
        self.attempt(
            who,
            descriptor,
            lambda based_on: restore_revision(revision=wanted, by=self.people[who], based_on=based_on),
        )

    @rule(who=PEOPLE, descriptor=DESCRIPTORS)
    def clears(self, who: str, descriptor: str) -> None:
        if self.head(descriptor) is None:
            return

        def change(based_on: int) -> None:
            try:
                clear_document(
                    project=self.project, descriptor=descriptor, by=self.people[who], based_on=based_on
                )
            except StillUsed:
                raise AssertionError("nothing here is used") from None

        self.attempt(who, descriptor, change)

    @invariant()
    def no_revision_is_lost_or_changed(self) -> None:
        rows = Revision.objects.of(self.project).order_by("document__descriptor", "number")
        found = {
            (each.document.descriptor, each.number): (
                each.pk,
                each.text,
                each.digest,
                each.author_name,
                each.origin,
                each.reason,
            )
            for each in rows
        }
        assert {key: found.get(key) for key in self.kept} == self.kept
        for each in rows:
            assert each.digest == strictjson.digest(each.body)
        self.kept = found

    @invariant()
    def numbers_have_no_gaps_and_the_newest_is_the_head(self) -> None:
        for document in Document.objects.filter(project=self.project).select_related("head"):
            numbers = list(document.revisions.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
            assert document.head is not None
            assert document.head.number == len(numbers)
            kept = authorship_of(self.project, document.descriptor)
            assert kept is not None
            assert (kept.number, kept.since) == (len(numbers), 1)

    def teardown(self) -> None:
        assert [*verify.faults(), *witness.faults()] == []


def test_no_order_of_edits_restores_upgrades_imports_and_clearings_loses_anything():
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
