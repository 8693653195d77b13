"""A real worker: it syncs what is queued, and nothing is lost or left running when it is killed."""

from __future__ import annotations

import pytest

from descriptors.models import Revision
from descriptors.repositories.models import Repository, RevisionCommit, Sync
from descriptors.repositories.services.start_sync import start_sync
from tec.work.models import State
from tests.descriptors.repositories.conftest import document
from tests.descriptors.repositories.test_fetching import git_processes
from tests.workers import eventually

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def linked(link, server, settings):
    settings.GIT_HOSTS = ["localhost"]
    return link(url=server.url("team"))


@pytest.fixture
def allowed(server):
    """What the worker is told by its environment."""
    return {"TEC_GIT_HOSTS": "localhost", "TEC_GIT_CA_FILE": server.cert}


def is_done(sync: Sync) -> bool:
    sync.refresh_from_db()
    assert sync.state != State.FAILED, sync.error
    return sync.state == State.DONE


def test_a_worker_brings_in_what_is_queued(start_worker, linked, upstream, allowed):
    commit = upstream.commit({"raw_data.json": document()})
    start_worker(**allowed)

    sync = start_sync(repository=linked, by=None)
    eventually(lambda: is_done(sync), within=60, what="the sync")

    assert sync.commit == RevisionCommit.objects.get().sha == commit


def test_a_sync_whose_worker_is_killed_is_repeated_and_stored_once(
    start_worker, linked, upstream, server, allowed
):
    upstream.commit({"raw_data.json": document(), "system_context.json": document(task="t")})
    server.pause = 300
    worker = start_worker(**allowed)
    sync = start_sync(repository=linked, by=None)
    eventually(lambda: server.seen, within=60, what="Git asking the server")

    worker.kill()

    cache = f"/git/{linked.pk}-"
    eventually(lambda: not git_processes(cache), what="the end of Git")
    assert (Sync.objects.get().state, Sync.objects.get().attempts) == (State.RUNNING, 1)
    server.pause = 0
    start_worker(**allowed)
    eventually(lambda: is_done(sync), within=60, what="the repeated sync")
    assert sync.attempts == 2
    assert Revision.objects.count() == RevisionCommit.objects.count() == 2
    assert Repository.objects.get().commit == sync.commit
