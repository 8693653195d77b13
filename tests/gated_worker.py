"""The real Celery app, its work stopped at a gate: it goes on when the file TEST_GATE is gone.

A check stops before its rules, a report once it has gathered what to write.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from tec.celery import app as app

app.loader.import_default_modules()

from mismatch import engine  # noqa: E402  (the app must be set up first)
from mismatch.findings import Report  # noqa: E402
from tec.reports.services import make_report as making  # noqa: E402
from tec.reports.steps import GATHERED  # noqa: E402
from tec.work.models import Work  # noqa: E402

GATE = Path(os.environ["TEST_GATE"])
check, progress = engine.check, making.progress


def wait() -> None:
    if GATE.exists():
        with GATE.with_suffix(".passed").open("a") as passed:
            passed.write(f"{os.getpid()}\n")
    while GATE.exists():
        time.sleep(0.02)


def gated_check(*args: Any, **kwargs: Any) -> Report:
    wait()
    return check(*args, **kwargs)


def gated_progress(row: Work, attempt: int, done: int, total: int) -> None:
    progress(row, attempt, done, total)
    if GATHERED <= done < total:
        wait()


engine.check = gated_check
making.progress = gated_progress
