"""The commands of docs/ci.md and the hooks of pre-commit, taken out of their files and run for real.

Only `pip install` is left out: the command is installed already, and a build would fetch it from elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connections

from descriptors.catalogue import DESCRIPTORS
from mismatch.models import Check, State
from mismatch.services.execute_check import execute_check
from tec.accounts.tokens import create_token
from tests.factories import make_project, make_user
from tests.tec.cli.conftest import EXAMPLES
from tests.workers import ROOT

TEXT = (ROOT / "docs/ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)( server)?\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
SHELL = [block for kind, server, block in BLOCKS if kind == "sh" and not server]
SERVER = [block for kind, server, block in BLOCKS if kind == "sh" and server]
FILES = [yaml.safe_load(block) for kind, _, block in BLOCKS if kind == "yaml"]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def installed(command: str) -> bool:
    return command.startswith("pip install")


GITHUB = [step["run"] for step in FILES[0]["jobs"]["tec"]["steps"] if "run" in step]
GITLAB = FILES[1]["tec"]["script"]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A repository with two commits whose descriptors are in order."""
    folder = tmp_path / "build"
    descriptors = Path(shutil.copytree(EXAMPLES / "consumer-loan-default", folder / "descriptors"))
    (descriptors / "expected.json").unlink()
    for command in ("git init -q", "git add .", "git commit -q -m One", "git commit -q --allow-empty -m Two"):
        run(folder, command)
    return folder


def run(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """*command* as a build runs it: a shell that stops at the first failure."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEC_", "GIT_"))}
    identity = {
        f"GIT_{who}_{what}": "ci@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {
        **kept,
        **identity,
        "PATH": path,
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        **more,
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def passed(folder: Path, command: str, **more: str) -> None:
    done = run(folder, command, **more)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_a_build_that_is_in_order_passes_everywhere(build: Path) -> None:
    for command in [*SHELL, *GITHUB, *GITLAB]:
        if not installed(command):
            passed(build, command)
    assert (build / "summary.md").read_text().startswith("# What does not fit")
    assert json.loads((build / "tec.sarif").read_text())["version"] == "2.1.0"
    assert (build / "tec-junit.xml").read_text().startswith("<?xml")
    assert (build / "tec-diff.md").read_text().startswith("# What changed")


@pytest.mark.parametrize("commands", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_a_new_contradiction_stops_the_build(build: Path, commands: list[str]) -> None:
    passed(build, SHELL[0])
    path = build / "descriptors/trained_model.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"ml_frameworks": ["Caffe"]}))
    (check,) = [command for command in commands if "tec check" in command]
    done = run(build, check)
    assert done.returncode == 1
    assert "Caffe" in done.stdout
    assert (build / "tec-junit.xml").exists()


def test_what_the_snippets_upload_is_what_they_write() -> None:
    written = set(re.findall(r"--format \w+=(\S+)", "\n".join(GITHUB)))
    steps = FILES[0]["jobs"]["tec"]["steps"]
    assert {step["with"]["sarif_file"] for step in steps if "sarif_file" in step.get("with", {})} <= written
    written = set(re.findall(r"--format \w+=(\S+)", "\n".join(GITLAB)))
    artifacts = FILES[1]["tec"]["artifacts"]
    assert {artifacts["reports"]["junit"], *artifacts["paths"]} == written


# Against a server


@pytest.fixture
def remote(live_server: Any) -> Iterator[dict[str, str]]:
    """A project on a server whose checks are made as they come, and what a build knows of it."""
    owner = make_user()
    project = make_project(owner=owner)
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.1):
            for check in Check.objects.filter(state=State.QUEUED):
                execute_check(check_id=check.pk)
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    token = create_token(user=owner, name="ci", days=1, writes=True)[1]
    yield {"TEC_SERVER": live_server.url, "TEC_PROJECT": project.slug, "TEC_TOKEN": token}
    stop.set()
    worker.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_commands_for_a_server_pass_against_one(build: Path, remote: dict[str, str]) -> None:
    decisions, push, pull = SERVER
    passed(build, push, **remote)
    passed(build, decisions, **remote)
    passed(build, pull, **remote)
    assert (build / "descriptors/tec-ignore.yaml").read_text().endswith("ignore: []\n")
    passed(build, "tec check descriptors")


# pre-commit


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
    wanted = re.compile(HOOKS["tec-validate"]["files"])
    assert all(wanted.search(f"a/b/{name}.json") for name in DESCRIPTORS)
    assert not wanted.search("package.json")
    assert {hook["id"] for hook in FILES[2]["repos"][0]["hooks"]} == set(HOOKS)


def test_the_hooks_do_what_they_say(build: Path) -> None:
    validate, check = HOOKS["tec-validate"], HOOKS["tec-check"]
    passed(build, f"{validate['entry']} descriptors/raw_data.json descriptors/trained_model.json")
    passed(build / "descriptors", " ".join([check["entry"], *check["args"]]))
    (configured,) = [hook["args"] for hook in FILES[2]["repos"][0]["hooks"] if "args" in hook]
    passed(build, " ".join([check["entry"], *configured]))
    (build / "descriptors/raw_data.json").write_text("{")
    assert run(build, f"{validate['entry']} descriptors/raw_data.json").returncode == 2
