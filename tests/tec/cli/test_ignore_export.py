"""Decisions made on the server, taken into a build: the same findings are settled there, and end there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from descriptors.reading import read_path
from mismatch.ignoring.file import entries_from
from mismatch.models import Check, Sighting
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.projects.models import Project
from tests.api import api_for
from tests.factories import make_project, make_revision, make_user
from tests.tec.cli.conftest import EXAMPLES, Tec

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    return make_user()


@pytest.fixture
def project(owner: Any) -> Project:
    """A real project with many findings, checked."""
    project = make_project(owner=owner)
    for descriptor, body in read_path(str(EXAMPLES / "emergency-triage")).documents.items():
        make_revision(project, descriptor, body)
    execute_check(check_id=start_check(project=project, by=owner).pk)
    return project


def decide(project: Project, owner: Any, code: str, **terms: Any) -> Sighting:
    """Decide about the first finding of a rule."""
    check = Check.objects.get(project=project)
    sighting = check.sightings.filter(finding__code=code).order_by("position")[0]
    prints = [sighting.finding.fingerprint]
    made = Terms(**{"kind": "accept", "reason": "Known: it's fine.", **terms})
    decide_findings(project=project, check=check, fingerprints=prints, terms=made, by=owner)
    return sighting


def exported(project: Project, owner: Any) -> bytes:
    client = Client()
    client.force_login(owner)
    response = client.get(f"/projects/{project.slug}/decisions/tec-ignore.yaml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="tec-ignore.yaml"'
    return bytes(response.content)


def test_what_is_settled_here_is_settled_in_files(
    project: Project, owner: Any, tmp_path: Path, tec: Tec
) -> None:
    accepted = decide(project, owner, "TEC-8")
    dismissed = decide(project, owner, "TD-10", kind="dismiss")
    decide(project, owner, "TEC-3A")  # critical: waits for somebody else's approval
    (tmp_path / "tec-ignore.yaml").write_bytes(exported(project, owner))
    for name in ("trained_model", "development_environment", "training_data"):
        (tmp_path / f"{name}.json").write_bytes((EXAMPLES / "emergency-triage" / f"{name}.json").read_bytes())

    found = json.loads(tec("check", tmp_path, "--format", "json").out)["findings"]
    decided = {each["fingerprint"]: each["decision"] for each in found if "decision" in each}
    assert {name: each["standing"] for name, each in decided.items()} == {
        accepted.finding.fingerprint: "accepted",
        dismissed.finding.fingerprint: "dismissed",
    }
    assert decided[accepted.finding.fingerprint]["by"] == owner.username
    assert decided[accepted.finding.fingerprint]["reason"] == "Known: it's fine."
    assert decided[accepted.finding.fingerprint]["until"]

    model = json.loads((tmp_path / "trained_model.json").read_text())
    rows = model["ml_frameworks"]
    (tmp_path / "trained_model.json").write_text(json.dumps(model | {"ml_frameworks": rows[::-1]}))
    assert len([each for each in json.loads(tec("check", tmp_path, "--format", "json").out)["findings"] if "decision" in each]) == 2  # fmt: skip


def test_the_file_names_finding_values_and_places_in_any_row(project: Project, owner: Any) -> None:
    sighting = decide(project, owner, "TEC-8", for_ever=True)
    (entry,) = entries_from("x", exported(project, owner))
    assert entry.fingerprint == sighting.finding.fingerprint
    assert entry.values == sighting.values_digest
    assert (entry.until, entry.accepted_by) == (None, owner.username)
    assert ("ml_frameworks", "*") in [each.steps for each in entry.patterns]


def test_without_decisions_or_checks_the_file_decides_nothing(project: Project, owner: Any) -> None:
    assert entries_from("x", exported(project, owner)) == []
    assert entries_from("x", exported(make_project(owner=owner, name="New"), owner)) == []


def test_the_api_gives_the_same_file_in_a_bounded_number_of_queries(
    project: Project, owner: Any, django_assert_max_num_queries: Any
) -> None:
    for code in ("TEC-8", "TEC-1", "TEC-2", "TEC-6", "TD-10"):
        decide(project, owner, code)
    api = api_for(owner)
    api.get("projects/")
    with django_assert_max_num_queries(12):
        response = api.get(f"projects/{project.slug}/export/ignore/")
    assert response.status_code == 200
    assert response.content == exported(project, owner)
    assert response.content == exported(project, owner)
    assert len(entries_from("x", response.content)) == 5
