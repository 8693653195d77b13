"""`tec diff`: what became of the findings of an older state, and which fields changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.tec.cli.conftest import EXAMPLES, Tec


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "emergency-triage", tmp_path / "old"))


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    """The older state with one finding fixed, one changed and one made."""
    folder = Path(shutil.copytree(old, tmp_path / "new"))
    edit(folder, "trained_model", lambda model: model["ml_frameworks"].remove("Flux"))
    edit(folder, "trained_model", lambda model: model["ml_frameworks"].append("Caffe"))
    edit(folder, "trained_model", lambda model: model["output_spec"][0].update(item_type="Float"))
    return folder


def edit(folder: Path, descriptor: str, change: Any) -> None:
    path = folder / f"{descriptor}.json"
    body = json.loads(path.read_text())
    change(body)
    path.write_text(json.dumps(body))


def difference(tec: Tec, *arguments: object) -> Any:
    return json.loads(tec("diff", *arguments, "--format", "json").out)


def ages(found: Any) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for finding in found["findings"]:
        groups.setdefault(finding["age"], set()).add(finding["code"])
    return groups


def test_nothing_differs_from_itself(tec: Tec, old: Path) -> None:
    ran = tec("diff", old, old)
    assert ran.status == 0
    found = difference(tec, old, old, "--fields")
    assert {name for name, count in found["counts"].items() if count} == {"known"}
    assert (found["fixed"], found["fields"]) == ([], {})


def test_new_changed_and_fixed_are_told_with_values_then_and_now(tec: Tec, old: Path, new: Path) -> None:
    ran = tec("diff", old, new)
    assert ran.status == 1
    text = " ".join(ran.out.split())
    assert "NEW 1 finding TEC-8, major: The model needs the framework “Caffe”" in text
    assert "STILL OPEN, CHANGED 1 finding TEC-3A, critical: The model delivers “level” as “Float”" in text
    assert "• Trained Model › Output specification 1 › Item type: “Integer” → “Float”" in text
    assert "FIXED 1 finding TEC-8, major: The model needs the framework “Flux”" in text
    assert text.endswith("1 new, 1 still open, changed, 40 still open, 1 fixed.")

    found = difference(tec, old, new)
    assert found["counts"] == {"new": 1, "worse": 0, "changed": 1, "known": 40, "fixed": 1}
    assert ages(found)["new"] == {"TEC-8"}
    assert [each["code"] for each in found["fixed"]] == ["TEC-8"]
    (changed,) = [each for each in found["findings"] if each["age"] == "changed"]
    assert changed["then"]["places"][0]["value"] == "Integer"
    assert changed["places"][0]["value"] == "Float"


def test_what_got_worse_fails_like_what_is_new(tec: Tec, old: Path, tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    tec("check", old, "--format", f"json={result}")
    value = json.loads(result.read_text())
    worst = value["findings"][0]
    assert worst["severity"] == "critical"
    worst["severity"] = "minor"
    result.write_text(json.dumps(value))
    ran = tec("diff", result, old)
    assert ran.status == 1
    assert "WORSE  1 finding" in ran.out
    assert "critical (was minor)" in ran.out
    assert tec("diff", old, result).status == 0


def test_the_json_of_a_check_stands_for_what_was_checked(
    tec: Tec, old: Path, new: Path, tmp_path: Path
) -> None:
    results = []
    for folder in (old, new):
        results.append(tmp_path / f"{folder.name}.json")
        tec("check", folder, "--format", f"json={results[-1]}")
    expected = difference(tec, old, new)
    for sides in ((results[0], new), (old, results[1]), results):
        assert difference(tec, *sides) == expected


def test_fields_are_listed_if_wanted(tec: Tec, old: Path, new: Path) -> None:
    edit(new, "raw_data", lambda body: body.pop("data_sources", None))
    ran = tec("diff", old, new, "--fields")
    assert "~ Output specification 1 › Item type: “Integer” → “Float”\n" in ran.out
    fields = difference(tec, old, new, "--fields")["fields"]
    assert "trained_model" in fields
    assert {"kind", "pointer", "label", "was", "now"} == fields["trained_model"][0].keys()
    assert "~ Output" not in tec("diff", old, new).out


def test_decisions_of_the_newer_state_settle(tec: Tec, old: Path, new: Path) -> None:
    (new / "tec-ignore.yaml").write_text("ignore:\n  - {rule: TEC-8, reason: Agreed.}\n")
    ran = tec("diff", old, new)
    assert ran.status == 0
    assert " 1 settled by decisions." in " ".join(ran.out.split())


def test_markdown_is_for_comments(tec: Tec, old: Path, new: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    assert tec("diff", old, new, "--fields", "--format", "markdown", "--output", file).out == ""
    text = file.read_text()
    assert "| 1 | 0 | 1 | 40 | 1 |" in text
    assert "## New\n\n- TEC-8, major: The model needs the framework “Caffe”" in text
    assert "## Fields of Trained Model\n" in text


@pytest.mark.parametrize("content", ["{", '{"findings": 1, "outcomes": {}}', "[]"])
def test_what_is_neither_is_bad_input(tec: Tec, old: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    for sides in ((tmp_path / "x.json", old), (old, tmp_path / "x.json"), (old, tmp_path / "none")):
        ran = tec("diff", *sides)
        assert (ran.status, ran.out) == (2, "")
