"""`tec check --fix`: shows differences, writes only when told to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.tec.cli.conftest import EXAMPLES, Tec


def edit(folder: Path, descriptor: str, **fields: Any) -> Path:
    path = folder / f"{descriptor}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))
    return path


@pytest.fixture
def loans(tmp_path: Path) -> Path:
    """A copy of an example project without findings, to write into."""
    return Path(shutil.copytree(EXAMPLES / "consumer-loan-default", tmp_path / "loans"))


@pytest.fixture
def faulty(loans: Path) -> Path:
    """A project that lacks a framework and calls one model an ensemble."""
    edit(loans, "trained_model", ensemble=True, ml_frameworks=["scikit-learn", "XGBoost"])
    return loans


def test_the_differences_are_shown_and_nothing_is_written(tec: Tec, faulty: Path) -> None:
    before = {path.name: path.read_bytes() for path in faulty.iterdir()}
    ran = tec("check", faulty, "--fix")

    assert ran.status == 1
    assert "TEC-8 Add “XGBoost” to the frameworks of the Development Environment" in ran.out
    assert "/development_environment.json\n    + ML framework 3: “XGBoost”" in ran.out
    assert "X408 Switch “Ensemble” off" in ran.out
    assert "2 fixes. Nothing was written; add --write to change the files." in ran.out
    assert {path.name: path.read_bytes() for path in faulty.iterdir()} == before


def test_with_write_the_files_are_changed_and_the_project_is_clean(tec: Tec, faulty: Path) -> None:
    ran = tec("check", faulty, "--fix", "--write")

    assert ran.status == 0
    assert "2 fixes; 2 files written." in ran.out
    assert tec("check", faulty).status == 0
    assert json.loads((faulty / "trained_model.json").read_text())["ensemble"] is False


def test_only_the_rules_that_are_named_are_fixed(tec: Tec, faulty: Path) -> None:
    ran = tec("check", faulty, "--fix", "--write", "--rule", "X408")

    assert "1 fix; 1 file written." in ran.out
    assert tec("check", faulty).status == 1


def test_what_people_may_see_otherwise_is_shown_but_not_written(tec: Tec, loans: Path) -> None:
    path = edit(loans, "trained_model", training_data_identifier="TRAIN-PD-IL-2")
    before = path.read_bytes()
    ran = tec("check", loans, "--fix", "--write")

    assert ran.status == 1
    assert "Not done, because people may see it otherwise:\nX101" in ran.out
    assert path.read_bytes() == before


def test_a_clean_project_says_that_there_is_nothing_to_fix(tec: Tec, loans: Path) -> None:
    ran = tec("check", loans, "--fix", "--write")

    assert ran.status == 0
    assert "Nothing can be fixed mechanically." in ran.out


def test_documents_inside_a_bundle_are_not_overwritten(tec: Tec, faulty: Path, tmp_path: Path) -> None:
    documents = {path.stem: json.loads(path.read_text()) for path in faulty.glob("*_*.json")}
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({"project": {"name": "Loans"}, "documents": documents}))
    before = path.read_bytes()

    assert tec("check", path, "--fix").status == 1
    ran = tec("check", path, "--fix", "--write")
    assert ran.status == 2
    assert "only files that hold one document can be fixed in place" in ran.err
    assert path.read_bytes() == before


def test_write_without_fix_is_refused(tec: Tec, loans: Path) -> None:
    assert tec("check", loans, "--write").status == 2
