"""The site's own pages in a real browser: accessible, unbroken at every width, in both themes, with the keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tests.conftest import CHROMIUM
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
OPEN = [
    "/",
    "/accounts/login/",
    "/resources/",
    "/resources/relationships/",
    "/resources/changelog/",
    "/resources/errata/",
    "/rules/",
    "/rules/output-type-mismatch/",
    "/rules/tm-15/",
    "/nowhere/",
]
CLOSED = [
    "/projects/",
    "/projects/?q=nothing",
    "/projects/new/",
    "/projects/triage/",
    "/projects/triage/edit/",
    "/projects/triage/archive/",
    "/projects/triage/delete/",
    "/projects/empty/",
]
WIDTHS = {"light": (360, 1280, 1920), "dark": (1280,)}  # the layout is the same in both, the contrast is not


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
    """Somebody with a checked example, an empty project with a hostile name, and many colleagues."""
    user = make_user(username="ana")
    triage = make_project(owner=user, name="Triage")
    for descriptor, body in example("emergency-triage").items():
        make_revision(triage, descriptor, body, by=user)
    execute_check(check_id=start_check(project=triage, by=user).pk)
    hostile = "<script>alert(1)</script> " + "W" * 170
    empty = make_project(
        owner=user, slug="empty", name=hostile, description="x" * 2000, point_of_contact="y" * 200
    )
    for _ in range(12):
        make_member(empty, first_name="Maximiliane", last_name="von Hohenstein-Übersee")
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
    page.wait_for_url("**/projects/")


def faults(page: Page, path: str, theme: str) -> list[str]:
    """What is wrong with a page at any width, in words."""
    found = []
    page.goto(path)
    for width in WIDTHS[theme]:
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.append(f"{path} is {over} pixels too wide at {width}")
        if width > 1280:  # the same elements as before, only further apart
            continue
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            found.append(f"{path} at {width}: {violation['id']}: {nodes}")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_public_pages_are_accessible_and_fit(browser, live_server, theme):
    page, errors = opened(browser, live_server, theme)

    assert [fault for path in OPEN for fault in faults(page, path, theme)] == []
    assert [error for error in errors if "404" not in error] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_project_pages_are_accessible_and_fit(browser, live_server, ana, theme):
    page, errors = opened(browser, live_server, theme)
    log_in(page)

    assert [fault for path in CLOSED for fault in faults(page, path, theme)] == []
    assert errors == []


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
