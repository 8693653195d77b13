"""A browser on the descriptor forms: logs in by cookie, types, and looks at what happened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from descriptors.models import Document
from tec.projects.models import Project
from tests.conftest import CHROMIUM

KEPT = re.compile("Draft kept")


def launched(browser: Browser) -> Browser:
    """Another browser, with a process of its own."""
    return browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def window(browser: Browser, site: str, user: Any, **options: Any) -> Page:
    """A window of *user*, logged in; whatever it asks of another host fails, whatever goes wrong is noted."""
    context = browser.new_context(**{"base_url": site, "viewport": {"width": 1280, "height": 900}, **options})
    log_in(context, site, user)
    page = context.new_page()
    page.route(re.compile(rf"^(?!{re.escape(site)}|data:)"), lambda route: route.abort())
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    return page


def log_in(context: BrowserContext, site: str, user: Any) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def address(project: Project, descriptor: str, more: str = "") -> str:
    return f"/projects/{project.slug}/descriptors/{descriptor}/{more}"


def open_form(page: Page, project: Project, descriptor: str, more: str = "?all") -> None:
    """The form, ready to be typed into."""
    page.goto(address(project, descriptor, more))
    page.wait_for_function("() => document.documentElement.dataset.editor === 'ready'", polling=50)


def field(page: Page, name: str) -> Locator:
    """The input called *name*: “/goals/0/goal”."""
    return page.locator(f'[id="{name}"]')


def press(page: Page, op: str) -> None:
    page.locator(f'button[name="op"][value="{op}"]:not([tabindex])').click()


def kept(page: Page) -> None:
    """Wait until the draft holds everything."""
    page.locator("#draft-state").filter(has_text=KEPT).wait_for()
    page.wait_for_timeout(50)


def body(project: Project, descriptor: str) -> Any:
    return Document.objects.bodies_of(project)[descriptor]


def paste(page: Page, name: str, text: str) -> None:
    """Paste *text* into an input, as from a spreadsheet."""
    field(page, name).focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def violations(page: Page) -> list[str]:
    """What axe has to say against the page."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:3])}" for each in found]
