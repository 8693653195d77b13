"""What every test may ask for: services that may be absent, and a real worker process."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings

from tests.workers import WorkerProcess, forget_messages

# Everywhere else Hypothesis looks for new examples each time; what decides about a change must not depend on luck.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def absent() -> dict[str, str]:
    """The markers whose tests cannot run here, and why."""
    reasons = {}
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        reasons["postgres"] = "needs PostgreSQL: set DATABASE_URL"
    if not settings.REDIS_URL:
        reasons["redis"] = "needs Redis: set REDIS_URL"
    if CHROMIUM is None:
        reasons["browser"] = "needs chromium: install Debian’s package of that name"
    return reasons


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="only tests that touch the database or a service"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    chosen = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def touches_database(item: pytest.Item) -> bool:
    return has_tables(item) or any(item.get_closest_marker(marker) for marker in ("postgres", "redis"))


def has_tables(item: pytest.Item) -> bool:
    """Whether the test may ask the database."""
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_sessionfinish() -> None:
    if settings.REDIS_URL:
        forget_messages()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here; what TEC_TEST_REQUIRE names must run, so there it fails."""
    required = os.environ.get("TEC_TEST_REQUIRE", "").replace(" ", "").split(",")
    for marker, reason in absent().items():
        if item.get_closest_marker(marker):
            if marker in required:
                pytest.fail(f"TEC_TEST_REQUIRE names “{marker}”, but this test {reason}", pytrace=False)
            pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Tests with real transactions empty every table; put back what a migration had filled."""
    from descriptors.models import VocabularyTerm  # this file is read before the apps are ready

    if has_tables(item) and not VocabularyTerm.objects.exists():
        import_module("descriptors.migrations.0002_vocabulary_terms").add_terms(apps, None)


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts real worker processes on the suite's database and broker; they end with the test."""
    workers: list[WorkerProcess] = []

    def start(**environment: Any) -> WorkerProcess:
        worker = WorkerProcess(tmp_path / f"worker-{len(workers)}.log", environment)
        workers.append(worker)
        worker.wait_until_heard()
        return worker

    forget_messages()
    yield start
    for worker in workers:
        worker.end()


@pytest.fixture
def gate() -> Iterator[Path]:
    """The work of workers waits until this file is deleted."""
    WorkerProcess.gate.touch()
    yield WorkerProcess.gate
    WorkerProcess.gate.unlink(missing_ok=True)
    WorkerProcess.passed().unlink(missing_ok=True)


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
