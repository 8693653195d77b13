"""`tec validate`: documents against their schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hostile.json_texts import REFUSED, Hostile
from tests.tec.cli.conftest import EXAMPLES, Tec


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_the_examples_are_valid(tec: Tec, example: str) -> None:
    ran = tec("validate", EXAMPLES / example)
    assert ran.status == 0
    assert "with errors" not in ran.out


def test_each_file_is_named_with_what_it_is(tec: Tec, loans: Path) -> None:
    ran = tec("validate", loans / "raw_data.json", loans / "trained_model.json")
    assert ran == (
        0,
        f"{loans}/raw_data.json: Raw Data 1.2: valid\n{loans}/trained_model.json: Trained Model 1.2: valid\n2 valid.\n",
        "",
    )


def test_errors_come_with_line_and_pointer_and_exit_with_1(tec: Tec, loans: Path, tmp_path: Path) -> None:
    body = json.loads((loans / "raw_data.json").read_bytes())
    body["labels_distribution"][0]["percentage"] = 101
    del body["dataset_name"]
    path = tmp_path / "raw_data.json"
    path.write_text(json.dumps(body, indent=2))
    ran = tec("validate", path)
    assert ran.status == 1
    assert ran.out.startswith(f"{path}: Raw Data 1.2: 2 errors\n")
    number = 1 + next(
        at for at, line in enumerate(path.read_text().splitlines()) if '"percentage": 101' in line
    )
    assert f"\n           line {number}  /labels_distribution/0/percentage\n" in ran.out
    assert "\n           line 1  /dataset_name\n" in ran.out
    assert ran.out.endswith("\n1 with errors.\n")


def test_warnings_alone_are_no_errors(tec: Tec, loans: Path, tmp_path: Path) -> None:
    body = json.loads((loans / "raw_data.json").read_bytes()) | {"weather": "fine"}
    (tmp_path / "raw_data.json").write_text(json.dumps(body))
    ran = tec("validate", tmp_path)
    assert ran.status == 0
    assert "Raw Data 1.2: 1 warning\n  warning  " in ran.out


def test_an_unreadable_file_does_not_stop_the_others(tec: Tec, loans: Path, tmp_path: Path) -> None:
    (tmp_path / "raw_data.json").write_text("{")
    ran = tec("validate", tmp_path / "raw_data.json", loans / "raw_data.json")
    assert ran.status == 2
    assert ran.err.startswith(f"tec: {tmp_path}/raw_data.json, line 1, column 2: ")
    assert ran.out.endswith(": Raw Data 1.2: valid\n1 valid, 1 unreadable.\n")


def test_nothing_but_null_is_nothing_to_validate(tec: Tec, tmp_path: Path) -> None:
    (tmp_path / "raw_data.json").write_text("null")
    assert tec("validate", tmp_path) == (2, "No documents.\n", "")


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda hostile: hostile.id)
def test_hostile_json_is_refused_in_one_line(tec: Tec, tmp_path: Path, hostile: Hostile) -> None:
    path = tmp_path / "raw_data.json"
    path.write_bytes(hostile.data)
    for command in ("validate", "upgrade"):
        ran = tec(command, path)
        assert ran.status == 2
        assert ran.err.startswith(f"tec: {path}")
        assert ran.err.count("\n") == 1
