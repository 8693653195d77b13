"""People in the admin: what is done to their accounts works, and is in the log."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Permission, User
from django.test import Client

from tec.accounts.addresses import confirmed
from tec.accounts.admin import PersonAdmin
from tec.accounts.models import LogIn
from tec.audit.models import Event
from tec.projects.models import Role
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

AT = "/admin/auth/user/"


@pytest.fixture
def boss(client):
    user = make_user(username="boss", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def ana(db):
    return make_user(username="ana")


def event(verb: str) -> tuple[str, str, dict]:
    found = Event.objects.get(verb=verb)
    return found.actor, found.target, found.facts


def done(client: Client, action: str, *people: User) -> str:
    sent = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(AT, sent, follow=True).content.decode()


@pytest.mark.parametrize("row", ["", "x", "日本語", "٣", "-1", "1.5", "9" * 30, "1\x00"])
def test_a_row_that_no_list_has_is_refused(client, boss, row):
    sent = {"action": "delete_selected", "_selected_action": [row]}

    answer = client.post(AT, sent)

    assert answer.status_code == 400
    assert "no row of this list" in answer.content.decode()


def test_the_admin_pages_are_asked_for_with_our_own_log_in(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_a_new_account_is_in_the_log(client, boss):
    sent = {"username": "bob", "password1": "wrong pony accumulator", "password2": "wrong pony accumulator"}
    client.post(f"{AT}add/", {**sent, "usable_password": "true"})

    assert User.objects.filter(username="bob").exists()
    assert event("account.created") == ("boss", "bob", {"by": "administrator"})


def test_a_new_password_for_somebody_is_in_the_log_without_the_password(client, boss, ana):
    sent = {"password1": "wrong pony accumulator", "password2": "wrong pony accumulator"}
    client.post(f"{AT}{ana.pk}/password/", {**sent, "usable_password": "true"})

    ana.refresh_from_db()
    assert ana.check_password("wrong pony accumulator")
    actor, target, facts = event("account.changed")
    assert (actor, target) == ("boss", "ana")
    assert "pony" not in str(facts)


def test_an_address_that_an_administrator_enters_counts_as_confirmed(client, boss, ana):
    page = client.get(f"{AT}{ana.pk}/change/")
    sent = {name: value for name, value in page.context["adminform"].form.initial.items() if value}
    times = {f"{name}_{n}": "" for name in ("last_login", "date_joined") for n in (0, 1)}
    joined = {"date_joined_0": "2026-11-29", "date_joined_1": "12:00:00"}
    response = client.post(f"{AT}{ana.pk}/change/", {**sent, **times, **joined, "email": "ana@example.org"})

    assert response.status_code == 302, response.context["errors"]
    ana.refresh_from_db()
    assert confirmed(ana)


def test_a_deleted_account_is_in_the_log(client, boss, ana):
    client.post(f"{AT}{ana.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(username="ana").exists()
    assert event("account.deleted")[:2] == ("boss", "ana")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_deleted_account_is_missed_in_the_log_of_its_projects(client, boss, ana, at_once):
    project = make_project(owner=ana)
    make_member(project, Role.OWNER)
    if at_once:
        client.post(AT, {"action": "delete_selected", "_selected_action": [ana.pk], "post": "yes"})
    else:
        client.post(f"{AT}{ana.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(username="ana").exists()
    gone = Event.objects.get(verb="member.removed")
    assert (gone.project_id, gone.target, gone.facts["role"]) == (project.pk, "ana", "owner")
    assert event("account.deleted") == ("boss", "ana", {})


@pytest.mark.parametrize("at_once", [True, False])
def test_the_last_owner_of_a_project_stays_and_the_page_says_of_which(client, boss, ana, at_once):
    project, shared = make_project(owner=ana, name="Triage"), make_project(owner=ana, name="Shared")
    make_member(shared, Role.OWNER)
    make_member(project, Role.OWNER, is_active=False)
    sent, path = {"post": "yes"}, f"{AT}{ana.pk}/delete/"
    if at_once:
        sent, path = {"action": "delete_selected", "_selected_action": [ana.pk], "post": "yes"}, AT

    page = client.post(path, sent, follow=True).content.decode()

    assert "“ana” is the only owner of “Triage”. Make somebody else an owner" in page
    assert User.objects.filter(username="ana").exists()
    assert not Event.objects.filter(verb__in=["account.deleted", "member.removed"]).exists()

    make_member(project, Role.OWNER)
    client.post(path, sent)
    assert not User.objects.filter(username="ana").exists()


def test_both_owners_of_a_project_are_not_deleted_in_one_go(client, boss, ana):
    project = make_project(owner=ana, name="Triage")
    bob = make_member(project, Role.OWNER, username="bob")
    both = [ana.pk, bob.pk]

    sent = {"action": "delete_selected", "_selected_action": both, "post": "yes"}
    page = client.post(AT, sent, follow=True).content.decode()

    assert "is the only owner of “Triage”" in page
    assert User.objects.filter(pk__in=both).count() == 2


def test_people_are_logged_out_everywhere(client, boss, ana):
    browser = Client()
    browser.force_login(ana)

    assert "1 log-ins ended." in done(client, "log_out", ana)
    assert browser.get("/projects/").status_code == 302
    assert not LogIn.objects.filter(user=ana).exists()
    assert event("account.sessions_ended") == ("boss", "ana", {"number": 1})


def test_a_second_factor_is_taken_off(client, boss, ana):
    TOTP.activate(ana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    assert "1 people" in done(client, "take_off_second_factor", ana, boss)
    assert not Authenticator.objects.exists()
    assert event("account.factor_removed")[:2] == ("boss", "ana")


def make_clerk(*may: str) -> User:
    """Somebody who uses the admin as far as these permissions go."""
    clerk = make_user(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=may))
    return clerk


def test_who_keeps_accounts_does_not_reach_those_of_superusers(client, boss):
    client.force_login(make_clerk("view_user", "change_user", "delete_user"))
    sent = {"password1": "wrong pony accumulator", "password2": "wrong pony accumulator"}

    assert "boss" not in client.get(AT).content.decode()
    assert client.post(f"{AT}{boss.pk}/password/", {**sent, "usable_password": "true"}).status_code != 200
    done(client, "log_out", boss)

    boss.refresh_from_db()
    assert boss.check_password("correct horse battery")
    assert not Event.objects.filter(verb="account.sessions_ended").exists()


def test_who_keeps_accounts_cannot_raise_their_own(client, ana):
    clerk = make_clerk("view_user", "change_user")
    client.force_login(clerk)
    at = f"{AT}{clerk.pk}/change/"
    sent = {"username": "clerk", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    times = {"date_joined_0": "2026-11-29", "date_joined_1": "12:00:00"}

    answer = client.post(at, {**sent, **times})

    clerk.refresh_from_db()
    assert answer.status_code == 302
    assert (clerk.username, clerk.is_superuser) == ("clerk", False)


@pytest.mark.parametrize("action", ["log_out", "take_off_second_factor"])
def test_who_may_only_look_at_accounts_does_nothing_to_them(client, ana, action):
    clerk = make_clerk("view_user")
    client.force_login(ana)
    client.get("/projects/")
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    client.force_login(clerk)

    done(client, action, ana)

    assert LogIn.objects.filter(user=ana).exists()
    assert Authenticator.objects.filter(user=ana).exists()


def test_an_account_that_could_not_be_deleted_is_not_said_to_be(client, boss, ana, monkeypatch):
    def fails(*args: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(PersonAdmin, "delete_queryset", fails)
    sent = {"action": "delete_selected", "_selected_action": [ana.pk], "post": "yes"}
    with pytest.raises(RuntimeError, match="the disk is full"):
        client.post(AT, sent)

    assert not Event.objects.filter(verb="account.deleted").exists()


def test_a_password_that_could_not_be_written_down_is_not_changed(client, boss, ana, monkeypatch):
    def fails(*args: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(PersonAdmin, "log_change", fails)
    sent = {"password1": "wrong pony accumulator", "password2": "wrong pony accumulator"}
    with pytest.raises(RuntimeError, match="the disk is full"):
        client.post(f"{AT}{ana.pk}/password/", {**sent, "usable_password": "true"})

    ana.refresh_from_db()
    assert ana.check_password("correct horse battery")


def test_secrets_of_accounts_have_no_pages_in_the_admin(client, boss):
    page = client.get("/admin/").content.decode()

    assert "Users" in page
    for name in ("Authenticators", "Social app", "Email address", "Tokens"):
        assert name not in page
