"""Invitations: one link, one person, once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tec.accounts.models import Letter
from tec.accounts.tasks import send_letter
from tec.audit.models import Event
from tec.projects.models import Invitation, Project, Role
from tec.projects.services.change_members import MemberRefused, change_role, remove_member
from tec.projects.services.invite import MOST_OPEN, accept, invite, withdraw_invitation
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

ACCOUNT = {
    "username": "kim",
    "first_name": "Kim",
    "last_name": "Ha",
    "email": "kim@example.org",
    "password1": "a good long phrase",
    "password2": "a good long phrase",
}


@pytest.fixture
def owner() -> Any:
    return make_user(username="ana")


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


@pytest.fixture
def link(project: Project, owner: Any) -> str:
    """The address of an invitation as operator."""
    return reverse("join", args=[invite(project=project, role=Role.OPERATOR, by=owner, note="Kim")[1]])


def roles(project: Project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def test_an_owner_makes_a_link_and_sees_it_once(client, project, owner):
    client.force_login(owner)

    response = client.post(
        "/projects/triage/members/invite/", {"note": "Kim", "role": Role.OPERATOR, "days": 7}
    )

    assert response.status_code == 201
    assert "no-store" in response["Cache-Control"]
    token = re.search(r'value="http://localhost:3000/join/([\w-]+)/"', response.content.decode())
    assert token
    kept = Invitation.objects.get()
    assert token[1] not in str(Invitation.objects.values())
    assert timedelta(days=6) < kept.expires_at - timezone.now() <= timedelta(days=7)
    event = Event.objects.get(verb="invitation.created")
    assert token[1] not in str(event.facts)
    assert token[1] not in client.get("/projects/triage/members/").content.decode()
    assert not any(token[1] in str(each.get_decoded()) for each in Session.objects.all())


def test_a_new_person_makes_an_account_and_is_in(client, project, link):
    assert "Join “<bdi>Triage</bdi>”" in client.get(link).content.decode()

    response = client.post(link, ACCOUNT, follow=True)

    assert "Welcome to “Triage”. Your role is operator." in response.content.decode()
    assert roles(project) == {"ana": "owner", "kim": "operator"}
    kim = User.objects.get(username="kim")
    assert (kim.get_full_name(), kim.email, kim.is_staff) == ("Kim Ha", "kim@example.org", False)
    assert kim.check_password(ACCOUNT["password1"])
    assert get_user(client) == kim
    assert Event.objects.get(verb="member.added", target="kim").facts == {"role": "operator", "invited": True}
    assert Event.objects.filter(verb="account.created", target="kim").exists()


def test_somebody_who_is_logged_in_only_says_yes(client, project, link):
    client.force_login(make_user(username="ben"))
    assert "You are logged in as" in client.get(link).content.decode()
    assert "ben" not in roles(project)

    assert client.post(link).url == "/projects/triage/"

    assert roles(project)["ben"] == "operator"


def test_who_has_an_account_is_sent_to_log_in_and_back(client, link):
    assert f'href="/accounts/login/?next={link}"' in client.get(link).content.decode()


def test_it_works_once(client, link):
    client.post(link, ACCOUNT)

    for reader in (client, Client()):
        for response in (reader.get(link), reader.post(link, {**ACCOUNT, "username": "other"})):
            assert response.status_code == 410
            assert "This invitation does not work any more" in response.content.decode()
    assert not User.objects.filter(username="other").exists()


def test_looking_at_it_uses_nothing_up(client, link):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200


def test_of_two_who_come_at_once_one_is_in(project, owner, link):
    invitation = Invitation.objects.get()
    accept(invitation=invitation, user=make_user(username="ben"))

    with pytest.raises(MemberRefused, match="used or withdrawn meanwhile"):
        accept(invitation=invitation, user=make_user(username="kim"))

    assert roles(project) == {"ana": "owner", "ben": "operator"}


def test_who_is_put_out_does_not_come_back_by_a_link_of_their_own(client, project, owner):
    ben = make_member(project, Role.OWNER)
    link = reverse("join", args=[invite(project=project, role=Role.OWNER, by=ben)[1]])
    remove_member(membership=project.memberships.get(user=ben), by=owner)
    client.force_login(ben)

    assert client.post(link).status_code == 410
    assert not project.memberships.filter(user=ben).exists()


@pytest.mark.parametrize("change", ["another role", "switched off", "deleted"])
def test_a_link_ends_with_the_right_of_who_made_it(client, project, owner, change):
    ben = make_member(project, Role.OWNER)
    invitation, token = invite(project=project, role=Role.VIEWER, by=ben)
    if change == "another role":
        change_role(membership=project.memberships.get(user=ben), role=Role.REVIEWER, by=owner)
    elif change == "switched off":
        User.objects.filter(pk=ben.pk).update(is_active=False)
    else:
        ben.delete()
    client.force_login(make_user(username="kim"))

    assert client.get(reverse("join", args=[token])).status_code == 410
    with pytest.raises(MemberRefused, match="used or withdrawn"):
        accept(invitation=invitation, user=User.objects.get(username="kim"))


def test_a_link_of_an_administrator_who_is_no_member_works(client, project):
    boss = make_user(is_superuser=True)
    link = reverse("join", args=[invite(project=project, role=Role.VIEWER, by=boss)[1]])
    client.force_login(make_user(username="kim"))

    client.post(link)

    assert roles(project)["kim"] == Role.VIEWER


def test_it_runs_out(client, link):
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 410


def test_it_can_be_withdrawn(client, project, owner, link):
    client.force_login(owner)

    client.post(reverse("invitation-withdraw", args=["triage", Invitation.objects.get().pk]))

    assert Client().get(link).status_code == 410
    assert Event.objects.get(verb="invitation.withdrawn").actor == "ana"


def test_withdrawing_what_was_used_says_nothing(client, owner, link):
    client.post(link, ACCOUNT)

    withdraw_invitation(invitation=Invitation.objects.get(), by=owner)

    assert not Event.objects.filter(verb="invitation.withdrawn").exists()


def test_a_member_keeps_their_role_and_the_invitation(client, project, owner, link):
    client.force_login(owner)
    assert "You are a member already, as owner." in client.get(link).content.decode()

    assert client.post(link).status_code == 409

    assert roles(project) == {"ana": "owner"}
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "password1234", "password2": "password1234"}, "too common"),
        ({"password2": "another good phrase"}, "didn’t match"),
        ({"username": "ana"}, "already exists"),
        ({"username": "ANA"}, "already exists"),
        ({"username": ""}, "required"),
        ({"username": "kim ha"}, "valid username"),
        ({"email": "no address"}, "valid email"),
    ],
)
def test_an_account_follows_the_rules_for_every_account(client, project, link, change, told):
    response = client.post(link, {**ACCOUNT, **change})

    assert response.status_code == 422
    assert told in response.content.decode()
    assert roles(project) == {"ana": "owner"}
    assert Client().get(link).status_code == 200


def test_what_is_sent_makes_nobody_an_admin(client, link):
    client.post(link, {**ACCOUNT, "is_staff": "on", "is_superuser": "on", "role": "owner"})

    kim = User.objects.get(username="kim")
    assert (kim.is_staff, kim.is_superuser, kim.memberships.get().role) == (False, False, "operator")


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 10])
def test_a_link_that_nobody_made_is_closed(client, token):
    assert client.get(reverse("join", args=[token])).status_code == 410


def test_a_project_that_is_gone_takes_its_invitations_along(client, project, link):
    project.delete()

    assert client.get(link).status_code == 410


def test_there_is_a_bound(client, project, owner):
    for _ in range(MOST_OPEN):
        invite(project=project, role=Role.VIEWER, by=owner)
    client.force_login(owner)

    response = client.post("/projects/triage/members/invite/", {"role": Role.VIEWER, "days": 7})

    assert response.status_code == 422
    assert "withdraw some of them first" in response.content.decode()


@pytest.mark.parametrize("data", [{"role": "emperor", "days": 7}, {"role": "viewer", "days": 9999}, {}])
def test_an_invitation_is_to_something_and_ends(client, project, owner, data):
    client.force_login(owner)

    assert client.post("/projects/triage/members/invite/", data).status_code == 422
    assert not Invitation.objects.exists()


def test_only_who_manages_the_project_sees_invitations(client, project, link):
    client.force_login(make_member(project, Role.REVIEWER))

    assert "Open invitations" not in client.get("/projects/triage/members/").content.decode()


def test_the_link_is_mailed_to_the_address_that_is_given(client, project, owner, settings):
    settings.MAIL = True
    client.force_login(owner)
    data = {"email": "kim@example.org", "role": Role.OPERATOR, "days": 7}

    page = client.post("/projects/triage/members/invite/", data).content.decode()

    assert "on its way to kim@example.org" in page
    letter = Letter.objects.get()
    token = re.search(r"/join/([\w-]+)/", page)[1]
    assert token not in str(vars(letter))
    send_letter(letter.pk)
    [sent] = mail.outbox
    assert sent.to == ["kim@example.org"]
    assert f"http://localhost:3000/join/{token}/" in sent.body
    assert owner.username in sent.body
    assert not Letter.objects.exists()
    event = Event.objects.get(verb="invitation.created")
    assert event.facts["mailed_to"] == "kim@example.org"
    assert token not in event.facts_text


def test_a_link_that_cannot_be_read_any_more_is_not_mailed(project, owner, settings):
    settings.MAIL = True
    invite(project=project, role=Role.VIEWER, by=owner, email="kim@example.org")
    settings.SECRET_KEY = "another key " * 5

    send_letter(Letter.objects.get().pk)

    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_without_a_mail_server_no_address_is_asked_for(client, project, owner):
    client.force_login(owner)

    assert 'name="email"' not in client.get("/projects/triage/members/").content.decode()
    data = {"email": "kim@example.org", "role": Role.OPERATOR, "days": 7}
    assert client.post("/projects/triage/members/invite/", data).status_code == 201
    assert not Letter.objects.exists()
    body = {"role": "viewer", "email": "kim@example.org"}
    problem = problem_of(Api(owner).post("projects/triage/invitations/", body), 400)
    assert problem["errors"][0]["pointer"] == "/email"


def test_a_program_has_the_link_mailed(project, owner, settings):
    settings.MAIL = True

    made = Api(owner).post("projects/triage/invitations/", {"role": "viewer", "email": "kim@example.org"})

    assert made.status_code == 201
    assert Letter.objects.get().address == "kim@example.org"
    wrong = Api(owner).post("projects/triage/invitations/", {"role": "viewer", "email": "kim"})
    assert problem_of(wrong, 400)["errors"][0]["pointer"] == "/email"
