"""Fetches published schemas into the submodule, and says what is different afterwards."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess

from descriptors import submodule
from descriptors.catalogue import DESCRIPTORS, NAMES, OWN_VERSIONS
from descriptors.schema_safety import SchemaRefused, accepted
from descriptors.schema_store import number
from descriptors.submodule import Snapshot, SubmoduleUnreadable
from tec.named import NamedTuple
from tec.plain import quoted, shortened

TIMEOUT = 120  # seconds for one call of Git
MAX_FETCHED = 50_000_000  # bytes in one file that Git writes

_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
_SSH = re.compile(r"(ssh://)?[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*[:/][A-Za-z0-9._~/-]+")
_HTTPS = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9._:/~-]*")


class SyncError(Exception):
    """The submodule could not be updated and is as it was; the text says why and what to do."""


class Synced(NamedTuple):
    """What an update changed. Schemas are named (version, descriptor)."""

    before: str  # commit; "" if the submodule was not checked out
    after: str
    new_versions: tuple[str, ...]
    added: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    refused: dict[tuple[str, str], str]  # → why it will not be used

    def lines(self) -> list[str]:
        """The same for people."""
        if self.before == self.after:
            return [f"Nothing new: the schemas are those of commit {self.after} already."]
        instead = f"of commit {self.before}" if self.before else "that come with TEC"
        lines = [f"The schemas are now those of commit {self.after} instead of those {instead}."]
        lines += [f"New version: {version}" for version in self.new_versions]
        for what, schemas in (("Added", self.added), ("Changed", self.changed), ("Removed", self.removed)):
            lines += [f"{what}: {NAMES[descriptor]} {version}" for version, descriptor in schemas]
        lines += [
            f"Not used: {NAMES[descriptor]} {version}. {reason}"
            for (version, descriptor), reason in self.refused.items()
        ]
        return [*lines, "Restart the web and worker processes, so that they read them."]


def sync(*, ref: str = "", url: str = submodule.URL, folder: str = submodule.FOLDER) -> Synced:
    """Move the submodule to *ref* (a branch, tag or commit; by default the newest) of what is at *url*.

    *url* is https, ssh, or the path of a folder on this machine. Raises SyncError.
    """
    url, protocols = _checked_url(url)
    if ref and (not _REF.fullmatch(ref) or ".." in ref):
        raise SyncError(f"{quoted(ref)} is no name of a branch, tag or commit.")
    git = _Git(folder, protocols)
    if submodule.is_checked_out(folder):
        before = _snapshot_before(folder)
        return _compared(before, _moved(git, folder, url, ref))
    _make_repository(git, folder)
    try:
        return _compared(_own(), _moved(git, folder, url, ref))
    except SyncError:
        _empty(folder)
        raise


def _moved(git: _Git, folder: str, url: str, ref: str) -> Snapshot:
    """Fetch, look at what came, and only then move to it."""
    git("fetch", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", url, ref or "HEAD")
    commit = git("rev-parse", "--verify", "FETCH_HEAD^{commit}").strip()
    try:
        fetched = submodule.read(folder, commit)
    except SubmoduleUnreadable as reason:
        raise SyncError(f"{reason} Nothing was changed.") from reason
    git("checkout", "--quiet", "--detach", commit)
    return fetched


def _make_repository(git: _Git, folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        raise SyncError(f"{folder} holds files, but is no Git repository. Empty it and try again.")
    git("init", "--quiet", "--template=")


def _empty(folder: str) -> None:
    """Leave the folder as it was before it was made a repository."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def _checked_url(url: str) -> tuple[str, str]:
    """*url* as Git shall get it, and the one kind of connection Git may make for it."""
    if _HTTPS.fullmatch(url):
        return url, "https"
    if _SSH.fullmatch(url):
        return url, "ssh"
    if os.path.isdir(url):
        return os.path.abspath(url), "file"
    raise SyncError(
        f"{quoted(url)} cannot be used: give an address that starts with https://, one for ssh, "
        "or the path of a folder."
    )


def _snapshot_before(folder: str) -> Snapshot:
    try:
        return submodule.read(folder)
    except SubmoduleUnreadable:
        return _own()


class _Git:
    """Git, held to one repository, one kind of connection, a time and a size, and to no other settings."""

    def __init__(self, folder: str, protocols: str) -> None:
        self._folder = folder
        program = shutil.which("git")
        if program is None:
            raise SyncError("Git is not installed. Install it, or keep using the schemas that come with TEC.")
        # Hooks, links and redirects could lead out of the folder or to another host.
        safe = ("core.hooksPath=/dev/null", "core.symlinks=false", "http.followRedirects=false", "gc.auto=0")
        self._command = [program, *[part for setting in safe for part in ("-c", setting)]]
        inherited = ("PATH", "HOME", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO")
        proxies = [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "no_proxy")]
        self._environment = {
            **{name: os.environ[name] for name in (*inherited, *proxies) if name in os.environ},
            "GIT_DIR": os.path.join(folder, ".git"),
            "GIT_WORK_TREE": folder,
            "GIT_ALLOW_PROTOCOL": protocols,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
            "LC_ALL": "C",
        }

    def __call__(self, *arguments: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603  # no shell; address and name were checked
                [*self._command, *arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                preexec_fn=_limit_size,  # a command of its own, without threads
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise SyncError(
                f"Git did not finish within {TIMEOUT} seconds; is the network reachable? Nothing was changed."
            ) from late
        if done.returncode:
            raise SyncError(_failure(arguments[0], done.stderr))
        return done.stdout


def _limit_size() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FETCHED, MAX_FETCHED))


def _failure(command: str, said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()] or ["it gave no reason"]
    told = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    reason = shortened(told[0].removeprefix("fatal:").removeprefix("error:").strip().rstrip("."), 300)
    if "dubious ownership" in reason:
        reason = "the folder belongs to another user of this machine"
    if "signal 25" in reason:  # the limit on what Git may write
        reason = f"more than {MAX_FETCHED // 1_000_000} MB were sent"
    what = "The schemas could not be fetched" if command == "fetch" else f"“git {command}” failed"
    return f"{what}: {reason}. Nothing was changed; TEC works on with the schemas it has."


def _own() -> Snapshot:
    """What is in use before the submodule is checked out: the schemas that come with TEC."""
    return Snapshot(
        "", {(version, descriptor): b"" for version in OWN_VERSIONS for descriptor in DESCRIPTORS}
    )


def _compared(before: Snapshot, after: Snapshot) -> Synced:
    old, new = before.files, after.files
    names = sorted(new, key=lambda key: (number(key[0]), key[1]))
    known = {version for version, _ in old}
    refused = {}
    for key in names:
        try:
            accepted(new[key])
        except SchemaRefused as reason:
            refused[key] = str(reason)
    return Synced(
        before.commit,
        after.commit,
        tuple(dict.fromkeys(version for version, _ in names if version not in known)),
        tuple(key for key in names if key not in old),
        tuple(key for key in names if old.get(key) and new[key] != old[key]),
        tuple(key for key in sorted(old) if before.commit and key not in new),
        refused,
    )
