"""Takes the pictures of README and docs: every page of PICTURES as docs/images/<name>.png.

    python benchmarks/screenshots.py            # those pictures
    python benchmarks/screenshots.py --all DIR  # every page at 360, 1280 and 1920 px, light and dark

Needs chromium. The pictures show the example projects; a picture beyond 300 KB is refused.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.demo_site import ROOT, Site, demo_site

LARGEST = 300_000
TRIAGE = "/projects/emergency-triage/"
MODEL = f"{TRIAGE}descriptors/trained_model/"


class Picture(NamedTuple):
    name: str
    path: str
    width: int = 1280
    height: int = 860
    theme: str = "light"
    at: str = ""  # what the picture begins with, if not the top of the page


PICTURES = (
    Picture("home", "/about/", height=800),
    Picture("map", TRIAGE, height=930, at=".sums"),
    Picture("map-dark", TRIAGE, height=930, theme="dark", at=".sums"),
    Picture("map-phone", TRIAGE, width=360, height=640, at=".themap"),
    Picture("mismatches", f"{TRIAGE}mismatches/", height=900),
    Picture("form", MODEL, height=900),
    Picture("resources", "/resources/relationships/", height=1080),
)
EVERYWHERE = {
    "home": "/about/",
    "desk": "/",
    "login": "/accounts/login/",
    "forgotten": "/accounts/password/reset/",
    "account": "/accounts/",
    "password": "/accounts/password/",
    "second-factor": "/accounts/second-factor/",
    "log-ins": "/accounts/sessions/",
    "tokens": "/accounts/tokens/",
    "inbox": "/inbox/",
    "wishes": "/inbox/wishes/",
    "projects": "/projects/",
    "project-new": "/projects/new/",
    "project": TRIAGE,
    "project-edit": f"{TRIAGE}edit/",
    "project-archive": f"{TRIAGE}archive/",
    "project-delete": f"{TRIAGE}delete/",
    "project-import": f"{TRIAGE}import/",
    "form": MODEL,
    "form-all": f"{MODEL}?all",
    "form-table": f"{TRIAGE}descriptors/training_data/",
    "form-empty": f"{TRIAGE}descriptors/production_environment/",
    "document-json": f"{MODEL}json/",
    "document-import": f"{MODEL}import/",
    "document-clear": f"{TRIAGE}descriptors/raw_data/clear/",
    "document-history": f"{MODEL}history/",
    "revision": f"{MODEL}history/1/",
    "fields": f"{MODEL}history/fields/",
    "history": f"{TRIAGE}history/",
    "state": f"{TRIAGE}history/state/?at=2999-01-01",
    "mismatches": f"{TRIAGE}mismatches/",
    "missing": f"{TRIAGE}missing/",
    "checks": f"{TRIAGE}checks/",
    "compare": f"{TRIAGE}compare/",
    "fit": f"{TRIAGE}fit/",
    "traceability": f"{TRIAGE}traceability/",
    "gate": f"{TRIAGE}gate/",
    "rules-wanted": f"{TRIAGE}rules/?kind=mismatch",
    "rule-wanted": f"{TRIAGE}rules/output-type-mismatch/",
    "own-rules": f"{TRIAGE}own-rules/",
    "own-rule-new": f"{TRIAGE}own-rules/new/",
    "organisation-rules": "/organisation/rules/?kind=mismatch",
    "reports": f"{TRIAGE}reports/",
    "report": f"{TRIAGE}reports/view/mismatch/",
    "dossier": f"{TRIAGE}reports/view/dossier/",
    "members": f"{TRIAGE}members/",
    "rights": f"{TRIAGE}rights/",
    "audit": f"{TRIAGE}audit/",
    "webhooks": f"{TRIAGE}webhooks/",
    "webhook-add": f"{TRIAGE}webhooks/add/",
    "git": f"{TRIAGE}git/",
    "git-link": f"{TRIAGE}git/link/",
    "site-audit": "/audit/",
    "api": "/api/docs/",
    "resources": "/resources/",
    "relationships": "/resources/relationships/",
    "changelog": "/resources/changelog/",
    "errata": "/resources/errata/",
    "rules": "/rules/",
    "rule": "/rules/output-type-mismatch/",
    "admin": "/admin/",
    "vocabularies": "/admin/descriptors/vocabularyterm/",
    "people": "/admin/auth/user/",
}


def opened(browser: Browser, site: Site, theme: str, width: int, height: int) -> Page:
    context = browser.new_context(
        base_url=site.url, color_scheme=theme, viewport={"width": width, "height": height}
    )
    name, _, value = site.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": site.url}])
    return context.new_page()


def go(page: Page, path: str) -> None:
    response = page.goto(path, wait_until="networkidle")
    if response is None or not response.ok:
        sys.exit(f"{path} answered {response and response.status}")


def take(browser: Browser, site: Site, picture: Picture) -> bool:
    """Write the picture; False if it is too large."""
    page = opened(browser, site, picture.theme, picture.width, picture.height)
    go(page, picture.path)
    if picture.at:
        page.locator(picture.at).first.evaluate(
            "found => scrollTo(0, found.getBoundingClientRect().top + scrollY - 12)"
        )
    path = ROOT / "docs" / "images" / f"{picture.name}.png"
    size = len(page.screenshot(path=path))
    page.context.close()
    print(f"{size / 1000:6.0f} KB  {path.relative_to(ROOT)}")
    return size <= LARGEST


def take_all(browser: Browser, site: Site, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for width in (360, 1280, 1920):
            page = opened(browser, site, theme, width, 900)
            for name, path in EVERYWHERE.items():
                go(page, path)
                page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
            page.context.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page at every width into this folder")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no chromium; install Debian’s package of that name.")
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if asked.all:
            take_all(browser, site, asked.all)
            return 0
        sizes = [take(browser, site, picture) for picture in PICTURES]
        return 0 if all(sizes) else 1


if __name__ == "__main__":
    sys.exit(main())
