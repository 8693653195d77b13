"""Reports over REST."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tec.audit.models import Event
from tec.reports.models import ReportFile
from tec.reports.services.make_report import make_report
from tests.api import Api
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def api(owner) -> Api:
    project = make_project(owner=owner, name="Loans")
    make_revision(project, "trained_model")
    checked(project, found("a", severity="major"), found("b", severity="info"))
    return Api(owner)


def test_a_report_is_made_at_once_in_the_format_that_is_named(api):
    response = api.get("projects/loans/report/?format=sarif&severity=major")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/sarif+json"
    assert response["Content-Disposition"] == 'attachment; filename="loans-mismatch.sarif"'
    results = json.loads(response.content)["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error"]
    whole = json.loads(api.get("projects/loans/report/").content)
    assert whole["counts"] == {"critical": 0, "major": 1, "minor": 0, "info": 1}
    assert whole["check"]["number"] == 1


def test_who_takes_a_report_is_in_the_audit_log(api, owner):
    api.get("projects/loans/report/?kind=dossier&format=json")
    browser = Client()
    browser.force_login(owner)
    browser.post("/projects/loans/reports/", {"kind": "mismatch", "format": "csv"})

    events = Event.objects.filter(verb="report.given").order_by("number")
    assert [(each.actor, each.channel, each.facts) for each in events] == [
        (owner.username, "api", {"kind": "dossier", "format": "json"}),
        (owner.username, "web", {"kind": "mismatch", "format": "csv"}),
    ]


def test_a_large_one_is_made_by_a_worker(api):
    refused = api.get("projects/loans/report/?format=pdf")
    assert refused.status_code == 409
    assert "POST it to /api/projects/loans/reports/" in refused.json()["detail"]
    ordered = api.post("projects/loans/reports/", {"kind": "dossier", "format": "xlsx"})
    assert ordered.status_code == 202
    row = ReportFile.objects.get()
    assert ordered["Location"] == f"/api/projects/loans/reports/{row.pk}/"
    assert api.get(f"projects/loans/reports/{row.pk}/file/").status_code == 409
    make_report(row_id=row.pk)
    assert api.get(f"projects/loans/reports/{row.pk}/").json()["state"] == "done"
    assert api.get(f"projects/loans/reports/{row.pk}/file/").content.startswith(b"PK")
    assert api.get("projects/loans/reports/").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=docx", 400),
        ("kind=dossier&format=sarif", 400),
        ("severity=bad", 400),
        ("check=0", 400),
        ("check=99", 409),
        ("settled=perhaps", 400),
        ("colour=red", 400),
    ],
)
def test_what_cannot_be_is_refused(api, query, status):
    response = api.get(f"projects/loans/report/?{query}")
    assert response.status_code == status
    assert response.json()["detail"]


def test_the_options_of_an_order_are_kept(api):
    sent = {"format": "pdf", "severity": "critical", "settled": False, "new": True, "check": 1}
    assert api.post("projects/loans/reports/", sent).status_code == 202
    options = ReportFile.objects.get().chosen
    assert options == (1, ("critical",), False, True)
    assert api.post("projects/loans/reports/", {"format": "pdf", "check": "1"}).status_code == 400
