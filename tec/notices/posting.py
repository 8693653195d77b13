"""Posts to an address that somebody typed in: to the open Internet only, bounded, never redirected."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tec.hosts import is_public
from tec.plain import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

CONNECT_SECONDS = 5
SECONDS = 15  # from the connection to the end of the answer
MOST_BYTES = 2_000
LONGEST_URL = 500


class Unsendable(Exception):
    """Nothing could be sent, or no answer came; the message says why and what to do."""


class Answer(NamedTuple):
    status: int
    text: str  # its beginning


class Target(NamedTuple):
    """Where to connect to."""

    secure: bool
    host: str
    port: int
    path: str


def target_of(url: str, allowed: Collection[str]) -> Target:
    """The parts of *url*, if it may be posted to: https, or any host that an administrator listed.

    Raises Unsendable.
    """
    if len(url) > LONGEST_URL or not url.isascii() or any(letter <= " " for letter in url):
        raise Unsendable("Give an address of at most 500 plain characters, without spaces.")
    no_address = Unsendable(f"{quoted(url)} is not an address like https://chat.example.org/hooks/tec.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise no_address from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host:
        raise no_address
    if parts.username is not None or parts.password is not None:
        raise Unsendable("Leave the user name and password out of the address; messages are signed instead.")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    if not secure and not is_listed(host, port, allowed):
        raise Unsendable("Give an https address: what is sent by http can be read and changed on the way.")
    path = parts.path or "/"
    return Target(secure, host, port, f"{path}?{parts.query}" if parts.query else path)


def veiled(url: str) -> str:
    """What others may know of *url*: no more than the host, and a digest that tells it from another.

    Chat services take whoever knows the rest.
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/… ({sha256(url.encode()).hexdigest()[:8]})"


def is_listed(host: str, port: int, allowed: Collection[str]) -> bool:
    return host in allowed or f"{host}:{port}" in allowed


def address_of(target: Target, allowed: Collection[str]) -> str:
    """The IP address to connect to, looked up once, so that no second answer can lead elsewhere."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unsendable(f"The host {quoted(target.host)} was not found. Check the address.") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    public = all(is_public(ipaddress.ip_address(each)) for each in addresses)
    if not public and not is_listed(target.host, target.port, allowed):
        raise Unsendable(
            f"{quoted(target.host)} leads to a private address, which TEC does not post to. "
            "An administrator can allow the host by listing it in TEC_WEBHOOK_HOSTS."
        )
    return addresses[0]


def post(url: str, body: bytes, headers: Mapping[str, str], *, allowed: Collection[str]) -> Answer:
    """Post *body* and return the answer, whatever its status. Raises Unsendable if none came in time."""
    target = target_of(url, allowed)
    address = address_of(target, allowed)
    try:
        with connected(target, address) as connection, hung_up_after(connection, SECONDS):
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            client = HTTPConnection(target.host, target.port)
            client.sock = connection
            client.request("POST", target.path, body, dict(headers))
            answer = client.getresponse()
            text = answer.read(MOST_BYTES).decode("utf-8", "replace")
    except ssl.SSLCertVerificationError as error:
        raise Unsendable("The certificate of the host is not one that this server trusts.") from error
    except TimeoutError as error:
        raise Unsendable(f"No answer within {SECONDS} seconds.") from error
    except (OSError, HTTPException) as error:
        raise Unsendable(
            f"The connection failed ({type(error).__name__}). Check that the host answers within "
            f"{SECONDS} seconds."
        ) from error
    printable = "".join([letter if letter.isprintable() else " " for letter in text])
    return Answer(answer.status, " ".join(printable.split()))


def connected(target: Target, address: str) -> socket.socket:
    """A connection to *address*; one that is to be secure still has to shake hands, which shows who it is."""
    plain = socket.create_connection((address, target.port), CONNECT_SECONDS)
    if not target.secure:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(
            plain, server_hostname=target.host, do_handshake_on_connect=False
        )
    except BaseException:
        plain.close()
        raise


@contextmanager
def hung_up_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Hang up after so long, however slowly the other side keeps talking."""
    timer = Timer(seconds, hang_up, [connection])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
