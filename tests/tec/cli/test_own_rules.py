"""`tec check` with rules of one's own in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mismatch.own.test_rules import YAML


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "system_context.json").write_text('{"version": "1.2", "task": "Alchemy"}')
    (tmp_path / "tec-rules.yaml").write_text(YAML)
    return tmp_path


def test_a_file_beside_the_descriptors_counts(tec, folder):
    report = json.loads(tec("check", folder, "--format", "json").out)

    assert report["outcomes"]["U7"] == "fail"
    assert "“Alchemy” is no task that we have." in [each["message"] for each in report["findings"]]
    assert report["profile"]["own"][0]["code"] == "U7"


def test_none_leaves_it_alone(tec, folder):
    assert "U7" not in json.loads(tec("check", folder, "--rules", "none", "--format", "json").out)["outcomes"]


def test_a_rule_of_ones_own_may_be_chosen_and_switched_off(tec, folder):
    only = json.loads(tec("check", folder, "--rule", "U7", "--format", "json").out)
    (folder / "tec.toml").write_text('[rules.U7]\nenabled = false\nreason = "Not yet."')
    without = json.loads(tec("check", folder, "--format", "json").out)

    assert [each["code"] for each in only["findings"]] == ["U7"]
    assert "U7" not in without["outcomes"]


def test_a_mistake_ends_the_check_with_its_line(tec, folder):
    (folder / "tec-rules.yaml").write_text(YAML.replace("one-of", "matches"))
    result = tec("check", folder)

    assert result.status == 2
    assert "tec-rules.yaml, line 7: “matches” is no operator." in " ".join(result.err.split())


@pytest.mark.parametrize("name", ["sarif", "junit", "markdown", "github", "text"])
def test_every_format_takes_it(tec, folder, name):
    assert "U7" in tec("check", folder, "--format", name).out
