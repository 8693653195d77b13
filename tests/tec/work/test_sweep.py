"""What was forgotten is sent again, what failed too often is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from mismatch.models import Check, State
from mismatch.services.start_check import start_check
from tec.work import lease
from tec.work import sweep as module
from tec.work.models import Worker
from tec.work.sweep import sweep_all
from tests.factories import make_project
from tests.races import at_once


@pytest.fixture
def sent(monkeypatch):
    """The ids of the checks that workers were told about."""
    ids = []
    monkeypatch.setattr(module, "wake", lambda check: ids.append(check.pk) or True)
    return ids


@pytest.fixture
def check(db):
    return start_check(project=make_project(), by=None)


def long_ago(**fields) -> None:
    Check.objects.update(**dict.fromkeys(fields, Now() - timedelta(hours=1)))


def test_a_check_that_waits_for_long_is_sent_again_once(check, sent):
    long_ago(woken_at=1)

    assert sweep_all() == 1
    assert sweep_all() == 0
    assert sent == [check.pk]


def test_a_check_that_was_sent_just_now_is_left_alone(check, sent):
    assert sweep_all() == 0


def test_a_check_whose_worker_is_gone_is_sent_again(check, sent):
    lease.claim(check)
    long_ago(woken_at=1, lease_until=1)

    sweep_all()

    assert sent == [check.pk]


def test_a_check_whose_worker_is_at_work_is_left_alone(check, sent):
    lease.claim(check)
    long_ago(woken_at=1)

    assert sweep_all() == 0


def test_a_check_that_lost_its_worker_three_times_is_given_up_and_can_be_repeated(check, sent):
    for _ in range(3):
        lease.claim(check)
        long_ago(woken_at=1, lease_until=1)

    assert sweep_all() == 0

    check.refresh_from_db()
    assert check.state == State.FAILED
    assert check.error.startswith("The worker was lost or took too long 3 times")
    assert check.finished_at is not None
    again = start_check(project=check.project, by=None)
    assert (again.number, again.state) == (2, State.QUEUED)


def test_one_sweep_wakes_a_bounded_number_the_oldest_first(db, sent, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    checks = [start_check(project=make_project(), by=None) for _ in range(3)]
    for hours, each in enumerate(checks, start=1):
        Check.objects.filter(pk=each.pk).update(woken_at=Now() - timedelta(hours=hours))

    sweep_all()

    assert sent == [checks[2].pk, checks[1].pk]


def test_a_sweep_gives_up_when_the_broker_is_away(db, monkeypatch):
    tried = []
    monkeypatch.setattr(module, "wake", lambda check: bool(tried.append(check.pk)))
    for _ in range(3):
        start_check(project=make_project(), by=None)
    long_ago(woken_at=1)

    assert sweep_all() == 0
    assert len(tried) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_a_check_once(sent):
    start_check(project=make_project(), by=None)
    long_ago(woken_at=1)

    assert sorted(at_once(sweep_all)) == [0, 1]


@pytest.mark.django_db
def test_workers_that_are_long_gone_are_forgotten(sent):
    Worker.objects.create(name="old", seen_at=timezone.now() - timedelta(days=2))
    Worker.objects.create(name="new", seen_at=timezone.now())

    sweep_all()

    assert [worker.name for worker in Worker.objects.all()] == ["new"]
