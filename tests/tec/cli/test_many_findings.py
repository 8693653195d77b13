"""What the command line wrote about thousands of findings is read back, and only that may be as long."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from mismatch.ignoring.file import as_file
from mismatch.ignoring.matching import Decision
from mismatch.reports import Settlement
from tests.tec.cli.conftest import EXAMPLES, Tec

MANY = 10_500


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The triage project, three components of which wait for thousands of inputs that nothing delivers."""
    folder = tmp_path_factory.mktemp("crowd")
    for path in (EXAMPLES / "emergency-triage").glob("*.json"):
        if path.name != "expected.json":
            (folder / path.name).write_text(path.read_text())
    environment = json.loads((folder / "development_environment.json").read_text())
    component = environment["downstream_components"][0]
    row = component["input_spec"][0]
    components = []
    for number in range(3):
        rows = [{**row, "item_name": f"unfed_{number}_{each}"} for each in range(MANY // 3)]
        components.append({**copy.deepcopy(component), "component_name": f"C{number}", "input_spec": rows})
    environment["downstream_components"] = components
    (folder / "development_environment.json").write_text(json.dumps(environment))
    return folder


@pytest.fixture
def result(tec: Tec, crowd: Path, tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    assert tec("check", crowd, "--format", "json", "--output", path).status == 1
    assert len(json.loads(path.read_text())["findings"]) > 10_000
    assert path.stat().st_size > 5_000_000
    return path


def test_a_baseline_of_thousands_of_findings_is_read_back(tec: Tec, crowd: Path, result: Path) -> None:
    again = tec("check", crowd, "--baseline", result, "--format", "json")
    assert (again.status, again.err) == (0, "")
    judged = tec("gate", "deploy", crowd, "--baseline", result, "--format", "json")
    assert len(json.loads(judged.out)["conditions"]) > 10_000


def test_results_of_thousands_of_findings_are_compared(tec: Tec, result: Path, tmp_path: Path) -> None:
    fewer: Any = json.loads(result.read_text())
    gone = fewer["findings"].pop(5_000)
    (tmp_path / "fewer.json").write_text(json.dumps(fewer))

    ran = tec("diff", tmp_path / "fewer.json", result, "--format", "json")

    found = json.loads(ran.out)
    assert ran.err == ""
    assert found["counts"]["new"] == 1
    assert [each["message"] for each in found["findings"] if each["age"] == "new"] == [gone["message"]]


def test_thousands_of_exported_decisions_are_read_back_and_applied(
    tec: Tec, crowd: Path, result: Path, tmp_path: Path
) -> None:
    findings = [each for each in json.loads(result.read_text())["findings"] if each["outcome"] == "fail"]
    decisions = [
        Decision(each["code"], (), Settlement("dismissed", "So be it.", "ana"), each["fingerprint"], "")
        for each in findings
    ]
    (tmp_path / "all.yaml").write_bytes(as_file(decisions))

    ran = tec("check", crowd, "--ignore", tmp_path / "all.yaml", "--format", "json")

    assert (ran.status, ran.err) == (0, "")


def test_descriptors_may_not_be_as_long_as_results(tec: Tec, crowd: Path, tmp_path: Path) -> None:
    documents = {path.stem: json.loads(path.read_text()) for path in crowd.glob("*_*.json")}
    documents["raw_data"]["dataset_description"] = ["x"] * 10_001
    (tmp_path / "bundle.json").write_text(json.dumps({"documents": documents}))

    for command in (["check"], ["diff", crowd]):
        ran = tec(*command, tmp_path / "bundle.json")
        assert ran.status == 2
        assert "more than 10,000 items in one list" in ran.err
