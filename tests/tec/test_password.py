"""Changing one's own password."""

from __future__ import annotations

import pytest
from django.test import Client

from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "correct horse battery", "wrong pony accumulator"


def sent(**over: str) -> dict[str, str]:
    return {"old_password": OLD, "new_password1": NEW, "new_password2": NEW, **over}


@pytest.fixture
def user(client):
    user = make_user(username="ana")
    client.force_login(user)
    return user


def test_nobody_else_gets_there(client):
    assert client.get("/accounts/password/").url == "/accounts/login/?next=/accounts/password/"


def test_the_new_password_works_and_the_change_is_logged(client, user):
    response = client.post("/accounts/password/", sent(), follow=True)

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "Your password is changed." in response.content.decode()
    event = Event.objects.get(verb="account.password_changed")
    assert (event.actor, event.facts) == ("ana", {})


def test_one_stays_logged_in_here_and_nowhere_else(client, user):
    elsewhere = Client()
    elsewhere.login(username="ana", password=OLD)

    client.post("/accounts/password/", sent())

    assert client.get("/projects/").status_code == 200
    assert elsewhere.get("/projects/").status_code == 302


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"old_password": "wrong"}, "old_password"),
        ({"new_password2": "something else entirely"}, "new_password2"),
        ({"new_password1": "short", "new_password2": "short"}, "new_password2"),
        ({"new_password1": "", "new_password2": ""}, "new_password1"),
        ({"new_password1": "password1234", "new_password2": "password1234"}, "new_password2"),
    ],
)
def test_a_bad_password_is_refused_at_its_field(client, user, over, field):
    response = client.post("/accounts/password/", sent(**over))

    assert response.status_code == 422
    assert f'href="#id_{field}"' in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_what_was_typed_is_never_sent_back(client, user):
    page = client.post("/accounts/password/", sent(new_password2="other")).content.decode()

    assert OLD not in page
    assert NEW not in page
