"""The pages of the audit log and its files."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tec.audit import where
from tec.audit.models import Chain, Event, event_id
from tec.audit.record import record
from tec.projects.models import Project, Role
from tec.projects.services.change_project import delete_project, edit_project
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db
AT = "/projects/triage/audit/"


@pytest.fixture
def owner():
    return make_user(username="ada")


@pytest.fixture
def project(owner) -> Project:
    with where.doing("web", address="192.0.2.7"):
        project = make_project(owner=owner, name="Triage")
        make_revision(project, "raw_data", by=owner)
        edit_project(project=project, name="Triage", description="New.", point_of_contact="PO", by=owner)
    with where.doing("api", address="192.0.2.8", token="build (tec_abc…)"):
        make_revision(project, "trained_model", by=make_member(project, username="bob"), origin="api")
    return project


@pytest.fixture
def page(project, owner, client: Client):
    """Asks for a page as the owner; gives its text."""
    client.force_login(owner)

    def ask(path: str = AT) -> str:
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return ask


def verbs_on(text: str) -> int:
    return text.count('<th scope="row">')


def test_the_page_says_who_did_what_when_and_from_where(page):
    text = page()

    assert verbs_on(text) == 4
    assert "<b>Raw Data</b> edited" in text
    assert "<code>192.0.2.7</code>" in text
    assert "token <bdi>build (tec_abc…)</bdi>" in text
    assert '<del dir="auto">Who leaves.</del> → <ins dir="auto">New.</ins>' in text


def test_members_do_not_see_from_which_address(project, client):
    client.force_login(make_member(project, Role.VIEWER))

    text = client.get(AT).content.decode()

    assert verbs_on(text) == 4
    assert "192.0.2." not in text
    assert "Export" not in text


@pytest.mark.parametrize("path", [AT, f"{AT}export/?format=csv"])
def test_strangers_find_nothing(project, client, path):
    client.force_login(make_user())

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/audit/", "/audit/export/", f"{AT}export/"])
def test_what_is_for_others_is_refused(project, client, path):
    client.force_login(make_member(project, Role.REVIEWER))

    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/audit/", "/audit/export/?format=csv", AT, f"{AT}export/?format=csv"])
def test_nobody_looks_without_logging_in(project, client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 4),
        ("who=bob", 1),
        ("who=nobody", 0),
        ("what=document", 2),
        ("what=document&about=raw_data", 1),
        ("via=api", 1),
        ("since=2000-01-01&until=2999-12-31", 4),
        ("until=2000-01-01", 0),
        ("since=2999-01-01T10:00", 0),
        ("what=nonsense", 4),
        ("since=yesterday", 4),
        ("since=0001-01-01&until=9999-12-31", 4),
        ("page=99", 4),
        ("who=%00", 4),
    ],
)
def test_the_address_filters(page, query, number):
    assert verbs_on(page(f"{AT}?{query}")) == number


def test_what_cannot_be_filtered_by_is_said(page):
    assert "“yesterday” is no day and time. Write it like 2026-11-29" in page(f"{AT}?since=yesterday")


@pytest.mark.parametrize(
    ("until", "found"),
    [("2026-11-29", True), ("2026-11-29T14:30", True), ("2026-11-29T14:29", False), ("2026-11-28", False)],
)
def test_until_counts_itself(page, project, until, found):
    Event.objects.filter(verb="project.created").update(at=datetime(2026, 11, 29, 14, 30, 12, tzinfo=UTC))

    assert ("Project created" in page(f"{AT}?what=project&until={until}")) is found


def test_administrators_see_all_projects_deleted_ones_too(project, owner, client):
    delete_project(project=project, by=owner)
    record("account.logged_in", actor=owner)
    client.force_login(make_user(is_superuser=True))

    text = client.get("/audit/").content.decode()

    assert "Project deleted" in text
    assert "Logged in" in text
    assert f'href="{AT}">triage</a>' in text


def lines(response: Any) -> list[str]:
    return b"".join(response.streaming_content).decode().splitlines()


def test_json_lines_hold_every_column(page, client):
    response = client.get(f"{AT}export/?what=document")

    rows = [json.loads(line) for line in lines(response)]
    event = Event.objects.get(target="raw_data")
    assert [row["target"] for row in rows] == ["raw_data", "trained_model"]
    assert rows[0]["hash"] == event.hash
    assert rows[0]["facts"] == event.facts
    assert rows[0]["address"] == "192.0.2.7"
    assert response["Content-Disposition"].startswith('attachment; filename="audit-triage-')
    assert response["Content-Type"] == "application/jsonl"


def test_a_spreadsheet_computes_nothing(page, project, owner, client):
    edit_project(project=project, name="=1+1", description="@x", point_of_contact="PO", by=owner)
    record("member.added", actor=owner, project=project, target='=HYPERLINK("x")', role="+1")

    rows = list(csv.DictReader(lines(client.get(f"{AT}export/?format=csv"))))

    assert rows[-2]["target"] == '\'=HYPERLINK("x")'
    assert rows[-2]["sentence"] == '\'=HYPERLINK("x") added as +1'
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_taking_the_log_away_is_written_down(page, client):
    lines(client.get(f"{AT}export/?format=csv&who=bob&what="))
    client.head(f"{AT}export/?format=csv")

    event = Event.objects.get(verb="audit.exported")
    assert (event.actor, event.facts) == ("ada", {"format": "CSV", "filters": {"who": "bob"}})


def test_a_file_of_what_nobody_understands_is_refused(page, client):
    response = client.get(f"{AT}export/?format=csv&since=yesterday")

    assert response.status_code == 400
    assert "no day and time" in response.content.decode()
    assert not Event.objects.filter(verb="audit.exported").exists()


def test_another_format_is_not_there(page, client):
    response = client.get(f"{AT}export/?format=xml")

    assert response.status_code == 400
    assert response.content.decode() == "There is no format of that name; there are jsonl and csv."


def fill(project: Project, number: int) -> None:
    """So many more entries; what seals them does not matter here."""
    first = Event.objects.filter(project_id=project.pk).count() + 1
    start = datetime(2026, 1, 1, tzinfo=UTC)
    Event.objects.bulk_create(
        [
            Event(
                id=event_id(project.pk, n), chain=f"project:{project.pk}", number=n, at=start + timedelta(seconds=n),
                actor=f"person-{n % 7}", verb="document.saved", project_id=project.pk, project_slug="triage",
                target="raw_data", channel="web", facts_text=f'{{"revision": {n}, "origin": "form"}}', hash="-",
            )
            for n in range(first, first + number)
        ],
        batch_size=1000,
    )  # fmt: skip
    Chain.objects.filter(name=f"project:{project.pk}").update(number=first + number - 1)


def test_ten_thousand_entries_cost_no_more_questions_than_ten(page, project, client):
    admin = make_user(is_superuser=True)

    def questions(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(path)
            b"".join(response)
        assert response.status_code == 200
        return len(asked)

    paths = [AT, f"{AT}?who=person-3&what=document", f"{AT}?page=7"]
    few = [questions(path) for path in paths]
    fill(project, 10_000)
    many = [questions(path) for path in paths]
    assert max(many) == max(few)
    assert max(few) <= 12
    client.force_login(admin)
    questions("/audit/")  # the first request after a log-in writes that down
    assert questions("/audit/") <= max(few)
    assert len(lines(client.get(f"{AT}export/"))) == 10_005


def test_ten_thousand_entries_are_sent_in_pieces(page, project, client):
    fill(project, 2_500)

    with CaptureQueriesContext(connection) as asked:
        pieces = list(client.get(f"{AT}export/?format=csv").streaming_content)

    assert len(pieces) > 2_500
    assert len([query for query in asked if "audit_event" in query["sql"] and "SELECT" in query["sql"]]) <= 5
