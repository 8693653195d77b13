"""The examples of docs/api.md do what they say, on a server that really listens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mismatch.models import Check, DryRun
from mismatch.services.execute_check import execute_check
from mismatch.services.try_own_rule import execute_dry_run
from tec.accounts.tokens import create_token
from tec.projects.models import Project
from tests.factories import make_user

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "api.md"
BLOCK = re.compile(r"^```(sh|python)( tecapi\.py)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(kind, file.strip(), text) for kind, file, text in BLOCK.findall(DOCUMENT.read_text("utf-8"))]


def test_every_task_has_both_an_example_in_curl_and_one_in_python() -> None:
    for task in DOCUMENT.read_text("utf-8").split("\n## ")[1:-3]:
        kinds = {kind for kind, _, _ in BLOCK.findall(task)}
        assert kinds == {"sh", "python"}, task.partition("\n")[0]


def test_no_example_in_python_is_long() -> None:
    for kind, file, text in BLOCKS:
        assert kind != "python" or file or len(text.strip().splitlines()) <= 11, text


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_examples_run(live_server, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("mismatch.services.start_check.wake", at_once)
    monkeypatch.setattr("mismatch.services.try_own_rule.wake", tried_at_once)
    _, token = create_token(user=make_user(), name="docs", days=1, writes=True)
    env = {"PATH": os.environ["PATH"], "TEC_URL": live_server.url, "TEC_TOKEN": token, "LANG": "C.UTF-8"}
    for kind, file, text in BLOCKS:
        if file:
            (tmp_path / file).write_text(text)
        elif not text.startswith("export "):
            command = ["bash", "-euo", "pipefail", "-c"] if kind == "sh" else [sys.executable, "-c"]
            done = subprocess.run(
                [*command, text], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
            )
            assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"

    project = Project.objects.get(slug="credit-scoring")
    revisions = project.documents.get(descriptor="raw_data").revisions
    assert [each.origin for each in revisions.order_by("number")] == ["api", "api", "restore"]
    assert project.checks.get().state == "done"
    assert project.findings.exclude(decision=None).exists()


def tried_at_once(run: DryRun) -> bool:
    execute_dry_run(row_id=run.pk)
    return True


def at_once(check: Check) -> bool:
    """In place of a worker that is told."""
    execute_check(check_id=check.pk)
    return True
