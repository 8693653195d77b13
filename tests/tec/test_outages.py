"""Pages when the database is away, and when something else broke."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError

from tec.projects.models import ProjectQuerySet
from tests.factories import make_user


@pytest.fixture
def broken_by(client, monkeypatch):
    """Asks for a page whose query fails."""

    def ask(error: Exception):
        def fail(self, user):
            raise error

        client.raise_request_exception = False
        client.force_login(make_user())
        monkeypatch.setattr(ProjectQuerySet, "visible_to", fail)
        return client.get("/projects/")

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("server closed the connection unexpectedly"),
        OperationalError("database or disk is full"),
        InterfaceError("connection already closed"),
    ],
)
def test_a_database_that_is_away_is_a_503_that_asks_to_come_again(broken_by, error):
    response = broken_by(error)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert b"The database does not answer" in response.content
    assert str(error).encode() not in response.content
    assert "Content-Security-Policy" in response


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("away"), ZeroDivisionError("broken")])
def test_the_pages_keep_the_chosen_appearance(client, broken_by, error):
    client.cookies["theme"] = "dark"
    assert b'<html lang="en-GB" data-theme="dark">' in broken_by(error).content

    client.cookies["theme"] = "pink"
    assert b'<html lang="en-GB">' in broken_by(error).content


@pytest.mark.django_db
def test_anything_else_is_a_500(broken_by):
    response = broken_by(ZeroDivisionError("not for visitors"))

    assert response.status_code == 500
    assert b"not for visitors" not in response.content
