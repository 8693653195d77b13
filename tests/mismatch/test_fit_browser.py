"""Fit, traceability and suggested fixes in a real browser: accessible, fitting at every width."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.showing.suggestions import now
from tests.examples import example
from tests.factories import make_project, make_user
from tests.mismatch.pages import filled_project
from tests.tec.test_browser import browser, log_in, opened  # noqa: F401

pytestmark = pytest.mark.browser

PATHS = [
    f"/projects/{slug}/{page}/"
    for slug in ("servers", "hostile", "empty")
    for page in ("fit", "traceability")
]


def hostile() -> dict[str, Any]:
    """A project with long and strange names wherever these pages show names."""
    documents = example("server-anomaly-alerts")
    texts = ["<img src=x onerror=\"document.title='crossed'\">", "W" * 400, "分诊级别" * 40, "\u202eturned"]
    for number, row in enumerate(documents["trained_model"]["final_output_spec"][:4]):
        row["item_name"] = row["item_type"] = texts[number]
    for number, row in enumerate(documents["trained_model"]["algorithm_metrics"]):
        row["metric"] = texts[number]
    documents["development_environment"]["downstream_components"][0]["component_name"] = texts[1]
    documents["system_context"]["goals"][1]["goal"] = texts[1]
    return documents


def faults(page: Page, path: str, theme: str) -> list[str]:
    """What axe finds on the page, and the widths at which it is too wide."""
    found = []
    page.goto(path)
    for width in (360, 1280, 1920) if theme == "light" else (1280,):
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{path} is {over} too wide at {width}"] if over > 0 else []
        if width < 1920:
            found += [
                f"{path} at {width}: {each['id']}: {[node['html'][:140] for node in each['nodes'][:2]]}"
                for each in Axe().run(page).response["violations"]
            ]
    return found


@pytest.fixture
def servers(transactional_db: None) -> Any:
    user = make_user(username="ana")
    project = filled_project(example("server-anomaly-alerts"), owner=user, name="Servers")
    for each in (project, filled_project(hostile(), owner=user, name="W" * 150, slug="hostile")):
        execute_check(check_id=start_check(project=each, by=user).pk)
    make_project(owner=user, name="Empty")
    return project


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_from_above_are_accessible_and_fit(browser, live_server, servers, theme):  # noqa: F811
    page, errors = opened(browser, live_server, theme)
    log_in(page)
    fix = next(each.fingerprint for each in now(servers).report.findings if each.code == "TEC-2")
    paths = [*PATHS, f"/projects/servers/fixes/{fix}/", "/projects/servers/mismatches/"]

    assert [fault for path in paths for fault in faults(page, path, theme)] == []
    assert errors == []


def test_a_fix_is_accepted_with_one_click(browser, live_server, servers):  # noqa: F811
    page, errors = opened(browser, live_server)
    log_in(page)
    page.goto("/projects/servers/mismatches/?rule=tec-2")
    page.get_by_role("button", name="Add “Go” to the languages").first.click()

    expect(page.get_by_text("Saved as revision 2 of Development Environment")).to_be_visible()
    assert errors == []
