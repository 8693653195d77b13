"""The site's own pages in a real browser: with the keyboard, without script, in the theme that was chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM
from tests.factories import make_project, make_user

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop runs in the test's thread
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def ana(transactional_db: None) -> Any:
    """Somebody with a project."""
    user = make_user(username="ana")
    make_project(owner=user, name="Triage")
    make_project(owner=user, name="Another")
    return user


def opened(browser: Browser, live_server: Any, theme: str = "light") -> tuple[Page, list[str]]:
    """A page of the site, and the list that its errors go to."""
    page = browser.new_context(color_scheme=theme, base_url=live_server.url).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    return page, errors


def log_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Projects", exact=True).click()
    page.wait_for_url("**/projects/")


def test_the_keyboard_alone_skips_to_the_content_and_shows_where_it_is(browser, live_server):
    page, _ = opened(browser, live_server)
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    focused = page.evaluate(
        "document.activeElement.closest('main') && getComputedStyle(document.activeElement)"
    )
    assert focused["outlineStyle"] == "solid"


def test_typing_narrows_the_list_and_the_address(browser, live_server, ana):
    page, errors = opened(browser, live_server)
    log_in(page)

    page.get_by_label("Search projects").press_sequentially("tria")
    page.wait_for_url("**q=tria**")

    assert page.locator("table.projects tbody tr").count() == 1
    assert page.get_by_label("Search projects").evaluate("input => input === document.activeElement")
    assert errors == []


def test_going_back_to_a_narrowed_list_shows_the_whole_page(browser, live_server, ana):
    page, _ = opened(browser, live_server)
    log_in(page)
    page.get_by_label("Search projects").press_sequentially("tria")
    page.wait_for_url("**q=tria**")
    page.get_by_role("link", name="Triage").click()
    page.wait_for_url("**/projects/triage/")

    page.go_back()
    page.wait_for_url("**q=tria**")

    assert page.get_by_role("heading", name="Projects").is_visible()
    assert page.locator("table.projects tbody tr").count() == 1


def test_a_message_stays_until_it_is_dismissed(browser, live_server, ana):
    page, _ = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/triage/edit/")
    page.get_by_role("button", name="Save").click()

    message = page.locator(".message")
    assert "Saved." in message.inner_text()
    page.get_by_role("button", name="Dismiss").press("Enter")

    assert message.count() == 0


def test_everything_works_without_script(browser, live_server, ana):
    page = browser.new_context(java_script_enabled=False, base_url=live_server.url).new_page()
    log_in(page)

    page.get_by_label("Search projects").fill("triage")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Triage").click()
    page.get_by_role("link", name="Edit project").click()
    page.get_by_label("Name", exact=True).fill("Triage 2")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Dark").click()

    assert page.get_by_role("heading", name="Triage 2").is_visible()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_theme_can_be_set_against_the_system(browser, live_server):
    page, _ = opened(browser, live_server, "light")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Dark").click()

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
