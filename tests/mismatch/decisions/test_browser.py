"""Decisions, comparison and gates in a real browser: accessible at every width, decided about by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mismatch.models import Decision
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.decide_findings import Terms, decide_findings
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found
from tests.tec.test_browser import browser, log_in, opened  # noqa: F401

pytestmark = pytest.mark.browser

CROSS = "<img src=x onerror=\"document.title='crossed'\">"
PATHS = [
    "/projects/triage/mismatches/",
    "/projects/triage/mismatches/?state=all",
    f"/projects/triage/findings/{fingerprint('a')}/",
    f"/projects/triage/findings/{fingerprint('b')}/",
    "/projects/triage/decide/?all=1&of=mismatch&check=2",
    "/projects/triage/compare/",
    "/projects/triage/compare/?show=changed",
    "/projects/triage/compare/?show=worse",
    "/projects/triage/gate/?new=1",
    "/projects/triage/decisions/import/",
    "/projects/triage/mismatches/?state=worse",
    "/projects/triage/checks/",
]


@pytest.fixture
def ana(transactional_db: None) -> Any:
    """Somebody with a project in which everything was said that can be."""
    user = make_user(username="ana")
    project = make_project(owner=user, name="Triage")
    make_revision(project, "trained_model", {"version": "1.2"}, by=user)
    first = checked(project, found("a", CROSS, "critical"), found("b", "W" * 300), found("c"))
    ben = make_member(project, "reviewer", username="ben")
    for name, terms in {
        "a": Terms("accept", CROSS + "W" * 200),
        "b": Terms("dismiss", "No."),
        "c": Terms("dismiss", "مستوى الفرز"),
    }.items():
        decide_findings(project=project, check=first, fingerprints=[fingerprint(name)], terms=terms, by=ben)
    choose_baseline(project=project, check=first, by=user)
    checked(project, found("a", CROSS, "critical"), found("b", "W" * 301), found("c"), found("d"))
    return user


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_decisions_are_accessible_and_fit(browser, live_server, ana, theme):  # noqa: F811
    page, errors = opened(browser, live_server, theme)
    log_in(page)
    wrong = []
    for path in PATHS:
        page.goto(path)
        for width in (360, 1280, 1920) if theme == "light" else (1280,):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            wrong += [f"{path} is {over} pixels too wide at {width}"] if over > 0 else []
        page.set_viewport_size({"width": 1280, "height": 800})
        broken = Axe().run(page).response["violations"]
        wrong += [f"{path}: {each['id']}: {each['nodes'][0]['html'][:120]}" for each in broken]

    assert wrong == []
    assert errors == []
    assert "crossed" not in page.title()


def test_one_decides_by_keyboard(browser, live_server, ana):  # noqa: F811
    page, errors = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/triage/mismatches/?q=d")
    page.get_by_label("Groups of findings").get_by_role("link").first.focus()

    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("article").first.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("d")
    page.wait_for_url("**/findings/*/#decide")
    page.get_by_label("Not a problem").check()
    page.get_by_label("Reason").fill("It is meant so.")
    page.get_by_label("Reason").press("Tab")
    page.get_by_role("button", name="Decide", exact=True).press("Enter")
    expect(page.get_by_text("Called no problem: 1 finding.")).to_be_visible()

    assert Decision.objects.count() == 4
    assert errors == []
