"""What administrators see of projects."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client) -> User:
    user = User.objects.create_superuser("admin")
    client.force_login(user)
    return user


def test_the_list_shows_who_belongs_to_a_project(client, admin, django_assert_max_num_queries):
    for _ in range(8):
        make_project(owner=make_user())

    with django_assert_max_num_queries(8):
        page = client.get("/admin/projects/project/").content.decode()

    assert "Churn" in page


def test_people_are_managed_on_the_page_of_members(client, admin):
    project = make_project()
    assert (
        f'href="/projects/{project.slug}/members/"' in client.get("/admin/projects/project/").content.decode()
    )

    page = client.get(f"/admin/projects/project/{project.pk}/change/").content.decode()

    assert project.name in page
    assert 'name="_save"' not in page


def test_an_admin_sees_their_own_projects_first_and_all_on_demand(client, admin):
    make_project(name="Mine", owner=admin)
    make_project(name="Theirs")

    own, every = client.get("/projects/"), client.get("/projects/?whose=all")

    assert [row.project.name for row in own.context["rows"]] == ["Mine"]
    assert {row.project.name for row in every.context["rows"]} == {"Mine", "Theirs"}


def test_nobody_else_sees_all_projects(client):
    user = make_user(is_staff=True)
    make_project(name="Mine", owner=user)
    make_project(name="Theirs")
    client.force_login(user)

    page = client.get("/projects/?whose=all")

    assert [row.project.name for row in page.context["rows"]] == ["Mine"]
    assert "All projects" not in page.content.decode()


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_projects_are_made_and_deleted_on_their_own_pages_only(client, admin, page):
    project = make_project()

    assert client.get(f"/admin/projects/project/{page.format(pk=project.pk)}").status_code == 403
