"""Plug-ins: a real distribution, installed in a folder of its own, seen by a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "own-rules.md").read_text("utf-8")
EXAMPLE = DOCS.partition("```python\n")[2].partition("```")[0]
DOCUMENTS = {"raw_data": {"version": "1.2", "data_sources": [{"data_source": "camera 3"}]}}

SHOW = f"""
import json
from mismatch.engine import RULES, check
from mismatch.rule_pack import rules_digest
from mismatch.showing.rule_pages import markdown, page
report = check({DOCUMENTS!r})
print(json.dumps({{
    "found": [each.as_json() for each in report.findings if each.code.startswith("ACME")],
    "outcomes": dict(report.outcomes), "problems": report.problems, "digest": rules_digest(),
    "documented": "ACME" in markdown(), "rules": len(RULES),
    "page": list(page("ACME-1")) if "camera-without-lens" in RULES else [],
}}))
"""


def installed(folder: Path, source: str = EXAMPLE, value: str = "acme_tec:pack", name: str = "acme") -> Path:
    """A distribution as pip leaves it: a module, and its dist-info."""
    info = folder / f"{name}_tec-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-tec\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[tec.rules]\n{name} = {value}\n")
    (folder / f"{value.partition(':')[0]}.py").write_text(source)
    return folder


def python(folder: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [str(ROOT), *([str(folder)] if folder else [])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )


def shown(folder: Path | None) -> dict:
    ran = python(folder, "-c", SHOW)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_example_of_the_documentation_runs_like_any_rule(tmp_path):
    without, found = shown(None), shown(installed(tmp_path))

    assert [each["message"] for each in found["found"]] == ["“camera 3” names no lens."]
    assert found["found"][0]["places"][0]["pointer"] == "/data_sources/0/data_source"
    assert (found["outcomes"]["ACME-1"], found["problems"]) == ("fail", [])
    assert "Our handbook of cameras." in found["page"]
    assert found["rules"] == without["rules"] + 1
    assert found["digest"] != without["digest"]
    assert not found["documented"]


def test_its_source_is_part_of_what_identifies_a_check(tmp_path):
    one = shown(installed(tmp_path / "a"))
    other = shown(installed(tmp_path / "b", EXAMPLE.replace("names no lens", "has no lens")))

    assert one["digest"] != other["digest"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("from mismatch.reading import", "import nothing_of_that_name\nfrom mismatch.reading import", "The plug-in acme-tec 1.0 cannot be loaded: ModuleNotFoundError"),
        ("pack = Pack()", "import sys\npack = Pack()\nsys.exit(3)", "cannot be loaded"),
        ("pack = Pack()", "pack = Pack()\nother = 1", None),
        ('code="ACME-1"', 'code="TEC-1"', "The rule TEC-1 of the plug-in acme-tec 1.0 needs a code of its own shape"),
        ('code="ACME-1"', 'code="U1"', "needs a code of its own shape"),
        ('"camera-without-lens"', '"goal-without-metric"', "has a slug or code that another rule has already"),
        ('severity="minor"', 'severity="bad"', "has the severity “bad”, which does not exist"),
        ("(raw_data)", "(pictures)", "reads “pictures”, which is no descriptor"),
        ('name = text(row, "data_source")', "raise KeyError(number)", "The rule ACME-1 of the plug-in acme-tec 1.0 failed: KeyError: 0."),
        ('("raw_data", "data_sources", number, "data_source")', '7', "failed: TypeError"),
    ],
)  # fmt: skip
def test_what_fails_is_said_and_stops_nothing(tmp_path, old, new, words):
    assert old in EXAMPLE
    found = shown(installed(tmp_path, EXAMPLE.replace(old, new)))

    assert found["outcomes"]["TEC-1"]
    assert ([] if words is None else [True]) == [words in each for each in found["problems"] if words]


def test_two_plug_ins_with_one_code_keep_the_first(tmp_path):
    installed(tmp_path)
    other = EXAMPLE.replace("camera-without-lens", "lens-without-camera")
    found = shown(installed(tmp_path, other, "beta_tec:pack", "beta"))

    assert len(found["problems"]) == 1
    assert "plug-in beta-tec 1.0 has a slug or code that another rule has already" in found["problems"][0]


def test_a_rule_cannot_change_what_others_read(tmp_path):
    wild = EXAMPLE.replace('name = text(row, "data_source")', 'row.clear(); name = ""')

    assert shown(installed(tmp_path, wild))["problems"] == []
    assert shown(installed(tmp_path / "x", wild))["outcomes"] | {"ACME-1": ""} == shown(None)["outcomes"] | {
        "ACME-1": ""
    }


def test_the_command_line_says_what_failed_on_stderr(tmp_path):
    folder = installed(tmp_path, EXAMPLE.replace("pack = Pack()", "pack = 1"))
    file = tmp_path / "raw_data.json"
    file.write_text(json.dumps(DOCUMENTS["raw_data"]))
    ran = python(
        folder, "-c", "import sys; from tec.cli import main; sys.exit(main(sys.argv[1:]))", "check", str(file)
    )

    assert ran.returncode in (0, 1)
    assert "The plug-in acme-tec 1.0 cannot be loaded" in " ".join(ran.stderr.split())


def test_without_plug_ins_the_machinery_of_distributions_is_not_loaded():
    ran = python(None, "-c", "import sys, mismatch.engine; sys.exit('importlib.metadata' in sys.modules)")

    assert ran.returncode == 0, ran.stderr
