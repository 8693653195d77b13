"""The list of projects: whose, which, in what order, and at what cost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch.models import State
from tec.pages import completeness
from tec.projects.models import Project
from tec.projects.people import directory
from tec.projects.services.change_project import archive_project
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user
from tests.tec.checks import finding, make_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user(username="ana", first_name="Ana", last_name="Pereira")
    client.force_login(user)
    return user


def names(client: Client, query: str = "") -> list[str]:
    """The names of the projects on the page, in order."""
    page = client.get(f"/projects/{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]*"><bdi>([^<]*)</bdi>', page)


def page_of(client: Client, query: str = "") -> str:
    return client.get(f"/projects/{query}").content.decode()


def test_only_ones_own_projects_are_listed(client, owner):
    make_project(owner=owner, name="Mine")
    make_project(name="Theirs")

    assert names(client) == ["Mine"]


def test_a_project_one_was_added_to_is_listed(client):
    project = make_project(name="Shared")
    client.force_login(make_member(project))

    assert names(client) == ["Shared"]


def test_a_project_with_many_members_is_listed_once(client, owner):
    project = make_project(owner=owner, name="Busy")
    for _ in range(3):
        make_member(project)

    assert names(client) == ["Busy"]


def test_somebody_without_projects_is_told_what_to_do(client, owner):
    page = page_of(client)

    assert "No projects yet" in page
    assert 'href="/projects/new/"' in page


def test_archived_projects_are_kept_apart(client, owner):
    make_project(owner=owner, name="Alive")
    archive_project(project=make_project(owner=owner, name="Asleep"), by=owner)

    assert names(client) == ["Alive"]
    assert names(client, "?show=archived") == ["Asleep"]
    assert names(client, "?show=all&sort=name") == ["Alive", "Asleep"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("loan", ["Loan default"]),
        ("LOAN", ["Loan default"]),
        ("default loan", ["Loan default"]),
        ("bread", ["Bakery"]),
        ("kim", ["Bakery"]),
        ("信用", ["信用卡"]),
        ("nothing like it", []),
        ("%", []),
        ("_", []),
        ("a\x00b", ["Bakery", "Loan default", "信用卡"]),
        ("x" * 201, ["Bakery", "Loan default", "信用卡"]),
        ("  ", ["Bakery", "Loan default", "信用卡"]),
    ],
)
def test_every_word_is_searched_for_in_name_description_and_contact(client, owner, q, found):
    make_project(owner=owner, name="Loan default", description="Credit.")
    make_project(owner=owner, name="Bakery", description="How much bread to bake.", point_of_contact="Kim")
    make_project(owner=owner, name="信用卡", description="欺诈")

    assert names(client, "?" + urlencode({"q": q, "sort": "name"})) == found


def test_a_search_without_result_says_so_and_leads_back(client, owner):
    make_project(owner=owner)

    page = page_of(client, "?q=nothing")

    assert "No project matches" in page
    assert 'value="nothing"' in page


def test_projects_are_sorted_as_the_address_says(client, owner):
    quiet, old, bad = (make_project(owner=owner, name=name) for name in ("quiet", "Old", "Bad"))
    week_ago = timezone.now() - timedelta(days=7)
    make_check(old, finding("TEC-2", "major", "trained_model"), finished_at=week_ago)
    make_check(bad, finding("TEC-7", "critical", "trained_model"))
    make_revision(quiet)

    assert names(client, "?sort=name") == ["Bad", "Old", "quiet"]
    assert names(client, "?sort=worst") == ["Bad", "Old", "quiet"]
    assert names(client, "?sort=checked") == ["Bad", "Old", "quiet"]
    assert names(client, "?sort=changed") == ["quiet", "Bad", "Old"]


@pytest.mark.parametrize(
    "query", ["?sort=evil", "?show=evil", "?page=x", "?page=-1", "?page=99", "?sort=&show=&q="]
)
def test_an_address_that_makes_no_sense_shows_the_usual_list(client, owner, query):
    make_project(owner=owner, name="Churn")

    assert names(client, query) == ["Churn"]


def test_a_row_shows_the_last_finished_check(client, owner):
    project = make_project(owner=owner)
    make_check(project, finding("TEC-7", "critical", "trained_model"))
    make_check(
        project,
        finding("TEC-2", "major", "trained_model"),
        finding("TEC-6", "major", "trained_model"),
        finding("TEC-9", "info", "trained_model", outcome="cannot-tell"),
        finding("TM-01", "minor", "trained_model", kind="missing"),
    )
    make_check(project, state=State.RUNNING, finished_at=None)

    page = page_of(client)

    assert "Check 2" in page
    cells = dict(re.findall(r'class="sevcol" data-l="([^"]*)">(.*?)</td>', page))
    shown = {name: re.sub(r"<[^>]*>", "", cell).strip(" ·") for name, cell in cells.items()}
    assert shown == {
        "Critical": "0",
        "Major": "2 major",
        "Minor": "0",
        "Info": "0",
        "Cannot tell": "1 cannot tell",
    }


def test_a_clean_project_says_so_in_words(client, owner):
    project = make_project(owner=owner)
    make_check(project, outcomes={"TEC-1": "pass", "TEC-2": "pass"})

    assert "nothing found by 2 rules" in page_of(client)


def test_a_project_that_was_never_checked_says_so(client, owner):
    make_project(owner=owner)

    assert "not checked yet" in page_of(client)


def test_the_bars_tell_how_complete_each_document_is(client, owner):
    project = make_project(owner=owner)
    for descriptor, body in example("emergency-triage").items():
        make_revision(project, descriptor, body)

    page = page_of(client)

    assert "System Context: 8 of 8" in page
    assert "Trained Model: 50 of 52" in page
    assert "Production Environment: no document" in page
    assert "120 of 129" in page


def test_a_cleared_document_counts_as_none(client, owner):
    project = make_project(owner=owner)
    make_revision(project, "raw_data")
    save_revision(
        project=project, descriptor="raw_data", body=None, by=owner, origin=Origin.CLEAR, based_on=1
    )

    assert "Raw Data: no document" in page_of(client)


def test_an_old_document_is_measured_as_its_upgrade(client, owner):
    project = make_project(owner=owner)
    make_revision(
        project, "system_context", {"version": "1.0", "business_goals": [{"id": "BG-01", "goal": "Live"}]}
    )

    assert "System Context: 1 of 8" in page_of(client)


def test_people_are_named(client, owner):
    project = make_project(owner=owner)
    for number in range(3):
        make_member(project, first_name=f"Member {number}")

    page = page_of(client)

    assert "Ana Pereira" in page
    assert "and 2 more" in page


def test_hostile_text_is_only_text(client, owner):
    make_project(owner=owner, name="<script>alert(1)</script>", description='"><img src=x onerror=alert(1)>')

    page = page_of(client)

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_long_lists_come_in_pages_that_keep_the_filter(client, owner):
    for number in range(30):
        make_project(owner=owner, name=f"Project {number:02}")

    page = page_of(client, "?q=project&sort=name")

    assert len(names(client, "?q=project&sort=name")) == 25
    assert "1 to 25 of 30" in page
    assert "?q=project&amp;sort=name&amp;page=2" in page
    assert len(names(client, "?q=project&sort=name&page=2")) == 5


def test_typing_fetches_only_the_rows(client, owner):
    make_project(owner=owner, name="Churn")

    response = client.get("/projects/?q=churn", headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div id="projects">')
    assert "HX-Request" in response["Vary"]


def fill(owner: Any, number: int) -> None:
    for place in range(number):
        project = make_project(owner=owner, name=f"Project {place}")
        make_member(project)
        for descriptor in ("system_context", "raw_data", "trained_model"):
            make_revision(project, descriptor)
        make_check(project, finding("TEC-2", "major", "trained_model"))


def test_the_list_costs_the_same_however_many_projects(client, owner):
    fill(owner, 3)
    page_of(client)
    with CaptureQueriesContext(connection) as few:
        page_of(client)
    fill(owner, 30)
    completeness._known.clear()
    directory()  # is read every few seconds
    with CaptureQueriesContext(connection) as many:
        page_of(client)

    assert Project.objects.count() == 33
    assert len(many) <= len(few) + 1  # contents that were not met before are read at once
    assert len(few) <= 10


def test_a_content_is_measured_once(client, owner, monkeypatch):
    completeness._known.clear()
    project = make_project(owner=owner)
    make_revision(project, "system_context", {"version": "1.2"})
    page_of(client)
    monkeypatch.setattr(completeness, "completeness", lambda *_: 1 / 0)

    assert "System Context: 0 of 8" in page_of(client)
