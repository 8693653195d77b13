"""Judges the address of a Git repository by its text alone: what Git may be asked to fetch."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from urllib.parse import urlsplit

from tec.hosts import is_public
from tec.named import NamedTuple
from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LENGTH = 500

_NAME = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
_HOST = re.compile(rf"{_NAME}(?:\.{_NAME})*")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_PATH = re.compile(r"(?:/(?!-)[A-Za-z0-9._~%+@-]+)+/?")
_SCP = re.compile(r"(?P<user>[^@/:]+)@(?P<host>[^@/:]+):(?P<path>[^:].*)")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+@#-]{0,199}")
_FOLDER = re.compile(r"[^\x00-\x1f\x7f\\]{1,400}")

PORTS = {"https": 443, "ssh": 22}

ACCEPTED = "Give an address like https://git.example.org/team/repo.git or git@git.example.org:team/repo.git."


class AddressRefused(ValueError):
    """An address that Git will not be given; the text says why and what to do."""


class Address(NamedTuple):
    """Where a repository is."""

    scheme: str  # "https", "ssh" or "file"
    host: str  # "" for a folder
    port: int
    user: str  # for ssh
    path: str

    @property
    def url(self) -> str:
        """As Git gets it."""
        if self.scheme == "file":
            return self.path
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{host}{port}{self.path}"


def parse(text: str, *, hosts: Sequence[str], local_paths: Sequence[str]) -> Address:
    """The repository at *text*, as far as *hosts* and *local_paths* of the settings allow it.

    Raises AddressRefused. A name is not resolved here; whether what it leads to is allowed, is asked by
    `hosts.addresses_of` when a connection is made.
    """
    if len(text) > MAX_LENGTH:
        raise AddressRefused(f"The address is longer than {MAX_LENGTH} characters.")
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise AddressRefused(f"The address contains characters that cannot be seen. {ACCEPTED}")
    if text.startswith(("/", "file:")):
        return _local(text.removeprefix("file://"), local_paths)
    scp = _SCP.fullmatch(text)
    if scp and "://" not in text:
        address = _checked("ssh", scp["host"], None, scp["user"], "/" + scp["path"].lstrip("/"))
    else:
        address = _from_url(text)
    if not is_listed(address.host, address.port, hosts):
        literal = literal_ip(address.host)
        if not listed_as_any(hosts):
            raise AddressRefused(
                f"Repositories on {quoted(address.host)} are not allowed here. "
                "An administrator can list the host in TEC_GIT_HOSTS."
            )
        if (literal is not None and not is_public(literal)) or address.host.lower() == "localhost":
            raise AddressRefused(private(address.host))
    return address


def _from_url(text: str) -> Address:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"{quoted(text)} is no address. {ACCEPTED}") from error
    if parts.scheme not in PORTS or "://" not in text:
        kind = parts.scheme if "::" not in text else text.partition("::")[0]
        what = f"{quoted(kind)} addresses are not accepted" if kind else f"{quoted(text)} is no address"
        raise AddressRefused(f"{what}: only https, and ssh. {ACCEPTED}")
    if parts.password is not None or (parts.username and parts.scheme == "https"):
        raise AddressRefused(
            "The address contains a user name or password. Take it out, and enter the token in its own "
            "field: there it is kept encrypted."
        )
    if parts.query or parts.fragment:
        raise AddressRefused(f"The address must not contain “?” or “#”. {ACCEPTED}")
    return _checked(parts.scheme, parts.hostname or "", port, parts.username or "", parts.path)


def _checked(scheme: str, host: str, port: int | None, user: str, path: str) -> Address:
    literal = literal_ip(host)
    if literal is None and (not _HOST.fullmatch(host) or len(host) > 253 or _looks_numeric(host)):
        raise AddressRefused(f"{quoted(host)} is no name of a host. {ACCEPTED}")
    if user and not _USER.fullmatch(user):
        raise AddressRefused(f"{quoted(user)} is no user name for ssh. {ACCEPTED}")
    if not _PATH.fullmatch(path) or any(part in (".", "..") for part in path.split("/")):
        raise AddressRefused(f"{quoted(path)} is no path of a repository. {ACCEPTED}")
    if port == 0:
        raise AddressRefused("Port 0 cannot be connected to.")
    written = str(literal) if literal is not None else host.lower()
    return Address(scheme, written, port or PORTS[scheme], user or ("git" if scheme == "ssh" else ""), path)


def _local(path: str, allowed: Sequence[str]) -> Address:
    """A folder on the machine of the worker, if it lies in one that an administrator allowed."""
    if not allowed:
        raise AddressRefused(f"Folders of this server are not accepted. {ACCEPTED}")
    if not _FOLDER.fullmatch(path) or not os.path.isabs(path):
        raise AddressRefused(f"{quoted(path)} is no full path of a folder.")
    real = os.path.realpath(path)
    if not any(inside(real, os.path.realpath(root)) for root in allowed):
        raise AddressRefused(
            f"{quoted(path)} is not in a folder that this server opens for Git. "
            "An administrator can list it in TEC_GIT_LOCAL_PATHS."
        )
    return Address("file", "", 0, "", real)


def inside(path: str, root: str) -> bool:
    """Whether *path* is *root* or below it; both real paths."""
    return os.path.commonpath([path, root]) == root


def branch_problem(branch: str) -> str:
    """Why *branch* cannot be the name of a branch, "" if it can (or is empty)."""
    parts = branch.split("/")
    if not branch or (
        _BRANCH.fullmatch(branch)
        and ".." not in branch
        and "@{" not in branch
        and not any(not part or part.startswith(".") or part.endswith((".lock", ".")) for part in parts)
    ):
        return ""
    return f"{quoted(branch)} is no name of a branch: letters, digits, dots, hyphens and slashes, no “..”."


def folder_problem(folder: str) -> str:
    """Why *folder* cannot be a path inside a repository, "" if it can (or is empty)."""
    parts = folder.split("/")
    if not folder or (_FOLDER.fullmatch(folder) and not any(part in ("", ".", "..") for part in parts)):
        return ""
    return f"{quoted(folder)} is no path in the repository: give folders with “/” between, like docs/models."


def is_listed(host: str, port: int, hosts: Sequence[str]) -> bool:
    """Whether an administrator named this host, alone or with this port."""
    return any(entry.lower() in (host, f"{host}:{port}", f"[{host}]:{port}") for entry in hosts)


def listed_as_any(hosts: Sequence[str]) -> bool:
    """Whether every public host is allowed."""
    return "*" in hosts


def literal_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that *host* is when it is written as one, in any of the ways that C libraries read."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if _looks_numeric(host):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    return None


def _looks_numeric(host: str) -> bool:
    """2130706433, 0x7f.1 and 0177.0.0.1 all are 127.0.0.1 to somebody."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    return last.isdigit() or last.startswith("0x")


def private(host: str) -> str:
    """What to say of a host that is not on the open Internet."""
    return (
        f"{quoted(host)} leads to a private address, which TEC does not connect to. "
        "An administrator can allow the host by listing it in TEC_GIT_HOSTS."
    )
