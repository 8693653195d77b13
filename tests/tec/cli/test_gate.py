"""`tec gate`: the verdict over files, and the one of a server."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from mismatch.gate import GATES
from tests.tec.cli.conftest import EXAMPLES, Tec


@pytest.fixture
def triage(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "emergency-triage", tmp_path / "triage"))


def verdict(tec: Tec, *arguments: object) -> Any:
    return json.loads(tec("gate", *arguments, "--format", "json").out)


def ignore_all(folder: Path, codes: set[str]) -> None:
    rows = "".join(f"  - {{rule: {code}, reason: Known., accepted_by: Ana}}\n" for code in sorted(codes))
    (folder / "tec-ignore.yaml").write_text("ignore:\n" + rows)


@pytest.mark.parametrize("gate", GATES)
def test_a_project_without_grave_findings_passes_every_gate(tec: Tec, loans: Path, gate: str) -> None:
    ran = tec("gate", gate, loans)
    assert ran.status == 0
    assert ran.out.startswith(f"{GATES[gate].title}: open\n")
    assert verdict(tec, gate, loans) == {"gate": gate, "state": "open", "blockers": [], "conditions": []}


def test_what_is_grave_blocks_and_is_named(tec: Tec, triage: Path) -> None:
    ran = tec("gate", "deploy", triage)
    assert ran.status == 1
    assert ran.out.startswith("Ready to deploy: blocked\n")
    assert "• Production Environment is not there yet.\n" in ran.out
    assert "• TEC-3A critical: The model delivers “level” as “Integer”" in ran.out
    assert "    Trained Model\n" in ran.out
    found = verdict(tec, "deploy", triage)
    assert {each["severity"] for each in found["blockers"]} == {"", "critical", "major"}
    assert len(verdict(tec, "build", triage)["blockers"]) < len(found["blockers"])


def test_what_is_accepted_is_a_condition(tec: Tec, triage: Path) -> None:
    (triage / "production_environment.json").write_text('{"version": "1.2"}')
    blockers = verdict(tec, "deploy", triage)["blockers"]
    ignore_all(triage, {each["code"] for each in blockers})
    found = verdict(tec, "deploy", triage)
    assert (found["state"], found["blockers"]) == ("open-with-conditions", [])
    assert {each["note"] for each in found["conditions"]} == {"risk accepted by Ana: Known."}
    ran = tec("gate", "deploy", triage)
    assert ran.status == 0
    assert "Ready to deploy: open with conditions\n" in ran.out
    assert "risk accepted by Ana: Known.\n" in ran.out
    assert tec("gate", "deploy", triage, "--no-ignore").status == 1


def test_what_the_baseline_knew_is_a_condition(tec: Tec, triage: Path, tmp_path: Path) -> None:
    (triage / "production_environment.json").write_text('{"version": "1.2"}')
    tec("check", triage, "--format", f"json={tmp_path / 'old.json'}")
    ran = tec("gate", "deploy", triage, "--baseline", tmp_path / "old.json")
    assert ran.status == 0
    assert "known since the baseline" in ran.out
    model = json.loads((triage / "trained_model.json").read_text())
    (triage / "trained_model.json").write_text(json.dumps(model | {"ml_frameworks": ["Caffe"]}))
    ran = tec("gate", "deploy", triage, "--baseline", tmp_path / "old.json")
    assert ran.status == 1
    assert "“Caffe”" in ran.out.partition("Conditions")[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("deploy",), "give a PATH, or --server URL and --project SLUG"),
        (("ship", "x"), "invalid choice: 'ship'"),
        (("deploy", "nowhere"), "there is no such file or folder"),
        (("deploy", "x", "--server", "https://a.example"), "give either a PATH or a server, not both"),
        (("deploy", "--server", "https://a.example", "--baseline", "x"), "a server has its own"),
        (("deploy", "--server", "https://a.example"), "no project is named. Give --project SLUG"),
        (("deploy", "--server", "https://a.example", "--project", "a/b"), "“a/b” is no slug of a project"),
        (("deploy", "--server", "https://a.example", "--project", "a"), "there is no API token."),
    ],
)
def test_what_cannot_be_judged_is_bad_input(
    tec: Tec, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEC_TOKEN", "TEC_TOKEN_FILE", "TEC_SERVER", "TEC_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    ran = tec("gate", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
