"""Accounts on the server's command line: what is done there is in the audit log too."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from tec.accounts.models import Letter
from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEW = "a horse battery staples"


def typing(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    typed = iter(passwords)
    monkeypatch.setattr("tec.setup.management.commands.changepassword.getpass", lambda _: next(typed))


def test_an_administrator_that_is_made_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)

    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "root@example.org")

    root = User.objects.get(username="root")
    assert root.is_superuser
    assert root.check_password(NEW)
    event = Event.objects.get(verb="account.created")
    assert (event.actor, event.target, event.channel) == ("", "root", "command")
    assert NEW not in event.facts_text


def test_an_administrator_that_cannot_be_made_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(username="root")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW)

    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", "--noinput", "--username", "root", "--email", "root@example.org")

    assert not Event.objects.exists()


def test_a_new_password_is_written_down_its_owner_told_and_logged_out(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MAIL = True
    ana = make_user(username="ana", email="ana@example.org")
    browser = Client()
    browser.post("/accounts/login/", {"username": "ana", "password": "correct horse battery"})
    typing(monkeypatch, "one", "another", "short", "short", NEW, NEW)

    call_command("changepassword", "ana")

    ana.refresh_from_db()
    assert ana.check_password(NEW)
    assert browser.get("/accounts/").status_code == 302
    event = Event.objects.get(verb="account.password_set")
    assert (event.target, event.channel, event.facts) == ("ana", "command", {})
    assert Letter.objects.get().kind == "password"


def test_a_password_that_is_not_good_enough_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ana = make_user(username="ana")
    typing(monkeypatch, *["short"] * 6)

    with pytest.raises(CommandError, match="as it was"):
        call_command("changepassword", "ana")
    with pytest.raises(CommandError, match="no account “bob”"):
        call_command("changepassword", "bob")

    ana.refresh_from_db()
    assert ana.check_password("correct horse battery")
    assert not Event.objects.exists()
