"""`tec check`: what it reads, prints and exits with."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS
from descriptors.reading import read_path
from descriptors.writing import bundle, document_bytes, project_zip
from mismatch.engine import check
from mismatch.findings import SEVERITIES
from tec.strictjson import digest
from tests.hostile import archives, json_texts
from tests.hostile.archives import HostileArchive
from tests.hostile.json_texts import Hostile
from tests.tec.cli.conftest import EXAMPLES, Tec


def result_of(out: str) -> Any:
    return json.loads(out)


def test_a_clean_project_exits_with_0_and_says_so_in_words(tec: Tec, loans: Path) -> None:
    ran = tec("check", loans, *(f"--rule={code}" for code in ("TEC-1", "TEC-2", "TEC-16")))
    assert ran.status == 0
    last = " ".join(ran.out.split("\n\n")[-1].split())
    assert last.startswith("Clean: ")
    assert " rules over 8 documents found nothing that does not fit together." in last
    assert ran.err == "tec: ignored, being no descriptors: expected.json\n"


def test_findings_exit_with_1(tec: Tec, triage: Path) -> None:
    ran = tec("check", triage)
    assert ran.status == 1
    assert "CRITICAL" in ran.out
    assert f"{triage}/trained_model.json:" in ran.out
    assert "Absent: Production Environment." in " ".join(ran.out.split())


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_the_json_is_what_the_engine_found(tec: Tec, example: str) -> None:
    documents = read_path(str(EXAMPLES / example)).documents
    result = result_of(tec("check", EXAMPLES / example, "--format", "json", "--today", "2025-06-30").out)
    from datetime import date

    report = check(documents, today=date(2025, 6, 30))
    assert list(result) == ["format", "findings", "outcomes", "counts", "documents"]
    assert result["format"] == 1
    assert result["findings"] == [finding.as_json() for finding in report.findings]
    assert result["outcomes"] == report.outcomes
    assert result["counts"] == report.counts()
    assert list(result["documents"]) == list(DESCRIPTORS)
    for name, known in result["documents"].items():
        body = documents.get(name)
        assert known == (body and {"schema_version": body["version"], "digest": digest(body)})


def test_the_same_project_gives_the_same_result_as_folder_zip_bundle_and_stream(
    tec: Tec, triage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_path(str(triage))
    (tmp_path / "p.zip").write_bytes(project_zip(read.project, read.documents))
    (tmp_path / "p.json").write_bytes(document_bytes(bundle(read.project, read.documents)))
    (tmp_path / "flat.json").write_bytes(document_bytes(read.documents))
    paths = [triage, tmp_path / "p.zip", tmp_path / "p.json", tmp_path / "flat.json"]
    results = [result_of(tec("check", path, "--format", "json").out) for path in paths]
    stream = io.TextIOWrapper(io.BytesIO((tmp_path / "p.json").read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    results.append(result_of(tec("check", "-", "--format", "json").out))
    assert all(result == results[0] for result in results)


def test_lines_point_into_a_bundle(tec: Tec, triage: Path, tmp_path: Path) -> None:
    read = read_path(str(triage))
    path = tmp_path / "b.json"
    path.write_bytes(document_bytes(bundle(read.project, read.documents)))
    out = tec("check", path).out
    lines = path.read_text().splitlines()
    shown = re.findall(re.escape(f"{path}:") + r"(\d+)\n\s+/(\S+)", out)
    assert shown
    members = [(lines[int(number) - 1], tokens.rpartition("/")[2]) for number, tokens in shown]
    assert [key for line, key in members if not key.isdigit() and f'"{key}"' not in line] == []


@pytest.mark.parametrize("fail_on", [*SEVERITIES, "never"])
def test_fail_on_sets_the_limit(tec: Tec, triage: Path, loans: Path, fail_on: str) -> None:
    assert tec("check", triage, "--fail-on", fail_on).status == (fail_on != "never")
    assert tec("check", loans, "--fail-on", fail_on).status == (fail_on == "info")


def test_the_limit_lies_between_severities(tec: Tec, tmp_path: Path) -> None:
    (tmp_path / "raw_data.json").write_bytes(b'{"version": "1.2"}')
    worst = result_of(tec("check", tmp_path, "--format", "json").out)["findings"][0]["severity"]
    at = SEVERITIES.index(worst)
    statuses = [tec("check", tmp_path, "--fail-on", severity).status for severity in SEVERITIES]
    assert statuses == [int(place >= at) for place in range(4)]


def test_rule_limits_the_check_to_some_rules(tec: Tec, triage: Path) -> None:
    every = result_of(tec("check", triage, "--format", "json").out)["findings"]
    some = result_of(
        tec("check", triage, "--format", "json", "--rule", "tec-16, PE-00", "--rule", "TEC-5C").out
    )
    assert {finding["code"] for finding in some["findings"]} == {"TEC-16", "PE-00", "TEC-5C"}
    assert some["findings"] == [
        finding for finding in every if finding["code"] in ("TEC-16", "PE-00", "TEC-5C")
    ]
    assert set(some["outcomes"]) == {"TEC-16", "TEC-5C"}


def test_an_unknown_rule_is_bad_input(tec: Tec, loans: Path) -> None:
    ran = tec("check", loans, "--rule", "TEC-99X")
    assert ran.status == 2
    assert ran.out == ""
    assert "There is no rule “TEC-99X”." in ran.err
    assert "“tec rules” lists them all." in ran.err


def test_a_date_that_is_none_is_bad_input(tec: Tec, loans: Path) -> None:
    ran = tec("check", loans, "--today", "31.12.2025")
    assert ran.status == 2
    assert "write it as 2025-12-31" in ran.err


def test_a_single_descriptor_is_checked_alone(tec: Tec, loans: Path) -> None:
    result = result_of(tec("check", loans / "trained_model.json", "--format", "json").out)
    assert [name for name, known in result["documents"].items() if known] == ["trained_model"]


def test_an_old_version_is_checked_without_being_changed(tec: Tec, tmp_path: Path) -> None:
    path = tmp_path / "system_context.json"
    path.write_bytes(b'{"version": "1.0", "business_goals": [{"id": "BG-01", "goal": "Less waste"}]}')
    before = path.read_bytes()
    ran = tec("check", path, "--format", "json")
    assert result_of(ran.out)["documents"]["system_context"]["schema_version"] == "1.0"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["{}", "null"])
def test_empty_documents_alone_are_nothing_to_check(tec: Tec, tmp_path: Path, content: str) -> None:
    (tmp_path / "raw_data.json").write_text(content)
    ran = tec("check", tmp_path)
    assert ran.status == 2
    assert "all documents in it are empty" in ran.err


def test_colours_are_for_terminals_unless_somebody_insists(
    tec: Tec, triage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in tec("check", triage).out
    assert "\x1b" not in tec("check", triage, "--color", "never").out
    assert "\x1b[1;31mCRITICAL" in tec("check", triage, "--colour=always").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[1;31mCRITICAL" in tec("check", triage).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in tec("check", triage).out


def test_the_width_of_the_terminal_is_used(tec: Tec, triage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in tec("check", triage).out.splitlines() if "/" not in line) <= 60
    monkeypatch.setenv("COLUMNS", "100")
    assert 80 < max(len(line) for line in tec("check", triage).out.splitlines() if "/" not in line) <= 100


def test_values_cannot_steer_the_terminal(tec: Tec, tmp_path: Path) -> None:
    goal = "\\u001b]0;owned\\u0007 \\u202e \\u009b2J"
    context = f'{{"version": "1.2", "goals": [{{"id": "{goal}", "goal": "{goal}"}}]}}'
    (tmp_path / "system_context.json").write_text(context)
    (tmp_path / "trained_model.json").write_text('{"version": "1.2"}')
    out = tec("check", tmp_path, "--rule", "TEC-1").out
    assert "owned" in out
    assert not set(out) & {"\x1b", "\x07", "\u202e", "\x9b"}


# Bad input: exit 2, file, place and remedy on stderr, nothing on stdout


@pytest.mark.parametrize("hostile", json_texts.REFUSED, ids=lambda hostile: hostile.id)
def test_hostile_json_is_refused_in_one_line(tec: Tec, tmp_path: Path, hostile: Hostile) -> None:
    path = tmp_path / "raw_data.json"
    path.write_bytes(hostile.data)
    for given in (path, tmp_path):
        ran = tec("check", given)
        assert ran.status == 2
        assert ran.out == ""
        assert ran.err.startswith(f"tec: {path}")
        assert ran.err.count("\n") == 1
        assert "Traceback" not in ran.err
        if hostile.code != "too_large":  # where the file's own limit speaks first
            assert [words for words in hostile.words if words not in ran.err] == []


@pytest.mark.parametrize("hostile", archives.REFUSED, ids=lambda hostile: hostile.id)
def test_a_hostile_archive_is_refused_in_one_line(tec: Tec, tmp_path: Path, hostile: HostileArchive) -> None:
    path = tmp_path / "loans.zip"
    path.write_bytes(hostile.data)
    ran = tec("check", path)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(f"tec: {path}")
    assert ran.err.count("\n") == 1
    assert [words for words in hostile.words if words not in ran.err] == []
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere", "no such file or folder"), ("empty", "holds no descriptors"), ("\x1b[31m", "\\x1b[31m")],
)
def test_a_path_without_descriptors_is_refused_in_one_line(
    tec: Tec, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "empty").mkdir()
    ran = tec("check", tmp_path / name)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert words in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused_in_one_line(tec: Tec, tmp_path: Path) -> None:
    path = tmp_path / "raw_data.json"
    path.write_bytes(b"{}")
    path.chmod(0)
    ran = tec("check", tmp_path)
    assert ran.status == 2
    assert "you may not read it" in ran.err


def test_a_stream_of_nothing_is_refused(tec: Tec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    ran = tec("check", "-")
    assert ran.status == 2
    assert ran.err == "tec: standard input: it is empty. Give a JSON document; the smallest is {}.\n"
