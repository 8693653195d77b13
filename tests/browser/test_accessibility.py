"""Every page in a real browser, in both themes: nothing for axe to find, nothing too wide, no script that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site_settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from mismatch.models import Finding, State
from mismatch.own.views import TEMPLATE
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.services.write_own_rule import activate, write_version
from tec.notices.models import Outcome, Webhook
from tec.notices.services.change_webhook import add_webhook, try_webhook
from tec.notices.services.tell import About, Happening, tell
from tests.conftest import CHROMIUM
from tests.descriptors.repositories.samples import link_sample
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user
from tests.tec.checks import make_check

pytestmark = pytest.mark.browser

OPEN = [
    "/about/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/resources/",
    "/resources/relationships/",
    "/resources/changelog/",
    "/resources/errata/",
    "/rules/",
    "/rules/output-type-mismatch/",
    "/rules/tm-15/",
    "/api/docs/",
    "/nowhere/",
]
MINE = [
    "/",
    "/accounts/",
    "/accounts/password/",
    "/accounts/second-factor/",
    "/accounts/sessions/",
    "/accounts/tokens/",
    "/projects/",
    "/projects/?q=nothing",
    "/projects/new/",
    "/projects/triage/",
    "/projects/triage/edit/",
    "/projects/triage/archive/",
    "/projects/triage/delete/",
    "/projects/triage/import/",
    "/projects/triage/history/",
    "/projects/triage/members/",
    "/projects/triage/members/leave/",
    "/projects/triage/rights/",
    "/projects/empty/members/",
    "/projects/triage/audit/",
    "/projects/triage/history/state/?at=2999-01-01",
    "/projects/triage/descriptors/raw_data/history/fields/",
    "/projects/triage/descriptors/raw_data/history/compare/?left=1&right=2",
    "/projects/triage/audit/?since=yesterday&who=nobody",
    "/inbox/",
    "/inbox/wishes/",
    "/projects/triage/webhooks/",
    "/projects/triage/webhooks/add/",
    "/projects/triage/webhooks/{hook}/",
    "/projects/triage/git/",
    "/projects/triage/git/link/",
    "/projects/triage/git/unlink/",
    "/projects/triage/git/syncs/1/",
    "/projects/triage/git/syncs/2/",
    "/projects/triage/git/syncs/3/",
    "/projects/triage/git/differences/trained_model/",
    "/projects/triage/checks/",
    "/projects/triage/checks/1/",
    "/projects/triage/mismatches/",
    "/projects/triage/mismatches/?rule=TEC-7",
    "/projects/triage/missing/",
    "/projects/triage/own-rules/",
    "/projects/triage/own-rules/new/",
    "/projects/triage/own-rules/1/",
    "/projects/triage/own-rules/1/next/",
    "/projects/triage/mismatches/?rule=U1",
    "/projects/triage/checks/1/rules/",
    "/projects/empty/own-rules/",
    "/organisation/own-rules/",
    "/projects/triage/reports/",
    "/projects/triage/reports/view/mismatch/",
    "/projects/triage/reports/view/dossier/",
    "/projects/empty/reports/",
    "/projects/triage/descriptors/raw_data/",
    "/projects/triage/descriptors/raw_data/history/",
    "/projects/triage/descriptors/raw_data/import/",
    "/projects/triage/descriptors/raw_data/export/",
    "/projects/triage/descriptors/raw_data/clear/",
    "/projects/empty/",
    "/projects/empty/mismatches/",
    "/projects/empty/git/",
    "/projects/waiting/checks/1/",
    "/styleguide/",
]
OTHERWISE_NARROW = {"/", "/projects/", "/projects/triage/", "/projects/triage/mismatches/"}
"""Pages that are made of other elements on a narrow screen: axe looks at them twice."""

ODD = TEMPLATE.replace("What is wrong", f"<b>日本 {'W' * 120}</b>").replace("Choose", "x" * 200)
"""A rule of one's own in words that do not fit."""


