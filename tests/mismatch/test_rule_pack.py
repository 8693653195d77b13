"""The digest of the rules changes when, and only when, something that decides about findings changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import descriptors
import mismatch
from mismatch import rule_pack


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Copies of the two packages that may be changed."""
    copies = []
    for package in (mismatch, descriptors):
        root = tmp_path / package.__name__
        shutil.copytree(package.__path__[0], root, ignore=shutil.ignore_patterns("__pycache__", "ml-*"))
        copies.append(SimpleNamespace(__name__=package.__name__, __path__=[str(root)]))
    monkeypatch.setattr(
        rule_pack,
        "SOURCES",
        tuple((copies[package is descriptors], pattern) for package, pattern in rule_pack.SOURCES),
    )
    monkeypatch.setattr(rule_pack, "mismatch", copies[0])
    return tmp_path


def test_it_is_the_same_wherever_the_project_lies(packages):
    assert rule_pack.rules_digest.__wrapped__() == rule_pack.rules_digest()


@pytest.mark.parametrize(
    "path",
    [
        "mismatch/engine.py",
        "mismatch/required.py",
        "mismatch/rules/__init__.py",
        "descriptors/guides/raw_data.toml",
        "descriptors/upgrades/__init__.py",
    ],
)
def test_a_change_of_what_decides_about_findings_changes_it(packages, path):
    with Path(packages, path).open("a") as file:
        file.write("\n# changed\n")

    assert rule_pack.rules_digest.__wrapped__() != rule_pack.rules_digest()


@pytest.mark.parametrize("path", ["mismatch/models.py", "mismatch/tasks.py", "descriptors/models.py"])
def test_a_change_elsewhere_does_not(packages, path):
    with Path(packages, path).open("a") as file:
        file.write("\n# changed\n")

    assert rule_pack.rules_digest.__wrapped__() == rule_pack.rules_digest()
