"""The pages of reports: choose, fetch at once or wait for a worker, read and print."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tec.projects.models import Project
from tec.reports.models import ReportFile
from tec.reports.services.make_report import make_report
from tec.work.models import State, Worker
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db
AT = "/projects/loans/reports/"


@pytest.fixture
def project(client: Client) -> Project:
    user = make_user(username="ana")
    client.force_login(user)
    project = make_project(owner=user, name="Loans")
    make_revision(project, "trained_model", {"version": "1.2", "model_name": "m"})
    checked(project, found("a", severity="major"))
    return project


def order(client: Client, **fields: Any) -> Any:
    return client.post(AT, {"kind": "mismatch", "form": "1", "settled": "yes", **fields})


def test_the_page_offers_every_report_and_format(client: Client, project: Project):
    page = client.get(AT).content.decode()
    for name in ("PDF", "HTML", "Markdown", "Excel (XLSX)", "CSV", "JSON", "SARIF 2.1.0", "JUnit XML"):
        assert name in page
    assert "Mismatch report" in page
    assert "System dossier" in page
    assert 'aria-current="page">Reports' in page


@pytest.mark.parametrize(
    ("format", "media_type", "name"),
    [
        ("csv", "text/csv; charset=utf-8", "loans-mismatch.csv"),
        ("sarif", "application/sarif+json", "loans-mismatch.sarif"),
        ("junit", "application/xml; charset=utf-8", "loans-mismatch.xml"),
        ("html", "text/html; charset=utf-8", "loans-mismatch.html"),
        ("json", "application/json", "loans-mismatch.json"),
    ],
)
def test_what_is_small_is_downloaded_at_once(client: Client, project: Project, format, media_type, name):
    response = order(client, format=format)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Something is wrong with “a”." in response.content.decode()
    assert not ReportFile.objects.exists()


def test_a_pdf_is_made_by_a_worker_and_then_fetched(client: Client, project: Project):
    response = order(client, format="pdf", severity=["critical", "major"])
    row = ReportFile.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, f"{AT}#report-{row.pk}")
    assert row.chosen.severities == ("critical", "major")
    assert client.get(row.get_absolute_url()).status_code == 302  # not there yet
    page = client.get(AT).content.decode()
    assert "Queued" in page
    assert "No worker is listening" in page
    assert 'hx-trigger="every 1s"' in page

    Worker.objects.create(name="w", seen_at=timezone.now())
    assert "No worker is listening" not in client.get(f"{AT}made/").content.decode()
    make_report(row_id=row.pk)
    part = client.get(f"{AT}made/").content.decode()
    assert "hx-trigger" not in part
    assert row.get_absolute_url() in part
    got = client.get(row.get_absolute_url())
    assert got.content.startswith(b"%PDF-")
    assert got.headers["Content-Disposition"] == 'attachment; filename="loans-mismatch.pdf"'


def test_a_report_that_failed_says_why(client: Client, project: Project):
    ReportFile.objects.create(
        project=project, kind="mismatch", format="pdf", state=State.FAILED, error="<b>No."
    )
    assert "&lt;b&gt;No." in client.get(AT).content.decode()


def test_boxes_that_are_not_ticked_count(client: Client, project: Project):
    client.post(AT, {"kind": "mismatch", "form": "1", "format": "pdf"})
    assert ReportFile.objects.get().chosen.settled is False


@pytest.mark.parametrize("kind", ["mismatch", "dossier"])
def test_a_report_can_be_read_as_a_page_without_inline_style_or_script(
    client: Client, project: Project, kind: str
):
    response = client.get(f"{AT}view/{kind}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<style" not in page
    assert "<script" not in page
    assert "style=" not in page
    assert "Back to the reports" in page
    assert "Loans" in page


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", f"{AT}view/novel/", 404),
        ("get", f"{AT}view/mismatch/?severity=bad", 400),
        ("get", f"{AT}view/mismatch/?check=99", 302),
        ("post", AT, 400),
        ("get", f"{AT}99/", 404),
    ],
)
def test_what_there_is_not_is_a_clear_answer(client: Client, project: Project, method, address, status):
    assert getattr(client, method)(address).status_code == status


def test_before_the_first_check_the_page_offers_one(client: Client):
    user = make_user()
    client.force_login(user)
    make_project(owner=user, name="Loans")
    page = client.get(AT).content.decode()
    assert "Nothing has been checked yet" in page
    assert "Check now" in page
    assert client.get(f"{AT}view/mismatch/").status_code == 302
    assert client.get(f"{AT}view/dossier/").status_code == 200
    assert order(client, format="csv").status_code == 303


def test_another_project_s_file_is_not_found(client: Client, project: Project):
    other = make_project(name="Other")
    row = ReportFile.objects.create(
        project=other, kind="mismatch", format="pdf", state=State.DONE, content=b"x"
    )
    assert client.get(f"{AT}{row.pk}/").status_code == 404


def test_the_list_costs_the_same_however_large_the_files(
    client: Client, project: Project, django_assert_num_queries
):
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            client.get(AT)
        assert not any('"content"' in each["sql"] for each in seen.captured_queries)
        return len(seen)

    before = queries()
    for _ in range(30):
        ReportFile.objects.create(
            project=project, kind="dossier", format="pdf", state=State.DONE, content=b"x" * 9
        )
    assert queries() == before
