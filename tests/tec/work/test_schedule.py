"""A scheduled job runs once per period, however many schedulers there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from tec.work import tasks
from tec.work.models import Schedule
from tec.work.schedule import due
from tests.races import at_once


@pytest.mark.django_db
def test_a_job_is_due_the_first_time_and_again_after_its_period():
    assert due("sweep", every=60)
    assert not due("sweep", every=60)

    Schedule.objects.update(last_run_at=Now() - timedelta(seconds=60))

    assert due("sweep", every=60)


@pytest.mark.django_db
def test_jobs_do_not_wait_for_each_other():
    assert due("sweep", every=60)
    assert due("report", every=60)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_run_a_job_once():
    assert sorted(at_once(lambda: due("sweep", every=60))) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_run_a_job_once_when_it_ran_before():
    Schedule.objects.create(job="sweep", last_run_at=Now() - timedelta(hours=1))

    assert sorted(at_once(lambda: due("sweep", every=60), times=4)) == [False, False, False, True]


@pytest.mark.django_db
def test_the_task_sweeps_when_it_is_due(monkeypatch):
    swept = []
    monkeypatch.setattr(tasks, "sweep_all", lambda: swept.append(1))

    tasks.sweep()
    tasks.sweep()

    assert swept == [1]
