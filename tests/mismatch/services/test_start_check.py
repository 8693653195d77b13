"""Queuing a check, and recognising one that answers already."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch.models import Check, State, Trigger
from mismatch.services import start_check as module
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.audit.models import Event
from tec.work import wake
from tests.factories import make_project, make_revision, make_user
from tests.races import at_once


@pytest.fixture
def sent(monkeypatch):
    """The ids of the checks that workers were told about."""
    ids = []
    monkeypatch.setattr(module, "wake", lambda check: ids.append(check.pk))
    return ids


@pytest.mark.django_db
def test_a_check_looks_at_the_newest_revisions_that_have_content():
    project, person = make_project(), make_user()
    make_revision(project, "raw_data")
    newest = make_revision(project, "raw_data")
    cleared = make_revision(project, "training_data")
    save_revision(
        project=project,
        descriptor="training_data",
        body=None,
        by=person,
        origin=Origin.CLEAR,
        based_on=cleared.number,
    )

    check = start_check(project=project, by=person, trigger=Trigger.API)

    assert (check.number, check.state, check.trigger) == (1, State.QUEUED, Trigger.API)
    assert check.requested_by == person
    assert list(check.revisions.all()) == [newest]


@pytest.mark.django_db
def test_a_check_of_a_project_without_documents_can_be_started():
    assert start_check(project=make_project(), by=None).revisions.count() == 0


@pytest.mark.django_db
def test_workers_are_told_after_the_commit(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        check = start_check(project=make_project(), by=None)
        assert sent == []

    assert sent == [check.pk]


@pytest.mark.django_db
def test_starting_a_check_is_written_down(sent):
    project, person = make_project(), make_user()

    start_check(project=project, by=person)

    event = Event.objects.get(verb="check.started", project_id=project.pk)
    assert (event.actor, event.target, event.facts) == (person.username, "1", {"trigger": "button"})


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE])
def test_the_same_revisions_are_answered_by_the_check_that_looked_at_them(state):
    project = make_project()
    make_revision(project)
    first = start_check(project=project, by=None)
    Check.objects.update(state=state)

    assert start_check(project=project, by=None) == first


@pytest.mark.django_db
def test_a_check_of_yesterday_answers_nothing_because_rules_compare_dates():
    project = make_project()
    first = start_check(project=project, by=None)
    Check.objects.update(state=State.DONE, created_at=timezone.now() - timedelta(days=1))

    assert start_check(project=project, by=None).number == first.number + 1


@pytest.mark.django_db
def test_a_check_that_failed_answers_nothing():
    project = make_project()
    first = start_check(project=project, by=None)
    Check.objects.update(state=State.FAILED)

    assert start_check(project=project, by=None).number == first.number + 1


@pytest.mark.django_db
def test_a_new_revision_needs_a_new_check_even_if_it_says_what_an_older_one_said():
    project = make_project()
    body = {"version": "1.2", "task": "the first"}
    make_revision(project, body=body)
    first = start_check(project=project, by=None)
    make_revision(project, body={**body, "task": "the second"})
    second = start_check(project=project, by=None)
    make_revision(project, body=body)

    third = start_check(project=project, by=None)

    assert [first.number, second.number, third.number] == [1, 2, 3]


@pytest.mark.django_db
def test_clearing_the_only_document_is_not_answered_by_a_check_before_it_existed():
    """Mismatches are those of the newest check, so only the newest check may answer."""
    project = make_project()
    empty = start_check(project=project, by=None)
    revision = make_revision(project)
    start_check(project=project, by=None)
    save_revision(
        project=project,
        descriptor=revision.document.descriptor,
        body=None,
        by=None,
        origin=Origin.CLEAR,
        based_on=revision.number,
    )

    cleared = start_check(project=project, by=None)

    assert cleared.input_digest == empty.input_digest
    assert cleared.number == 3


@pytest.mark.django_db
def test_other_rules_need_a_new_check(monkeypatch):
    project = make_project()
    first = start_check(project=project, by=None)
    execute_check(check_id=first.pk)
    monkeypatch.setattr(module, "rules_digest", lambda profile: "another pack")

    assert start_check(project=project, by=None).number == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_who_start_at_once_get_the_same_check(sent):
    project = make_project()
    make_revision(project)

    first, second = at_once(lambda: start_check(project=project, by=None))

    assert first == second
    assert sent == [first.pk]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_fails_nothing_for_the_user(monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(wake.app, "send_task", refuse)

    check = start_check(project=make_project(), by=None)

    assert Check.objects.get(pk=check.pk).state == State.QUEUED
    assert "waits for the sweep" in caplog.text


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "files://"])
def test_a_broker_that_refuses_is_noticed_within_a_second(address, settings, monkeypatch, tmp_path):
    """Port 1 has no Redis, and a file is no folder for messages."""
    folder = tmp_path / "broker"
    folder.write_text("in the way")
    options = {**wake.app.conf.broker_transport_options, "folder": str(folder)}
    connection = wake.app.connection_for_write(address, transport_options=options)
    send = wake.app.send_task
    monkeypatch.setattr(wake.app, "send_task", lambda *args: send(*args, connection=connection))

    began = time.monotonic()

    assert wake.wake(Check(pk=1)) is False
    assert time.monotonic() - began < 1
