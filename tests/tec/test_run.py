"""`make run`: everything comes up, stays up and goes down together."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest

from tec import run
from tec.probe import status_of
from tests.workers import ROOT, eventually

pytestmark = pytest.mark.worker


class Running:
    """`python -m tec.run` in a folder of its own."""

    def __init__(self, var, port: int, **environment: str) -> None:
        self.port, self.var = port, var
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TEC_")}
        for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
            clean.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tec.run"],
            cwd=ROOT,
            env={**clean, "TEC_VAR_DIR": str(var), "PORT": str(port), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def lines_until_log_in(self) -> list[str]:
        lines: list[str] = []
        while not lines or not lines[-1].startswith("Log in:"):
            line = self.process.stdout.readline()
            assert line, f"it ended after {lines}"
            lines.append(line.rstrip("\n"))
        return lines

    def children(self) -> dict[str, int]:
        """Name → number of the processes it started."""
        found = {}
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{number}/stat") as stat, open(f"/proc/{number}/cmdline") as command:
                    if int(stat.read().rpartition(")")[2].split()[1]) == self.process.pid:
                        found["web" if "tec.serve" in command.read() else "worker"] = int(number)
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def end(self) -> str:
        self.process.terminate()
        return self.process.communicate(timeout=30)[0]


@pytest.fixture
def start(tmp_path, free_port):
    started = []

    def start(var=tmp_path / "var", port=free_port, **environment) -> Running:
        started.append(Running(var, port, **environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end()


def log_in(port: int, name: str, password: str) -> str:
    """The page one sees after logging in."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
    )
    address = f"http://localhost:{port}/accounts/login/"
    form = browser.open(address, timeout=10).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    filled = {"username": name, "password": password, "csrfmiddlewaretoken": token}
    return browser.open(address, urllib.parse.urlencode(filled).encode(), timeout=10).read().decode()


def test_one_command_brings_up_a_site_one_can_log_in_to_and_takes_it_down_again(start):
    running = start()
    lines = running.lines_until_log_in()

    assert lines[-2] == f"TEC: http://localhost:{running.port}"
    name, password = re.fullmatch(r"Log in: (demo) / (\S{12,})", lines[-1]).groups()
    assert status_of("/readyz", running.port) == 200
    page = log_in(running.port, name, password)
    assert "Probability of default" in page
    assert "Triage level" in page

    second = start(port=running.port + 1)
    assert second.process.wait(timeout=20) == 1
    assert (
        f"TEC is running in this folder already (process {running.process.pid})"
        in second.process.stdout.read()
    )

    children = running.children()
    for number in children.values():
        os.kill(number, signal.SIGKILL)
    eventually(
        lambda: (
            set(running.children().values()).isdisjoint(children.values()) and len(running.children()) == 2
        ),
        what="the restart",
    )
    eventually(lambda: status_of("/readyz", running.port) == 200, what="being ready again")

    output = running.end()
    assert running.process.returncode == 0
    assert "The web process ended (-9) and is started again at once" in output
    assert "The worker process ended (-9) and is started again at once" in output
    assert status_of("/healthz", running.port) == 0


def test_a_second_start_is_the_same_site_and_ends_with_its_runner_however_that_ends(start):
    first = start(TEC_DEMO_PASSWORD="a password of my own")
    assert first.lines_until_log_in()[-1] == "Log in: demo / a password of my own"
    first.end()

    again = start()
    assert again.lines_until_log_in() == [
        f"TEC: http://localhost:{again.port}",
        "Log in: demo / a password of my own",
    ]

    children = again.children().values()
    again.process.kill()
    again.process.wait()
    eventually(
        lambda: not any(os.path.exists(f"/proc/{number}") for number in children), what="the end of all"
    )
    assert status_of("/healthz", again.port) == 0


def test_a_port_in_use_is_said_in_one_line(start, free_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()

        running = start()

        assert running.process.wait(timeout=20) == 1
    assert running.process.stdout.read() == (
        f"Port {free_port} cannot be used (Address already in use). "
        f"Stop what uses it, or choose another: make run PORT={free_port + 1}\n"
    )


def test_a_database_that_cannot_be_prepared_is_said(start):
    running = start(DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    assert running.process.wait(timeout=30) == 1
    output = running.process.stdout.read()
    assert "Connection refused" in output
    assert output.endswith("TEC was not started: “manage.py migrate” failed.\n")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_pause_before_a_restart_doubles_until_the_process_runs_steadily(tmp_path, monkeypatch, capsys):
    clock = Clock()
    monkeypatch.setattr(run.time, "monotonic", clock)
    child = run.Child("web", ["false"], tmp_path)
    pauses = []
    for lasted in [1, 1, 1, 1, 1, 1, 1, run.STEADY_AFTER + 1, 1]:
        child.started = clock.now
        clock.now += lasted
        child.note_end(1, clock.now)
        pauses.append(child.next_start - clock.now)

    assert pauses == [0, 1, 3, 7, 15, 30, 30, 0, 1]
    assert f"see {tmp_path / 'web.log'}" in capsys.readouterr().out


def test_a_log_that_has_grown_large_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LOG_SIZE", 3)
    (tmp_path / "web.log").write_text("four")
    child = run.Child("web", [sys.executable, "-c", "print('new')"], tmp_path)

    child.keep_running()
    child.wait(10)

    assert (tmp_path / "web.log.1").read_text() == "four"
    assert (tmp_path / "web.log").read_text() == "new\n"
