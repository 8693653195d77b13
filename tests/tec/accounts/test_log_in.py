"""Logging in: what is let in, what is not and for how long, and what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.utils import timezone

from tec.accounts import lockout
from tec.accounts.models import Letter, LogIn
from tec.accounts.tasks import send_letters
from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
AT = "/accounts/login/"


def tried(client: Client, username: str = "ana", password: str = "wrong", **extra: str):
    return client.post(AT, {"username": username, "password": password}, **extra)


def lines() -> list[tuple[str, str]]:
    return [(event.verb, event.target) for event in Event.objects.order_by("number")]


@pytest.fixture
def ana(db):
    return make_user(username="ana", email="ana@example.org")


def test_the_log_says_who_came_in_how_and_who_left(client, ana):
    tried(client, password=PASSWORD)
    client.post("/accounts/logout/")

    assert lines() == [("account.logged_in", "ana"), ("account.logged_out", "ana")]
    assert Event.objects.get(verb="account.logged_in").facts == {"by": ["password"]}


def test_five_wrong_passwords_lock_the_name_and_say_for_how_long(client, ana):
    for _ in range(5):
        assert tried(client).status_code == 200
    refused = tried(client, password=PASSWORD)

    assert refused.status_code == 429
    assert "try again in 5 minutes" in refused.content.decode()
    assert not refused.wsgi_request.user.is_authenticated


def test_the_lock_ends_by_itself_and_counts_down(client, ana):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            tried(client)
        clock.shift(timedelta(seconds=285))
        assert "try again in 15 seconds" in tried(client, password=PASSWORD).content.decode()
        clock.shift(timedelta(seconds=16))
        assert tried(client, password=PASSWORD).url == "/"


def test_attempts_while_locked_do_not_prolong_the_lock(client, ana):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            tried(client)
        for _ in range(5):
            clock.shift(timedelta(seconds=50))
            assert tried(client).status_code == 429
        clock.shift(timedelta(seconds=51))
        assert tried(client, password=PASSWORD).status_code == 302


def test_another_client_and_another_process_know_of_the_lock(client, ana):
    """The count is in the database, so neither a new cookie nor a restart forgets it."""
    for _ in range(5):
        tried(client, REMOTE_ADDR="192.0.2.1")

    assert isinstance(caches["default"], DatabaseCache)
    assert tried(Client(), password=PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 429


def test_a_right_password_in_between_does_not_start_the_count_anew(client, ana):
    for _ in range(4):
        tried(client)
    tried(Client(), password=PASSWORD)
    tried(client)

    assert tried(client, password=PASSWORD).status_code == 429


def test_one_place_may_not_try_one_password_on_many_names(client, ana):
    for number in range(10):
        tried(client, username=f"person-{number}", REMOTE_ADDR="192.0.2.1")

    assert tried(client, password=PASSWORD, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert tried(client, password=PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_a_name_that_nobody_has_is_answered_the_same(client, ana):
    known = [tried(client, "ana", REMOTE_ADDR="192.0.2.1") for _ in range(6)]
    unknown = [tried(client, "bob", REMOTE_ADDR="192.0.2.2") for _ in range(6)]

    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        said, also = (response.content.decode() for response in (one, other))
        assert said.replace("ana", "bob").count("<p>") == also.count("<p>")
        assert ("do not belong together" in said) == ("do not belong together" in also)
        assert ("Too many failed" in said) == ("Too many failed" in also)


def test_an_account_that_is_switched_off_is_answered_the_same(client, ana):
    ana.is_active = False
    ana.save()

    assert "do not belong together" in tried(client, password=PASSWORD).content.decode()


def test_what_was_typed_as_a_name_is_not_kept_if_it_is_none(client, ana):
    tried(client, username="my secret password")
    tried(client)

    events = Event.objects.filter(verb="account.log_in_failed").order_by("number")
    assert [(event.target, event.facts["known"]) for event in events] == [("", False), ("ana", True)]
    assert not any("secret" in str(vars(event)) for event in events)


def test_the_owner_of_a_locked_name_is_told_once(client, ana, settings, django_capture_on_commit_callbacks):
    settings.MAIL = True
    for _ in range(8):
        tried(client)
    send_letters()

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["ana@example.org"], "Failed log-ins to your TEC account")
    ]
    assert ("account.locked", "ana") in lines()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(client, ana, target):
    response = client.post(AT, {"username": "ana", "password": PASSWORD, "next": target})

    assert response.url == "/"


def test_the_admin_has_no_log_in_of_its_own(client, ana):
    response = client.get("/admin/login/?next=/admin/")

    assert response.url.startswith("/accounts/login/?next=")
    assert client.post("/admin/login/", {"username": "ana", "password": PASSWORD}).status_code == 302
    assert not LogIn.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 second"), (1.5, "2 seconds"), (60, "60 seconds"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_waiting_is_said_in_words(seconds, said):
    assert lockout.spoken(seconds) == said
