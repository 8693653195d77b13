"""The database itself refuses to change or remove what was written down."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from descriptors.models import Document, Revision
from tec.audit import triggers
from tec.audit.models import Chain, Event
from tec.audit.record import record
from tec.projects.models import Project
from tec.projects.services.change_project import delete_project
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(db: None) -> Project:
    """A project with two revisions, guarded; the guards go with the test's transaction."""
    triggers.install(connection)
    project = make_project()
    make_revision(project)
    make_revision(project)
    return project


def refused(function, message):
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        function()


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'eve' WHERE number = 1",
        "UPDATE audit_event SET hash = hash",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE number = 2",
    ],
)
def test_entries_stay(project, statement):
    before = list(Event.objects.values_list())

    refused(lambda: run(statement), "never changed or removed")

    assert list(Event.objects.values_list()) == before


def test_an_entry_is_not_replaced(project):
    copy = Event.objects.first()
    copy.actor = "eve"

    refused(lambda: copy.save(force_insert=True), "never changed or removed")


def test_sqlite_replaces_no_entry(project):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    refused(lambda: run("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event"), "never changed")


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_event", "audit_chain", "descriptors_revision"])
def test_tables_are_not_emptied_at_a_stroke(project, table):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL refuses while references wait to be looked at
    refused(
        lambda: run(f"TRUNCATE {table} CASCADE"), "never changed or removed|removed only with their project"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_chain SET number = number - 1",
        "UPDATE audit_chain SET hash = 'x'",
        "UPDATE audit_chain SET number = number + 1, name = 'x'",
        "UPDATE audit_chain SET number = number + 2",
    ],
)
def test_the_end_of_a_log_only_moves_forward(project, statement):
    refused(lambda: run(statement), "only moves forward")


def test_the_end_of_a_log_stays(project):
    refused(lambda: run("DELETE FROM audit_chain"), "never changed or removed")


def test_entries_can_be_added(project):
    record("project.archived", project=project)

    assert Event.objects.filter(verb="project.archived").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "{}"},
        {"text": None},
        {"digest": "0" * 64},
        {"number": 9},
        {"reason": "because"},
        {"author_name": "eve"},
        {"created_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_revisions_stay_as_they_are(project, change):
    refused(lambda: Revision.objects.filter(number=1).update(**change), "never changed")


def test_revisions_stay(project):
    refused(lambda: Revision.objects.filter(number=1).delete(), "only with their project")
    refused(lambda: Document.objects.all().delete(), "only with their project")


def test_a_project_does_not_go_without_a_word(project):
    refused(project.delete, "only with their project")


def test_a_project_that_is_deleted_takes_its_revisions_along(project):
    other = make_revision(make_project(name="Other"))

    delete_project(project=project, by=make_user())

    assert list(Revision.objects.all()) == [other]


def test_an_author_may_leave(project):
    author = make_member(project, username="ada")
    revision = make_revision(project, by=author)

    author.delete()

    revision.refresh_from_db()
    assert (revision.author, revision.author_name) == (None, "ada")


def test_nobody_becomes_the_author_of_what_another_wrote(project):
    refused(lambda: Revision.objects.update(author=make_user()), "never changed")


def test_guards_that_are_missing_are_named(project):
    assert triggers.missing(connection) == []

    triggers.remove(connection)

    assert {"audit_event_no_update", "revision_no_delete"} <= set(triggers.missing(connection))


def test_guards_go_before_migrations_and_stand_after_them(project, settings):
    triggers.before_migrations(using="default", plan=[])
    assert triggers.missing(connection) == []
    triggers.before_migrations(using="default", plan=["something to do"])
    assert triggers.missing(connection)

    triggers.after_migrations(using="default")
    assert triggers.missing(connection)
    settings.AUDIT_TRIGGERS = True
    triggers.after_migrations(using="default")

    assert triggers.missing(connection) == []


def test_entries_of_old_times_are_sealed_by_the_migration():
    """As they were before there was a key: plain hashes, ids in a row."""
    from django.apps import apps

    from tec.audit import verify

    migration = import_module("tec.audit.migrations.0003_seal_entries")
    for name, project_id in (("project:7", 7), ("site", None), ("project:8", 8)):
        previous = ""
        for number in (1, 2, 3):
            event = Event(
                id=Event.objects.count() + 1, chain=name, number=number, at=datetime(2026, 11, 1, 10, tzinfo=UTC), verb="test.done",
                project_id=project_id, previous=previous,
            )  # fmt: skip
            event.facts_text = '{"b":1, "a": "é"}'
            event.hash = previous = migration.old_hash(event)
            event.save(force_insert=True)
        Chain.objects.create(name=name, number=3, hash=previous)
    Event.objects.filter(chain="project:8", number=2).update(actor="eve")

    migration.seal_entries(apps, None)

    assert list(verify.faults()) == []
    assert Event.objects.get(verb="audit.sealed").facts == {"broken": ["project:8"]}
    assert Event.objects.filter(verb="audit.opened").count() == 2
    assert Event.objects.filter(verb="test.done").count() == 9
