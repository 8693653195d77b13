"""Every setting is documented, and nothing is documented that is not a setting."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.workers import ROOT

READERS = re.compile(
    r"""(?:env\.\w+|secret|environ\.get|environ\.setdefault)\(\s*"([A-Z][A-Z0-9_]+)"|environ\["([A-Z][A-Z0-9_]+)"\]"""
)
NOT_OURS = {
    "DJANGO_SETTINGS_MODULE",
    "CELERY_SKIP_CHECKS",
    "GIT_PYTHON_REFRESH",
    *("COLUMNS", "NO_COLOR", "TERM", "HOME", "PATH", "LANG", "LC_ALL", "PYTHONPATH"),
}
"""Read from the environment by custom, not settings of TEC."""


def used_by_the_code() -> set[str]:
    found = {"TEC_SUPERVISED"}  # by a constant
    sources = [
        path for package in ("tec", "descriptors", "mismatch") for path in (ROOT / package).rglob("*.py")
    ]
    for path in [*sources, *(ROOT / "tests").rglob("conftest.py")]:
        if "ml-mismatch-descriptors" not in path.parts:
            found |= {a or b for a, b in READERS.findall(path.read_text())}
    return found - NOT_OURS


def used_by_compose() -> set[str]:
    text = (ROOT / "docker-compose.yml").read_text()
    return set(re.findall(r"\$\{([A-Z_]+)", text)) | set(
        re.findall(r"^\s+((?:TEC|SECRET)_[A-Z_]+):", text, re.MULTILINE)
    )


def documented() -> set[str]:
    rows = re.findall(r"^\|([^|]+)\|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def test_every_variable_that_is_read_is_documented():
    assert (used_by_the_code() | used_by_compose()) - documented() == set()


def test_every_variable_that_is_documented_is_read():
    for_tests = {"TEC_UPSTREAM_SCHEMAS", "TEC_TEST_REQUIRE"}

    assert documented() - used_by_the_code() - used_by_compose() - for_tests == set()


def test_whatever_sets_up_the_site_reaches_the_containers():
    set_up = {a or b for a, b in READERS.findall((ROOT / "tec/settings.py").read_text())}
    elsewhere = {"TEC_DEBUG", "TEC_VAR_DIR", "TEC_QUEUE"}  # for developers; set in the image; one Redis each

    passed_on = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["x-tec"]["environment"]

    assert set_up - set(passed_on) - elsewhere == set()


def test_the_example_for_compose_names_what_compose_takes():
    text = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)) == used_by_compose() - {
        "DATABASE_URL",
        "REDIS_URL",
    }


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_the_example_for_compose_holds_no_secret(name):
    assert re.search(rf"^{name}=$", (ROOT / ".env.example").read_text(), re.MULTILINE)
