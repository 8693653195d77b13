"""What `make` does before anything of ours can run: finding Python, installing once, saying what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.workers import ROOT


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of what `make` looks at, with a virtual environment whose Python only notes what it is asked."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/.made").touch()
    program(tmp_path / ".venv/bin/python", 'echo "$@" >> calls')
    return tmp_path


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    # What a surrounding make was told must not reach this one.
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text().splitlines()


def test_help_names_every_target(folder):
    output = make(folder, "help").stdout

    for target in ("help", "run", "demo", "test", "check", "lint", "clean"):
        assert f"  make {target} " in output
    assert make(folder).stdout == output


def test_packages_are_installed_once(folder):
    make(folder, "run")
    make(folder, "run")

    installing, *running = calls(folder)
    assert installing.endswith("install -r requirements.txt -e .")
    assert running == ["-m tec.run"] * 2


def test_packages_are_installed_again_when_the_files_that_name_them_change(folder):
    make(folder, "test")
    with (folder / "requirements-dev.txt").open("a") as file:
        file.write("another\n")
    make(folder, "test", "ARGS=-x")

    assert [call.rpartition("install ")[2] for call in calls(folder)] == [
        "-r requirements-dev.txt -e .",
        "-m pytest",
        "-r requirements-dev.txt -e .",
        "-m pytest -x",
    ]


def test_packages_that_could_not_be_installed_are_tried_again(folder):
    program(folder / ".venv/bin/python", 'echo "$@" >> calls; exit 1')

    assert make(folder, "run").returncode == 2
    assert make(folder, "run").returncode == 2
    assert all("install" in call for call in calls(folder))
    assert len(calls(folder)) == 2


def test_the_port_is_handed_on(folder):
    program(folder / ".venv/bin/python", 'echo "$PORT" >> calls')

    make(folder, "run", "PORT=4000")

    assert calls(folder)[-1] == "4000"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            'case "$2" in *version_info*) exit 1;; esac',
            "TEC needs Python 3.11 or newer, and “{python}” is not one.",
        ),
        ("exit 127", "TEC needs Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "On Debian and Ubuntu: apt-get install python3-venv"),
    ],
)
def test_a_python_that_does_not_do_is_said_in_one_line(folder, tmp_path, script, said):
    shutil.rmtree(folder / ".venv")
    python = program(tmp_path / "my-python", script)

    result = make(folder, "run", f"PYTHON={python}")

    assert result.returncode == 2
    assert said.format(python=python) in result.stderr.splitlines()[0]


def test_a_virtual_environment_is_made_where_there_is_none(folder, tmp_path):
    shutil.rmtree(folder / ".venv")
    python = program(
        tmp_path / "my-python",
        'if [ "$2" = venv ]; then mkdir -p $3/bin; cp "$0" $3/bin/python; fi; echo "$@" >> calls',
    )

    assert make(folder, "run", f"PYTHON={python}").returncode == 0

    assert [call.split(" -")[0] for call in calls(folder)[2:3]] == ["-m venv .venv"]
    assert calls(folder)[-1] == "-m tec.run"


def test_cleaning_keeps_data(folder):
    (folder / "var").mkdir()
    (folder / "var/tec.sqlite3").touch()

    make(folder, "clean")

    assert (folder / "var/tec.sqlite3").exists()
    assert not (folder / ".venv").exists()


def test_what_ci_runs_is_a_script_without_mistakes_in_its_grammar():
    script = ROOT / ".ci/run"

    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert script.read_text().rstrip().splitlines()[-1].strip().startswith('env "${services[@]}"')
