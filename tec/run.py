"""Runs TEC on one machine: prepares database and demo, then keeps a web process and a worker running."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tec.probe import status_of
from tec.processes import SUPERVISED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
CELERY = [sys.executable, "-m", "celery", "-A", "tec"]
WORKER = ["worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
START_WITHIN = 60
STOP_WITHIN = 20
LONGEST_PAUSE = 30
STEADY_AFTER = 60
"""Seconds after which a process counts as running well, so that its next restart is at once again."""
LOG_SIZE = 5_000_000


class Refused(Exception):
    """TEC cannot be started; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl-C or SIGTERM; returns the exit status."""
    options = parse(arguments)
    var = Path(os.environ.get("TEC_VAR_DIR") or ROOT / "var")
    stop = Stop()
    try:
        with only_one(var):
            check_port(options.host, options.port)
            set_environment(options.port, var)
            prepare()
            return run(options, var, stop)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tec.run", description=__doc__)
    parser.add_argument(
        "--host", default=os.environ.get("TEC_HOST") or "127.0.0.1", help="address to listen on"
    )
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 3000, help="port to listen on")
    return parser.parse_args(arguments)


class Stop:
    """Notes that the user wants an end, by Ctrl-C or otherwise."""

    def __init__(self) -> None:
        self.wanted = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.note)

    def note(self, *args: object) -> None:
        self.wanted = True


class only_one:
    """Refuses a second instance in the same folder: both would write the same files."""

    def __init__(self, var: Path) -> None:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = var / "run.lock"

    def __enter__(self) -> None:
        self.file: IO[str] = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            other = self.file.read().strip()
            raise Refused(
                f"TEC is running in this folder already (process {other}). "
                "Stop it first, or give this one its own folder with TEC_VAR_DIR and its own PORT."
            ) from None
        self.file.truncate(0)
        self.file.write(f"{os.getpid()}\n")
        self.file.flush()

    def __exit__(self, *exc_info: object) -> None:
        self.file.close()


def check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: make run PORT={port + 1}"
            ) from error


def set_environment(port: int, var: Path) -> None:
    """What the processes started from here need to know."""
    os.environ["PORT"] = str(port)
    os.environ["TEC_VAR_DIR"] = str(var)
    os.environ[SUPERVISED] = "1"
    os.environ.setdefault("TEC_PUBLIC_URL", f"http://localhost:{port}")


def prepare() -> None:
    """Bring the database up to date and make the demo, as far as they are not."""
    for command in (["migrate", "--verbosity", "0"], ["demo"]):
        result = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command, "--skip-checks"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C does not reach into a migration
        )
        if result.returncode:
            raise Refused(f"{result.stderr.strip()}\nTEC was not started: “manage.py {command[0]}” failed.")


def run(options: argparse.Namespace, var: Path, stop: Stop) -> int:
    web = [sys.executable, "-m", "tec.serve", "--host", options.host, "--port", str(options.port)]
    logs = var / "log"
    children = [Child("web", web, logs), Child("worker", [*CELERY, *WORKER, "--beat"], logs)]
    try:
        if wait_until_ready(children, options.port, stop):
            print(f"TEC: {os.environ['TEC_PUBLIC_URL']}")
            print(f"Log in: {(var / 'demo-login.txt').read_text('utf-8').strip()}", flush=True)
        while not stop.wanted:
            for child in children:
                child.keep_running()
            time.sleep(0.2)
    finally:
        end(children)
    return 0


def wait_until_ready(children: Sequence[Child], port: int, stop: Stop) -> bool:
    """Start everything; True once the site answers and its worker listens, False if asked to stop before."""
    deadline = time.monotonic() + START_WITHIN
    while not stop.wanted:
        for child in children:
            child.keep_running()
        if status_of("/readyz", port) == 200:
            return True
        if any(child.failures > 2 for child in children) or time.monotonic() > deadline:
            raise Refused(f"TEC did not start.\n{''.join(last_words(children))}")
        time.sleep(0.1)
    return False


def last_words(children: Sequence[Child]) -> Iterator[str]:
    for child in children:
        lines = child.log.read_text("utf-8", "replace").splitlines()[-5:]
        yield f"The end of {child.log}:\n" + "".join(f"    {line}\n" for line in lines)


def end(children: Sequence[Child]) -> None:
    """Ask all to end at the same time; who does not is killed."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        child.wait(max(0.1, deadline - time.monotonic()))


class Child:
    """One process that is started again when it ends, after a pause that doubles while it keeps ending."""

    def __init__(self, name: str, command: Sequence[str], logs: Path) -> None:
        self.name, self.command = name, command
        logs.mkdir(parents=True, exist_ok=True)
        self.log = logs / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = self.next_start = time.monotonic()

    def keep_running(self) -> None:
        """Start the process if it is not running and its pause is over."""
        now = time.monotonic()
        if self.process and self.process.poll() is None:
            return
        if self.process:
            self.note_end(self.process.returncode, now)
            self.process = None
        if now >= self.next_start:
            self.start(now)

    def note_end(self, status: int, now: float) -> None:
        if now - self.started > STEADY_AFTER:
            self.failures = 0
        pause = min(2**self.failures - 1, LONGEST_PAUSE)
        self.failures += 1
        self.next_start = now + pause
        when = f"in {pause} s" if pause else "at once"
        print(
            f"The {self.name} process ended ({status}) and is started again {when}; see {self.log}",
            flush=True,
        )

    def start(self, now: float) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_SIZE:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches this process only, which then ends the others in order.
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started = now

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        if self.process:
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()


if __name__ == "__main__":
    sys.exit(main())
