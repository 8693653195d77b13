"""Making, changing, archiving and deleting a project."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tec.audit.models import Event
from tec.projects.models import Membership, Project, Role
from tec.projects.services.change_project import archive_project, edit_project
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

GOOD = {"name": "Churn", "description": "Who leaves.", "point_of_contact": "Product Owner"}
PAGES = ["edit", "archive", "delete"]


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("page", ["", *(f"{page}/" for page in PAGES)])
def test_somebody_who_is_not_logged_in_is_sent_to_log_in(client, page):
    path = f"/projects/{make_project().slug}/{page}"

    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("page", ["", *(f"{page}/" for page in PAGES)])
def test_a_stranger_is_told_that_there_is_no_such_page(client, owner, page):
    response = client.get(f"/projects/{make_project().slug}/{page}")

    assert response.status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "restore"])
def test_a_stranger_changes_nothing(client, owner, page):
    other = make_project(name="Theirs")

    response = client.post(f"/projects/{other.slug}/{page}/", {**GOOD, "confirmation": "Theirs"})

    assert response.status_code == 404
    other.refresh_from_db()
    assert (other.name, other.archived) == ("Theirs", False)


@pytest.mark.parametrize("page", ["", *(f"{page}/" for page in PAGES)])
def test_an_owner_sees_the_page(client, page):
    project = make_project()
    client.force_login(make_member(project, Role.OWNER))

    assert client.get(f"/projects/{project.slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_other_members_are_told_who_may(client, page):
    project = make_project(name="Triage")
    client.force_login(make_member(project, Role.OPERATOR))

    response = client.get(f"/projects/{project.slug}/{page}/")

    assert response.status_code == 403
    assert "Your role in “Triage” is operator; changing settings and members is for owners." in (
        response.content.decode()
    )


def test_a_new_project_belongs_to_whoever_made_it(client, owner):
    response = client.post("/projects/new/", GOOD)

    project = Project.objects.get()
    assert response.url == f"/projects/{project.slug}/"
    assert (project.name, project.description, project.point_of_contact) == tuple(GOOD.values())
    assert Membership.objects.get() == Membership.objects.get(project=project, user=owner, role=Role.OWNER)
    assert Event.objects.get(project_id=project.pk).verb == "project.created"


@pytest.mark.parametrize("name", ["New", "new", "NEW!"])
def test_no_project_takes_the_address_of_another_page(client, owner, name):
    client.post("/projects/new/", {**GOOD, "name": name})

    assert Project.objects.get().slug.startswith("new-")


def test_two_projects_may_have_the_same_name(client, owner):
    client.post("/projects/new/", GOOD)
    client.post("/projects/new/", GOOD)

    assert len(set(Project.objects.values_list("slug"))) == 2


@pytest.mark.parametrize("path", ["/projects/new/", "/projects/triage/edit/"])
@pytest.mark.parametrize("field", GOOD)
def test_a_refused_form_comes_back_with_what_was_typed_and_saves_nothing(client, project, path, field):
    typed = {**GOOD, field: "   ", "description" if field != "description" else "name": "Kept as typed"}

    response = client.post(path, typed)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Kept as typed" in page
    assert f'<a href="#id_{field}">' in page
    assert 'aria-invalid="true"' in page
    assert list(Project.objects.values_list("name", flat=True)) == ["Triage"]


def test_the_form_shows_what_is_there(client, project):
    page = client.get("/projects/triage/edit/").content.decode()

    assert 'value="Triage"' in page
    assert "Who leaves." in page


def test_renaming_changes_the_name_and_not_the_address(client, project):
    response = client.post("/projects/triage/edit/", {**GOOD, "name": "Triage 2"}, follow=True)

    project.refresh_from_db()
    assert (project.name, project.slug) == ("Triage 2", "triage")
    assert response.redirect_chain == [("/projects/triage/", 302)]
    assert "Triage 2" in response.content.decode()


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(client, project):
    page = client.get("/projects/triage/edit/").content.decode()
    edit_project(project=project, by=make_user(username="eve"), description="Who comes.", name="Arrivals")
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    typed = {"name": "Triage 2", "description": project.description, "point_of_contact": "PO"}

    refused = client.post("/projects/triage/edit/", {**typed, "version": version})

    page = refused.content.decode()
    project.refresh_from_db()
    assert (refused.status_code, project.name, project.description) == (409, "Arrivals", "Who comes.")
    assert "eve changed this after you began." in page
    assert '<ins dir="auto">Arrivals</ins>' in page
    assert 'value="Triage 2"' in page  # both have changed the name: what was typed stays
    assert "Who comes.</textarea>" in page  # only the other has changed this

    newer = re.search(r'name="version" value="(\d+)"', page)[1]
    client.post("/projects/triage/edit/", {**typed, "description": "Who comes.", "version": newer})
    project.refresh_from_db()
    assert (project.name, project.description, project.point_of_contact) == ("Triage 2", "Who comes.", "PO")


def test_saving_what_is_there_already_is_no_conflict(client, project):
    edit_project(project=project, by=make_user(), **GOOD)

    assert client.post("/projects/triage/edit/", {**GOOD, "version": "0"}).status_code == 302
    assert Event.objects.filter(verb="project.edited").count() == 1


def test_line_ends_of_a_browser_are_no_change(client, project):
    edit_project(project=project, by=make_user(), description="One.\nTwo.")

    client.post("/projects/triage/edit/", {**GOOD, "description": "One.\r\nTwo.", "version": "1"})

    assert Project.objects.get().description == "One.\nTwo."


def test_renaming_to_the_name_of_another_project_leaves_that_one_alone(client, project):
    other = make_project(name="Churn", description="Untouched.")

    client.post("/projects/triage/edit/", {**GOOD, "description": "Mine."})

    other.refresh_from_db()
    assert other.description == "Untouched."
    assert Project.objects.get(slug="triage").description == "Mine."


def test_archiving_asks_first_and_then_freezes(client, project):
    assert "Archive this project?" in client.get("/projects/triage/archive/").content.decode()

    client.post("/projects/triage/archive/")

    project.refresh_from_db()
    assert project.archived
    response = client.post("/projects/triage/edit/", GOOD)
    assert response.status_code == 403
    assert "“Triage” is archived." in response.content.decode()


def test_an_archived_project_can_be_read_and_taken_out(client, owner, project):
    archive_project(project=project, by=owner)

    assert "This project is archived" in client.get("/projects/triage/").content.decode()
    client.post("/projects/triage/restore/")

    project.refresh_from_db()
    assert not project.archived


def test_the_page_of_an_archived_project_offers_no_change(client, owner, project):
    archive_project(project=project, by=owner)

    page = client.get("/projects/triage/").content.decode()

    assert "/edit/" not in page
    assert "/import/" not in page
    assert "/clear/" not in page
    assert "Check now" not in page


def test_restoring_needs_a_post(client, owner, project):
    archive_project(project=project, by=owner)

    assert client.get("/projects/triage/restore/").status_code == 405


def test_deleting_needs_the_name(client, project):
    response = client.post("/projects/triage/delete/", {"confirmation": "Trriage"})

    assert response.status_code == 422
    assert "“Trriage” is not the name of this project." in response.content.decode()
    assert Project.objects.exists()


def test_a_get_never_deletes(client, project):
    client.get("/projects/triage/delete/?confirmation=Triage")

    assert Project.objects.exists()


def test_the_name_deletes_and_the_log_remembers(client, project):
    response = client.post("/projects/triage/delete/", {"confirmation": "Triage"})

    assert response.url == "/projects/"
    assert said(response) == ["“Triage” is deleted."]
    assert not Project.objects.exists()
    assert Event.objects.filter(verb="project.deleted", project_slug="triage").exists()


def test_an_archived_project_can_be_deleted(client, owner, project):
    archive_project(project=project, by=owner)

    client.post("/projects/triage/delete/", {"confirmation": "Triage"})

    assert not Project.objects.exists()


@pytest.mark.parametrize("path", ["/projects/new/", "/projects/triage/edit/", "/projects/triage/delete/"])
def test_a_form_without_its_token_is_refused(project, owner, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)

    response = strict.post(path, {**GOOD, "confirmation": "Triage"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert list(Project.objects.values_list("name", flat=True)) == ["Triage"]
