"""`tec upgrade`: what it shows, what it writes, and what it never overwrites."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from descriptors.writing import bundle, document_bytes
from tec.cli import files
from tests.tec.cli.conftest import Tec

OLD: dict[str, Any] = {
    "version": "1.0",
    "task": "Forecast",
    "business_goals": [{"id": "BG-01", "goal": "Less waste"}],
    "success_criteria": ["10 % less", "no empty shelves"],
}
PIPELINE: dict[str, Any] = {
    "version": "1.1",
    "input_spec": [{"item_name": "till", "item_type": "Integer", "expected_values": "0..99"}],
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with documents of two old versions."""
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "system_context.json").write_bytes(document_bytes(OLD))
    (folder / "data_pipeline.json").write_bytes(document_bytes(PIPELINE))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_without_write_everything_is_shown_and_nothing_changed(tec: Tec, old: Path) -> None:
    before = contents(old)
    ran = tec("upgrade", old)
    assert ran.status == 0
    assert f"{old}/system_context.json: System Context 1.0 → 1.2\n" in ran.out
    assert f"{old}/data_pipeline.json: Data Pipeline 1.1 → 1.2\n" in ran.out
    assert "To be completed by a person:\n    • /input_spec/0/error_handling/error_type: " in ran.out
    assert "Moved, rewritten or dropped:\n" in ran.out
    assert "\n    • /success_criteria → /goals/0/metric: " in ran.out
    assert "“10 % less”, “no empty shelves”" in ran.out
    assert "Nothing was written; add --write or --output DIR." in " ".join(ran.out.split())
    assert contents(old) == before


def test_write_replaces_the_files_and_keeps_their_permissions(tec: Tec, old: Path) -> None:
    path = old / "system_context.json"
    path.chmod(0o640)
    assert tec("upgrade", old, "--write").status == 0
    assert json.loads(path.read_bytes())["version"] == "1.2"
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(contents(old)) == ["data_pipeline.json", "system_context.json"]
    assert "2 documents: 0 of an older version" in tec("upgrade", old).out


def test_what_is_new_already_is_left_untouched(tec: Tec, tmp_path: Path) -> None:
    path = tmp_path / "raw_data.json"
    path.write_bytes(b'{"version":"1.2"}')
    ran = tec("upgrade", path, "--write")
    assert path.read_bytes() == b'{"version":"1.2"}'
    assert "Raw Data 1.2, nothing to do\n1 document: 0 of an older version, 0 written.\n" in ran.out


def test_output_fills_a_folder_and_leaves_the_source_alone(tec: Tec, old: Path, tmp_path: Path) -> None:
    before = contents(old)
    new = tmp_path / "new" / "deep"
    assert tec("upgrade", old, "--output", new).status == 0
    assert contents(old) == before
    assert {name: json.loads(data)["version"] for name, data in contents(new).items()} == {
        "data_pipeline.json": "1.2",
        "system_context.json": "1.2",
    }


def test_a_bundle_can_be_upgraded_into_a_folder_only(tec: Tec, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(document_bytes(bundle({}, {"system_context": OLD})))
    ran = tec("upgrade", path, "--write")
    assert ran.status == 2
    assert "only files that hold one document can be overwritten. Use --output DIR" in ran.err
    assert tec("upgrade", path, "--output", tmp_path / "new").status == 0
    assert list(contents(tmp_path / "new")) == ["system_context.json"]


def test_files_that_are_there_are_not_overwritten_without_write(tec: Tec, old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "system_context.json").write_text("mine")
    ran = tec("upgrade", old, "--output", new)
    assert ran.status == 2
    assert "the file exists already. Add --write to overwrite it." in ran.err
    assert contents(new) == {"system_context.json": b"mine"}
    assert tec("upgrade", old, "--output", new, "--write").status == 0
    assert len(contents(new)) == 2


def test_two_projects_cannot_share_a_folder(tec: Tec, old: Path, tmp_path: Path) -> None:
    ran = tec("upgrade", old, old, "--output", tmp_path / "new")
    assert ran.status == 2
    assert "two documents would be written to this file" in ran.err
    assert not (tmp_path / "new").exists()


def test_one_unreadable_file_and_nothing_is_written(tec: Tec, old: Path, tmp_path: Path) -> None:
    (tmp_path / "raw_data.json").write_text("{")
    before = contents(old)
    assert tec("upgrade", old, tmp_path / "raw_data.json", "--write").status == 2
    assert contents(old) == before


def test_a_failing_disk_leaves_the_old_file(tec: Tec, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents(old)
    monkeypatch.setattr(os, "fsync", full)
    ran = tec("upgrade", old / "system_context.json", "--write")
    assert ran.status == 2
    assert ran.err == f"tec: {old}/system_context.json: No space left on device.\n"
    assert contents(old) == before


def test_a_folder_that_cannot_be_made_is_one_line(tec: Tec, old: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = tec("upgrade", old, "--output", tmp_path / "file" / "new")
    assert ran.status == 2
    assert ran.err == f"tec: {tmp_path}/file/new: Not a directory.\n"


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    files.replace(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    files.replace(str(tmp_path / "new"), b"x")
    (tmp_path / "usual").write_text("x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode
