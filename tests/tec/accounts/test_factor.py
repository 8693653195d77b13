"""The second factor: switched on, asked for, got around with a recovery code, switched off."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client

from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=False)

PASSWORD = "correct horse battery"
APP = "/accounts/second-factor/app/"
CODES = "/accounts/second-factor/codes/"


@pytest.fixture
def ana(db):
    return make_user(username="ana")


@pytest.fixture
def browser(client, ana, django_capture_on_commit_callbacks):
    """Ana’s browser, right after she confirmed her password; what waits for a commit happens at once."""
    client.post("/accounts/login/", {"username": "ana", "password": PASSWORD})
    client.post(f"/accounts/confirm/?next={APP}", {"password": PASSWORD})
    return client


def code(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or *ahead* half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def secret_on(page: str) -> str:
    return re.search(r'<code class="typed">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")


@pytest.fixture
def secret(browser, django_capture_on_commit_callbacks) -> str:
    """Ana switched the second factor on; this is what her app knows."""
    secret = secret_on(browser.get(APP).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(APP, {"code": code(secret)})
    assert response.url == CODES
    return secret


def half_way(username: str = "ana") -> Client:
    """Another browser, in which the password was typed and the code was not."""
    client = Client()
    response = client.post("/accounts/login/", {"username": username, "password": PASSWORD})
    assert response.url == "/accounts/login/code/"
    return client


def verbs() -> list[str]:
    return [event.verb for event in Event.objects.order_by("number")]


def test_before_the_factor_is_touched_the_password_is_asked_again(client, ana):
    client.force_login(ana)

    for path in (APP, CODES + "new/"):
        assert client.get(path).url == f"/accounts/confirm/?next={path.replace('/', '%2F')}"
    assert client.post("/accounts/confirm/", {"password": "wrong"}).status_code == 200
    assert client.get(APP).status_code == 302


def test_the_page_has_a_code_to_scan_that_the_policy_lets_through(browser):
    page = browser.get(APP).content.decode()

    svg = re.search(r'<svg class="qr".*?</svg>', page)[0]
    assert "style" not in svg
    assert svg.count("h1v1h-1z") > 300
    assert 'role="img" aria-label="QR code' in svg
    assert len(secret_on(page)) == 32


def test_a_wrong_code_switches_nothing_on_and_the_secret_stays(browser):
    secret = secret_on(browser.get(APP).content.decode())

    response = browser.post(APP, {"code": "000000"})

    assert "This code is not right" in response.content.decode()
    assert secret_on(response.content.decode()) == secret
    assert not Authenticator.objects.exists()


def test_from_then_on_a_password_is_not_enough(secret):
    elsewhere = half_way()

    assert elsewhere.get("/projects/").url.startswith("/accounts/login/")
    assert elsewhere.get("/accounts/login/code/").status_code == 200
    assert elsewhere.post("/accounts/login/code/", {"code": code(secret, 1)}).url == "/"
    assert elsewhere.get("/projects/").status_code == 200
    logged_in = Event.objects.filter(verb="account.logged_in").order_by("number").last()
    assert logged_in.facts == {"by": ["password", "second factor"]}


def test_the_way_back_survives_the_code(secret):
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"username": "ana", "password": PASSWORD, "next": "/projects/new/"})

    assert elsewhere.post("/accounts/login/code/", {"code": code(secret, 1)}).url == "/projects/new/"


def test_a_code_works_once(secret):
    now = code(secret, 1)
    assert half_way().post("/accounts/login/code/", {"code": now}).status_code == 302

    assert half_way().post("/accounts/login/code/", {"code": now}).status_code == 200


def test_wrong_codes_are_counted_and_written_down(secret):
    elsewhere = half_way()
    for _ in range(5):
        elsewhere.post("/accounts/login/code/", {"code": "000000"})

    response = elsewhere.post("/accounts/login/code/", {"code": code(secret, 1)})

    assert "Too many wrong codes" in response.content.decode()
    assert verbs().count("account.factor_failed") == 5
    assert elsewhere.get("/projects/").status_code == 302


def test_recovery_codes_are_shown_once(browser, secret):
    page = browser.get(CODES)
    shown = re.findall(r"<li><code>(\d{4} \d{4})</code></li>", page.content.decode())

    again = browser.get(CODES).content.decode()

    assert len(set(shown)) == 10
    assert "no-store" in page["Cache-Control"]
    assert not any(each in again for each in shown)
    assert "10 of 10 are left" in again


def test_a_recovery_code_lets_in_once_and_is_written_down(browser, secret):
    shown = re.findall(r"<li><code>(\d{4} \d{4})</code>", browser.get(CODES).content.decode())

    assert half_way().post("/accounts/login/code/", {"code": shown[3]}).url == "/"
    assert half_way().post("/accounts/login/code/", {"code": shown[3]}).status_code == 200
    assert verbs().count("account.recovery_code_used") == 1
    assert "9 left" in browser.get("/accounts/second-factor/").content.decode()


def test_new_recovery_codes_end_the_old(browser, secret, django_capture_on_commit_callbacks):
    old = re.findall(r"<li><code>(\d{4} \d{4})</code>", browser.get(CODES).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(CODES + "new/")
    new = re.findall(r"<li><code>(\d{4} \d{4})</code>", browser.get(CODES).content.decode())

    assert len(new) == 10
    assert not set(old) & set(new)
    assert "account.factor_renewed" in verbs()
    assert half_way().post("/accounts/login/code/", {"code": old[0]}).status_code == 200


def test_switching_off_needs_no_code_any_more_and_ends_the_recovery_codes(browser, secret):
    browser.post(APP + "remove/")

    assert not Authenticator.objects.exists()
    assert Client().post("/accounts/login/", {"username": "ana", "password": PASSWORD}).url == "/"
    assert verbs().count("account.factor_removed") == 2


def test_the_secrets_are_kept_encrypted_and_written_nowhere(browser, secret):
    codes = re.findall(r"<li><code>(\d{4}) (\d{4})</code>", browser.get(CODES).content.decode())
    rows = [*Authenticator.objects.all(), *Event.objects.all()]
    kept = " ".join(str(vars(row)) for row in rows)

    assert secret not in kept
    assert not any("".join(each) in kept for each in codes)


def test_under_another_key_nothing_fits_and_nothing_breaks(secret, settings):
    settings.SECRET_KEY = "another key " * 5
    elsewhere = half_way()

    response = elsewhere.post("/accounts/login/code/", {"code": code(secret, 1)})

    assert response.status_code == 200
    assert "This code is not right" in response.content.decode()


def test_an_administrator_takes_it_off_on_the_console(secret, capsys):
    call_command("remove_second_factor", "ana")

    assert Client().post("/accounts/login/", {"username": "ana", "password": PASSWORD}).url == "/"
    event = Event.objects.filter(verb="account.factor_removed").get()
    assert (event.actor, event.target) == ("", "ana")
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", "ana")
    with pytest.raises(CommandError, match="There is no account “bob”"):
        call_command("remove_second_factor", "bob")


def test_whoever_has_no_password_is_told_where_a_second_factor_belongs(client, ana):
    ana.set_unusable_password()
    ana.save()
    client.force_login(ana)

    assert "single sign-on" in client.get("/accounts/second-factor/").content.decode()
    assert client.get(APP).status_code == 403
