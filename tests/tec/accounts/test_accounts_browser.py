"""The account pages in a real browser, under the real content-security policy."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tec.accounts.addresses import confirm
from tec.accounts.tokens import create_token
from tests.browser.test_accessibility import too_wide, violations
from tests.conftest import CHROMIUM
from tests.factories import make_user
from tests.tec.accounts import idp

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


@pytest.fixture
def browser(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's event loop runs in the test's thread
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def ana(transactional_db: None) -> Any:
    user = make_user(username="ana", email="ana@example.org", first_name="Ana")
    confirm(user)
    return user


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


def opened(browser: Browser, site: str, **options: Any) -> Page:
    """A page that keeps what it says is wrong."""
    page = browser.new_context(base_url=site, **options).new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: said.type == "error" and page.faults.append(said.text))  # type: ignore[attr-defined]
    return page


def log_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_single_sign_on_goes_to_another_site_and_back_under_the_policy(browser, site, ana, settings, script):
    """`form-action 'self'` holds for the redirect that answers a form too; a page in between does not hurt it."""
    with idp.running() as provider:
        idp.set_up(settings, provider)
        page = opened(browser, site, java_script_enabled=script)
        page.goto("/accounts/login/?next=/projects/new/")
        page.get_by_role("button", name="Log in with Example ID").click()
        page.wait_for_url("**/projects/new/")

    assert page.locator(".who").inner_text() == "Ana"
    assert page.faults == []  # type: ignore[attr-defined]
    assert provider.tokens_given == 1


def test_the_second_factor_is_set_up_used_and_the_codes_shown_once(browser, site, ana):
    page = opened(browser, site)
    log_in(page)
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    page.goto("/accounts/second-factor/")
    page.get_by_role("link", name="Switch it on …").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert page.locator("svg.qr").bounding_box()["width"] > 150  # type: ignore[index]
    assert violations(page) == []
    assert too_wide(page, 360) == 0
    page.get_by_text("It cannot scan?").click()
    secret = page.locator("code.typed").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    page.get_by_role("button", name="Switch on").click()

    codes = page.locator(".spare-codes code").all_inner_texts()
    assert len(codes) == 10
    assert violations(page) == []
    assert too_wide(page, 360) == 0
    page.get_by_role("link", name="I have them").click()
    assert page.get_by_text("10 left").is_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Log out").click()
    log_in(page)
    page.get_by_role("textbox", name="Code").fill(codes[0])
    assert violations(page) == []
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    assert page.faults == []  # type: ignore[attr-defined]
    assert Authenticator.objects.count() == 2


def test_a_token_is_made_copied_and_revoked(browser, site, ana):
    create_token(user=ana, name="W" * 80, days=365, writes=True)
    create_token(user=ana, name="夜間チェック", days=3, writes=False)
    page = opened(browser, site)
    log_in(page)
    page.goto("/accounts/tokens/")
    page.get_by_label("Name").fill("nightly check on build-7")
    page.get_by_role("button", name="Make the token").click()

    secret = page.locator("code.typed").inner_text()
    assert re.fullmatch(r"tec_[\w-]{43}", secret)
    assert violations(page) == []
    assert too_wide(page, 360) == 0
    page.goto("/accounts/tokens/")
    assert secret not in page.content()
    page.get_by_role("button", name="Revoke nightly check on build-7").click()
    assert page.get_by_text("is revoked.").is_visible()
    assert page.faults == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_leave_nobody_out(browser, site, ana, settings, theme):
    settings.MAIL = True
    with idp.running() as provider:
        idp.set_up(settings, provider)
        settings.OIDC_NAME = "The identity service of the whole company " * 3
        page = opened(browser, site, color_scheme=theme)
        wrong = []
        for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/sent/"):
            page.goto(path)
            wrong += [f"{path}: {found}" for found in violations(page)]
            wrong += [f"{path} is too wide at {at}" for at in (360, 1920) if too_wide(page, at) > 0]
        client = Client(
            HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        )
        client.post("/accounts/login/", {"username": "ana", "password": PASSWORD})
        log_in(page)
        page.wait_for_url(re.compile(r"//[^/]+/$"))
        for path in ("", "password/", "second-factor/", "second-factor/app/", "sessions/", "tokens/"):
            page.goto(f"/accounts/{path}")
            wrong += [f"{path}: {found}" for found in violations(page)]
            wrong += [f"{path} is too wide at {at}" for at in (360, 1920) if too_wide(page, at) > 0]
            page.set_viewport_size({"width": 1280, "height": 900})

    assert wrong == []
    assert page.faults == []  # type: ignore[attr-defined]
