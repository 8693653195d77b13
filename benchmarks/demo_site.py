"""A site of its own for tools that look at pages: the two example projects, checked, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FILL = """
import logging
logging.disable(logging.INFO)
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.notices.services.change_webhook import add_webhook, try_webhook
from tec.notices.services.tell import About, Happening, tell
from tec.projects.models import Project
demo = User.objects.get(username="demo")
for project in Project.objects.all():
    execute_check(check_id=start_check(project=project, by=demo).pk)
    hook, _ = add_webhook(
        project=project, by=demo, name="Chat", url="https://chat.example.org/1", kinds=["check.new"]
    )
    try_webhook(hook=hook, by=demo)
    for kind, severity, text in (
        ("check.new", "critical", "New or reopened in check 2: 3 findings."),
        ("decision.ending", "minor", "The decision about 2 findings ends on 14 Dec 2026."),
        ("finding.commented", "", "Ana wrote about TEC-3A: the integer is rounded on purpose."),
    ):
        about = (About(severity, "TEC-3A", ("trained_model",)),) if severity else ()
        tell(project, Happening(kind, f"{kind}:1", text, project.get_absolute_url(), about))
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(demo.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = demo.get_session_auth_hash()
session.save()
print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
"""


class Site(NamedTuple):
    """An address, and the cookie of somebody who is logged in, as “name=value”."""

    url: str
    cookie: str


@contextmanager
def demo_site() -> Iterator[Site]:
    """The site runs until the end of the block, and nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="tec-demo-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = os.environ | {"TEC_VAR_DIR": folder, "TEC_DEMO_PASSWORD": "only for this minute"}
        for name in ("DATABASE_URL", "REDIS_URL", "TEC_PUBLIC_URL"):
            environment.pop(name, None)
        for command in ("migrate --verbosity 0", "demo"):
            manage(command, environment)
        cookie = manage("shell --verbosity 0", environment, FILL).strip().splitlines()[-1]
        server = subprocess.Popen(
            [sys.executable, "-m", "tec.serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz", server)
            yield Site(url, cookie)
        finally:
            server.terminate()
            server.wait()


def manage(command: str, environment: dict[str, str], text: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"manage.py {command} failed:\n{done.stderr}")
    return done.stdout


def wait_for(url: str, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url)
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"The server did not answer at {url}.")
