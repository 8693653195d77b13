"""Where administrators need a second factor: nothing else can be done until it is set up."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tec.accounts.tokens import create_token
from tests.api import Api, problem_of
from tests.factories import make_project, make_user
from tests.tec.accounts.test_factor import APP, PASSWORD, code, secret_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.ADMINS_NEED_FACTOR = True


def logged_in(**over: Any) -> Client:
    client = Client()
    client.post("/accounts/login/", {"username": make_user(**over).username, "password": PASSWORD})
    return client


@pytest.mark.parametrize("what", [{"is_superuser": True}, {"is_staff": True}])
@pytest.mark.parametrize("path", ["/", "/projects/", "/admin/", "/accounts/", "/accounts/tokens/", "/rules/"])
def test_an_administrator_without_one_is_led_to_its_set_up(what: Any, path: str) -> None:
    browser = logged_in(**what)

    response = browser.get(path)

    assert (response.status_code, response["Location"]) == (302, APP)
    confirm = browser.get(APP)
    assert confirm["Location"].startswith("/accounts/confirm/")
    page = browser.get(confirm["Location"]).content.decode()
    assert "Administrators of this site need a second factor" in page


def test_nothing_is_changed_without_one() -> None:
    browser = logged_in(is_superuser=True)

    response = browser.post("/projects/new/", {"name": "A", "description": "B", "point_of_contact": "C"})

    assert response["Location"] == APP
    assert not make_user().projects.exists()


def test_with_one_everything_is_there() -> None:
    browser = logged_in(is_superuser=True, is_staff=True)
    browser.post(f"/accounts/confirm/?next={APP}", {"password": PASSWORD})
    browser.post(APP, {"code": code(secret_on(browser.get(APP).content.decode()))})

    assert browser.get("/accounts/second-factor/codes/").status_code == 200
    assert browser.get("/projects/").status_code == 200
    assert browser.get("/admin/").status_code == 200


def test_logging_out_is_possible() -> None:
    browser = logged_in(is_superuser=True)

    assert browser.post("/accounts/logout/")["Location"] == "/"
    assert browser.get("/rules/").status_code == 200


def test_their_tokens_and_sessions_are_refused_by_the_api_with_a_sentence() -> None:
    admin = make_user(is_superuser=True)
    _, raw = create_token(user=admin, name="build", days=1, writes=False)

    for asking in (Api().get("me/", authorization=f"Bearer {raw}"), Api(admin).get("me/")):
        assert "second factor" in problem_of(asking, 403)["detail"]


def test_nothing_changes_for_others(settings: Any) -> None:
    owner = make_user(username="ana")
    make_project(owner=owner)
    _, raw = create_token(user=owner, name="build", days=1, writes=False)
    assert Api().get("me/", authorization=f"Bearer {raw}").status_code == 200
    assert Api(owner).get("projects/").json()["count"] == 1

    signed_on = make_user(is_superuser=True)
    signed_on.set_unusable_password()
    signed_on.save()
    assert Api(signed_on).get("me/").status_code == 200

    settings.ADMINS_NEED_FACTOR = False
    assert logged_in(is_superuser=True).get("/projects/").status_code == 200
