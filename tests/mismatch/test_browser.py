"""Pages of checks and findings in a real browser: accessible at every width, live, with and without script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from mismatch.services.start_check import start_check
from tec.work.models import Worker
from tests.examples import example
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.pages import CLEAN, TRIAGE, filled_project, finish, run_check
from tests.tec.test_browser import browser, log_in, opened  # noqa: F401

pytestmark = pytest.mark.browser

CROSS = "<img src=x onerror=\"document.title='crossed'\">"
PATHS = [
    "/projects/triage/mismatches/",
    "/projects/triage/mismatches/?severity=major&group=rule&q=model&colour=red",
    "/projects/triage/mismatches/?q=nothing-like-it",
    "/projects/triage/missing/",
    "/projects/triage/checks/",
    "/projects/triage/checks/1/",
    "/projects/clean/mismatches/",
    "/projects/clean/missing/",
    "/projects/hostile/mismatches/",
    "/projects/hostile/missing/",
    "/projects/waiting/mismatches/",
    "/projects/waiting/checks/1/",
    "/projects/empty/mismatches/",
]


@pytest.fixture
def ana(transactional_db: None) -> Any:
    """Somebody with projects in every state."""
    user = make_user(username="ana")
    Worker.objects.create(name="one", seen_at=timezone.now() + timedelta(hours=1))
    triage = filled_project(example(TRIAGE), owner=user, name="Triage")
    run_check(triage)
    make_revision(triage, "system_context", {"version": "1.2", "task": "Another"})
    run_check(filled_project(example(CLEAN), owner=user, name="Clean"))
    run_check(filled_project(hostile(), owner=user, name=f"{CROSS} {'W' * 150}", slug="hostile"))
    waiting = filled_project(example(CLEAN), owner=user, name="Waiting")
    start_check(project=waiting, by=user)
    make_project(owner=user, name="Empty")
    return user


def hostile() -> dict[str, Any]:
    """The triage project with everything that could break a page in its texts."""
    documents = example(TRIAGE)
    texts = [CROSS, "W" * 400, "مستوى الفرز الطبي", "分诊级别" * 40, "\u202eturned", "Ein langes Wort " * 60]
    for number, row in enumerate(documents["trained_model"]["output_spec"]):
        row["item_name"] = texts[number]
        row["item_type"] = texts[-1 - number]
    environment = documents["development_environment"]
    environment["programming_languages"] = texts
    environment["downstream_components"][0]["component_name"] = texts[0]
    environment["downstream_components"][1]["component_name"] = texts[5]
    documents["system_context"]["goals"][2]["goal"] = texts[1]
    return documents


def faults(page: Page, path: str, theme: str) -> list[str]:
    """What is wrong with a page at any width, in words."""
    found = []
    page.goto(path)
    for width in (360, 1280, 1920) if theme == "light" else (1280,):  # the layout is the same in both
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.append(f"{path} is {over} pixels too wide at {width}")
        if width <= 1280:
            broken = Axe().run(page).response["violations"]
            found += [f"{path} at {width}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in broken]
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_checks_are_accessible_and_fit(browser, live_server, ana, theme):  # noqa: F811
    page, errors = opened(browser, live_server, theme)
    log_in(page)

    found = [fault for path in PATHS for fault in faults(page, path, theme)]

    assert found == []
    assert errors == []
    assert "crossed" not in page.title()


def test_one_moves_through_the_findings_by_keyboard(browser, live_server, ana):  # noqa: F811
    page, _ = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/triage/mismatches/?q=j")
    page.get_by_label("Search findings").press("j")
    expect(page.get_by_label("Search findings")).to_have_value("jj")  # typing is left alone

    page.goto("/projects/triage/mismatches/")
    articles = page.get_by_role("article")
    page.get_by_label("Groups of findings").get_by_role("link").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(articles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(articles.nth(0)).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/descriptors/trained_model/#/output_spec/0/item_type")


def test_filters_work_while_one_types_and_stay_in_the_address(browser, live_server, ana):  # noqa: F811
    page, errors = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/triage/mismatches/")

    page.get_by_label("Search findings").press_sequentially("heart_rate")
    page.wait_for_url("**/mismatches/?q=heart_rate")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_label("Search findings")).to_be_focused()
    page.get_by_label("Descriptor").select_option("system_context")
    expect(page.get_by_text("No finding matches these filters")).to_be_visible()
    page.get_by_role("link", name="Show all").first.click()
    expect(page.get_by_text("No finding matches these filters")).to_have_count(0)
    assert errors == []


def test_the_page_of_a_check_turns_into_its_findings(browser, live_server, ana):  # noqa: F811
    page, errors = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/waiting/checks/1/")
    expect(page.get_by_text("Waiting for a worker, first in the queue")).to_be_visible()

    finish(ana.projects.get(slug="waiting").checks.get())

    expect(page.get_by_text("Everything fits together")).to_be_visible()
    assert errors == []


def test_a_check_that_ends_meanwhile_is_offered_not_forced_upon_the_reader(browser, live_server, ana):  # noqa: F811
    page, _ = opened(browser, live_server)
    log_in(page)
    project = ana.projects.get(slug="triage")
    check = start_check(project=project, by=ana)
    page.goto("/projects/triage/mismatches/")
    expect(page.get_by_text("Check 2 is waiting for a worker")).to_be_visible()

    finish(check)

    expect(page.get_by_text("Check 2 is done.")).to_be_visible()
    expect(page.get_by_role("link", name="Check 1", exact=True)).to_be_visible()
    page.get_by_role("link", name="Show what it found").click()
    expect(page.get_by_role("link", name="Check 2", exact=True)).to_be_visible()


def test_everything_is_reached_without_script(browser, live_server, ana):  # noqa: F811
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    log_in(page)
    page.goto("/projects/waiting/checks/1/")
    expect(page.get_by_role("link", name="Look again")).to_be_visible()

    page.goto("/projects/triage/mismatches/")
    page.get_by_label("Search findings").fill("heart_rate")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("button", name="Check again").click()
    page.wait_for_url("**/projects/triage/checks/2/")
