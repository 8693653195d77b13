"""Traceability through the API."""

from __future__ import annotations

import pytest

from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.traceability import COLUMNS
from tec.projects.models import Role
from tests.api import Api, problem_of
from tests.examples import example
from tests.factories import make_member, make_project, make_revision

pytestmark = pytest.mark.django_db


def test_goals_and_fields_are_followed_by_the_last_check():
    project = make_project()
    api, at = Api(make_member(project, Role.VIEWER)), f"projects/{project.slug}/traceability/"
    problem_of(api.get(at), 404)

    documents = example("consumer-loan-default")
    for name, body in documents.items():
        make_revision(project, name, body)
    execute_check(check_id=start_check(project=project, by=None).pk)
    told = api.get(at).json()

    assert told["check"] == 1
    assert {thread["goal"] for thread in told["threads"]} == {
        goal["id"] for goal in documents["system_context"]["goals"]
    }
    thread = told["threads"][0]
    assert list(thread["cells"]) == list(COLUMNS)
    assert thread["cells"]["goal"]["pointer"] == "/goals/0/goal"
    assert {stop["descriptor"] for way in told["lineage"]["fields"] for stop in way} >= {"raw_data"}
