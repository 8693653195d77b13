"""Ends a process whose parent is gone, so that nothing goes on unseen after a kill -9."""

from __future__ import annotations

import os
import signal
import time
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_EVERY = 0.5

SUPERVISED = "TEC_SUPERVISED"
"""Set by `make run` for the processes it starts: they end with it, however it ends."""


def end_with_parent(end: Callable[[], None] | None = None) -> None:
    """From now on, call *end* (default: exit at once) when the parent of this process is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        (end or exit_now)()

    Thread(target=watch, name="parent-watch", daemon=True).start()


def end_with_runner() -> None:
    """The same for a process that `make run` started, which then ends as asked to by SIGTERM."""
    if os.environ.get(SUPERVISED):
        end_with_parent(ask_to_end)


def ask_to_end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def exit_now() -> None:
    """Without clean-up: what this process held belongs to others as soon as its leases end."""
    os._exit(1)