@pytest.fixture
def ana(transactional_db: None) -> Any:
    """Somebody with a checked example, an empty project with a hostile name, and a check on its way."""
    user = make_user(username="ana")
    triage = make_project(owner=user, name="Triage")
    for descriptor, body in example("emergency-triage").items():
        make_revision(triage, descriptor, body, by=user)
    activate(version=write_version(rule=None, project=triage, source=ODD, by=user), by=user)
    execute_check(check_id=start_check(project=triage, by=user).pk)
    Finding.objects.filter(code="TEC-2").update(assignee=user)
    make_revision(triage, "raw_data", by=user)
    hook, _ = add_webhook(
        project=triage, by=user, name="Chat", url="https://example.org/", kinds=["check.new"]
    )
    try_webhook(hook=hook, by=make_user())
    hook.deliveries.update(outcome=Outcome.FAILED, tries=9, status=500, said="W" * 400)
    for text in ("New or reopened in check 2: 3 findings.", "x" * 400):
        tell(triage, Happening("check.new", text[:9], text, "/", (About("major", "TEC-2", ("raw_data",)),)))
    link_sample(triage, user, {**example("emergency-triage")["trained_model"], "model_name": "Other"})
    hostile = "<script>alert(1)</script> " + "W" * 170
    empty = make_project(
        owner=user, slug="empty", name=hostile, description="x" * 2000, point_of_contact="y" * 200
    )
    for _ in range(12):
        make_member(empty, first_name="Maximiliane", last_name="von Hohenstein-Übersee")
    waiting = make_project(owner=user, slug="waiting", name="Waiting")
    make_check(waiting, state=State.QUEUED, finished_at=None)
    return user


@pytest.fixture
def browser(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's event loop runs in the test's thread
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


def window(browser: Browser, site: str, user: Any, **options: Any) -> Page:
    """A window of *user*, logged in; whatever it asks of another host fails, what goes wrong is noted."""
    context = browser.new_context(**{"base_url": site, "viewport": {"width": 1280, "height": 900}, **options})
    client = Client()
    client.force_login(user)
    name = site_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    page = context.new_page()
    page.route(re.compile(rf"^(?!{re.escape(site)}|data:)"), lambda route: route.abort())
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    return page


def violations(page: Page) -> list[str]:
    """What axe has to say against the page."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


def too_wide(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_leaves_anybody_out(browser, live_server, ana, settings, theme):
    page = window(browser, live_server.url, ana, color_scheme=theme)
    wrong = []
    hook = Webhook.objects.get().pk
    for path in (each.replace("{hook}", str(hook)) for each in (*OPEN, *MINE)):
        settings.DEBUG = path == "/styleguide/"  # it is there only then
        page.goto(path)
        wrong += [f"{path}: {found}" for found in violations(page)]
        if theme == "light":  # the layout is the same in both, the contrast is not
            wrong += [
                f"{path} is {over} px too wide at {at}"
                for at in (1920, 360)
                if (over := too_wide(page, at)) > 0
            ]
            if path in OTHERWISE_NARROW:
                wrong += [f"{path} at 360: {found}" for found in violations(page)]
            page.set_viewport_size({"width": 1280, "height": 900})

    assert wrong == []
    assert page.faults == []  # type: ignore[attr-defined]


def test_the_map_leads_to_what_it_shows(browser, live_server, ana):
    page = window(browser, live_server.url, ana)
    page.goto("/projects/triage/")

    page.get_by_role("link", name="programming language: 1 major").click()
    page.wait_for_url("**/mismatches/**")

    assert page.locator("article.finding").count() == 1
    assert "Julia" in page.locator("article.finding").inner_text()


def test_the_map_can_be_walked_and_skipped_with_the_keyboard(browser, live_server, ana):
    page = window(browser, live_server.url, ana)
    page.goto("/projects/triage/")
    page.locator(".themap .skip").focus()
    assert page.locator(".themap .skip").bounding_box()["height"] > 10  # type: ignore[index]

    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("!!document.activeElement.closest('svg.map-wide')")
    assert outline == "solid"
    page.locator(".themap .skip").press("Enter")

    assert page.evaluate("document.activeElement.id") == "relations-h"


def test_a_narrow_screen_has_the_tall_map_and_its_list(browser, live_server, ana):
    page = window(browser, live_server.url, ana, viewport={"width": 360, "height": 800})
    page.goto("/projects/triage/")

    assert page.locator("svg.map-tall").is_visible()
    assert not page.locator("svg.map-wide").is_visible()
    assert page.get_by_role("heading", name="What is compared", exact=True).is_visible()


def test_a_printed_page_has_the_wide_map_and_no_buttons(browser, live_server, ana):
    page = window(browser, live_server.url, ana, viewport={"width": 700, "height": 900})
    page.goto("/projects/triage/")
    page.emulate_media(media="print")

    assert page.locator("svg.map-wide").is_visible()
    assert not page.get_by_role("button", name="Check now").is_visible()
