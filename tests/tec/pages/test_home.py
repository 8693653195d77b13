"""The home page: what this is for somebody new, what waits for somebody who comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from descriptors.drafts import Draft
from mismatch.models import Decision, Finding
from mismatch.services.decide_findings import Terms, decide_findings
from tec.pages.desk import ADRIFT, PROJECTS, desk_of
from tec.projects.services.change_project import archive_project
from tests.factories import make_member, make_project, make_revision, make_user
from tests.tec.checks import finding, make_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> Any:
    user = make_user(username="ana")
    client.force_login(user)
    return user


def said(client: Client, path: str = "/") -> str:
    page = re.sub(r"<[^>]*>", " ", client.get(path).content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", page)


def tasks(user: Any) -> list[tuple[str, str]]:
    desk = desk_of(user)
    assert desk
    return [(task.what, task.href) for task in desk.tasks]


def draft(user: Any, project: Any, key: str = "window") -> None:
    Draft.objects.create(
        key=key,
        user=user,
        project=project,
        descriptor="trained_model",
        based_on=0,
        text="{}",
        version=1,
        updated_at=timezone.now(),
    )


def test_a_stranger_reads_what_this_is(client):
    page = said(client)

    assert "That is ML mismatch" in page
    assert "Log in" in page


def test_somebody_without_a_project_is_led_to_the_first(client, ana):
    make_project(name="Of somebody else")

    page = said(client)

    assert "That is ML mismatch" in page
    assert "Create your first project" in page
    assert "Of somebody else" not in page


def test_what_this_is_stays_in_reach(client, ana):
    make_project(owner=ana)

    assert 'href="/about/"' in client.get("/").content.decode()
    assert "That is ML mismatch" in said(client, "/about/")


def test_somebody_with_projects_sees_them_and_no_others(client, ana):
    make_project(owner=ana, name="Triage")
    make_project(name="Of somebody else")
    gone = make_project(owner=ana, name="Archived long ago")
    archive_project(project=gone, by=ana)

    page = said(client)

    assert "Triage" in page
    assert "Of somebody else" not in page
    assert "Archived long ago" not in page
    assert "Nothing waits for you" in page


def test_the_projects_beyond_the_first_are_counted(client, ana):
    for number in range(PROJECTS + 3):
        make_project(owner=ana, name=f"Project {number}")

    assert "and 3 more" in said(client)


def test_unsaved_changes_wait_once_for_each_document(ana):
    project = make_project(owner=ana)
    draft(ana, project)
    draft(ana, project, "another window")
    draft(make_member(project), project)

    assert tasks(ana) == [
        ("Unsaved changes in Trained Model", f"/projects/{project.slug}/descriptors/trained_model/")
    ]


def test_findings_given_to_somebody_wait_while_they_are_open(client, ana):
    project = make_project(owner=ana)
    make_check(
        project, finding("TEC-2", "major", "trained_model"), finding("TEC-6", "major", "trained_model")
    )
    Finding.objects.filter(code="TEC-2").update(assignee=ana)

    [(what, href)] = tasks(ana)

    assert what == "1 finding given to you"
    assert client.get(href).context["review"].listing.shown == 1
    make_check(project)
    assert tasks(ana) == []


def test_a_decision_of_somebody_else_waits_for_approval(ana):
    project = make_project(owner=ana)
    make_check(project, finding("TEC-2", "critical", "trained_model"))
    for author in (ana, make_member(project)):
        Decision.objects.create(
            finding=Finding.objects.get(),
            kind="accept",
            reason="So be it.",
            author=author,
            needs_approval=True,
            places=[],
            severity="critical",
        )

    assert tasks(ana) == [
        ("1 decision waits for approval", f"/projects/{project.slug}/mismatches/?state=proposed")
    ]


def test_documents_that_were_not_checked_wait(ana):
    fresh = make_project(owner=ana, name="Fresh")
    changed = make_project(owner=ana, name="Changed")
    checked = make_project(owner=ana, name="Checked")
    make_project(owner=ana, name="Empty")
    for project in (fresh, changed, checked):
        make_revision(project, "raw_data")
    make_check(changed)
    make_check(checked)
    make_revision(changed, "raw_data")
    make_revision(changed, "trained_model")

    assert {what for what, _ in tasks(ana)} == {"2 documents changed since check 1", "Not checked yet"}


def test_hostile_text_is_only_text(client, ana):
    make_project(owner=ana, name="<script>alert(1)</script>", description="<img src=x>")

    page = client.get("/").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_page_costs_the_same_however_many_projects_there_are(client, ana):
    def fill(number: int) -> None:
        for _ in range(number):
            project = make_project(owner=ana)
            make_revision(project, "raw_data")
            make_check(project, finding("TEC-2", "major", "trained_model"))
            draft(ana, project, project.slug)

    fill(1)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    fill(5)
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(many) <= len(few) + 1  # contents that were not met before
    assert len(few) <= 22


CRITICAL = [finding(code, "critical", "trained_model") for code in ("TEC-2", "TEC-6", "TEC-7")]


def test_critical_findings_that_nobody_looks_after_are_no_calm(client, ana):
    project = make_project(owner=ana, name="Triage")
    make_check(project, *CRITICAL, finding("TEC-9", "major", "trained_model"))
    Finding.objects.filter(code="TEC-7").update(assignee=make_member(project))

    page, desk = said(client), desk_of(ana)

    assert "Nothing is given to you, but 2 critical findings have nobody" in page
    assert "Nothing waits for you" not in page
    assert "Critical, and nobody looks after them 2 in your projects 2 critical mismatches Triage" in page
    assert desk
    assert (desk.tasks, desk.adrift, desk.elsewhere) == ([], 2, 0)
    listed = client.get(desk.lists[0].href).context["review"].listing
    assert (listed.shown, listed.total) == (2, 4)


def test_beside_what_waits_for_somebody_stands_what_nobody_has(client, ana):
    project = make_project(owner=ana)
    make_check(project, CRITICAL[0], finding("TM-1", "critical", "trained_model", kind="missing"))
    draft(ana, project)

    page = said(client)

    assert "1 thing waits for you" in page
    assert "1 critical mismatch " in page
    assert "1 critical field missing " in page


def test_what_is_planned_accepted_gone_or_elsewhere_needs_nobody(client, ana):
    project = make_project(owner=ana)
    check = make_check(project, *CRITICAL)
    for code, terms in (
        ("TEC-2", Terms("plan", "Soon.", until=timezone.localdate(), who=ana)),
        ("TEC-6", Terms("dismiss", "It is none.")),
    ):
        prints = list(Finding.objects.filter(code=code).values_list("fingerprint", flat=True))
        decide_findings(project=project, check=check, fingerprints=prints, terms=terms, by=ana)
    archived = make_project(owner=ana)
    make_check(archived, *CRITICAL)
    archive_project(project=archived, by=ana)
    make_check(make_project(), *CRITICAL)
    fixed = make_project(owner=ana)
    make_check(fixed, *CRITICAL)
    make_check(fixed)

    desk = desk_of(ana)

    assert desk
    assert [(task.number, task.project) for task in desk.lists] == [(1, project)]
    listed = client.get(desk.lists[0].href).context["review"].listing
    assert listed.shown == 1


def test_of_many_projects_those_with_most_are_named_and_the_rest_counted(client, ana):
    for number in range(ADRIFT + 2):
        make_check(make_project(owner=ana), *CRITICAL[: 1 + (number == 5)])

    desk = desk_of(ana)

    assert desk
    assert [task.number for task in desk.lists] == [2, *[1] * (ADRIFT - 1)]
    assert (desk.adrift, desk.elsewhere) == (ADRIFT + 3, 2)
    assert "2 more in other projects." in said(client)


def test_counting_them_costs_the_same_however_many_there_are(client, ana):
    def fill(number: int) -> None:
        for _ in range(number):
            make_check(make_project(owner=ana), *CRITICAL)

    fill(1)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    fill(ADRIFT + 4)
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(many) == len(few) <= 22
