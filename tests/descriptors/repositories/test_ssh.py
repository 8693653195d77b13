"""Fetching over ssh from a real server: with the link's own key, to a host that is known by its key."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from descriptors.repositories import keys, worker
from descriptors.repositories.address import parse
from descriptors.repositories.problems import GitProblem
from descriptors.repositories.worker import Job, Snapshot
from tests.descriptors.repositories.conftest import document

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"

pytestmark = pytest.mark.skipif(not Path(SSHD).exists(), reason="needs sshd: Debian’s package openssh-server")

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
"""


@pytest.fixture
def key(tmp_path: Path) -> str:
    """A private key that the server lets in."""
    made = keys.make()
    (tmp_path / "authorized").write_text(keys.public_half(made) + "\n")
    return made


@pytest.fixture
def restart(tmp_path: Path, free_port: int, key: str) -> Iterator[Callable[[], int]]:
    """Starts the server, each time with another host key; returns its port."""
    running: list[subprocess.Popen[bytes]] = []

    def stop() -> None:
        while running:
            running[0].terminate()
            running.pop().wait()

    def start() -> int:
        stop()
        host = tmp_path / "host"
        host.write_text(keys.make())
        host.chmod(0o600)
        config = tmp_path / "config"
        config.write_text(CONFIG.format(port=free_port, folder=tmp_path))
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        running.append(subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL))
        time.sleep(0.7)
        assert running[0].poll() is None
        return free_port

    yield start
    stop()


def fetched(port: int, upstream, tmp_path: Path, **over) -> Snapshot:
    url = f"ssh://{getpass.getuser()}@localhost:{port}{upstream.folder}"
    address = parse(url, hosts=["localhost"], local_paths=[])
    fields = {"branch": "main", "path": "", "folder": str(tmp_path / "cache of it"), "hosts": ("localhost",)}
    return worker.fetch(Job(address, **{**fields, **over}))


def test_the_key_lets_in_and_never_touches_the_disk(restart, upstream, tmp_path, key):
    commit = upstream.commit({"raw_data.json": document()})

    snapshot = fetched(restart(), upstream, tmp_path, key=key)

    assert (snapshot.commit, len(snapshot.files or ())) == (commit, 1)
    assert snapshot.host_key.startswith("repository ssh-ed25519 ")
    kept = [path for path in (tmp_path / "cache of it").rglob("*") if path.is_file()]
    assert not [path for path in kept if b"PRIVATE KEY" in path.read_bytes()]


def test_another_key_does_not_let_in(restart, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    with pytest.raises(GitProblem) as raised:
        fetched(restart(), upstream, tmp_path, key=keys.make())
    assert raised.value.code == "denied"


def test_a_server_that_shows_another_host_key_than_before_is_not_talked_to(restart, upstream, tmp_path, key):
    upstream.commit({"raw_data.json": document()})
    known = fetched(restart(), upstream, tmp_path, key=key).host_key
    assert fetched(restart(), upstream, tmp_path, key=key).files

    with pytest.raises(GitProblem) as raised:
        fetched(restart(), upstream, tmp_path, key=key, host_key=known)

    assert raised.value.code == "host-key"
