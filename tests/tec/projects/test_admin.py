"""Adding people to projects in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tec.audit.models import Event
from tec.projects.models import Membership, Role
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client) -> User:
    user = User.objects.create_superuser("admin")
    client.force_login(user)
    return user


def rows(*rows: dict[str, object], initial: int) -> dict[str, object]:
    """The form of a project's members as the admin sends it."""
    sent: dict[str, object] = {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        sent.update({f"memberships-{number}-{name}": value for name, value in row.items()})
    return sent


def test_the_list_shows_who_belongs_to_a_project(client, admin, django_assert_max_num_queries):
    for _ in range(8):
        make_project(owner=make_user())

    with django_assert_max_num_queries(8):
        page = client.get("/admin/projects/project/").content.decode()

    assert "Churn" in page


def test_adding_and_removing_somebody_is_logged(client, admin):
    project = make_project()
    first = project.memberships.get()
    new = make_user(username="ana")
    path = f"/admin/projects/project/{project.pk}/change/"
    there = {"id": first.pk, "project": project.pk, "user": first.user_id, "role": Role.OWNER}
    added = {"project": project.pk, "user": new.pk, "role": Role.OPERATOR}

    assert client.post(path, rows(there, added, initial=1)).status_code == 302
    assert client.post(path, rows({**there, "DELETE": "on"}, initial=1)).status_code == 302

    assert [m.user for m in Membership.objects.filter(project=project)] == [new]
    events = Event.objects.filter(verb__startswith="member.").order_by("id")
    assert [(event.verb, event.target, event.actor) for event in events] == [
        ("member.added", "ana", "admin"),
        ("member.removed", first.user.username, "admin"),
    ]


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_projects_are_made_and_deleted_on_their_own_pages_only(client, admin, page):
    project = make_project()

    assert client.get(f"/admin/projects/project/{page.format(pk=project.pk)}").status_code == 403
