"""The broker that needs no service: messages as files in one folder, seen whole or not at all.

Kombu has a file transport too, but it writes a message in place, where a reader may meet it half-written, and
moves what it takes through the system's temporary folder. Here a message appears, and is taken, by a rename.
"""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

ABANDONED_AFTER = 3600
"""Seconds after which a message that was taken, but whose reader died at once, is swept away."""


def register() -> None:
    """Make `files://` a broker address."""
    TRANSPORT_ALIASES["files"] = "tec.broker:Transport"


class Channel(virtual.Channel):
    """Queues of files; every process declares its queues itself, so no table of them is shared."""

    @property
    def folder(self) -> Path:
        client: Any = self.connection.client
        return Path(client.transport_options["folder"])

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        name = f"{time.time_ns():020}-{uuid.uuid4().hex}"
        draft = self.folder / f"{name}.draft"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(dumps(message), "utf-8")
            draft.rename(self.folder / f"{name}.{queue}.msg")
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise ChannelError(f"Cannot keep a message in {self.folder}: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in self._waiting(queue):
            taken = self.folder / f"{name}.{uuid.uuid4().hex}.taken"
            try:
                (self.folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker was faster
            text = taken.read_text("utf-8")
            taken.unlink(missing_ok=True)
            return loads(text)
        raise Empty

    def _purge(self, queue: str) -> int:
        names = self._waiting(queue)
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        return len(names)

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _waiting(self, queue: str) -> list[str]:
        """The names of the messages in *queue*, oldest first."""
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ChannelError(f"Cannot look into {self.folder}: {error}") from error
        return sorted(name for name in names if name.partition(".")[2] == f"{queue}.msg")


class Transport(virtual.Transport):
    """The folder named by the transport option `folder`."""

    Channel = Channel
    driver_type = driver_name = "files"


def tidy(folder: Path, *, now: float | None = None) -> int:
    """Delete what readers and writers that were killed left behind, and say how many files that was."""
    oldest = (now or time.time()) - ABANDONED_AFTER
    count = 0
    for path in [*folder.glob("*.taken"), *folder.glob("*.draft")]:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                count += 1
    return count
