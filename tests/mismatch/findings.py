"""Checks that found exactly what a test says, stored the way a worker stores them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mismatch.findings import Finding, Place, Report
from mismatch.models import Check
from mismatch.services.store_report import store_report
from mismatch.snapshot import heads
from tec.projects.models import Project
from tec.work import lease


def fingerprint(name: str) -> str:
    return (name * 32)[:32]


def found(name: str, value: Any = 1, severity: str = "minor", **over: Any) -> Finding:
    """A finding called *name* about one value of the trained model."""
    fields = {
        "rule": "result-too-good",
        "code": "X513",
        "kind": "mismatch",
        "outcome": "fail",
        "severity": severity,
        "message": f"Something is wrong with “{name}”.",
        "remedy": "Repair it.",
        "places": (Place("trained_model", "/output_spec/0/item_name", value, "Item name"),),
        "fingerprint": fingerprint(name),
        **over,
    }
    return Finding(**fields)


def checked(project: Project, *findings: Finding, outcomes: Mapping[str, str] | None = None) -> Check:
    """The next check of *project*, done, with these findings."""
    newest = Check.objects.filter(project=project).first()
    check = Check.objects.create(project=project, number=newest.number + 1 if newest else 1)
    check.revisions.set(heads(project))
    attempt = lease.claim(check)
    assert attempt is not None
    store_report(check=check, attempt=attempt, report=Report(findings, outcomes or {}))
    check.refresh_from_db()
    return check
