"""How do lists, filters, comparisons, gates and reports grow from 100 findings to 10,000?

    python benchmarks/findings.py

Everything has to ask as many questions of the database for 10,000 findings as for 100. A page or an answer of
the API may take so many times the time it takes with 100; a report that holds every finding may grow in step
with them, and has to be made within seconds, as a worker makes it. Everything happens in a database of its
own, which goes afterwards.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.asking import measured, signed_in  # noqa: E402

SIZES = (100, 10_000)
ROUNDS = 3
TIMES = 30
"""How many times as long a page may take for a hundred times as many findings; in step it would be 100."""
TIMES_IN_STEP = 150
"""What holds every finding may at most grow with them, give or take what a measurement is worth."""
SECONDS = 30
"""How long a worker may take for the report of 10,000 findings in any format."""

FILTERS = (
    "",
    "?severity=critical&severity=major",
    "?rule=result-too-good",
    "?descriptor=trained_model",
    "?descriptor=trained_model&descriptor=production_environment",
    "?kind=mismatch",
    "?owner=Model%20developer",
    "?assignee=benchmark",
    "?assignee=-",
    "?q=number-7",
    "?page=2",
    *(
        f"?state={state}"
        for state in ("new", "open", "reopened", "worse", "undecided", "planned", "proposed")
    ),
    *(f"?state={state}" for state in ("accepted", "dismissed", "decided", "repeated", "all")),
    *(f"?group={group}" for group in ("pair", "rule", "owner")),
    "?severity=critical&state=new&q=number-7&group=owner",
)
PAGES = (
    "",
    *(f"mismatches/{asked}" for asked in FILTERS),
    "missing/",
    "missing/?q=number-8&state=all",
    "mismatches/?{view}",
    "checks/2/",
    "findings/{fingerprint}/",
    "compare/",
    *(f"compare/?show={shown}" for shown in ("new", "worse", "fixed", "changed", "same")),
    "compare/?show=same&page=2",
    "gate/",
    "gate/?new",
    "checks/",
    "reports/",
    "fit/",
)
ANSWERS = (
    *(f"findings/{asked}" for asked in FILTERS if "group" not in asked),
    "checks/2/findings/?state=all&page_size=200",
    "findings/{fingerprint}/",
    "compare/?show=same",
    "views/",
    "decisions/",
    "fit/",
)
"""Of the API, a page at a time."""
WHOLE = ("gate/deploy/", "gate/deploy/?new=true", "traceability/")
"""Of the API, with every finding in it or looked at, so that they may grow in step."""
LOOKED_AT = ("traceability/",)
"""Pages that look at every finding, so that they may grow in step."""
LONG = ("html", "markdown", "pdf", "xlsx", "csv", "json", "sarif", "junit", "github", "text")


def found(number: int, value: int) -> Any:
    """A finding with two sides; every fifth one is a missing field."""
    from mismatch.findings import SEVERITIES, Finding, Place

    missing = number % 5 == 4
    places = [
        Place(
            "trained_model", f"/evaluation_metrics/{number}/result", value, f"Metrics {number + 1} › Result"
        )
    ]
    if not missing:
        places.append(Place("production_environment", "/deployment_platform", "Edge", "Platform"))
    return Finding(
        rule="tm-44" if missing else ("result-too-good", "metric-not-collected")[number % 2],
        code="TM-44" if missing else ("X513", "TEC-13")[number % 2],
        kind="missing" if missing else "mismatch",
        outcome="fail",
        severity=SEVERITIES[number % 4],
        message=f"Something is wrong with “number-{number}”.",
        remedy="Repair it.",
        places=tuple(places),
        fingerprint=f"{number:032x}",
    )


def checked(project: Any, findings: list[Any]) -> Any:
    """The next check of *project*, with these findings."""
    from mismatch.findings import SEVERITIES, Report
    from mismatch.models import Check
    from mismatch.scores import scores_to_keep
    from mismatch.services.store_report import store_report
    from mismatch.snapshot import documents, heads
    from tec.work.lease import claim

    findings.sort(key=lambda each: SEVERITIES.index(each.severity))
    number = Check.objects.filter(project=project).count() + 1
    check = Check.objects.create(project=project, number=number)
    check.revisions.set(heads(project))
    report = Report(findings, {"X513": "fail", "TEC-13": "fail"})
    scores = scores_to_keep(report, documents(check))
    store_report(check=check, attempt=claim(check) or 0, report=report, scores=scores)
    check.refresh_from_db()
    return check


def decided(size: int, owner: Any) -> tuple[Any, dict[str, float]]:
    """A project with two checks of that many findings, a tenth of them decided, and how long it all took."""
    from descriptors.models import Origin
    from descriptors.services.save_revision import save_revision
    from mismatch.services.choose_baseline import choose_baseline
    from mismatch.services.decide_findings import Terms, decide_findings
    from mismatch.services.discuss_finding import assign_findings
    from tec.projects.services.create_project import create_project

    project = create_project(by=owner, name=f"With {size}", description="-", point_of_contact="-")
    model = {"version": "1.2", "evaluation_metrics": [{"result": 1} for _ in range(min(size, 5_000))]}
    for name, body in (("trained_model", model), ("production_environment", {"version": "1.2"})):
        save_revision(project=project, descriptor=name, body=body, by=owner, origin=Origin.FORM, based_on=0)
    start = perf_counter()
    check = checked(project, [found(number, 1) for number in range(size)])
    took = {"storing a check": perf_counter() - start}
    names = [f"{number:032x}" for number in range(size)]
    for first, terms in (
        (0, Terms("dismiss", "No.")),
        (4, Terms("accept", "Known.")),
        (8, Terms("plan", "Soon.", until=check.day, who=owner)),
    ):
        start = perf_counter()
        decide_findings(project=project, check=check, fingerprints=names[first::20], terms=terms, by=owner)
        took[f"{terms.kind} {len(names[first::20]):,}"] = perf_counter() - start
    start = perf_counter()
    assign_findings(project=project, fingerprints=names[1::10], to=owner, by=owner)
    took[f"assigning {len(names[1::10]):,}"] = perf_counter() - start
    choose_baseline(project=project, check=check, by=owner)
    checked(project, [found(number, 1 + number % 3 // 2) for number in range(size // 20, size + size // 20)])
    return project, took


def main() -> int:
    owner, client = signed_in()
    projects = []
    for size in SIZES:
        project, took = decided(size, owner)
        projects.append(project)
        print(f"{size:,} findings: " + ", ".join(f"{what} {1000 * s:.0f} ms" for what, s in took.items()))
    named = [
        {"view": kept_view(client, project), "fingerprint": f"{size - 10:032x}"}
        for project, size in zip(projects, SIZES, strict=True)
    ]
    good = True

    def judge(what: str, few: int, fast: float, many: int, slow: float, times: float) -> None:
        nonlocal good
        sound = few == many and slow < times * fast
        good = good and sound
        said = f"{few} / {many} queries, {fast:.0f} / {slow:.0f} ms, {slow / fast:.1f} times"
        print(f"{what:64} {said}{'' if sound else '  ← too much'}", flush=True)

    for paths, times, before in (
        (PAGES, TIMES, ""),
        (ANSWERS, TIMES, "/api"),
        (WHOLE, TIMES_IN_STEP, "/api"),
        (LOOKED_AT, TIMES_IN_STEP, ""),
    ):
        for path in paths:
            (few, fast), (many, slow) = [
                measured(client, f"{before}/projects/{each.slug}/{path.format(**names)}", ROUNDS)
                for each, names in zip(projects, named, strict=True)
            ]
            judge(f"{before}/…/{path}", few, fast, many, slow, times)
    for name in LONG:
        (few, fast), (many, slow) = [reported(each, name) for each in projects]
        judge(f"report as {name}", few, fast, many, slow, TIMES_IN_STEP)
        if slow > 1000 * SECONDS:
            good = False
            print(f"  takes longer than {SECONDS} s")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB of memory at most")
    return 0 if good else 1


def kept_view(client: Any, project: Any) -> str:
    """The query of a view of the findings, kept under a name."""
    from mismatch.models import SavedView

    query = "severity=critical&state=undecided&group=rule"
    client.post(f"/projects/{project.slug}/views/", {"kind": "mismatch", "name": "Mine", "query": query})
    return SavedView.objects.get(project=project).query


def reported(project: Any, name: str) -> tuple[int, float]:
    """Questions of the database and milliseconds of a report on everything, the best of a few."""
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
