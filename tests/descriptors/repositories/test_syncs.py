"""A sync: what it stores, what it leaves alone, and what it says."""

from __future__ import annotations

import json

import pytest

from descriptors.models import Document, Origin, Revision
from descriptors.repositories import fetching, worker
from descriptors.repositories.models import (
    FollowedDocument,
    Repository,
    Result,
    RevisionCommit,
    Sync,
    Trigger,
)
from descriptors.repositories.services import execute_sync as executing
from descriptors.repositories.services import start_sync as starting
from descriptors.repositories.services.execute_sync import execute_sync
from descriptors.repositories.services.link_repository import change_repository, unlink_repository
from descriptors.repositories.services.settle_difference import NothingToSettle, keep_ours, take_from_git
from descriptors.repositories.services.start_sync import start_due_syncs, start_sync
from descriptors.repositories.services.store_sync import digest
from mismatch.models import Check
from mismatch.models import Trigger as CheckTrigger
from tec.audit.models import Event
from tec.projects.services.change_project import archive_project
from tec.work.models import State
from tests.descriptors.repositories.conftest import document
from tests.factories import make_member, make_project, make_revision, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """What Git does is the same, without the start of a process for each sync; others test that process."""
    for name in ("GIT_TEMPLATE_DIR", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_PYTHON_REFRESH"):
        monkeypatch.setenv(name, "")  # is set anew below, and taken back after the test

    def fetch(job, step=lambda number: None):
        step(1)
        return worker._snapshot(job, fetching.work({**job._asdict(), "address": job.address._asdict()}))

    monkeypatch.setattr(executing.worker, "fetch", fetch)


def synced(repository: Repository, **over) -> Sync:
    sync = start_sync(repository=repository, by=None, **over)
    execute_sync(sync_id=sync.pk)
    sync.refresh_from_db()
    return sync


def results(sync: Sync) -> dict[str, str]:
    return {file.descriptor: file.result for file in sync.files.all()}


def bodies(repository: Repository) -> dict[str, dict]:
    found = Document.objects.bodies_of(repository.project)
    return {name: body for name, body in found.items() if body is not None}


def test_the_first_sync_takes_every_document_with_its_commit(link, upstream):
    commit = upstream.commit(
        {"raw_data.json": document(), "system_context.json": document(task="t")}, "Start"
    )
    repository = link()

    sync = synced(repository)

    assert (sync.state, sync.commit, sync.history, sync.error) == (State.DONE, commit, "first", "")
    assert results(sync) == {"system_context": Result.SAVED, "raw_data": Result.SAVED}
    assert bodies(repository) == {
        "raw_data": {"version": "1.2"},
        "system_context": {"version": "1.2", "task": "t"},
    }
    revision = Revision.objects.of(repository.project).get(document__descriptor="raw_data")
    assert (revision.origin, revision.reason, revision.author) == (Origin.GIT, "Start", None)
    assert (revision.commit.sha, revision.commit.author, revision.commit.page) == (commit, "Ada Lovelace", "")
    repository.refresh_from_db()
    assert repository.commit == commit


def test_a_second_sync_takes_only_what_changed(link, upstream):
    upstream.commit({"raw_data.json": document(), "system_context.json": document(task="t")})
    repository = link()
    synced(repository)
    upstream.commit({"raw_data.json": document(data_rights="mine")})

    sync = synced(repository)

    assert (sync.history, results(sync)) == ("follows", {"system_context": "same", "raw_data": "saved"})
    assert Revision.objects.of(repository.project).count() == 3


def test_a_project_that_was_archived_meanwhile_is_left_alone(link, upstream):
    upstream.commit({"raw_data.json": document()})
    repository = link()
    sync = start_sync(repository=repository, by=None)
    archive_project(project=repository.project, by=repository.linked_by)

    execute_sync(sync_id=sync.pk)

    sync.refresh_from_db()
    assert (sync.state, sync.problem) == (State.FAILED, "archived")
    assert "archive" in sync.error
    assert not Revision.objects.exists()


def test_nothing_new_leaves_no_trace_but_the_sync(link, upstream):
    upstream.commit({"raw_data.json": document()})
    repository = link()
    synced(repository)
    events = Event.objects.count()

    sync = synced(repository, trigger=Trigger.SCHEDULE)

    assert (sync.state, sync.history, sync.files.count()) == (State.DONE, "same", 0)
    assert (Revision.objects.count(), Event.objects.count()) == (1, events)


def test_what_was_edited_in_tec_only_stays_and_counts_as_newer(link, upstream):
    upstream.commit({"raw_data.json": document(), "x": "1"})
    repository = link()
    synced(repository)
    make_revision(repository.project, "raw_data", body={"version": "1.2", "data_rights": "ours"})
    upstream.commit({"x": "2"})

    assert results(synced(repository)) == {"raw_data": Result.AHEAD}
    assert bodies(repository)["raw_data"]["data_rights"] == "ours"

    upstream.commit({"raw_data.json": document(data_rights="ours")})
    assert results(synced(repository)) == {"raw_data": Result.SAME}


@pytest.fixture
def apart(link, upstream):
    """A document that both sides changed since the last sync."""
    upstream.commit({"raw_data.json": document(), "system_context.json": document(task="a")})
    repository = link()
    synced(repository)
    make_revision(repository.project, "raw_data", body={"version": "1.2", "data_rights": "ours"})
    upstream.commit(
        {"raw_data.json": document(data_rights="theirs"), "system_context.json": document(task="b")}
    )
    return repository


def test_what_both_changed_is_not_overwritten_and_holds_up_nothing_else(apart):
    sync = synced(apart)

    assert results(sync) == {"raw_data": Result.DIFFERS, "system_context": Result.SAVED}
    assert bodies(apart)["raw_data"]["data_rights"] == "ours"
    followed = FollowedDocument.objects.get(descriptor="raw_data")
    assert json.loads(followed.offered)["data_rights"] == "theirs"
    assert results(synced(apart)) == {"raw_data": Result.DIFFERS, "system_context": Result.SAME}


def test_git_wins_as_a_new_revision_where_the_link_says_so(apart):
    Repository.objects.update(on_difference="git")

    assert results(synced(apart))["raw_data"] == Result.SAVED

    assert bodies(apart)["raw_data"]["data_rights"] == "theirs"
    assert [r.body.get("data_rights") for r in Revision.objects.filter(document__descriptor="raw_data")] == [
        "theirs",
        "ours",
        None,
    ]


def test_a_person_takes_what_git_says(apart):
    synced(apart)
    followed = FollowedDocument.objects.get(descriptor="raw_data")
    by = make_user()

    kept = take_from_git(followed=followed, by=by, based_on=2, offered=digest(followed.offered))

    assert (kept.number, kept.body["data_rights"], kept.author) == (3, "theirs", by)
    assert kept.commit.sha == apart.syncs.first().commit
    assert results(synced(apart))["raw_data"] == Result.SAME
    with pytest.raises(NothingToSettle):
        take_from_git(followed=followed, by=by, based_on=3, offered=digest(followed.offered))


def test_a_person_keeps_what_tec_says_until_git_changes_again(apart, upstream):
    synced(apart)
    followed = FollowedDocument.objects.get(descriptor="raw_data")

    keep_ours(followed=followed, by=make_user(), offered=digest(followed.offered))

    assert results(synced(apart))["raw_data"] == Result.AHEAD
    upstream.commit({"raw_data.json": document(data_rights="theirs again")})
    assert results(synced(apart))["raw_data"] == Result.DIFFERS


def test_a_choice_about_something_that_git_no_longer_offers_is_refused(apart, upstream):
    synced(apart)
    seen = digest(FollowedDocument.objects.get(descriptor="raw_data").offered)
    upstream.commit({"raw_data.json": document(data_rights="newer")})
    synced(apart)

    with pytest.raises(NothingToSettle):
        keep_ours(followed=FollowedDocument.objects.get(descriptor="raw_data"), by=make_user(), offered=seen)


def test_a_project_that_had_documents_before_it_was_linked_loses_none(link, upstream):
    upstream.commit(
        {"raw_data.json": document(data_rights="theirs"), "system_context.json": document(task="same")}
    )
    repository = link()
    make_revision(repository.project, "raw_data", body={"version": "1.2", "data_rights": "ours"})
    make_revision(repository.project, "system_context", body={"version": "1.2", "task": "same"})

    assert results(synced(repository)) == {"raw_data": Result.DIFFERS, "system_context": Result.SAME}


def test_a_bad_file_is_told_with_its_place_and_the_others_come_in(link, upstream):
    upstream.commit(
        {
            "raw_data.json": '{\n  "version": "1.2",\n  "a" 1\n}',
            "trained_model.json": document(version="9.9"),
            "production_data.json": "null",
            "data_pipeline.json": '{"version": "1.2", "a": 1, "a": 2}',
            "training_data.json": document(),
            "Training Data.json": document(),
            "Loans - Training Data.json": document(),
            "system_context.json": document(task="t"),
        }
    )
    repository = link()

    sync = synced(repository)

    assert sync.state == State.DONE
    assert bodies(repository) == {"system_context": {"version": "1.2", "task": "t"}}
    told = {file.descriptor: file for file in sync.files.filter(result=Result.REFUSED)}
    assert set(told) == {"raw_data", "trained_model", "production_data", "data_pipeline", "training_data"}
    assert told["raw_data"].place.startswith("line 3")
    assert told["trained_model"].place == "at /version"
    assert "both Training Data" in told["training_data"].message
    assert all(file.message and file.remedy for file in told.values())


def test_a_file_that_was_bad_and_is_repaired_comes_in(link, upstream):
    upstream.commit({"raw_data.json": "{"})
    repository = link()
    assert results(synced(repository)) == {"raw_data": Result.REFUSED}
    upstream.commit({"raw_data.json": document()})
    assert results(synced(repository)) == {"raw_data": Result.SAVED}


def test_a_file_that_is_deleted_in_git_clears_nothing(link, upstream):
    upstream.commit({"raw_data.json": document(), "x": ""})
    repository = link()
    synced(repository)
    upstream.commit({"raw_data.json": None})

    sync = synced(repository)

    assert results(sync) == {"raw_data": Result.GONE}
    assert bodies(repository) == {"raw_data": {"version": "1.2"}}
    assert results(synced(repository)) == {}


def test_a_document_of_an_old_version_is_kept_as_received_and_upgraded(link, upstream):
    upstream.commit({"raw_data.json": document(version="1.0")})
    repository = link()

    synced(repository)

    origins = [revision.origin for revision in Revision.objects.of(repository.project).order_by("number")]
    assert origins == [Origin.GIT, Origin.UPGRADE]
    assert results(synced(repository)) == {"raw_data": Result.SAME}


def test_a_rewritten_history_is_noticed_and_its_documents_come_in(link, upstream):
    first = upstream.commit({"raw_data.json": document()})
    repository = link()
    upstream.commit({"raw_data.json": document(data_rights="a")})
    synced(repository)
    upstream.git("reset", "-q", "--hard", first)
    upstream.commit({"raw_data.json": document(data_rights="b")})

    sync = synced(repository)

    assert (sync.history, results(sync)) == ("rewritten", {"raw_data": Result.SAVED})


@pytest.mark.parametrize(
    ("over", "code"),
    [({"branch": "gone"}, "branch"), ({"path": "gone"}, "path"), ({"url": "/etc"}, "refused")],
)
def test_a_sync_that_cannot_be_done_says_why(link, upstream, over, code):
    upstream.commit({"raw_data.json": document()})
    sync = synced(link(**over))

    assert (sync.state, sync.problem) == (State.FAILED, code)
    assert sync.error


def test_a_key_sealed_under_another_secret_is_asked_for_again(link, upstream, settings):
    upstream.commit({"raw_data.json": document()})
    repository = link(credential={"kind": "token", "token": "abc"})
    settings.SECRET_KEY = "another"

    sync = synced(repository)

    assert (sync.state, sync.problem) == (State.FAILED, "sealed")


def test_secrets_are_sealed_and_never_told(link, upstream, caplog):
    upstream.commit({"raw_data.json": document()})
    repository = link(credential={"kind": "token", "token": "glpat-verysecret", "username": "bot"})
    synced(repository)
    change_repository(
        repository=repository,
        by=repository.linked_by,
        credential={"kind": "made"},
        **{
            name: getattr(repository, name)
            for name in ("url", "branch", "path", "on_difference", "every", "check_after")
        },
    )
    repository.refresh_from_db()

    assert repository.public_key.startswith("ssh-ed25519 ")
    assert "verysecret" not in repository.token + caplog.text
    assert "PRIVATE" not in repository.key
    assert not [event for event in Event.objects.all() if "verysecret" in str(event.facts) + event.target]


def test_a_credential_is_not_taken_along_to_another_address(link, upstream):
    repository = link(credential={"kind": "token", "token": "abc"})
    values = {
        name: getattr(repository, name)
        for name in ("branch", "path", "on_difference", "every", "check_after")
    }

    kept = change_repository(
        repository=repository, by=repository.linked_by, credential=None, url=repository.url, **values
    )
    assert kept.token
    moved = change_repository(
        repository=repository,
        by=repository.linked_by,
        credential=None,
        url="https://evil.example/r",
        **values,
    )
    assert (moved.token, moved.key) == ("", "")


def test_a_check_follows_if_the_link_says_so(link, upstream, django_capture_on_commit_callbacks):
    upstream.commit({"raw_data.json": document()})
    with django_capture_on_commit_callbacks(execute=True):
        synced(link(check_after=False))
    assert not Check.objects.exists()

    repository = link(check_after=True)
    with django_capture_on_commit_callbacks(execute=True):
        synced(repository)
    assert [check.trigger for check in Check.objects.filter(project=repository.project)] == [CheckTrigger.GIT]


def test_one_sync_waits_in_the_queue_at_most(link):
    repository = link()
    first = start_sync(repository=repository, by=None)

    assert start_sync(repository=repository, by=make_user()) == first
    Sync.objects.update(state=State.RUNNING)
    assert start_sync(repository=repository, by=None).number == 2


def test_a_bounded_number_of_syncs_is_remembered(link, monkeypatch):
    monkeypatch.setattr(starting, "KEPT", 3)
    repository = link()
    for _ in range(5):
        start_sync(repository=repository, by=None)
        Sync.objects.update(state=State.FAILED)

    assert [sync.number for sync in Sync.objects.all()] == [5, 4, 3]


def test_a_sync_that_was_overtaken_stores_nothing_older(link, upstream, monkeypatch):
    """The slow one read the first commit, the fast one the second."""
    upstream.commit({"raw_data.json": document(data_rights="old")})
    repository = link()
    real = worker.fetch
    slow = start_sync(repository=repository, by=None)

    def fetch(job, step=lambda number: None):
        snapshot = real(job, step)
        if Sync.objects.count() == 1:
            Sync.objects.update(state=State.RUNNING)
            upstream.commit({"raw_data.json": document(data_rights="new")})
            synced(repository)
        return snapshot

    monkeypatch.setattr(executing.worker, "fetch", fetch)
    execute_sync(sync_id=slow.pk)

    slow.refresh_from_db()
    assert (slow.state, results(slow)) == (State.DONE, {"raw_data": Result.SAME})
    assert bodies(repository)["raw_data"]["data_rights"] == "new"
    assert Revision.objects.of(repository.project).count() == 1


def test_a_link_taken_away_while_it_syncs_leaves_nothing_behind(link, upstream, monkeypatch):
    upstream.commit({"raw_data.json": document()})
    repository = link()
    real = worker.fetch

    def fetch(job, step=lambda number: None):
        snapshot = real(job, step)
        unlink_repository(repository=Repository.objects.get(), by=repository.linked_by)
        return snapshot

    monkeypatch.setattr(executing.worker, "fetch", fetch)
    execute_sync(sync_id=start_sync(repository=repository, by=None).pk)

    assert not Sync.objects.exists()
    assert not Revision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_syncs_at_once_save_every_document_once(link, upstream):
    upstream.commit({"raw_data.json": document(), "system_context.json": document(task="t")})
    repository = link()
    first = start_sync(repository=repository, by=None)
    Sync.objects.update(state=State.RUNNING)
    second = start_sync(repository=repository, by=None)
    Sync.objects.update(state=State.QUEUED)
    waiting = [first.pk, second.pk]

    at_once(lambda: execute_sync(sync_id=waiting.pop()))

    assert [sync.state for sync in Sync.objects.all()] == [State.DONE, State.DONE]
    assert Revision.objects.of(repository.project).count() == RevisionCommit.objects.count() == 2


def test_the_schedule_starts_what_is_due_once(link):
    due, never, archived = link(every=60), link(every=0), link(every=60)
    archived.project.archived_at = archived.linked_at
    archived.project.save()

    assert (start_due_syncs(), start_due_syncs()) == (1, 0)
    assert [sync.repository for sync in Sync.objects.all()] == [due]
    assert Sync.objects.get().trigger == Trigger.SCHEDULE
    assert never.syncs.count() == 0


def test_unlinking_keeps_documents_and_their_commits(link, upstream):
    commit = upstream.commit({"raw_data.json": document()})
    repository = link()
    synced(repository)

    unlink_repository(repository=repository, by=make_member(repository.project))

    assert RevisionCommit.objects.get().sha == commit
    assert Document.objects.present().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_project_that_is_linked_twice_at_once_has_one_link(link, upstream):
    project = make_project()

    at_once(lambda: link(project=project), times=3)

    assert Repository.objects.filter(project=project).count() == 1
