"""Reports made in the background: asked for once, made once, kept for a while."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from mismatch.services import execute_check
from tec.audit.models import Event
from tec.projects.models import Project
from tec.reports.models import ReportFile
from tec.reports.options import BadOption, Options
from tec.reports.rendering import AT_ONCE, render_report, takes_a_worker
from tec.reports.services import make_report as making
from tec.reports.services.forget_reports import forget_reports
from tec.reports.services.make_report import make_report
from tec.reports.services.order_report import MOST_KEPT, MOST_WAITING, TooManyReports, order_report
from tec.reports.steps import GATHERED
from tec.work.lease import claim, progress
from tec.work.models import State
from tests.factories import make_project, make_revision
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project(name="Loans")
    make_revision(project, "trained_model")
    checked(project, found("a"))
    return project


def order(project: Project, **over: Any) -> ReportFile:
    wanted = {"kind": "mismatch", "format": "csv", "options": Options(), "by": project.members.get(), **over}
    return order_report(project=project, **wanted)


def test_what_is_ordered_is_made_and_is_what_a_request_would_get(project: Project):
    row = order(project)
    assert (row.state, row.options) == (State.QUEUED, {"check": "1"})
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.DONE
    assert bytes(row.content) == render_report(project, format="csv").content
    assert row.size == len(row.content)
    assert row.attempts == 1
    event = Event.objects.get(verb="report.ordered")
    assert event.facts["format"] == "csv"


@pytest.mark.parametrize(
    ("kind", "format", "within"),
    [
        ("mismatch", "pdf", [(1, 34, 4), (35, 51, 5), (52, 99, 1)]),
        ("mismatch", "xlsx", [(1, 34, 4), (36, 70, 15)]),
        ("mismatch", "html", [(1, 34, 4), (36, 67, 5)]),
        ("mismatch", "csv", [(1, 34, 4)]),
        ("dossier", "pdf", [(36, 51, 5), (52, 99, 1)]),
    ],
)
def test_a_report_tells_how_far_it_is_from_reading_to_writing(
    monkeypatch: Any, kind: str, format: str, within: list[tuple[int, int, int]]
):
    project = make_project(name="Long")
    make_revision(project, "trained_model")
    numbers = range(40)
    plain = [found(str(n), fingerprint=f"{n:032x}") for n in numbers]
    again = [found(str(n), fingerprint=f"a{n:031x}", explains=(f"{n:032x}",)) for n in numbers]
    checked(project, *plain, *again)  # half of them do not count
    monkeypatch.setattr(execute_check, "PROGRESS_EVERY", -1)
    told: list[tuple[int, int]] = []

    render_report(project, kind=kind, format=format, progress=lambda *how_far: told.append(how_far))

    done = [each for each, _ in told]
    assert {total for _, total in told} == {100}
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 100)
    for low, high, times in within:
        assert len({each for each in done if low <= each <= high}) >= times, (low, high, done)


def test_a_worker_that_was_overtaken_notices_while_it_reads(project: Project, monkeypatch: Any):
    monkeypatch.setattr(execute_check, "PROGRESS_EVERY", -1)
    monkeypatch.setattr(making, "progress", overtaken_at(3))
    checked(project, *(found(str(n), fingerprint=f"{n:032x}") for n in range(20)))
    row = order(project)

    make_report(row_id=row.pk)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.content) == (State.RUNNING, 2, None)
    assert row.percent < GATHERED


def overtaken_at(turn: int) -> Any:
    """Progress as it is written; at that turn another worker takes the row first."""
    turns = count(1)

    def write(row: ReportFile, attempt: int, done: int, total: int) -> None:
        if next(turns) == turn:
            ReportFile.objects.filter(pk=row.pk).update(state=State.QUEUED)
            assert claim(row) == 2
        progress(row, attempt, done, total)

    return write


def test_the_last_check_is_the_one_that_was_the_last_then(project: Project):
    row = order(project)
    checked(project, found("b"))
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert "“a”" in bytes(row.content).decode()


def test_asking_twice_while_it_waits_makes_one(project: Project):
    assert order(project) == order(project)
    assert order(project, format="xlsx") != order(project)
    assert order(project, options=Options(new=True)) != order(project)
    first = order(project)
    make_report(row_id=first.pk)
    assert order(project) != first


def test_only_so_many_wait_at_a_time(project: Project):
    formats = ["pdf", "xlsx", "csv", "json", "sarif", "junit", "html", "markdown", "text", "github"]
    for format in formats[:MOST_WAITING]:
        order(project, format=format)
    with pytest.raises(TooManyReports, match="10 reports of this project wait already"):
        order(project, kind="dossier")


def test_only_the_newest_are_kept(project: Project):
    for _ in range(MOST_KEPT + 2):
        ReportFile.objects.create(project=project, kind="mismatch", format="csv", state=State.DONE)
    newest = order(project)
    assert ReportFile.objects.count() == MOST_KEPT
    assert ReportFile.objects.filter(pk=newest.pk).exists()


def test_old_ones_are_forgotten(project: Project, settings: Any):
    old, young = order(project), order(project, format="xlsx")
    past = timezone.now() - timedelta(days=settings.REPORT_DAYS, hours=1)
    ReportFile.objects.filter(pk=old.pk).update(created_at=past)
    assert forget_reports() == 1
    assert list(ReportFile.objects.all()) == [young]


@pytest.mark.parametrize(
    "over", [{"kind": "novel"}, {"format": "docx"}, {"kind": "dossier", "format": "sarif"}]
)
def test_what_there_is_not_is_refused_with_what_there_is(project: Project, over: Any):
    with pytest.raises(BadOption, match="there are"):
        order(project, **over)


def test_without_a_check_there_is_nothing_to_order():
    project = make_project()
    with pytest.raises(BadOption, match="No check of this project is done yet"):
        order(project)


def test_a_report_that_cannot_be_made_says_why(project: Project):
    row = order(project, options=Options(check=9))
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.FAILED
    assert row.error == "There is no finished check 9 of this project; the last one is 1."


def test_a_report_that_is_too_large_is_not_kept(project: Project, monkeypatch: Any):
    monkeypatch.setattr(making, "LARGEST", 10)
    row = order(project)
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.content) == (State.FAILED, None)
    assert "more than can be kept" in row.error


def test_a_fault_of_ours_is_a_sentence_for_people(project: Project, monkeypatch: Any):
    def break_(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(making, "render_report", break_)
    row = order(project)
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert row.error.startswith("An error in TEC itself stopped this report")


def test_an_attempt_that_was_overtaken_writes_nothing(project: Project, monkeypatch: Any):
    row = order(project)
    render = making.render_report

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        made = render(*args, **{**kwargs, "progress": None})
        ReportFile.objects.filter(pk=row.pk).update(state=State.QUEUED)
        assert claim(row) == 2
        return made

    monkeypatch.setattr(making, "render_report", overtaken)
    make_report(row_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.content) == (State.RUNNING, 2, None)


def test_a_second_message_about_the_same_row_does_nothing(project: Project):
    row = order(project)
    make_report(row_id=row.pk)
    before = ReportFile.objects.values().get()
    make_report(row_id=row.pk)
    make_report(row_id=row.pk + 1)
    assert ReportFile.objects.values().get() == before


def test_what_is_small_is_made_at_once_and_what_is_large_by_a_worker(project: Project):
    said = {
        format: takes_a_worker(project, "mismatch", format, Options())
        for format in ("csv", "html", "pdf", "xlsx")
    }
    assert said == {"csv": False, "html": False, "pdf": True, "xlsx": True}
    assert not takes_a_worker(project, "dossier", "html", Options())
    project.checks.update(counts={"mismatch": {"minor": AT_ONCE + 1}})
    assert takes_a_worker(project, "mismatch", "csv", Options())
    assert not takes_a_worker(project, "dossier", "html", Options())
    make_revision(project, "raw_data", {"version": "1.2", "x": ["y" * 19_000] * 30})
    assert takes_a_worker(project, "dossier", "html", Options())
