"""The link that makes the first administrator."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from tec.audit.models import Event
from tec.setup import views
from tec.setup.first_admin import SetupClosed, create_first_admin
from tests.factories import make_user
from tests.races import at_once

PASSWORD = "a tall order of pancakes"


@pytest.fixture
def link(db, capsys) -> str:
    call_command("setup_link")
    return urlsplit(capsys.readouterr().out.strip()).path


def fill_in(client, link, **over):
    return client.post(link, {"username": "ada", "password1": PASSWORD, "password2": PASSWORD, **over})


@pytest.mark.django_db
def test_the_link_is_a_full_address(settings, capsys):
    settings.PUBLIC_URL = "https://tec.example.org"

    call_command("setup_link")

    assert capsys.readouterr().out.startswith("https://tec.example.org/setup/")


def test_whoever_follows_the_link_becomes_administrator_and_is_logged_in(client, link):
    assert client.get(link).status_code == 200

    response = fill_in(client, link)

    assert response.status_code == 302
    admin = User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("ada", True, True)
    assert client.session["_auth_user_id"] == str(admin.pk)
    assert Event.objects.get(verb="admin.created").target == "ada"


def test_the_link_works_once(client, link):
    fill_in(client, link)

    assert client.get(link).status_code == 410
    assert fill_in(client, link, username="eve").status_code == 410
    assert User.objects.count() == 1


def test_the_link_works_for_a_day(client, link):
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        response = client.get(link)

    assert response.status_code == 410
    assert b"setup_link" in response.content


@pytest.mark.parametrize("change", [lambda link: link[:-2] + "/", lambda link: "/setup/anything/"])
def test_a_link_that_is_not_ours_does_not_work(client, link, change):
    assert client.get(change(link)).status_code == 410


def test_people_who_are_no_administrators_do_not_close_the_link(client, link):
    make_user()
    make_user(is_superuser=True, is_active=False)

    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "over",
    [
        {"password1": "short", "password2": "short"},
        {"password2": "something else entirely"},
        {"password1": "passwordpassword"[:8], "password2": "passwordpassword"[:8]},
        {"username": ""},
        {"username": "a b"},
    ],
)
def test_what_is_filled_in_wrongly_makes_nobody(client, link, over):
    response = fill_in(client, link, **over)

    assert response.status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
def test_there_is_no_link_once_there_is_an_administrator():
    make_user(is_superuser=True)

    with pytest.raises(CommandError, match="administrator already"):
        call_command("setup_link")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_at_once_one_becomes_administrator():
    names = iter(["ada", "eve"])

    def come() -> str:
        try:
            return create_first_admin(username=next(names), password=PASSWORD).username
        except SetupClosed:
            return ""

    assert sorted(map(bool, at_once(come))) == [False, True]
    assert User.objects.count() == 1
    assert Event.objects.filter(verb="admin.created").count() == 1


def test_who_comes_a_moment_too_late_is_told_so(client, link, monkeypatch):
    monkeypatch.setattr(views, "opens", lambda token: True)
    make_user(is_superuser=True)

    assert fill_in(client, link).status_code == 410
