"""Fetching from real repositories, good and hostile, in the process that talks to Git."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from descriptors.repositories import worker
from descriptors.repositories.address import parse
from descriptors.repositories.problems import GitProblem
from descriptors.repositories.worker import Job, Snapshot
from tests.descriptors.repositories.conftest import document
from tests.workers import eventually

LISTED = ("*", "localhost")


def fetched(url: str, tmp_path: Path, **over) -> Snapshot:
    address = parse(url, hosts=LISTED, local_paths=[str(tmp_path)])
    fields = {"branch": "main", "path": "", "folder": str(tmp_path / "cache"), "hosts": LISTED, **over}
    return worker.fetch(Job(address, **fields))


def problem(url: str, tmp_path: Path, **over) -> str:
    with pytest.raises(GitProblem) as raised:
        fetched(url, tmp_path, **over)
    assert raised.value.message
    return raised.value.code


def names(snapshot: Snapshot) -> dict[str, str]:
    return {file.name: file.message or file.data.decode() for file in snapshot.files or ()}


def git_processes(marker: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                home = (entry / "environ").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if marker in home and "git" in line:
                found.append(line)
    return found


def test_a_branch_is_read_over_https(server, upstream, tmp_path):
    commit = upstream.commit(
        {"raw_data.json": document(), "README.md": "x", "a/b.json": "{}"}, "Say what comes in"
    )

    snapshot = fetched(server.url("team"), tmp_path, ca_file=str(server.cert))

    assert (snapshot.commit, snapshot.history) == (commit, "first")
    assert (snapshot.author, snapshot.mail, snapshot.subject) == (
        "Ada Lovelace",
        "ada@example.org",
        "Say what comes in",
    )
    assert names(snapshot) == {"raw_data.json": document()}


def test_a_commit_that_is_known_is_not_fetched_again(server, upstream, tmp_path):
    commit = upstream.commit({"raw_data.json": document()})

    snapshot = fetched(server.url("team"), tmp_path, ca_file=str(server.cert), known=commit, all=False)

    assert (snapshot.commit, snapshot.history, snapshot.files) == (commit, "same", None)


def test_a_folder_of_the_branch_and_the_names_of_the_original(upstream, tmp_path):
    upstream.commit({"docs/ml models/Loans - Raw Data.json": document(), "raw_data.json": "not this one"})

    snapshot = fetched(str(upstream.folder), tmp_path, path="docs/ml models")

    assert names(snapshot) == {"Loans - Raw Data.json": document()}


def test_without_a_branch_the_main_one_is_read(upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    assert fetched(str(upstream.folder), tmp_path, branch="").files


def test_history_that_goes_on_and_history_that_was_rewritten(upstream, tmp_path):
    first = upstream.commit({"raw_data.json": document()})
    fetched(str(upstream.folder), tmp_path)
    for number in range(60):  # more than one fetch brings
        upstream.commit({"x": str(number)})
    assert fetched(str(upstream.folder), tmp_path, known=first).history == "follows"
    second = upstream.git("rev-parse", "HEAD")

    upstream.git("reset", "-q", "--hard", first)
    forced = upstream.commit({"raw_data.json": document(task="other")})

    snapshot = fetched(str(upstream.folder), tmp_path, known=second)
    assert (snapshot.commit, snapshot.history) == (forced, "rewritten")


def test_a_deleted_branch_an_empty_repository_and_a_missing_folder(upstream, tmp_path):
    assert problem(str(upstream.folder), tmp_path, branch="") == "empty"
    assert problem(str(upstream.folder), tmp_path) == "branch"
    upstream.commit({"raw_data.json": document()})
    assert problem(str(upstream.folder), tmp_path, branch="gone") == "branch"
    assert problem(str(upstream.folder), tmp_path, path="nowhere/at/all") == "path"
    assert problem(str(upstream.folder), tmp_path, path="raw_data.json") == "path"
    assert problem(str(tmp_path / "nothing"), tmp_path) == "absent"


def test_what_the_tree_holds_besides_files_is_named_and_not_followed(upstream, tmp_path):
    commit = upstream.commit({"system_context.json": document(), "production_data.json": "x" * 5_000_001})
    os.symlink("/etc/passwd", upstream.folder / "raw_data.json")
    (upstream.folder / "trained_model.json").mkdir()
    (upstream.folder / "trained_model.json" / "x").touch()
    lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    upstream.commit({"data_pipeline.json": lfs, os.fsdecode(b"A\xff - Training Data.json"): "{}"})
    upstream.git("update-index", "--add", "--cacheinfo", f"160000,{commit},development_environment.json")
    upstream.git("update-index", "--add", "--cacheinfo", f"160000,{commit},a-module")
    upstream.git("commit", "-q", "-m", "Strange things")

    found = names(fetched(str(upstream.folder), tmp_path))

    assert found.pop("system_context.json") == document()
    assert {name: message.split(",")[0] for name, message in found.items()} == {
        "raw_data.json": "it is a symbolic link",
        "trained_model.json": "it is a folder",
        "development_environment.json": "it is a submodule",
        "data_pipeline.json": "it is kept in Git LFS",
        "production_data.json": "it has more than 5",
        "A\\ufffd - Training Data.json": "its name is not UTF-8",
    }


def test_a_path_that_leads_through_a_link_is_refused(upstream, tmp_path):
    upstream.commit({"real/raw_data.json": document()})
    (upstream.folder / "link").symlink_to("real")
    upstream.commit({})

    assert problem(str(upstream.folder), tmp_path, path="link") == "path"


def test_words_of_a_commit_cannot_steer_anything(upstream, tmp_path):
    upstream.commit(
        {"raw_data.json": document()}, "a\x1b[31m‮red " + "x" * 500, GIT_AUTHOR_NAME="Bo\x07b\x1b[2J"
    )

    snapshot = fetched(str(upstream.folder), tmp_path)

    assert "\x1b" not in snapshot.author + snapshot.subject
    assert "‮" not in snapshot.subject
    assert len(snapshot.subject) < 300


def test_a_certificate_nobody_vouches_for_is_refused(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    assert problem(server.url("team"), tmp_path) == "certificate"


def test_a_redirect_is_refused_and_not_followed(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    server.redirect_to = f"https://127.0.0.1:{server.port}/elsewhere"

    assert problem(server.url("team"), tmp_path, ca_file=str(server.cert)) == "redirect"
    assert not any("elsewhere" in path for path in server.seen)


def test_a_private_address_is_refused_before_anything_is_sent(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    assert problem(server.url("team"), tmp_path, hosts=("*",), ca_file=str(server.cert)) == "refused"
    assert server.seen == []


def test_git_connects_only_to_the_address_that_was_judged(server, upstream, tmp_path):
    """A second answer of the name server cannot matter: with another address pinned, localhost is not asked."""
    upstream.commit({"raw_data.json": document()})
    address = parse(server.url("team"), hosts=LISTED, local_paths=[])
    folder = tmp_path / "pinned"
    folder.mkdir()
    job = {**Job(address, "main", "", str(folder), ca_file=str(server.cert))._asdict()}
    code = (
        "import sys, json; from descriptors.repositories import gitting; "
        "from descriptors.repositories.address import Address; job = json.loads(sys.argv[1]); "
        "print(gitting.Cache(job, Address(*job['address']), [sys.argv[2]]).head())"
    )

    def ask(ip: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", code, json.dumps(job), ip]
        environment = {"PATH": os.environ["PATH"]}
        return subprocess.run(command, cwd=worker.ROOT, capture_output=True, env=environment)

    assert ask("127.0.0.1").returncode == 0
    assert b"could not be reached" in ask("127.0.0.2").stderr


def test_a_token_opens_and_a_wrong_one_does_not(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    server.token = "glpat-secret"

    assert problem(server.url("team"), tmp_path, ca_file=str(server.cert)) == "denied"
    assert problem(server.url("team"), tmp_path, ca_file=str(server.cert), token="glpat-wrong") == "denied"
    assert fetched(server.url("team"), tmp_path, ca_file=str(server.cert), token="glpat-secret").files
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert b"glpat-secret" not in kept


def test_a_repository_over_the_limit_is_not_fetched(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document(), "big.bin": os.urandom(4_000_000)})

    assert problem(server.url("team"), tmp_path, ca_file=str(server.cert), max_bytes=1_000_000) == "size"
    assert fetched(server.url("team"), tmp_path, ca_file=str(server.cert), max_bytes=20_000_000).files


def test_files_too_large_to_be_descriptors_are_not_even_fetched(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document(), "weights.bin": os.urandom(6_000_000)})

    snapshot = fetched(server.url("team"), tmp_path, ca_file=str(server.cert), max_bytes=5_500_000)

    assert names(snapshot) == {"raw_data.json": document()}


def test_a_server_over_the_time_limit_is_left_and_nothing_runs_on(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    server.pause = 30
    began = time.monotonic()

    assert problem(server.url("team"), tmp_path, ca_file=str(server.cert), seconds=2) == "time"

    assert time.monotonic() - began < 12
    eventually(lambda: not git_processes(str(tmp_path / "cache")), what="the end of Git")


def test_git_ends_when_whoever_started_it_is_killed(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    server.pause = 60
    code = (
        "import sys; from descriptors.repositories import worker; "
        "from descriptors.repositories.address import parse; "
        "worker.fetch(worker.Job(parse(sys.argv[1], hosts=['localhost'], local_paths=[]), 'main', '', sys.argv[2],"
        " hosts=('localhost',), seconds=60))"
    )
    folder = str(tmp_path / "cache")
    process = subprocess.Popen([sys.executable, "-c", code, server.url("team"), folder], cwd=worker.ROOT)
    eventually(lambda: git_processes(folder), what="Git")

    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    eventually(lambda: not git_processes(folder), what="the end of Git")


def test_a_step_that_raises_ends_git_at_once(server, upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    server.pause = 60
    address = parse(server.url("team"), hosts=LISTED, local_paths=[])

    def lost(step: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        worker.fetch(Job(address, "main", "", str(tmp_path / "cache"), hosts=LISTED), lost)
    eventually(lambda: not git_processes(str(tmp_path / "cache")), what="the end of Git")


def test_hooks_and_settings_of_the_machine_do_not_matter(upstream, tmp_path, monkeypatch):
    upstream.commit({"raw_data.json": document()})
    trap = tmp_path / "trap"
    config = tmp_path / "home"
    config.mkdir()
    (config / ".gitconfig").write_text(
        f'[core]\n\tsshCommand = touch {trap}\n[url "file:///etc/"]\n\tinsteadOf = /\n'
        f"[init]\n\ttemplateDir = {config}\n"
    )
    hook = upstream.folder / ".git" / "hooks" / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    monkeypatch.setenv("HOME", str(config))
    monkeypatch.setenv("GIT_SSH_COMMAND", f"touch {trap}")
    monkeypatch.setenv("GIT_PROXY_COMMAND", f"touch {trap}")

    assert fetched(str(upstream.folder), tmp_path).files
    assert not trap.exists()


def test_a_damaged_cache_is_made_anew(upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    fetched(str(upstream.folder), tmp_path)
    (tmp_path / "cache" / "repository.git" / "HEAD").write_text("nonsense")

    assert fetched(str(upstream.folder), tmp_path).files


def test_two_fetches_into_one_cache_wait_for_each_other(upstream, tmp_path):
    upstream.commit({"raw_data.json": document()})
    found: list[Snapshot] = []
    threads = [
        threading.Thread(target=lambda: found.append(fetched(str(upstream.folder), tmp_path)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [names(snapshot) for snapshot in found] == [{"raw_data.json": document()}] * 2


def test_a_machine_without_git_says_so(upstream, tmp_path, monkeypatch):
    upstream.commit({"raw_data.json": document()})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert problem(str(upstream.folder), tmp_path) == "no-git"
