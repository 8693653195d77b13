"""How do the pages of decided findings grow from 100 findings to 10,000?

    python benchmarks/findings.py

Every page has to ask as many questions of the database for 10,000 findings as for 100, and to stay below so
many times the time of the page with 100 findings. Everything happens in a database of its own, which goes
afterwards.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.asking import measured, signed_in  # noqa: E402

SIZES = (100, 10_000)
PAGES = (
    "mismatches/",
    "mismatches/?severity=critical&state=new",
    "mismatches/?state=decided",
    "mismatches/?q=number-7&group=owner",
    "compare/",
    "compare/?show=same&page=2",
    "gate/",
    "checks/",
    "reports/",
    "reports/view/mismatch/",
)
REPORTS = ("json", "sarif", "csv")  # of all findings; what people read is bounded
ROUNDS = 3
TIMES_IN_STEP = 100
"""A file that holds every finding may at most grow with them."""
TIMES = 30
"""How many times as long a page may take for a hundred times as many findings; in step it would be 100."""


def found(number: int, value: int) -> Any:
    from mismatch.findings import SEVERITIES, Finding, Place

    return Finding(
        rule="result-too-good",
        code="X513",
        kind="mismatch",
        outcome="fail",
        severity=SEVERITIES[number % 4],
        message=f"Something is wrong with “number-{number}”.",
        remedy="Repair it.",
        places=(Place("trained_model", f"/evaluation_metrics/{number}/result", value, "Result"),),
        fingerprint=f"{number:032x}",
    )


def checked(project: Any, findings: list[Any]) -> Any:
    """The next check of *project*, with these findings."""
    from mismatch.findings import Report
    from mismatch.models import Check
    from mismatch.services.store_report import store_report
    from mismatch.snapshot import heads
    from tec.work.lease import claim

    findings.sort(key=lambda each: ("critical", "major", "minor", "info").index(each.severity))
    number = Check.objects.filter(project=project).count() + 1
    check = Check.objects.create(project=project, number=number)
    check.revisions.set(heads(project))
    store_report(check=check, attempt=claim(check) or 0, report=Report(findings, {}))
    check.refresh_from_db()
    return check


def decided(size: int, owner: Any) -> tuple[Any, dict[str, float]]:
    """A project with two checks of that many findings, a tenth of them decided, and how long it all took."""
    from descriptors.models import Origin
    from descriptors.services.save_revision import save_revision
    from mismatch.services.decide_findings import Terms, decide_findings
    from tec.projects.services.create_project import create_project

    project = create_project(by=owner, name=f"With {size}", description="-", point_of_contact="-")
    body = {"version": "1.2", "evaluation_metrics": [{"result": 1} for _ in range(size)]}
    save_revision(
        project=project, descriptor="trained_model", body=body, by=owner, origin=Origin.FORM, based_on=0
    )
    start = perf_counter()
    check = checked(project, [found(number, 1) for number in range(size)])
    stored = perf_counter() - start
    start = perf_counter()
    chosen = [f"{number:032x}" for number in range(0, size, 10)]
    decide_findings(
        project=project, check=check, fingerprints=chosen, terms=Terms("dismiss", "No."), by=owner
    )
    took = perf_counter() - start
    checked(project, [found(number, 1 + number % 3 // 2) for number in range(size // 20, size + size // 20)])
    return project, {"storing a check": stored, f"deciding about {len(chosen):,}": took}


def main() -> int:
    owner, client = signed_in()
    projects = []
    for size in SIZES:
        project, took = decided(size, owner)
        projects.append(project)
        print(f"{size:,} findings: " + ", ".join(f"{what} {1000 * s:.0f} ms" for what, s in took.items()))
    good = True
    for page in PAGES:
        (few, fast), (many, slow) = [
            measured(client, f"/projects/{each.slug}/{page}", ROUNDS) for each in projects
        ]
        good = good and few == many and slow < TIMES * fast
        print(f"{page:40} {few} / {many} queries, {fast:.0f} / {slow:.0f} ms, {slow / fast:.1f} times")
    for name in REPORTS:
        (few, fast), (many, slow) = [reported(each, name) for each in projects]
        good = good and few == many and slow < TIMES_IN_STEP * fast
        print(f"{f'report as {name}':40} {few} / {many} queries, {fast:.0f} / {slow:.0f} ms")
    return 0 if good else 1


def reported(project: Any, name: str) -> tuple[int, float]:
    """Questions of the database and milliseconds of a report with every finding in it, the best of a few."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tec.reports.rendering import render_report

    best = float("inf")
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as seen:
            start = perf_counter()
            render_report(project, format=name)
            best = min(best, 1000 * (perf_counter() - start))
    return len(seen), best


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tec-benchmark-") as folder:
        os.environ["TEC_VAR_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tec.settings")
        sys.exit(main())
