"""Adding, changing, removing and leaving: the page of members and the service behind it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tec.audit.models import Event
from tec.projects.models import Membership, Project, Role
from tec.projects.services.change_members import MemberRefused, change_role, remove_member
from tec.projects.services.change_project import archive_project
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user(username="ana")
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=["triage", *args]), data)


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def roles(project: Project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def last(verb: str) -> Event:
    return Event.objects.filter(verb=verb).latest("id")


def test_somebody_with_an_account_is_added_by_name(client, project):
    make_user(username="ben")

    response = post(client, "member-add", person=" ben ", role=Role.OPERATOR)

    assert said(response) == "ben is a member now, as operator."
    assert roles(project) == {"ana": "owner", "ben": "operator"}
    event = last("member.added")
    assert (event.actor, event.target, event.facts, event.project_id) == (
        "ana",
        "ben",
        {"role": "operator"},
        project.pk,
    )


def test_or_by_address(client, project):
    make_user(username="ben", email="Ben@example.org")

    post(client, "member-add", person="ben@EXAMPLE.org", role=Role.VIEWER)

    assert roles(project)["ben"] == "viewer"


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("nobody", "Nobody here has the name or address “nobody”. Invite them by a link instead."),
        ("", "Say who"),
        ("gone", "Nobody here has the name"),
        ("two@example.org", "Several people have the name or address “two@example.org”. Give the user name."),
        ("ana", "“ana” is a member already, as owner."),
    ],
)
def test_nobody_is_added_who_is_not_meant(client, project, person, told):
    make_user(username="gone", is_active=False)
    make_user(email="two@example.org")
    make_user(email="two@example.org")

    response = post(client, "member-add", person=person, role=Role.OWNER)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert roles(project) == {"ana": "owner"}


def test_a_role_that_there_is_not_is_refused(client, project):
    make_user(username="ben")

    assert post(client, "member-add", person="ben", role="emperor").status_code == 422
    assert roles(project) == {"ana": "owner"}


def test_a_role_is_changed_and_the_log_knows_from_what(client, project):
    ben = make_member(project, Role.VIEWER, username="ben")

    post(client, "member-detail", ben.memberships.get().pk, role=Role.REVIEWER)

    assert roles(project)["ben"] == "reviewer"
    assert last("member.changed").facts == {"role": "reviewer", "changes": {"role": ["viewer", "reviewer"]}}


def test_a_member_is_removed(client, project):
    ben = make_member(project, Role.OWNER, username="ben")

    response = post(client, "member-remove", ben.memberships.get().pk)

    assert response.url == "/projects/triage/members/"
    assert roles(project) == {"ana": "owner"}
    assert last("member.removed").facts == {"role": "owner"}
    client.force_login(ben)
    assert client.get("/projects/triage/").status_code == 404


@pytest.mark.parametrize("page", ["member-detail", "member-remove", "member-leave"])
def test_the_last_owner_stays(client, project, owner, page):
    make_member(project, Role.OWNER, is_active=False)  # nobody who could manage anything
    mine = owner.memberships.get().pk

    response = post(client, page, *([] if page == "member-leave" else [mine]), role=Role.VIEWER)

    assert response.status_code in {409, 422}
    assert "“ana” is the only owner. Make somebody else an owner first" in response.content.decode()
    assert roles(project)["ana"] == "owner"


def test_an_owner_may_go_when_another_is_there(client, project, owner):
    make_member(project, Role.OWNER, username="ben")

    response = post(client, "member-leave")

    assert (response.url, said(response)) == ("/projects/", "You have left “Triage”.")
    assert roles(project) == {"ben": "owner"}
    assert last("member.left").actor == "ana"


def test_any_member_may_leave(client, project):
    ben = make_member(project, Role.VIEWER, username="ben")
    client.force_login(ben)
    assert client.get("/projects/triage/members/leave/").status_code == 200

    post(client, "member-leave")

    assert roles(project) == {"ana": "owner"}


def test_who_is_gone_already_is_not_removed_twice(project, owner):
    gone = Membership.objects.get(user=make_member(project))
    remove_member(membership=gone, by=owner)

    remove_member(membership=gone, by=owner)

    assert Event.objects.filter(verb="member.removed").count() == 1


def test_a_stale_page_cannot_take_the_last_owner_away(project, owner):
    """Both owners are asked about while both were there; the second answer finds only one."""
    first, second = project.memberships.get(), Membership.objects.get(user=make_member(project, Role.OWNER))
    change_role(membership=first, role=Role.VIEWER, by=owner)

    with pytest.raises(MemberRefused):
        remove_member(membership=second, by=owner)


def test_people_come_and_go_in_an_archive_too(client, project, owner):
    ben = make_member(project, username="ben")
    archive_project(project=project, by=owner)
    assert "Add somebody who has an account" in client.get("/projects/triage/members/").content.decode()

    post(client, "member-remove", ben.memberships.get().pk)

    assert roles(project) == {"ana": "owner"}


def test_others_see_who_is_there_and_whom_to_ask(client, project):
    client.force_login(make_member(project, Role.VIEWER, first_name="Kim", last_name="Ha"))

    page = client.get("/projects/triage/members/").content.decode()

    assert "you are <b>viewer</b>" in page
    assert "The owners of the project add people and give roles." in page
    assert "Invite by link" not in page
    assert ">Change<" not in page


def test_the_owners_come_first(client, project):
    for name, role in [("zoe", Role.OWNER), ("abe", Role.VIEWER), ("bob", Role.DATA_SCIENTIST)]:
        make_member(project, role, username=name)

    page = client.get("/projects/triage/members/").content.decode()

    names = ["ana", "zoe", "bob", "abe"]
    assert sorted(names, key=lambda name: page.index(f"<bdi>{name}<")) == names


def test_an_admin_is_told_as_whom_they_look(client, project):
    client.force_login(make_user(is_superuser=True))

    page = client.get("/projects/triage/members/").content.decode()

    assert "you see and manage this project as an <b>administrator</b> of the site" in page
    assert "Invite by link" in page


def test_the_page_asks_the_same_of_many_members(client, project, django_assert_max_num_queries):
    for _ in range(120):
        make_member(project, Role.VIEWER)

    with django_assert_max_num_queries(14):
        page = client.get("/projects/triage/members/?page=2").content.decode()

    assert "101 to 121 of 121" in page


def test_another_role_for_somebody_who_has_just_left_is_refused(owner, project):
    membership = project.memberships.get(user=make_member(project, Role.VIEWER, username="ben"))
    remove_member(membership=project.memberships.get(pk=membership.pk), by=owner)

    with pytest.raises(MemberRefused, match="“ben” is no member any more"):
        change_role(membership=membership, role=Role.OPERATOR, by=owner)
