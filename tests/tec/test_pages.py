"""The public pages, logging in and out, the error pages, and the headers of all of them."""

from __future__ import annotations

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from tec import views
from tests.factories import make_project, make_user

PASSWORD = "correct horse battery"
PUBLIC = [
    "/",
    "/accounts/login/",
    "/resources/",
    "/resources/relationships/",
    "/resources/changelog/",
    "/resources/errata/",
    "/rules/",
]
CLOSED = ["/projects/", "/projects/new/", "/projects/churn/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_there_for_everybody(client, db, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_there_for_those_who_are_logged_in(client, db, path):
    client.force_login(make_user())

    response = client.get(path, follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_tell_nothing_of_any_project(client, db, path):
    make_project(name="Secret plan", description="Nobody may know.")

    assert b"Secret plan" not in client.get(path).content


@pytest.mark.parametrize("path", [path for path in PUBLIC if path != "/accounts/login/"])
def test_public_pages_need_no_database(client, path):
    assert client.get(path).status_code == 200  # without the db fixture a query would raise


@pytest.mark.parametrize("path", CLOSED)
def test_all_else_needs_a_log_in(client, db, path):
    make_project()

    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("path", [*PUBLIC, "/nowhere/", "/projects/"])
def test_every_page_is_fenced_in(client, db, path):
    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_has_its_landmarks(client, db, path):
    page = client.get(path).content.decode()

    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert '<a class="skip" href="#main">' in page
    assert '<html lang="en-GB"' in page
    assert "<title>" in page


# --- logging in and out ---


def test_the_log_in_works_with_password_managers(client, db):
    page = client.get("/accounts/login/").content.decode()

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_logging_in_leads_to_the_home_page(client, db):
    make_user(username="ana")

    response = client.post("/accounts/login/", {"username": "ana", "password": PASSWORD})

    assert response.url == "/"


def test_logging_in_leads_to_the_page_that_was_asked_for(client, db):
    make_user(username="ana")

    response = client.post(
        "/accounts/login/", {"username": "ana", "password": PASSWORD, "next": "/projects/new/"}
    )

    assert response.url == "/projects/new/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_logging_in_never_leads_elsewhere(client, db, target):
    make_user(username="ana")

    response = client.post("/accounts/login/", {"username": "ana", "password": PASSWORD, "next": target})

    assert response.url == "/"


@pytest.mark.parametrize(("username", "password"), [("ana", "wrong"), ("nobody", PASSWORD)])
def test_a_failed_log_in_says_what_to_do_and_not_which_was_wrong(client, db, username, password):
    make_user(username="ana")

    response = client.post("/accounts/login/", {"username": username, "password": password})

    assert "do not belong together" in response.content.decode()
    assert password not in response.content.decode()


def test_an_account_that_is_switched_off_cannot_log_in(client, db):
    make_user(username="ana", is_active=False)

    response = client.post("/accounts/login/", {"username": "ana", "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert response.status_code == 200


def test_logging_out_takes_a_post(client, db):
    client.force_login(make_user())

    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_somebody_who_is_logged_in_is_not_asked_again(client, db):
    client.force_login(make_user())

    assert client.get("/accounts/login/").url == "/"


# --- the error pages ---


def test_an_address_that_does_not_exist_says_what_to_do(client, db):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (BadRequest(), 400, "This request cannot be answered"),
        (BadRequest("“<b>” is no severity."), 400, "“&lt;b&gt;” is no severity. Nothing was changed."),
        (SuspiciousOperation("inside"), 400, "Something in the address or in what was sent is not"),
        (RequestDataTooBig(), 413, "That was too much at once"),
    ],
)
def test_a_request_that_makes_no_sense_is_explained(raised, status, said):
    response = views.bad_request(RequestFactory().get("/"), raised)

    assert response.status_code == status
    assert said in response.content.decode()


def test_a_body_beyond_the_limit_is_413(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/accounts/login/", {"username": "x" * 2000, "password": "y"})

    assert response.status_code == 413
    assert "That was too much at once" in response.content.decode()


def test_a_defect_shows_a_page_of_ours(db, monkeypatch):
    monkeypatch.setattr("tec.views.eight", lambda: 1 / 0)

    response = Client(raise_request_exception=False).get("/resources/")

    assert response.status_code == 500
    page = response.content.decode()
    assert "Something broke on our side" in page
    assert "ZeroDivisionError" not in page


def test_a_forged_form_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"username": "ana"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


# --- appearance ---


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_appearance_is_kept(client, db, theme):
    response = client.post("/appearance/", {"theme": theme, "next": "/rules/"})

    assert response.url == "/rules/"
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


def test_the_appearance_can_follow_the_system_again(client, db):
    client.post("/appearance/", {"theme": "dark"})
    client.post("/appearance/", {"theme": ""})

    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("cookie", ['"><script>', "blue", ""])
def test_a_cookie_that_means_nothing_is_ignored(client, db, cookie):
    client.cookies["theme"] = cookie

    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "", "javascript:alert(1)"])
def test_choosing_an_appearance_never_leads_elsewhere(client, db, target):
    assert client.post("/appearance/", {"theme": "dark", "next": target}).url == "/"
