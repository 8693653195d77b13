"""Everything about findings asks as many questions of the database for hundreds of them as for a dozen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mismatch.findings import SEVERITIES, Finding, Place
from mismatch.lifecycle import today
from mismatch.models import SavedView
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.discuss_finding import assign_findings
from mismatch.showing.listing import PER_PAGE
from tec.projects.models import Project
from tec.reports.kinds import KINDS
from tec.reports.rendering import render_report
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db

FEW, MANY = 20, 20 * PER_PAGE // 2

FILTERS = (
    *("", "?severity=critical&severity=major", "?rule=result-too-good", "?descriptor=trained_model"),
    *("?owner=Model%20developer", "?assignee=ana", "?assignee=-", "?q=number-1", "?kind=mismatch"),
    *(f"?state={state}" for state in ("new", "open", "undecided", "planned", "accepted", "dismissed")),
    *(f"?state={state}" for state in ("proposed", "decided", "repeated", "reopened", "worse", "all")),
)
GROUPS = tuple(f"?group={group}" for group in ("pair", "rule", "owner"))
COMPARED = tuple(f"compare/?show={shown}" for shown in ("new", "worse", "fixed", "changed", "same"))
PAGES = (
    *(f"mismatches/{asked}" for asked in (*FILTERS, *GROUPS, "?{view}")),
    *("", "missing/", "checks/", "checks/2/", "findings/{one}/", *COMPARED, "gate/", "gate/?new"),
    *("reports/", "reports/view/mismatch/", "fit/", "traceability/"),
)
ANSWERS = (
    *(f"findings/{asked}" for asked in FILTERS),
    *("checks/2/findings/?state=all&page_size=200", "findings/{one}/", *COMPARED, "gate/deploy/"),
    *("gate/deploy/?new=true", "fit/", "decisions/", "views/"),
)


def finding(number: int, value: int = 1) -> Finding:
    """A finding with two sides, or every fifth a blank field."""
    sides = [Place("trained_model", f"/evaluation_metrics/{number}/result", value, f"Row {number} › Result")]
    kind = "missing" if number % 5 == 4 else "mismatch"
    if kind == "mismatch":
        sides.append(Place("production_environment", "/deployment_platform", "Edge", "Platform"))
    return found(
        f"number-{number}",
        severity=SEVERITIES[number % 4],
        kind=kind,
        places=tuple(sides),
        fingerprint=f"{number:032x}",
    )


@pytest.fixture
def ana() -> Any:
    return make_user(username="ana")


def project_with(size: int, ana: Any) -> Project:
    """Two checks that many findings each, with everything that may be said about one."""
    project = make_project(owner=ana, name=f"With {size}")
    make_revision(project, "trained_model")
    check = checked(project, *map(finding, range(size)))
    for first, terms in (
        (0, Terms("dismiss", "No.")),
        (3, Terms("accept", "Known.")),
        (6, Terms("plan", "Soon.", until=today(), who=ana)),
        (8, Terms("accept", "Known.")),
    ):
        names = [finding(number).fingerprint for number in range(first, size, 10)]
        decide_findings(project=project, check=check, fingerprints=names, terms=terms, by=ana)
    names = [finding(number).fingerprint for number in range(1, size, 10)]
    assign_findings(project=project, fingerprints=names, to=ana, by=ana)
    choose_baseline(project=project, check=check, by=ana)
    checked(project, *(finding(number, 1 + number % 3 // 2) for number in range(size // 4, size + size // 4)))
    return project


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_every_page_and_answer_asks_as_often_for_many_findings_as_for_few(ana):
    projects = {size: project_with(size, ana) for size in (FEW, MANY)}
    client = Client()
    client.force_login(ana)
    kept = {"kind": "mismatch", "name": "Mine", "query": "severity=critical&group=rule"}
    numbers: dict[int, dict[str, int]] = {}

    for size, project in projects.items():
        assert client.post(f"/projects/{project.slug}/views/", kept).status_code == 303
        names = {"view": SavedView.objects.get(project=project).query, "one": finding(size - 3).fingerprint}
        paths = [("", page) for page in PAGES] + [("/api", answer) for answer in ANSWERS]
        numbers[size] = {
            f"{before}/{path}": asked(client, f"{before}/projects/{project.slug}/{path.format(**names)}")
            for before, path in paths
        }

    assert numbers[MANY] == numbers[FEW]


def test_every_format_of_a_report_asks_as_often_for_many_findings_as_for_few(ana):
    numbers: dict[int, dict[str, int]] = {}

    for size in (FEW, MANY):
        project = project_with(size, ana)
        numbers[size] = {}
        for format in KINDS["mismatch"].formats:
            with CaptureQueriesContext(connection) as queries:
                render_report(project, format=format)
            numbers[size][format] = len(queries)

    assert numbers[MANY] == numbers[FEW]
