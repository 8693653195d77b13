"""A real worker process for tests, and work that takes as long as a test wants."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import connection

from tec.run import WORKER
from tec.work.models import Worker
from tests.settings import STATE

ROOT = Path(__file__).resolve().parent.parent
APP = "tests.gated_worker"


def database_url() -> str:
    """The address of the database the running test uses."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{user}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def environment(**over: Any) -> dict[str, str]:
    """The environment of a process that works on the suite's own database, broker and folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tec.settings",
        "DATABASE_URL": database_url(),
        "TEC_VAR_DIR": str(STATE),
        **({"REDIS_URL": settings.REDIS_URL} if settings.REDIS_URL else {}),
        **{name: str(value) for name, value in over.items()},
    }


def forget_messages() -> None:
    """Empty the suite's own broker."""
    shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
    if settings.REDIS_URL:
        store = redis.Redis.from_url(settings.REDIS_URL)
        for key in store.scan_iter(f"{settings.QUEUE}:*"):
            store.delete(key)


def eventually(condition: Callable[[], Any], *, within: float = 20, what: str = "it") -> Any:
    """What *condition* returns once it is true; fails when that takes longer than *within* seconds."""
    deadline = time.monotonic() + within
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {within} seconds")
        time.sleep(0.05)
    return value


def begun(times: int) -> list[int]:
    """The processes that came to the gate, as soon as there were *times* of them."""
    return eventually(lambda: len(found := WorkerProcess.began()) >= times and found, what="the work’s start")


def ended(process_id: int) -> bool:
    """Is this process gone, or waits only for somebody to take note of its end?"""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{process_id}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "Z"


class WorkerProcess:
    """`celery worker -B` with short leases; while the file `gate` exists, all work waits there."""

    gate = STATE / "gate"

    @classmethod
    def passed(cls) -> Path:
        """The file to which every process that comes to the gate adds its number."""
        return cls.gate.with_suffix(".passed")

    @classmethod
    def began(cls) -> list[int]:
        """The processes that came to the gate, one for each attempt."""
        return [int(line) for line in cls.passed().read_text().split()] if cls.passed().exists() else []

    def __init__(self, log: Path, over: dict[str, Any]) -> None:
        settings = {"TEC_LEASE_SECONDS": 2, "TEC_SWEEP_SECONDS": 1, "TEC_WORKER_PROCESSES": 2}
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", APP, *WORKER, "--beat"],
                cwd=ROOT,
                env=environment(**{**settings, "TEST_GATE": self.gate, **over}),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_heard(self) -> None:
        mine = Worker.objects.filter(name__endswith=f":{self.process.pid}")
        try:
            eventually(lambda: mine.exists() or self.process.poll(), within=60, what="the worker’s heartbeat")
            assert self.process.poll() is None
        except AssertionError as error:
            raise AssertionError(f"the worker did not start:\n{self.log.read_text()}") from error

    def kill(self) -> None:
        """End the worker's main process as kill -9 does; its children notice."""
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def end(self) -> None:
        """End it and all its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """Ask the worker to finish what it does and end; returns its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=20)
