"""The page that says who may do what, and changes which team edits which document."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from descriptors.catalogue import DESCRIPTORS
from tec.audit.models import Event
from tec.projects.access import Right, may
from tec.projects.models import Project, Role
from tec.projects.rights import EDITORS, TEAMS
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

AT = "/projects/triage/rights/"
USUAL = {f"{descriptor}:{team}" for descriptor, teams in EDITORS.items() for team in teams}


@pytest.fixture
def project(client: Client) -> Project:
    owner = make_user(username="ana")
    client.force_login(owner)
    return make_project(owner=owner, name="Triage")


def ticked(client: Client) -> set[str]:
    page = client.get(AT).content.decode()
    return set(re.findall(r'<input type="checkbox" name="edits" value="([^"]+)" checked>', page))


def post(client: Client, edits: Any, **more: str) -> Any:
    page = client.get(AT).content.decode()
    was = re.findall(r'<input type="hidden" name="was" value="([^"]+)">', page)
    return client.post(AT, {"edits": list(edits), "was": was, **more})


def test_it_shows_the_usual_at_first(client, project):
    assert ticked(client) == USUAL
    assert client.get(AT).content.decode().count('type="checkbox"') == len(DESCRIPTORS) * len(TEAMS)


def test_what_somebody_else_has_changed_meanwhile_stays(client, project):
    shown = ticked(client)
    post(client, shown | {"raw_data:operator"})

    client.post(AT, {"edits": [*shown, "raw_data:software-engineer"], "was": [*shown]})

    assert ticked(client) == shown | {"raw_data:operator", "raw_data:software-engineer"}


def test_a_change_holds_at_once_and_is_in_the_log(client, project):
    scientist, operator = make_member(project, Role.DATA_SCIENTIST), make_member(project, Role.OPERATOR)
    wanted = USUAL - {"raw_data:data-scientist"} | {"raw_data:operator"}

    assert post(client, wanted).status_code == 302

    assert ticked(client) == wanted
    project.refresh_from_db()
    assert project.edit_deviations == {"raw_data": {"data-scientist": False, "operator": True}}
    assert not may(scientist, project, Right.EDIT, "raw_data")
    assert may(operator, project, Right.EDIT, "raw_data")
    event = Event.objects.get(verb="project.editors_changed")
    assert event.facts == {
        "changes": {"raw_data": {"data-scientist": [True, False], "operator": [False, True]}}
    }


def test_the_same_again_changes_nothing(client, project):
    post(client, USUAL)

    assert not Event.objects.filter(verb="project.editors_changed").exists()


def test_the_usual_comes_back(client, project):
    post(client, set())
    assert ticked(client) == set()

    post(client, set(), usual="")

    assert ticked(client) == USUAL
    project.refresh_from_db()
    assert project.edit_deviations == {}


@pytest.mark.parametrize(
    "box", ["raw_data:viewer", "raw_data:owner", "other:operator", "raw_data", "x" * 999]
)
def test_there_are_no_other_boxes(client, project, box):
    response = post(client, USUAL | {box})

    assert response.status_code == 400
    project.refresh_from_db()
    assert project.edit_deviations == {}


def test_members_see_what_holds_and_who_may_change_it(client, project):
    post(client, USUAL | {"raw_data:operator"})
    client.force_login(make_member(project, Role.VIEWER))

    page = client.get(AT).content.decode()

    assert "checkbox" not in page
    assert "changed here" in page
    assert "changing settings and members is for owners." in page
