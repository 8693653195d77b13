"""A real worker: what is queued gets done, whatever is killed meanwhile."""

from __future__ import annotations

import pytest

from mismatch.heartbeat import workers_listening
from mismatch.models import Check, State
from mismatch.services.start_check import start_check
from tests.factories import make_project, make_revision, make_user
from tests.workers import eventually

pytestmark = pytest.mark.worker


def state_of(check):
    return Check.objects.get(pk=check.pk).state


def test_a_worker_does_what_is_queued_and_says_that_it_listens(start_worker):
    worker = start_worker()
    project = make_project()
    make_revision(project)

    check = start_check(project=project, by=make_user())
    eventually(lambda: state_of(check) == State.DONE, what="the check")

    assert workers_listening() == 1
    assert worker.stop() == 0
    assert workers_listening() == 0
