"""The digest of the rules changes when, and only when, something that decides about findings changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mismatch.rule_pack import ROOT, digest_of, files_of, rules_digest


@pytest.fixture
def copy(tmp_path):
    """A copy of the three packages that may be changed."""
    for package in ("mismatch", "descriptors", "tec"):
        ignored = shutil.ignore_patterns("__pycache__", "ml-*", "schemas")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    return tmp_path


def test_it_is_the_same_wherever_the_project_lies(copy):
    assert digest_of(copy) == rules_digest()


@pytest.mark.parametrize(
    "path",
    [
        "mismatch/engine.py",
        "mismatch/required/__init__.py",
        "mismatch/findings.py",
        "mismatch/rules/__init__.py",
        "descriptors/guides/raw_data.toml",
        "descriptors/upgrades/__init__.py",
        "tec/pointers.py",
    ],
)
def test_a_change_of_what_decides_about_findings_changes_it(copy, path):
    with Path(copy, path).open("a") as file:
        file.write("\n# changed\n")

    assert digest_of(copy) != rules_digest()


@pytest.mark.parametrize(
    "path", ["mismatch/models.py", "mismatch/tasks.py", "descriptors/models.py", "tec/settings.py"]
)
def test_a_change_elsewhere_does_not(copy, path):
    with Path(copy, path).open("a") as file:
        file.write("\n# changed\n")

    assert digest_of(copy) == rules_digest()


def test_a_new_rule_changes_it(copy):
    (copy / "mismatch/rules/brand_new.py").touch()

    assert digest_of(copy) != rules_digest()


def test_it_covers_every_module_that_a_check_loads():
    program = (
        "import sys; from mismatch import engine; engine.check({'raw_data': {'version': '1.0'}});"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] in"
        " ('mismatch', 'descriptors', 'tec') and getattr(m, '__file__', None)], sep='\\n')"
    )
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # Packages that are empty but for their docstring need not be named by those who import from them.
    loaded = {Path(line) for line in output.stdout.split() if Path(line).name != "__init__.py"}

    assert loaded > set()
    assert loaded <= set(files_of(ROOT))
