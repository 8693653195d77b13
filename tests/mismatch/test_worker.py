"""A real worker: what is queued gets done, whatever is killed meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

import pytest
from kombu.exceptions import OperationalError

from mismatch.models import Check, State
from mismatch.services.start_check import start_check
from tec.work import wake
from tec.work.heartbeat import workers_listening
from tests.factories import make_project, make_revision, make_user
from tests.workers import WorkerProcess, begun, ended, eventually, forget_messages

pytestmark = pytest.mark.worker


def start() -> Check:
    project = make_project()
    make_revision(project)
    return start_check(project=project, by=make_user())


def is_done(check: Check) -> bool:
    check.refresh_from_db()
    return check.state == State.DONE


def test_a_worker_does_what_is_queued_and_says_that_it_listens(start_worker):
    worker = start_worker()

    check = start()
    eventually(lambda: is_done(check), what="the check")

    assert workers_listening() == 1
    assert worker.stop() == 0
    assert workers_listening() == 0


def test_a_check_queued_while_no_worker_listened_is_done_when_one_comes(start_worker):
    check = start()
    assert workers_listening() == 0
    assert check.state == State.QUEUED

    start_worker()

    eventually(lambda: is_done(check), what="the check")


def test_a_check_that_the_broker_forgot_is_found_by_the_sweep(start_worker, monkeypatch):
    start_worker()
    monkeypatch.setattr(wake.app, "send_task", lambda *args: None)

    check = start()

    eventually(lambda: is_done(check), what="the sweep")


def test_a_check_whose_worker_is_killed_is_repeated_by_the_next(start_worker, gate):
    worker = start_worker()
    check = start()
    (first,) = begun(1)

    worker.kill()

    eventually(lambda: ended(first), what="the end of the worker’s children")
    check.refresh_from_db()
    assert (check.state, check.attempts) == (State.RUNNING, 1)
    start_worker()
    begun(2)
    gate.unlink()
    eventually(lambda: is_done(check), what="the repeated check")
    assert check.attempts == 2
    assert check.sightings.count() == check.project.findings.count() > 0


def test_a_check_that_loses_its_worker_three_times_is_given_up(start_worker, gate):
    check = start()

    for attempt in (1, 2, 3):
        worker = start_worker()
        begun(attempt)
        worker.kill()

    start_worker()
    eventually(lambda: Check.objects.get(pk=check.pk).state == State.FAILED, what="giving up")
    check.refresh_from_db()
    assert check.error.startswith("The worker was lost or took too long 3 times")
    assert len(WorkerProcess.began()) == 3


def test_a_check_that_hangs_is_ended_with_its_process_and_begun_again(start_worker, gate):
    worker = start_worker(TEC_CHECK_SECONDS=1)
    check = start()
    (first,) = begun(1)

    eventually(lambda: ended(first), what="the end of the hanging process")
    if first == worker.process.pid:
        start_worker()  # as whoever runs it does
    begun(2)
    gate.unlink()

    eventually(lambda: is_done(check), what="the repeated check")


@pytest.mark.redis
def test_a_worker_that_loses_processes_of_its_pool_goes_on(start_worker, gate):
    start_worker()
    check = start()
    (first,) = begun(1)
    os.kill(first, signal.SIGKILL)

    (second,) = begun(2)[1:]
    gate.unlink()

    eventually(lambda: is_done(check), what="the repeated check")
    assert first != second


def test_a_worker_that_is_asked_to_stop_finishes_its_check(start_worker, gate):
    worker = start_worker()
    check = start()
    begun(1)

    worker.process.terminate()
    gate.unlink()

    assert worker.process.wait(timeout=20) == 0
    assert is_done(check)


@pytest.mark.redis
def test_a_check_survives_that_redis_forgets_everything(start_worker, gate):
    worker = start_worker()
    running, waiting, also_waiting = start(), start(), start()
    begun(2)

    worker.kill()
    forget_messages()
    gate.unlink()
    start_worker()

    for check in (running, waiting, also_waiting):
        eventually(lambda check=check: is_done(check), what="the check")


@pytest.mark.redis
@pytest.mark.skipif(not shutil.which("redis-server"), reason="needs the program redis-server")
def test_a_check_started_while_redis_is_away_is_done_once_it_is_back(start_worker, free_port, monkeypatch):
    command = ["redis-server", "--port", str(free_port), "--save", "", "--logfile", "/dev/null"]
    first = subprocess.Popen(command)
    start_worker(REDIS_URL=f"redis://127.0.0.1:{free_port}/0")
    first.kill()
    first.wait()
    monkeypatch.setattr(wake.app, "send_task", refuse)

    check = start()

    assert check.state == State.QUEUED
    second = subprocess.Popen(command)
    try:
        # Celery waits longer before every new try to connect, up to half a minute.
        eventually(lambda: is_done(check), within=90, what="the check")
    finally:
        second.kill()
        second.wait()


def refuse(*args):
    raise OperationalError("Connection refused")
