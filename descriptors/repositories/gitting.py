"""A bare cache of one branch, filled by GitPython with every setting named and nothing inherited."""

from __future__ import annotations

import base64
import os
import shlex
import shutil

from descriptors.repositories import problems
from descriptors.repositories.problems import GitProblem
from tec import strictjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from git import Repo

    from descriptors.repositories.address import Address

DEPTH, DEEPER = 50, 1_000
"""How much history is fetched at first, and to find out whether the branch was rewritten."""

LARGEST = strictjson.MAX_BYTES + 1
"""Bytes beyond which files are not even fetched, where the server can leave them out."""

OURS = "refs/tec/head"


class Cache:
    """The cache of the repository at *address* in the job's folder."""

    def __init__(self, job: dict[str, Any], address: Address, ips: list[str]) -> None:
        self.job, self.address = job, address
        if shutil.which("git") is None:
            raise problems.NO_GIT
        nowhere = {"GIT_TEMPLATE_DIR": "", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        os.environ.update(nowhere, GIT_PYTHON_REFRESH="quiet")
        import git  # looks for the program when it is imported

        self.errors = (git.GitError, git.ODBError, OSError, ValueError)
        if git.Git().version_info < (2, 37):
            raise problems.OLD_GIT
        self.secrets = tuple(filter(None, (job["token"], job["key"])))
        self.known_hosts = os.path.join(job["folder"], "known_hosts")
        self.repo = self._repository(git.Repo)
        self.repo.git.update_environment(**self._environment(ips))

    def _repository(self, repo: type[Repo]) -> Repo:
        """The cache, made anew if it is damaged or has grown over the years."""
        path = os.path.join(self.job["folder"], "repository.git")
        if os.path.isdir(path):
            if size_of(path) < self.job["max_bytes"] / 2:
                try:
                    return repo(path)
                except self.errors:
                    pass
            shutil.rmtree(path)
        return repo.init(path, bare=True, mkdir=True)

    def head(self) -> str:
        """The commit that the branch points to at the server."""
        wanted = f"refs/heads/{self.job['branch']}" if self.job["branch"] else "HEAD"
        said = self._git("ls-remote", "--", self.address.url, wanted)
        found = [line.split("\t") for line in said.splitlines() if "\t" in line]
        commits = [commit for commit, name in found if name == wanted]
        if not commits:
            raise problems.no_branch(self.job["branch"])
        return str(commits[0])

    def fetch(self, depth: int = DEPTH) -> str:
        """Bring the branch in and return its commit; a server of plain files can only send all of it."""
        wanted = f"+refs/heads/{self.job['branch']}:{OURS}" if self.job["branch"] else f"+HEAD:{OURS}"
        options = ["--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance"]
        smaller = [f"--depth={depth}"]
        if self.address.host:  # Git remembers where the rest is by its address, which cannot be a path
            smaller.append(f"--filter=blob:limit={LARGEST}")
        rest = ["--", self.address.url, wanted]
        try:
            self._git("fetch", *options, *smaller, *rest)
        except GitProblem as problem:
            if "dumb http" not in str(problem.__cause__):
                raise
            self._git("fetch", *options, *rest)
        return self.repo.commit(OURS).hexsha

    def history(self, commit: str, known: str) -> str:
        """How *commit* follows *known*: “first”, “same”, “follows” or “rewritten”."""
        if not known or known == commit:
            return "same" if known else "first"
        if self._leads_to(known, commit):
            return "follows"
        if os.path.exists(os.path.join(str(self.repo.git_dir), "shallow")):
            self.fetch(DEEPER)
            if self._leads_to(known, commit):
                return "follows"
        return "rewritten"

    def _leads_to(self, known: str, commit: str) -> bool:
        try:
            return self.repo.is_ancestor(self.repo.commit(known), self.repo.commit(commit))
        except self.errors:
            return False

    def host_key(self) -> str:
        """What the ssh server showed of itself."""
        if self.address.scheme != "ssh" or not os.path.exists(self.known_hosts):
            return ""
        with open(self.known_hosts, encoding="utf-8", errors="replace") as file:
            return file.read(5_000)

    def _git(self, command: str, *arguments: str) -> str:
        import git

        try:
            return str(getattr(self.repo.git, command)(*arguments))
        except git.GitCommandError as error:
            raise problems.from_git(str(error.stderr), self.secrets) from error
        except git.GitCommandNotFound as error:
            raise problems.NO_GIT from error

    def _environment(self, ips: list[str]) -> dict[str, str]:
        """All that Git goes by: no settings of the machine, one kind of connection, to these addresses."""
        settings = {
            "core.hooksPath": os.devnull,
            "core.symlinks": "false",
            "core.bigFileThreshold": "1m",
            "core.askPass": "",
            "credential.helper": "",
            "fetch.unpackLimit": "1",
            "gc.auto": "0",
            "pack.threads": "1",
            "submodule.recurse": "false",
            "http.followRedirects": "false",
            "http.lowSpeedLimit": "1000",
            "http.lowSpeedTime": "30",
            "protocol.version": "2",
        }
        address = self.address
        if address.scheme == "https":
            if ips:
                pinned = ",".join(f"[{ip}]" if ":" in ip else ip for ip in ips)
                settings["http.curloptResolve"] = f"{address.host}:{address.port}:{pinned}"
            if self.job["ca_file"]:
                settings["http.sslCAInfo"] = self.job["ca_file"]
            if self.job["token"]:
                told = f"{self.job['username'] or 'git'}:{self.job['token']}".encode()
                settings["http.extraHeader"] = f"Authorization: Basic {base64.b64encode(told).decode()}"
        environment = {
            "GIT_ALLOW_PROTOCOL": address.scheme,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": self._owner_config(),
            "GIT_LFS_SKIP_SMUDGE": "1",
            "GIT_SSH_VARIANT": "ssh",
            "LC_ALL": "C",
            "GIT_CONFIG_COUNT": str(len(settings)),
        }
        for number, (name, value) in enumerate(settings.items()):
            environment[f"GIT_CONFIG_KEY_{number}"] = name
            environment[f"GIT_CONFIG_VALUE_{number}"] = value
        if address.scheme == "ssh":
            environment["GIT_SSH_COMMAND"] = self._ssh(ips)
        return environment

    def _owner_config(self) -> str:
        """A folder that was allowed may belong to somebody else; only a file tells Git's other half."""
        if self.address.scheme != "file":
            return os.devnull
        path = os.path.join(self.job["folder"], "gitconfig")
        with open(path, "w", encoding="utf-8") as file:
            quoted = self.address.path.replace("\\", "\\\\").replace('"', '\\"')
            file.write(f'[safe]\n\tdirectory = "{quoted}"\n\tdirectory = "{quoted}/.git"\n')
        return path

    def _ssh(self, ips: list[str]) -> str:
        """ssh to the first address, with this key and this host key only."""
        with open(self.known_hosts, "w", encoding="utf-8") as file:
            file.write(self.job["host_key"])
        options = {
            "BatchMode": "yes",
            "ConnectTimeout": "15",
            "HostName": ips[0],
            "HostKeyAlias": "repository",
            "HashKnownHosts": "no",
            "UserKnownHostsFile": f'"{self.known_hosts}"',
            "GlobalKnownHostsFile": os.devnull,
            "StrictHostKeyChecking": "yes" if self.job["host_key"] else "accept-new",
            "UpdateHostKeys": "no",
            "IdentityAgent": "none",
            "IdentitiesOnly": "yes",
            "PasswordAuthentication": "no",
            "ClearAllForwardings": "yes",
            "PermitLocalCommand": "no",
            "ProxyCommand": "none",
            "CanonicalizeHostname": "no",
        }
        command = ["ssh", "-F", os.devnull]
        for name, value in options.items():
            command += ["-o", f"{name}={value}"]
        if self.job["key"]:
            command += ["-i", _in_memory(self.job["key"])]
        return shlex.join(command)


def _in_memory(key: str) -> str:
    """The path of a file that only this process has, and that never touches a disk."""
    handle = os.memfd_create("key")
    os.fchmod(handle, 0o600)
    os.write(handle, key.encode())
    return f"/proc/{os.getpid()}/fd/{handle}"


def size_of(folder: str) -> int:
    """Bytes of all files below *folder*."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(path, name)).st_size
            except OSError:  # gone meanwhile
                continue
    return total
