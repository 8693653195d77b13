"""Reports made by a real worker: what is asked for comes out, whatever is killed meanwhile."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from mismatch.findings import SEVERITIES
from tec.projects.models import Project
from tec.reports.models import ReportFile
from tec.work.models import State
from tests.api import Api
from tests.factories import make_project, make_revision
from tests.mismatch.findings import checked, found
from tests.workers import WorkerProcess, begun, ended, eventually

pytestmark = pytest.mark.worker

AT = "/projects/loans/reports/"


def loans(findings: int = 3) -> Project:
    project = make_project(name="Loans")
    make_revision(project, "trained_model")
    names = [f"number-{number}" for number in range(findings)]
    checked(
        project,
        *(
            found(name, fingerprint=f"{number:032x}", severity=SEVERITIES[number % 4])
            for number, name in enumerate(names)
        ),
    )
    return project


def order(project: Project, **over: str) -> tuple[Client, ReportFile]:
    """Asked for with the form of the page."""
    client = Client()
    client.force_login(project.members.get())
    assert client.post(AT, {"format": "pdf", **over}).status_code == 303
    return client, ReportFile.objects.get()


def state_of(row: ReportFile) -> str:
    row.refresh_from_db()
    return row.state


def made(row: ReportFile) -> bool:
    return state_of(row) == State.DONE


def test_a_report_whose_worker_is_killed_half_way_is_made_by_the_next(start_worker, gate):
    worker = start_worker()
    client, row = order(loans())
    (first,) = begun(1)
    assert (state_of(row), row.attempts, row.progress_done, row.progress_total) == ("running", 1, 35, 100)

    worker.kill()

    eventually(lambda: ended(first), what="the end of the worker’s children")
    assert (state_of(row), row.content) == (State.RUNNING, None)
    assert '<progress value="35" max="100"' in client.get(f"{AT}made/").content.decode()
    start_worker()
    begun(2)
    gate.unlink()
    eventually(lambda: made(row), what="the repeated report")
    assert row.attempts == 2
    assert client.get(row.get_absolute_url()).content.startswith(b"%PDF-")


def test_a_report_that_loses_its_worker_three_times_fails_and_is_asked_for_again_with_a_button(
    start_worker, gate
):
    client, row = order(loans(), severity="critical")

    for attempt in (1, 2, 3):
        worker = start_worker()
        begun(attempt)
        worker.kill()

    start_worker()
    eventually(lambda: state_of(row) == State.FAILED, what="giving up")
    assert len(WorkerProcess.began()) == row.attempts == 3
    assert row.error.startswith("The worker was lost or took too long 3 times while it ran this report.")
    page = client.get(AT).content.decode()
    assert row.error in page
    assert '<button class="btn">Make it again' in page

    gate.unlink()
    again = {"kind": row.kind, "format": row.format, **row.options}
    assert client.post(AT, again).status_code == 303

    second = ReportFile.objects.exclude(pk=row.pk).get()
    eventually(lambda: made(second), what="the report asked for again")
    assert second.options == row.options == {"check": "1", "severity": ["critical"]}


def test_a_report_that_hangs_is_ended_with_its_process_and_begun_again(start_worker, gate):
    worker = start_worker(TEC_CHECK_SECONDS=3)
    _, row = order(loans(), format="xlsx")
    (first,) = begun(1)

    eventually(lambda: ended(first), what="the end of the hanging process")
    if first == worker.process.pid:
        start_worker()  # as whoever runs it does
    begun(2)
    gate.unlink()

    eventually(lambda: made(row), what="the repeated report")


def test_a_report_of_thousands_of_findings_is_made_by_a_worker_and_says_how_far_it_is(start_worker, gate):
    project = loans(findings=10_000)
    start_worker()
    _, row = order(project, format="json")
    begun(1)
    api = Api(project.members.get())
    assert api.get(f"projects/loans/reports/{row.pk}/").json()["progress"] == {"done": 35, "total": 100}

    gate.unlink()

    eventually(lambda: made(row), within=60, what="the report")
    assert len(json.loads(bytes(row.content))["findings"]) == 10_000
