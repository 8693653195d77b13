"""`tec check` by a profile: tec.toml beside the descriptors, or the one that is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tec.cli.conftest import Tec

OFF = '[profile]\nname = "Pilot"\n\n[rules.TEC-3A]\nenabled = false\nreason = "The adapter is planned."\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The emergency triage example, by itself."""
    source = Path(__file__).resolve().parents[3] / "examples" / "emergency-triage"
    for file in source.glob("*.json"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def checked(tec: Tec, folder: Path, *options: str) -> dict:
    return json.loads(tec("check", str(folder), "--format", "json", *options).out)


def codes(report: dict) -> set[str]:
    return {finding["code"] for finding in report["findings"]}


def test_without_one_the_report_is_as_ever(tec, folder):
    assert "profile" not in checked(tec, folder)


def test_a_tec_toml_beside_the_descriptors_counts(tec, folder):
    before = checked(tec, folder)
    (folder / "tec.toml").write_text(OFF)
    after = checked(tec, folder)

    assert codes(before) - codes(after) == {"TEC-3A"}
    assert "TEC-3A" not in after["outcomes"]
    assert after["profile"]["name"] == "Pilot"
    assert len(after["profile"]["digest"]) == 64
    assert after["profile"]["rules"] == [
        {
            "rule": "output-type-mismatch",
            "code": "TEC-3A",
            "usual": "critical",
            "enabled": False,
            "severity": "",
            "params": {},
            "reason": "The adapter is planned.",
            "origin": "",
        }
    ]


def test_one_that_is_named_counts_instead(tec, folder):
    (folder / "tec.toml").write_text(OFF)
    other = folder / "other.toml"
    other.write_text("")

    assert "TEC-3A" in codes(checked(tec, folder, "--profile", str(other)))
    assert "TEC-3A" in codes(checked(tec, folder, "--profile", "none"))


def test_beside_a_single_file_it_counts_as_well(tec, folder):
    (folder / "tec.toml").write_text('[rules.TM-00]\nenabled = false\nreason = "Later."')

    assert "TM-00" not in codes(checked(tec, folder / "system_context.json"))


def test_the_text_says_what_is_off_and_that_it_is_critical(tec, folder):
    (folder / "tec.toml").write_text(OFF)

    text = " ".join(tec("check", str(folder)).out.split())

    assert "By the profile “Pilot”: 1 rule is off: TEC-3A; critical among them: TEC-3A." in text


def test_the_exit_status_is_that_of_the_severities_by_the_profile(tec, folder):
    report = checked(tec, folder)
    serious = {f["code"] for f in report["findings"] if f["severity"] in ("critical", "major")}
    assert tec("check", str(folder)).status == 1
    (folder / "tec.toml").write_text(
        "\n".join(f'[rules.{code}]\nseverity = "minor"\nreason = "x"' for code in serious)
    )

    assert tec("check", str(folder)).status == 0


def test_a_mistake_ends_the_check_with_its_line(tec, folder):
    (folder / "tec.toml").write_text('[rules.TEC-3A]\n\nseverity = "bad"\nreason = "x"')

    result = tec("check", str(folder))

    assert result.status == 2
    assert result.out == ""
    assert "tec.toml, line 3: “bad” is no severity. Known: critical, major, minor, info." in " ".join(
        result.err.split()
    )


def test_a_profile_that_is_not_there_is_said_so(tec, folder):
    result = tec("check", str(folder), "--profile", str(folder / "nothing.toml"))

    assert result.status == 2
    assert "there is no such file" in result.err


def test_fixes_are_proved_by_the_profile(tec, folder):
    (folder / "tec.toml").write_text(OFF)

    assert tec("check", str(folder), "--fix").status in (0, 1)
