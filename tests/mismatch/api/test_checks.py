"""Checks through the API: started, asked for, answered from what is stored."""

from __future__ import annotations

import pytest

from mismatch.models import Check, Trigger
from mismatch.services.execute_check import execute_check
from tests.api import Api, problem_of
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    project = make_project(owner=owner)
    for name, body in example("consumer-loan-default").items():
        make_revision(project, name, body)
    return project


@pytest.fixture
def api(owner):
    return Api(owner)


def test_a_check_is_started_and_its_result_is_given_again(api, project, owner):
    address = f"projects/{project.slug}/checks/"

    started = api.post(address)
    assert started.status_code == 202
    assert started["Location"] == f"/api/{address}1/"
    assert started.json()["state"] == "queued"
    assert api.post(address, {}).status_code == 202  # the same, still on its way
    check = Check.objects.get()
    assert (check.trigger, check.requested_by) == (Trigger.API, owner)

    execute_check(check_id=check.pk)
    stored = api.post(address)
    assert stored.status_code == 200
    assert stored.json()["state"] == "done"
    assert stored.json() == api.get(started["Location"]).json()
    assert started.json().keys() == stored.json().keys()

    make_revision(project, "raw_data")
    assert api.post(address)["Location"] == f"/api/{address}2/"


def test_a_check_tells_what_it_looked_at_and_whether_that_still_holds(api, project):
    api.post(f"projects/{project.slug}/checks/")
    execute_check(check_id=Check.objects.get().pk)
    address = f"projects/{project.slug}/checks/1/"

    check = api.get(address).json()
    assert check["current"] is True
    assert check["revisions"][0] == {"descriptor": "system_context", "revision": 1}
    assert check["outcomes"]["TEC-1"] in {"pass", "fail"}

    make_revision(project, "raw_data")
    assert api.get(address).json()["current"] is False


def test_a_body_is_not_passed_over(api, project):
    problem = problem_of(api.post(f"projects/{project.slug}/checks/", {"rules": ["TEC-1"]}), 400)

    assert "takes no body" in problem["detail"]
    assert not Check.objects.exists()


def test_checks_are_listed_newest_first(api, project):
    api.post(f"projects/{project.slug}/checks/")
    make_revision(project, "raw_data")
    api.post(f"projects/{project.slug}/checks/")

    listed = api.get(f"projects/{project.slug}/checks/?page_size=1").json()

    assert (listed["count"], [row["number"] for row in listed["results"]]) == (2, [2])
    assert "page=2" in listed["next"]
    assert listed["previous"] is None
    assert api.get(listed["next"].removeprefix("http://testserver")).json()["results"][0]["number"] == 1


def test_who_may_start_one(project):
    address = f"projects/{project.slug}/checks/"

    problem_of(Api(make_member(project, "viewer")).post(address), 403)
    problem_of(Api(make_user()).post(address), 404)
    problem_of(Api().post(address), 401)
    assert Api(make_member(project, "reviewer")).post(address).status_code == 202


@pytest.mark.parametrize("number", ["0", "7", "999999999", "9999999999999", "x"])
def test_a_check_that_is_not_there(api, project, number):
    problem_of(api.get(f"projects/{project.slug}/checks/{number}/"), 404)
