"""The past of a project, through the API: as it was at a moment, and who last changed each field."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from descriptors.models import Document
from tec.audit.models import Event
from tests.api import Api, problem_of
from tests.descriptors.test_past import body, fill
from tests.factories import make_project, make_revision, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
AT = "projects/triage/"


@pytest.fixture
def owner():
    return make_user(username="ada")


@pytest.fixture
def api(owner):
    """Asks about a project with a goal of noon and another one of an hour later, when raw data came."""
    with time_machine.travel(NOON, tick=False) as clock:
        project = make_project(owner=owner, name="Triage")
        make_revision(project, body={"version": "1.2", "task": "Sort", "usage": "Daily"}, by=owner)
        clock.shift(timedelta(hours=1))
        later = {"version": "1.2", "task": "Rank", "usage": "Daily"}
        make_revision(project, body=later, reason="Sharper", by=owner)
        make_revision(project, "raw_data")
    return Api(owner)


def test_all_documents_are_told_as_they_were(api):
    told = api.get(f"{AT}state/?at=2026-11-01T12:30").json()

    assert told["at"].startswith("2026-11-01T12:30:59")
    then = {each["descriptor"]: each for each in told["documents"]}
    assert len(then) == 8
    assert (then["system_context"]["revision"], then["system_context"]["author"]) == (1, "ada")
    assert (then["raw_data"]["present"], then["raw_data"]["revision"]) == (False, None)
    now = {each["descriptor"]: each for each in api.get(f"{AT}state/?at=2026-11-01").json()["documents"]}
    assert (now["system_context"]["revision"], now["raw_data"]["revision"]) == (2, 1)


def test_all_documents_are_exported_as_they_were(api):
    response = api.get(f"{AT}state/export/?at=2026-11-01T12:30")

    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert "raw_data.json" not in archive.namelist()
        assert json.loads(archive.read("system_context.json"))["task"] == "Sort"
    event = Event.objects.get(verb="project.state_exported")
    assert (event.channel, event.facts["revisions"]) == ("api", {"system_context": 1})


@pytest.mark.parametrize("query", ["", "?at=", "?at=yesterday", "?at=2026-13-01"])
@pytest.mark.parametrize("path", ["state/", "state/export/"])
def test_what_is_no_moment_is_refused(api, path, query):
    problem = problem_of(api.get(f"{AT}{path}{query}"), 400)

    assert problem["errors"][0]["parameter"] == "at"


def test_each_field_names_the_revision_that_last_changed_it(api):
    fields = api.get(f"{AT}descriptors/system_context/fields/").json()["results"]

    by_pointer = {each["pointer"]: each for each in fields}
    assert (by_pointer["/usage"]["revision"], by_pointer["/usage"]["author"]) == (1, "ada")
    task = by_pointer["/task"]
    assert (task["value"], task["revision"], task["reason"]) == ("Rank", 2, "Sharper")
    assert task["changed_at"].startswith("2026-11-01T13:00")
    one = api.get(f"{AT}descriptors/system_context/fields/?field=/task").json()
    assert [each["pointer"] for each in one["results"]] == ["/task"]
    assert api.get(f"{AT}descriptors/trained_model/fields/").json()["results"] == []


def test_ten_thousand_revisions_cost_as_many_questions_as_ten(owner):
    project = make_project(owner=owner, name="Triage")
    api, at = Api(owner), f"{AT}descriptors/system_context/"
    make_revision(project, body=body(), by=owner)
    document = Document.objects.get()

    def asked() -> dict[str, int]:
        numbers = {}
        for path in (
            f"{AT}revisions/",
            f"{AT}revisions/?descriptor=system_context&page_size=200",
            f"{AT}revisions/?page=2&page_size=3",
            f"{AT}state/?at=2026-11-01T12:05",
            f"{AT}state/export/?at=2026-11-01T12:05",
            f"{AT}descriptors/",
            f"{AT}export/",
            f"{AT}audit/",
            at,
            f"{at}fields/",
            f"{at}revisions/",
            f"{at}revisions/?page_size=200",
            f"{at}revisions/5/",
            f"{at}revisions/5/document/",
            f"{at}revisions/9/changes/?since=1",
        ):
            with CaptureQueriesContext(connection) as questions:
                response = api.get(path)
            assert response.status_code == 200, response.content
            numbers[path] = len(questions)
        return numbers

    fill(document, 9)
    api.get(f"{at}fields/")  # catches up
    few = asked()
    fill(document, 10_000)
    api.get(f"{at}fields/")
    many = asked()

    assert many == few
    assert max(many.values()) <= 20
    assert api.get(f"{at}revisions/").json()["count"] == 10_010
