"""Runs things at the same moment, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(function: Callable[[], Any], times: int = 2) -> list[Any]:
    """What *function* returned in each of *times* threads that began together; an exception is raised here."""
    start = Barrier(times)

    def run() -> Any:
        try:
            start.wait(timeout=10)
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(times)]]
