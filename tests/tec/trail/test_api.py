"""The audit log of a project, through the API."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tec.audit import where
from tec.audit.models import Event
from tec.audit.record import record
from tec.projects.models import Project, Role
from tec.projects.services.change_project import edit_project
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db
AT = "projects/triage/audit/"


@pytest.fixture
def owner() -> Any:
    return make_user(username="ada")


@pytest.fixture
def project(owner: Any) -> Project:
    with where.doing("web", address="192.0.2.7"):
        project = make_project(owner=owner, name="Triage")
        make_revision(project, "raw_data", by=owner)
        edit_project(project=project, name="Triage", description="New.", point_of_contact="PO", by=owner)
    return project


def test_what_happened_is_told_newest_first_and_in_pages(owner: Any, project: Project) -> None:
    first = Api(owner).get(f"{AT}?page_size=2").json()
    assert [each["verb"] for each in first["results"]] == ["project.edited", "document.saved"]
    edited, saved = first["results"]
    assert edited["facts"]["changes"]["description"] == ["Who leaves.", "New."]
    assert {"name": "description", "was": "Who leaves.", "now": "New."} in edited["changes"]
    assert (edited["actor"], edited["via"], edited["address"]) == ("ada", "web", "192.0.2.7")
    assert (saved["target"], saved["said"]) == ("raw_data", "Raw Data edited, revision 1")

    rest = Api(owner).get(first["next"].removeprefix("http://testserver")).json()
    assert [each["verb"] for each in rest["results"]] == ["project.created"]


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("what=document", ["document.saved"]),
        ("about=raw_data", ["document.saved"]),
        ("who=nobody", []),
        ("via=api", []),
        ("what=project&via=web&who=ada", ["project.edited", "project.created"]),
        ("until=2001-01-01", []),
        ("since=2999-01-01T10:00", []),
    ],
)
def test_the_filters_are_those_of_the_page(owner: Any, project: Project, query: str, verbs: Any) -> None:
    assert [each["verb"] for each in Api(owner).get(f"{AT}?{query}").json()["results"]] == verbs


def test_addresses_and_all_facts_are_for_those_who_manage(project: Project) -> None:
    told = Api(make_member(project, Role.VIEWER)).get(AT)

    assert told.json()["count"] == 3
    assert {each["facts"] for each in told.json()["results"]} == {None}
    assert b"192.0.2.7" not in told.content


@pytest.mark.parametrize("name", ["since=never", "what=nothing", "about=nothing", "via=nothing", "whom=ada"])
def test_a_filter_that_cannot_be_understood_is_refused_by_name(
    owner: Any, project: Project, name: str
) -> None:
    problem = problem_of(Api(owner).get(f"{AT}?{name}"), 400)

    assert problem["errors"][0]["parameter"] == name.partition("=")[0]


def lines(response: Any) -> list[str]:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_the_log_is_taken_away_as_json_lines_or_csv_with_its_seals(owner: Any, project: Project) -> None:
    api = Api(owner)
    rows = [json.loads(line) for line in lines(api.get(f"{AT}export/"))]
    verbs = [row["verb"] for row in rows]
    assert verbs == ["project.created", "document.saved", "project.edited", "audit.exported"]
    assert [row["hash"] for row in rows[:-1]] == [row["previous"] for row in rows[1:]]
    assert rows[0]["address"] == "192.0.2.7"

    named = api.get(f"{AT}export/?format=csv&what=document")
    assert named["Content-Type"].startswith("text/csv")
    assert named["Content-Disposition"].startswith('attachment; filename="audit-triage-')
    [row] = csv.DictReader(lines(named))
    assert (row["target"], row["hash"]) == ("raw_data", rows[1]["hash"])
    accepted = api.get(f"{AT}export/?what=document", accept="text/csv")
    assert lines(accepted)[1].startswith("project:")

    taken = Event.objects.filter(verb="audit.exported").order_by("number")
    assert [(each.channel, each.facts["format"]) for each in taken] == [
        ("api", "JSON Lines"),
        ("api", "CSV"),
        ("api", "CSV"),
    ]


def test_the_log_of_the_site_is_for_administrators(owner: Any, project: Project) -> None:
    record("account.logged_in", actor=owner)
    admin = Api(make_user(is_superuser=True))

    told = admin.get("audit/?who=ada").json()
    assert [(each["project"], each["verb"]) for each in told["results"]][:2] == [
        ("", "account.logged_in"),
        ("triage", "project.edited"),
    ]
    assert len(lines(admin.get("audit/export/?what=project"))) == 2
    assert Event.objects.get(verb="audit.exported").project_slug == ""

    for path in ("audit/", "audit/export/"):
        assert "administrators" in problem_of(Api(owner).get(path), 403)["detail"]


@pytest.mark.parametrize("name", ["since=never", "format=xml", "page=2", "what=nothing"])
def test_a_file_of_what_cannot_be_understood_is_refused(owner: Any, project: Project, name: str) -> None:
    problem_of(Api(owner).get(f"{AT}export/?{name}"), 400)

    assert not Event.objects.filter(verb="audit.exported").exists()
