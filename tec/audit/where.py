"""From where something is done: through what, from which address, with which token. Nobody passes it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from ipaddress import ip_address

WEB, API, WORKER, COMMAND = "web", "api", "worker", "command"
CHANNELS = {WEB: "the pages", API: "the API", WORKER: "a worker", COMMAND: "the command line"}


@dataclass(frozen=True)
class Where:
    """A request, a task, or (by default) somebody at the server's command line."""

    channel: str = COMMAND
    address: str = ""  # of who asked, as seen behind the trusted proxies
    token: str = ""  # the name of the API token that was used


HERE = Where()
_current: ContextVar[Where] = ContextVar("where", default=HERE)


def current() -> Where:
    return _current.get()


@contextmanager
def doing(channel: str, *, address: str = "", token: str = "") -> Iterator[None]:
    """Everything recorded inside is done through *channel*."""
    before = _current.set(Where(channel, plain_address(address), token))
    try:
        yield
    finally:
        _current.reset(before)


def with_token(name: str) -> None:
    """Say that the request at hand is made with the API token of that name; called when it is recognised."""
    if current() is not HERE:  # outside of a request there is nothing that would end
        _current.set(replace(current(), token=name))


def plain_address(text: str) -> str:
    """An IP address in its one spelling, without port and zone; "" for anything else."""
    host = text.strip().partition("%")[0]
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        found = ip_address(host)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)
