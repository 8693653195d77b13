"""Starts the process that talks to Git, listens to it, and ends it with all its children when it must."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from descriptors.repositories import problems
from descriptors.repositories.problems import GitProblem
from tec import strictjson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from descriptors.repositories.address import Address

ROOT = Path(__file__).resolve().parents[2]
GRACE = 5
"""Seconds that the process gets beyond its own limit before it is ended from outside."""

PASSED_ON = (
    "PATH",
    "LD_LIBRARY_PATH",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)


class Job(NamedTuple):
    """What to fetch, as whom, and within which limits."""

    address: Address
    branch: str
    path: str
    folder: str  # of the cache
    known: str = ""  # the commit of the last sync
    all: bool = True  # whether to read the files also when the commit is the known one
    username: str = ""
    token: str = ""
    key: str = ""
    host_key: str = ""
    hosts: tuple[str, ...] = ()
    ca_file: str = ""
    max_bytes: int = 100_000_000
    seconds: int = 60


class Found(NamedTuple):
    """One file with the name of a descriptor: its content, or why it cannot be read."""

    name: str
    data: bytes
    blob: str = ""
    message: str = ""
    remedy: str = ""


class Snapshot(NamedTuple):
    """What a branch holds; `files` is None when it is at the commit that is known already."""

    commit: str
    history: str
    host_key: str
    author: str
    mail: str
    at: int  # seconds since 1970, 0 if not known
    subject: str
    files: tuple[Found, ...] | None


def fetch(job: Job, step: Callable[[int], None] = lambda number: None) -> Snapshot:
    """What the branch holds now. *step* is told how far it is; if it raises, all ends. Raises GitProblem."""
    command = [sys.executable, "-m", "descriptors.repositories.fetching"]
    home = {"HOME": job.folder, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(  # noqa: S603  # our own module; all that came from outside goes through its input
        command,
        cwd=ROOT,
        env={**{name: os.environ[name] for name in PASSED_ON if name in os.environ}, **home},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        return _snapshot(job, _result(process, job, step))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _result(process: subprocess.Popen[bytes], job: Job, step: Callable[[int], None]) -> Mapping[str, Any]:
    lines: Queue[bytes] = Queue()
    Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
    said: list[bytes] = []
    Thread(
        target=lambda: said.append(process.stderr.read(20_000) if process.stderr else b""), daemon=True
    ).start()
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps({**job._asdict(), "address": job.address._asdict()}).encode() + b"\n")
        process.stdin.flush()
    deadline = monotonic() + job.seconds + GRACE
    while True:
        try:
            line = lines.get(timeout=max(0.01, deadline - monotonic()))
        except Empty:
            raise problems.OVER_TIME from None
        if line.startswith(b"step "):
            step(int(line[5:]))
        elif line.startswith(b"over time"):
            raise problems.OVER_TIME
        elif line.startswith(b"over size"):
            raise problems.OVER_SIZE
        elif not line:
            process.wait()
            raise _died(b"".join(said), job)
        else:
            return cast("Mapping[str, Any]", strictjson.loads(line))


def _listen(pipe: IO[bytes] | None, lines: Queue[bytes]) -> None:
    """Hand every line over, and an empty one at the end."""
    with suppress(ValueError, OSError):
        while pipe and (line := pipe.readline(strictjson.MAX_BYTES)):
            lines.put(line)
    lines.put(b"")


def _died(said: bytes, job: Job) -> Exception:
    """The process ended without a word; what it wrote last says why, but never a secret."""
    text = said.decode("utf-8", "replace")
    for secret in filter(None, (job.token, job.key)):
        text = text.replace(secret, "…")
    if (
        "MemoryError" in text or not text.strip()
    ):  # or the system ended it, which it does when memory is short
        return problems.from_git("out of memory")
    return RuntimeError(f"The process that reads Git failed:\n{text}")


def _snapshot(job: Job, result: Mapping[str, Any]) -> Snapshot:
    if problem := result.get("problem"):
        raise GitProblem(problem["code"], problem["message"], problem["remedy"])
    files = result.get("files")
    return Snapshot(
        result["commit"],
        result["history"],
        result["host_key"],
        result.get("author", ""),
        result.get("mail", ""),
        result.get("at", 0),
        result.get("subject", ""),
        None if files is None else tuple(_found(job, each) for each in files),
    )


def _found(job: Job, told: Mapping[str, str]) -> Found:
    if "file" not in told:
        return Found(told["name"], b"", message=told["message"], remedy=told["remedy"])
    data = (Path(job.folder) / "out" / told["file"]).read_bytes()
    return Found(told["name"], data, told["blob"])
