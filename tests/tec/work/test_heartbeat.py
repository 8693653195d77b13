"""Whether a worker listens, and what waits for it."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from mismatch.models import Check, State
from tec.work.heartbeat import Heartbeat, queue, workers_listening
from tec.work.models import Worker
from tests.factories import make_project
from tests.workers import eventually


@pytest.mark.django_db
def test_no_worker_listens_at_first():
    assert workers_listening() == 0


@pytest.mark.django_db
def test_a_worker_that_was_not_heard_for_a_while_does_not_listen():
    Worker.objects.create(name="fresh", seen_at=Now() - timedelta(seconds=10))
    Worker.objects.create(name="stale", seen_at=Now() - timedelta(seconds=60))

    assert workers_listening() == 1


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_is_heard_until_it_is_stopped():
    heartbeat = Heartbeat()

    heartbeat.start()
    eventually(workers_listening)
    assert Worker.objects.get().name.endswith(f":{os.getpid()}")

    heartbeat.stop()
    assert workers_listening() == 0


@pytest.mark.django_db
def test_the_queue_has_a_length_and_an_age():
    project = make_project()
    for number, state in enumerate([State.QUEUED, State.QUEUED, State.RUNNING, State.DONE, State.FAILED]):
        Check.objects.create(project=project, number=number, state=state)
    Check.objects.filter(number=1).update(created_at=timezone.now() - timedelta(minutes=2))

    length, age = queue()

    assert length == 2
    assert 120 <= age < 180


@pytest.mark.django_db
def test_an_empty_queue_has_no_age():
    assert queue() == (0, 0.0)
