"""Runs the command line inside the test process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tec.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Tec = Callable[..., Ran]


@pytest.fixture
def tec(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tec:
    """`tec("check", path)` → exit status, stdout, stderr; 80 columns, no colours."""
    for name in ("COLUMNS", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Ran:
        status = main([str(argument) for argument in arguments])
        return Ran(status, *capfd.readouterr())

    return run


@pytest.fixture
def loans() -> Path:
    """An example project without findings."""
    return EXAMPLES / "consumer-loan-default"


@pytest.fixture
def triage() -> Path:
    """An example project with many findings and no Production Environment."""
    return EXAMPLES / "emergency-triage"
