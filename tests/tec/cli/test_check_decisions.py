"""`tec check` with a file of decisions, a baseline, and several formats at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from mismatch.reports import format_names
from tests.tec.cli.conftest import EXAMPLES, Tec


@pytest.fixture
def triage(tmp_path: Path) -> Path:
    """A copy of an example project with many findings, to write into."""
    return Path(shutil.copytree(EXAMPLES / "emergency-triage", tmp_path / "triage"))


def result(tec: Tec, *arguments: object) -> Any:
    return json.loads(tec("check", *arguments, "--format", "json").out)


def ignoring(folder: Path, *rows: str, name: str = "tec-ignore.yaml") -> Path:
    path = folder / name
    path.write_text("ignore:\n" + "".join(f"  - {{{row}}}\n" for row in rows))
    return path


def every_rule(tec: Tec, folder: Path) -> list[str]:
    return sorted({found["code"] for found in result(tec, folder)["findings"]})


def test_decisions_beside_the_descriptors_settle_findings(tec: Tec, triage: Path) -> None:
    codes = every_rule(tec, triage)
    before = result(tec, triage)
    ignoring(triage, *(f"rule: {code}, reason: Known., accepted_by: Ana" for code in codes))
    ran = tec("check", triage)
    assert ran.status == 0
    assert "Clean: no open findings." in ran.out
    assert "→ risk accepted by Ana: Known." in ran.out
    after = result(tec, triage)
    assert sum(after["counts"].values()) == 0
    assert [found | {"decision": 0} for found in before["findings"]] == [
        found | {"decision": 0} for found in after["findings"]
    ]
    assert tec("check", triage, "--no-ignore").status == 1


def test_the_file_counts_for_a_document_and_a_zip_beside_it(tec: Tec, triage: Path, tmp_path: Path) -> None:
    packed = shutil.move(shutil.make_archive(str(tmp_path / "all"), "zip", triage), triage)
    ignoring(triage, "rule: PE-00, reason: Known.")
    for path in (triage / "trained_model.json", packed):
        found = {each["code"]: each for each in result(tec, path)["findings"]}
        assert found["PE-00"]["decision"]["reason"] == "Known."


def test_another_file_is_named_with_ignore(tec: Tec, triage: Path, tmp_path: Path) -> None:
    ignoring(triage, "rule: TEC-99, reason: x")
    other = ignoring(tmp_path, "rule: PE-00, reason: Not there yet.", name="mine.yaml")
    ran = tec("check", triage, "--ignore", other)
    assert "TEC-99" not in ran.err
    assert "1 settled by decisions." in " ".join(ran.out.split())


def test_what_has_lapsed_counts_again_and_is_named(tec: Tec, triage: Path) -> None:
    ignoring(triage, "rule: PE-00, reason: Soon., expires: 2026-05-02")
    assert "1 settled by decisions." in " ".join(tec("check", triage, "--today", "2026-05-02").out.split())
    ran = tec("check", triage, "--today", "2026-05-03")
    assert "settled" not in ran.out
    assert (
        f"tec: {triage}/tec-ignore.yaml, line 2: PE-00 counts as open again: it ended on 2 May 2026."
        " Decide anew or remove the entry.\n" in ran.err
    )


def test_entries_without_use_are_named_unless_only_some_rules_run(tec: Tec, triage: Path) -> None:
    ignoring(triage, "rule: PE-00, reason: a, places: [raw_data]", "rule: TEC-99, reason: b")
    ran = tec("check", triage)
    assert "line 2: PE-00: the entry matches nothing. Remove it." in ran.err
    assert "line 3: TEC-99: There is no rule “TEC-99”. Did you mean “tec-9”?" in ran.err
    assert "line 2" not in tec("check", triage, "--rule", "TEC-1").err


def test_a_broken_file_is_bad_input(tec: Tec, triage: Path) -> None:
    (triage / "tec-ignore.yaml").write_text("ignore:\n  - rule: TEC-1\n")
    ran = tec("check", triage)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        f"tec: {triage}/tec-ignore.yaml, line 2: the entry has no reason."
        " Say why, for whoever reads this later."
    )
    assert tec("check", triage, "--ignore", triage / "none.yaml").status == 2


def test_only_what_is_new_decides_beside_a_baseline(tec: Tec, triage: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    assert tec("check", triage, "--output", old, "--format", "json").out == ""
    ran = tec("check", triage, "--baseline", old)
    assert ran.status == 0
    assert " known. " in " ".join(ran.out.split())
    (triage / "trained_model.json").unlink()
    ran = tec("check", triage, "--baseline", old)
    assert ran.status == 0  # that a document is absent is an info
    ran = tec("check", triage, "--baseline", old, "--fail-on", "info")
    assert ran.status == 1
    assert "TM-00  New: " in ran.out
    assert "FIXED  " in ran.out
    found = result(tec, triage, "--baseline", old)
    assert {each["code"]: each["age"] for each in found["findings"]}["TM-00"] == "new"
    assert found["fixed"]


def test_a_new_major_finding_fails_the_build(tec: Tec, tmp_path: Path) -> None:
    loans = Path(shutil.copytree(EXAMPLES / "consumer-loan-default", tmp_path / "loans"))
    tec("check", loans, "--format", f"json={tmp_path / 'old.json'}")
    model = json.loads((loans / "trained_model.json").read_text())
    (loans / "trained_model.json").write_text(json.dumps(model | {"ml_frameworks": ["Caffe"]}))
    assert tec("check", loans, "--baseline", tmp_path / "old.json").status == 1


@pytest.mark.parametrize("content", ["", "{}", '{"version": "1.2"}'])
def test_a_baseline_that_is_none_is_bad_input(tec: Tec, triage: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "old.json").write_text(content)
    ran = tec("check", triage, "--baseline", tmp_path / "old.json")
    assert (ran.status, ran.out) == (2, "")
    assert "old.json: " in ran.err
    assert tec("check", triage, "--baseline", tmp_path / "none.json").status == 2


def test_every_format_can_be_written_into_a_file_of_its_own(tec: Tec, triage: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"out.{name}" for name in format_names()}
    ran = tec("check", triage, *(f"--format={name}={file}" for name, file in files.items()))
    assert ran.status == 1
    assert ran.out == tec("check", triage).out
    for name, file in files.items():
        assert file.read_bytes().decode() == tec("check", triage, "--format", name).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "docx"), "“docx” is not a format; known: "),
        (("--format", "json="), "“json=” names no file; write json=FILE"),
        (("--format", "json", "--format", "text"), "only one format can be written to stdout"),
        (("--format", "json=a", "--format", "text=a"), "two formats cannot be written to one file, a"),
        (("--format", "json=a", "--output", "a"), "two formats cannot be written to one file, a"),
        (("--fix", "--format", "json"), "--fix shows differences only"),
    ],
)
def test_outputs_that_cannot_be_are_a_mistake(
    tec: Tec, triage: Path, arguments: tuple[str, ...], words: str
) -> None:
    ran = tec("check", triage, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_an_output_that_cannot_be_written_is_one_line(tec: Tec, triage: Path) -> None:
    ran = tec("check", triage, "--output", triage / "no" / "such.json", "--format", "json")
    assert ran.status == 2
    assert ran.err.splitlines()[-1].startswith("tec: ")
    assert "No such file or directory" in ran.err
