"""Page, API and command line say the same of the same case: what is new or worse since the baseline blocks."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mismatch import queries
from mismatch.comparing import pairs_of
from mismatch.models import Check
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.cli import main
from tec.projects.models import Project
from tec.reports.rendering import render_report
from tests.api import Api
from tests.examples import example
from tests.factories import make_project, make_revision
from tests.mismatch.pages import CLEAN, said

pytestmark = pytest.mark.django_db


def expecting(item_type: str) -> dict[str, Any]:
    """A project whose text “band” goes to a component that expects that type."""
    documents = copy.deepcopy(example(CLEAN))
    component = documents["development_environment"]["downstream_components"][0]
    next(row for row in component["input_spec"] if row["item_name"] == "risk_band")["item_type"] = item_type
    return documents


def run_check(project: Project, documents: dict[str, Any]) -> Check:
    for name, body in documents.items():
        make_revision(project, name, body)
    check = start_check(project=project, by=project.members.get())
    execute_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def folder(at: Path, documents: dict[str, Any]) -> str:
    at.mkdir()
    for name, body in documents.items():
        (at / f"{name}.json").write_text(json.dumps(body))
    return str(at)


@pytest.mark.parametrize(
    ("then", "now", "age", "state"),
    [
        ("String", "Integer", "new", "blocked"),
        ("Text", "Integer", "worse", "blocked"),
        ("Integer", "Integer", "known", "open-with-conditions"),
        ("Integer", "Image", "changed", "open-with-conditions"),
        ("Integer", "Text", "changed", "open"),
    ],
)
def test_what_is_new_or_worse_since_the_baseline_blocks_everywhere(
    then: str, now: str, age: str, state: str, client: Client, tmp_path: Path, capfd: Any
) -> None:
    project = make_project()
    owner = project.members.get()
    client.force_login(owner)
    before = run_check(project, expecting(then))
    choose_baseline(project=project, check=before, by=owner)
    check = run_check(project, expecting(now)) if now != then else before
    if now == then:  # the same documents are not checked again, so they are changed beside it
        changed = expecting(now)
        changed["system_context"]["usage_context"] = "Elsewhere."
        check = run_check(project, changed)

    def tec(*arguments: str) -> tuple[int, Any]:
        status = main([*arguments, "--format", "json"])
        return status, json.loads(capfd.readouterr().out)

    old, new = folder(tmp_path / "old", expecting(then)), folder(tmp_path / "new", expecting(now))
    (tmp_path / "base.json").write_text(json.dumps(tec("check", old)[1]))
    base = str(tmp_path / "base.json")

    answer = Api(owner).get(f"projects/{project.slug}/gate/deploy/?new=true").json()
    page = said(client.get(f"/projects/{project.slug}/gate/?new=1"))
    status, verdict = tec("gate", "deploy", new, "--baseline", base)

    keys = ("state", "blockers", "conditions")
    assert {key: answer[key] for key in keys} == {key: verdict[key] for key in keys}
    assert verdict["state"] == state
    assert status == (state == "blocked")
    assert ("Ready to deploy Blocked" in page) == (state == "blocked")
    notes = {"new": [""], "worse": ["worse than in the baseline"]}
    assert [each["note"] for each in verdict["blockers"]] == notes.get(age, [])

    (found,) = [
        each for each in tec("check", new, "--baseline", base)[1]["findings"] if each["code"] == "TEC-3A"
    ]
    assert found["age"] == age
    reported = json.loads(render_report(project, format="json").content)["findings"]
    assert [each["age"] for each in reported if each["code"] == "TEC-3A"] == [age]
    compared = {name: len(some) for name, some in pairs_of(before, check).items()}
    counts = tec("diff", base, new)[1]["counts"]
    assert {name: number for name, number in compared.items() if name in ("new", "worse", "fixed")} == {
        name: counts[name] for name in ("new", "worse", "fixed")
    }
    (entry,) = [
        each
        for each in queries.entries_of(check, "mismatch", reference=queries.reference_of(check))
        if each.code == "TEC-3A"
    ]
    assert entry.age == {"known": "seen", "changed": "seen"}.get(age, age)
