"""The story of a first visit, in a real browser with a real worker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect, sync_playwright

from tec.cli import main
from tests.conftest import CHROMIUM
from tests.examples import FOLDER
from tests.workers import WorkerProcess

pytestmark = [pytest.mark.browser, pytest.mark.worker]

PASSWORD = "correct horse battery"


@pytest.fixture
def page(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of the site; whatever it asks of another host fails."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's event loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=live_server.url).new_page()
        page.route(re.compile(rf"^(?!{re.escape(live_server.url)}|data:)"), lambda route: route.abort())
        yield page
        browser.close()


def test_a_stranger_finds_out_what_does_not_fit(
    page: Page, start_worker: Callable[..., WorkerProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEC_DEMO_PASSWORD", PASSWORD)
    call_command("demo")
    worker = start_worker()
    worker.gate.touch()  # hold the check in the rules until its progress was seen

    page.goto("/")
    page.get_by_role("link", name="Log in").first.click()
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Triage level proposal at an emergency department").click()

    # The operators deliver the missing document.
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Production Environment"))
    expect(row).to_contain_text("not started")
    row.get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(
        FOLDER / "consumer-loan-default" / "production_environment.json"
    )
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("Imported Production Environment.")).to_be_visible()

    page.get_by_role("link", name="Triage level proposal at an emergency department").first.click()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("heading", name="Check 1")).to_be_visible()
    expect(page.get_by_text("Running", exact=False).first).to_be_visible()
    worker.gate.unlink()

    # The page follows the check by itself.
    expect(page.get_by_role("link", name=re.compile("^Mismatches [1-9]")).first).to_be_visible(timeout=20_000)
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Mismatches").click()
    finding = page.get_by_role("article").filter(has_text="Julia").first
    expect(finding).to_contain_text("Trained Model")
    expect(finding).to_contain_text("Development Environment")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Missing fields").click()
    expect(page.get_by_role("main")).to_contain_text("TM-15")


def test_the_browser_and_the_command_line_say_the_same(
    page: Page,
    start_worker: Callable[..., WorkerProcess],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    main(["check", str(FOLDER / "emergency-triage"), "--format", "json", "--fail-on", "never"])
    said = json.loads(capsys.readouterr().out)
    others = sum(f["kind"] == "missing" or f["outcome"] == "cannot-tell" for f in said["findings"])
    mismatches = sum(said["counts"].values()) - others
    monkeypatch.setenv("TEC_DEMO_PASSWORD", PASSWORD)
    call_command("demo")
    start_worker()

    page.goto("/accounts/login/?next=/projects/emergency-triage/")
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Check now").click()

    tab = page.get_by_role("navigation", name="Project").get_by_role("link", name=re.compile("^Mismatches"))
    expect(tab).to_contain_text(str(mismatches), timeout=20_000)
