"""Two people who change one project at the same moment: one waits for the other, and both get through."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Moment
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from descriptors.models import Document, Origin, Revision
from descriptors.repositories.services.link_repository import link_repository, unlink_repository
from descriptors.services import import_documents
from descriptors.services.save_revision import save_revision
from mismatch.models import Finding, OwnRuleVersion
from mismatch.own.views import TEMPLATE
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.discuss_finding import comment_on_finding
from mismatch.services.keep_view import forget_view, keep_view
from mismatch.services.write_own_rule import activate, retire, write_version
from tec.accounts.tokens import create_token, revoke_token
from tec.audit.models import Event
from tec.audit.record import record
from tec.notices.models import Notice
from tec.notices.services.change_webhook import add_webhook, remove_webhook
from tec.projects.models import Project
from tec.projects.services.change_project import archive_project, delete_project
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, found
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 5


def together(*acts: Callable[[], Any]) -> None:
    """Run these at the same time; what one of them raises is raised here."""

    def run(act: Callable[[], Any]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


@pytest.mark.postgres
def test_somebody_who_decides_and_somebody_who_comments_do_not_lock_each_other_out():
    project = make_project()
    ana = project.memberships.get().user
    locked, recorded = Moment(), Moment()

    def decides() -> None:
        with transaction.atomic():
            Project.objects.locked().get(pk=project.pk)
            locked.set()
            recorded.wait(PATIENCE)
            record("finding.decided", actor=ana, project=project)

    def comments() -> None:
        locked.wait(PATIENCE)
        with transaction.atomic():
            record("finding.commented", actor=ana, project=project)
            recorded.set()
            Notice.objects.create(user=ana, project=project, kind="x", event="x", text="x", address="/")

    together(decides, comments)

    assert Event.objects.filter(verb__startswith="finding.").count() == 2
    assert Notice.objects.exists()


@pytest.mark.postgres
@pytest.mark.parametrize("there", [True, False])
def test_an_import_and_somebody_who_saves_do_not_lock_each_other_out(monkeypatch, there):
    project = make_project()
    ana = project.memberships.get().user
    make_revision(project, "system_context")
    if there:
        make_revision(project, "raw_data")
    based = {"system_context": 1, "raw_data": int(there)}
    half_way, saving = Moment(), Moment()
    saved = import_documents.save_revision

    def stops_half_way(**given: Any) -> Revision:
        revision = saved(**given)
        if given["descriptor"] == "system_context":
            half_way.set()
            saving.wait(1)
        return revision

    def imports() -> None:
        sent = {"system_context": {"version": "1.2", "task": "new"}, "raw_data": {"version": "1.2"}}
        bundle: Any = SimpleNamespace(documents=sent)
        import_documents.keep_bundle(project=project, bundle=bundle, by=ana, based_on=based, reason="x")

    def saves() -> None:
        half_way.wait(PATIENCE)
        with transaction.atomic():
            Project.objects.lock(project.pk)
            document, _ = Document.objects.get_or_create(project=project, descriptor="raw_data")
            Document.objects.select_for_update().get(pk=document.pk)
            saving.set()
            save_revision(
                project=project, descriptor="raw_data", body={"version": "1.2"}, by=ana, origin=Origin.FORM,
                based_on=int(there),
            )  # fmt: skip

    monkeypatch.setattr(import_documents, "save_revision", stops_half_way)
    together(imports, saves)  # the same content, so that nobody is told of an older state

    assert Revision.objects.of(project).filter(document__descriptor="raw_data").count() == 1 + there


@pytest.mark.postgres
def test_who_comments_while_the_project_is_deleted_is_told_that_it_is_gone():
    project = make_project()
    ana = project.memberships.get().user
    make_revision(project)
    checked(project, found("a"))
    finding = Finding.objects.get()
    begun = Moment()

    def deletes() -> None:
        with transaction.atomic():
            Project.objects.lock(project.pk)
            record("project.leaves", actor=ana, project=project)
            begun.set()
            time.sleep(0.5)  # in which the other one comes as far as it can
            delete_project(project=project, by=ana)

    def comments() -> None:
        begun.wait(PATIENCE)
        with pytest.raises(Http404):
            comment_on_finding(finding=finding, by=ana, text="Why?")

    together(deletes, comments)

    assert not Project.objects.exists()


@pytest.mark.postgres
def test_who_saves_while_the_project_is_archived_is_told_so():
    project = make_project()
    ana = project.memberships.get().user
    begun = Moment()

    def archives() -> None:
        with transaction.atomic():
            archive_project(project=project, by=ana)
            begun.set()
            time.sleep(0.5)  # in which the other one comes as far as it can

    def saves() -> None:
        begun.wait(PATIENCE)
        with pytest.raises(PermissionDenied, match="is archived"):
            make_revision(project, by=ana)

    together(archives, saves)

    assert not Revision.objects.exists()


@pytest.mark.postgres
@pytest.mark.parametrize("what", ["token", "webhook", "view", "link"])
def test_something_can_be_taken_away_while_somebody_changes_it(what):
    project = make_project()
    ana = project.memberships.get().user
    row, take_away = {
        "token": lambda: (create_token(user=ana, name="ci", days=1, writes=True)[0], token_revoked),
        "webhook": lambda: (add_webhook(project=project, by=ana, name="x", url="https://x.y/")[0], hook_removed),
        "view": lambda: (keep_view(project=project, by=ana, **VIEW), view_forgotten),
        "link": lambda: (link_repository(project=project, by=ana, credential=None, **LINK), unlinked),
    }[what]()  # fmt: skip
    held = Moment()

    def changes() -> None:
        with transaction.atomic():
            type(row).objects.select_for_update().get(pk=row.pk)
            held.set()
            time.sleep(0.5)  # in which the other one comes as far as it can
            record("x.changed", actor=ana, project=None if what == "token" else project)

    def takes_away() -> None:
        held.wait(PATIENCE)
        take_away(type(row).objects.get(pk=row.pk), ana)

    together(changes, takes_away)

    assert not type(row).objects.exists()
    assert Event.objects.filter(verb="x.changed").exists()


RULES: dict[str, Callable[[Any, Any], Any]] = {
    "write a rule": lambda rule, by: write_version(rule=None, project=rule.project, source=TEMPLATE, by=by),
    "write its next version": lambda rule, by: write_version(rule=rule, project=rule.project, source=TEMPLATE, by=by),
    "activate": lambda rule, by: activate(version=rule.versions.get(), by=by),
    "retire": lambda rule, by: retire(rule=rule, by=by),
    "choose a baseline": lambda rule, by: choose_baseline(project=rule.project, check=None, by=by),
}  # fmt: skip


@pytest.mark.postgres
@pytest.mark.parametrize("what", RULES)
def test_whoever_writes_a_rule_or_chooses_a_baseline_locks_the_project_first_and_the_log_last(what):
    project = make_project()
    ana = project.memberships.get().user
    rule = write_version(rule=None, project=project, source=TEMPLATE, by=ana).rule

    with CaptureQueriesContext(connection) as asked:
        RULES[what](rule, ana)

    locked = [
        each["sql"].partition(' FROM "')[2].partition('"')[0]
        for each in asked.captured_queries
        if re.search(r"FOR (NO KEY )?UPDATE", each["sql"])
    ]
    assert locked[0] == "projects_project"
    assert locked[-1] == "audit_chain"
    assert set(locked[1:-1]) <= {"mismatch_ownrule"}


@pytest.mark.parametrize("what", RULES)
def test_a_rule_or_baseline_of_a_project_that_was_archived_meanwhile_stays_as_it_is(what):
    project = make_project()
    ana = project.memberships.get().user
    rule = write_version(rule=None, project=project, source=TEMPLATE, by=ana).rule
    archive_project(project=Project.objects.get(), by=ana)
    before = Event.objects.count()

    with pytest.raises(PermissionDenied, match="is archived"):
        RULES[what](rule, ana)

    assert OwnRuleVersion.objects.count() == 1
    assert Event.objects.count() == before


@pytest.mark.postgres
def test_somebody_who_chooses_a_baseline_waits_for_the_one_who_did_it_first():
    project = make_project()
    ana = project.memberships.get().user
    make_revision(project)
    checks = [checked(project, found("a")), checked(project, found("b"))]

    at_once(lambda: [choose_baseline(project=project, check=check, by=ana) for check in checks])

    told = [
        each.facts["changes"]["baseline"]
        for each in Event.objects.filter(verb="baseline.chosen").order_by("id")
    ]
    assert [was for was, _ in told] == [None, *(now for _, now in told[:-1])]


VIEW: Any = {"kind": "mismatch", "name": "Mine", "query": "", "shared": False}
LINK: Any = {"url": "https://git.example.org/a/b.git", "branch": "", "path": ""}


def token_revoked(row: Any, by: Any) -> None:
    revoke_token(token=row, by=by)


def hook_removed(row: Any, by: Any) -> None:
    remove_webhook(hook=row, by=by)


def view_forgotten(row: Any, by: Any) -> None:
    forget_view(view=row, by=by)


def unlinked(row: Any, by: Any) -> None:
    unlink_repository(repository=row, by=by)


def test_a_project_is_deleted_once_however_often_it_is_asked_for():
    project = make_project()
    ana = project.memberships.get().user

    at_once(lambda: delete_project(project=Project(pk=project.pk, slug=project.slug, name="x"), by=ana))

    assert Event.objects.filter(verb="project.deleted").count() == 1


def test_projects_of_the_same_name_made_at_once_get_addresses_of_their_own():
    ana = make_user()

    made = at_once(lambda: make_project(owner=ana), times=4)

    assert len({project.slug for project in made}) == 4
    assert Event.objects.filter(verb="project.created").count() == 4
