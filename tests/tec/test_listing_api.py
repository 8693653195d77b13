"""The list of projects and what waits for somebody, through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from descriptors.drafts import Draft
from tests.api import Api, problem_of
from tests.factories import make_project, make_revision, make_user
from tests.tec.checks import finding, make_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    return make_user(username="ana")


def names(api: Api, query: str = "") -> list[str]:
    return [each["name"] for each in api.get(f"projects/{query}").json()["results"]]


def test_projects_are_sorted_as_the_address_says(owner: Any) -> None:
    quiet, old, bad = (make_project(owner=owner, name=name) for name in ("quiet", "Old", "Bad"))
    week_ago = timezone.now() - timedelta(days=7)
    make_check(
        old,
        finding("TEC-2", "major", "trained_model"),
        finding("TM-01", "minor", "trained_model", kind="missing"),
        finished_at=week_ago,
    )
    make_check(bad, finding("TEC-7", "critical", "trained_model"))
    make_revision(quiet)
    api = Api(owner)

    assert names(api) == names(api, "?sort=name") == ["Bad", "Old", "quiet"]
    assert names(api, "?sort=worst") == ["Bad", "Old", "quiet"]
    assert names(api, "?sort=open") == ["Old", "Bad", "quiet"]
    assert names(api, "?sort=checked") == ["Bad", "Old", "quiet"]
    assert names(api, "?sort=changed")[0] == "quiet"
    assert problem_of(api.get("projects/?sort=age"), 400)["errors"][0]["parameter"] == "sort"


def test_a_row_tells_how_the_project_stands(owner: Any) -> None:
    project = make_project(owner=owner, name="Churn")
    api = Api(owner)
    [row] = api.get("projects/").json()["results"]
    assert (row["last_check"], row["checked_at"], row["changed_at"], row["open"]) == (None,) * 4

    make_revision(project)
    make_check(
        project,
        finding("TEC-2", "major", "trained_model"),
        finding("TEC-9", "info", "trained_model", outcome="cannot-tell"),
    )
    [row] = api.get("projects/").json()["results"]
    assert (row["last_check"], row["open"]["mismatch"]["major"], row["open"]["cannot_tell"]) == (1, 1, 1)
    assert row["changed_at"] is not None


def test_administrators_may_ask_for_their_own_projects(owner: Any) -> None:
    make_project(owner=owner, name="Theirs")
    admin = make_user(is_superuser=True)
    make_project(owner=admin, name="Mine")

    assert names(Api(admin)) == ["Mine", "Theirs"]
    assert names(Api(admin), "?whose=mine") == ["Mine"]
    assert names(Api(owner), "?whose=all") == ["Theirs"]


@pytest.mark.parametrize("sort", ["name", "changed", "open"])
def test_the_list_costs_the_same_however_many_projects(owner: Any, sort: str) -> None:
    api = Api(owner)

    def fill(number: int) -> int:
        for place in range(number):
            project = make_project(owner=owner, name=f"Project {place}")
            make_revision(project)
            make_check(project, finding("TEC-2", "major", "trained_model"))
        with CaptureQueriesContext(connection) as asked:
            assert len(api.get(f"projects/?sort={sort}&page_size=200").json()["results"]) >= number
        return len(asked)

    assert fill(3) == fill(40) <= 8


def test_what_waits_for_somebody_is_told(owner: Any) -> None:
    project = make_project(owner=owner, name="Churn")
    make_revision(project)
    Draft.objects.create(
        key="k" * 8,
        user=owner,
        project=project,
        descriptor="raw_data",
        based_on=0,
        text="{}",
        version=1,
        updated_at=timezone.now(),
    )

    told = Api(owner).get("tasks/").json()["results"]

    assert [(each["project"], each["text"]) for each in told] == [
        ("churn", "Unsaved changes in Raw Data"),
        ("churn", "Not checked yet"),
    ]
    assert told[0]["address"] == "/projects/churn/descriptors/raw_data/"
    assert Api(make_user()).get("tasks/").json()["count"] == 0
