"""Measures how long a person waits for a check: from the click to the page with the result.

    python benchmarks/latency.py [TIMES]      (with DATABASE_URL and REDIS_URL if set, else SQLite and files)

It starts a site of its own as `make run` does, then edits a document of the larger example and clicks.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 30
PORT = 3977
SITE = f"http://localhost:{PORT}"
SLUG = "emergency-triage"

sys.path.insert(0, str(ROOT))


class Browser:
    """Logged in as the demo user, without scripts."""

    def __init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))

    def get(self, path: str) -> str:
        with self.opener.open(SITE + path, timeout=30) as response:
            return str(response.read().decode())

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form of *page*; returns the address it led to."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.opener.open(SITE + path, data, timeout=30) as response:
            response.read()
            return urllib.parse.urlsplit(response.url).path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tec-latency-") as var:
        os.environ.update(TEC_VAR_DIR=var, PORT=str(PORT), DJANGO_SETTINGS_MODULE="tec.settings")
        site = subprocess.Popen(
            [sys.executable, "-m", "tec.run"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            lines = iter(site.stdout.readline, "")  # type: ignore[union-attr]
            login = next(line for line in lines if line.startswith("Log in: "))
            report(measure(login.split(" / ")[1].strip()))
        finally:
            site.terminate()
            site.wait()


def measure(password: str) -> dict[str, list[float]]:
    """Milliseconds of every part, once for each click."""
    import django

    django.setup()
    from mismatch.models import Check

    browser = Browser()
    browser.post("/accounts/login/", browser.get("/accounts/login/"), username="demo", password=password)
    parts: dict[str, list[float]] = {}

    def took(name: str, began: float) -> None:
        parts.setdefault(name, []).append((time.perf_counter() - began) * 1000)

    for number in range(TIMES):
        edit(number)
        page = browser.get(f"/projects/{SLUG}/")
        click = time.perf_counter()
        address = browser.post(f"/projects/{SLUG}/checks/", page)
        took("click to first page", click)
        latest = Check.objects.order_by("-pk")
        while not latest.values_list("finished_at", flat=True)[0]:
            time.sleep(0.002)
        took("click to result stored", click)
        shown = time.perf_counter()
        browser.get(address)
        took("page with the result", shown)
        took("click to result shown", click)
        check = latest[0]
        parts.setdefault("queued to begun", []).append(milliseconds(check.created_at, check.started_at))
        parts.setdefault("begun to stored", []).append(milliseconds(check.started_at, check.finished_at))
    return parts


def edit(number: int) -> None:
    """Save a document that differs a little, so that the check cannot be answered by the one before."""
    from descriptors.models import Origin, Revision
    from descriptors.services.save_revision import save_revision

    head = Revision.objects.select_related("document__project").get(
        head_of__project__slug=SLUG, document__descriptor="system_context"
    )
    save_revision(
        project=head.document.project,
        descriptor="system_context",
        body={**(head.body or {}), "usage_context": f"Edited {number} times."},
        by=None,
        origin=Origin.FORM,
        based_on=head.number,
    )


def milliseconds(begun: object, ended: object) -> float:
    return (ended - begun).total_seconds() * 1000  # type: ignore[operator]


def report(parts: dict[str, list[float]]) -> None:
    from django.conf import settings

    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    print(f"{TIMES} clicks, {database}, {'redis' if settings.REDIS_URL else 'files'}; milliseconds")
    print(f"{'':24}{'median':>9}{'p95':>9}{'most':>9}")
    for name, values in parts.items():
        values.sort()
        p95 = values[min(len(values) - 1, int(len(values) * 0.95))]
        print(f"{name:24}{statistics.median(values):9.1f}{p95:9.1f}{values[-1]:9.1f}")


if __name__ == "__main__":
    main()
