"""Asks a TEC server over its REST API: verified, bounded, and with a sentence for whatever goes wrong."""

from __future__ import annotations

import hmac
import http.client
import socket
import ssl
import time
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from tec import strictjson
from tec.cli.options import Refused
from tec.named import NamedTuple
from tec.plain import quoted, shortened, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any
    from urllib.request import BaseHandler

PATIENCE = 30  # seconds that one read or connect may take
LONGEST = 120  # seconds that one answer may take
MOST_BYTES = 30_000_000  # of one answer
MOST_WAITS = 3  # how often a server that is asked too much is waited for
LONGEST_WAIT = 60  # seconds that it may ask for

LOCAL = ("localhost", "127.0.0.1", "::1")


class RemoteProblem(Refused):
    """The server cannot be asked, or does not do what it is asked; in words, with what to do."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def etag(self) -> str:
        return self.header("ETag")

    def header(self, name: str) -> str:
        """A header, however its name is spelt; "" if it is absent."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")

    def json(self) -> Any:
        """The body as JSON. Raises RemoteProblem."""
        try:
            return strictjson.loads(self.body, limits=strictjson.RESULTS)
        except strictjson.StrictJSONError as error:
            what = f"the server's answer cannot be read ({error}). Is this the address of a TEC server?"
            raise RemoteProblem(what) from error


class Server:
    """A TEC server, asked as the owner of a token."""

    def __init__(self, address: str, token: str, *, allow_http: bool = False) -> None:
        """*address* is the server's own, as in the browser, without /api/. Raises RemoteProblem."""
        self.address = checked_address(address, allow_http=allow_http)
        self._token = token
        handlers: list[BaseHandler] = [
            _NoRedirect(),
            HTTPSHandler(context=ssl.create_default_context()),
        ]
        if urlsplit(self.address).hostname in LOCAL:
            handlers.append(ProxyHandler({}))  # no proxy of the environment is nearer than this machine
        self._opener = build_opener(*handlers)

    @property
    def mark(self) -> str:
        """What only who has the token can make of this server's address; says nothing about the token."""
        return hmac.new(self._token.encode(), self.address.encode(), "sha256").hexdigest()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        query: Mapping[str, str] | None = None,
        expect: tuple[int, ...] = (),
        **headers: str,
    ) -> Answer:
        """The answer to *method* at *path* below /api/; `If_Match` and the like are headers.

        Raises RemoteProblem for a refusal whose status is not among those to *expect*.
        """
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in (query or {}).items())
        address = f"{self.address}/api/{path}" + (f"?{asked}" if asked else "")
        request = Request(address, data=body, method=method)  # noqa: S310  the scheme was looked at
        request.add_header("Authorization", f"Bearer {self._token}")
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "tec")
        if body is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        answer = self._answer(request)
        for _ in range(MOST_WAITS):
            if answer.status != 429:
                break
            time.sleep(_wait(answer))
            answer = self._answer(request)
        if answer.status < 300 or answer.status in expect:
            return answer
        raise RemoteProblem(self._refusal(answer), answer.status)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """What stands at *path*, as JSON."""
        return self.ask("GET", path, query=query).json()

    def _answer(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=PATIENCE) as response:
                return Answer(response.status, dict(response.headers), self._content(response))
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), self._content(error))
        except URLError as error:
            raise RemoteProblem(self._unreachable(error.reason)) from error
        except (OSError, http.client.HTTPException) as error:
            raise RemoteProblem(self._unreachable(error)) from error

    def _content(self, response: Any) -> bytes:
        """The body, bounded in size and time."""
        end = time.monotonic() + LONGEST
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(1 << 16) if hasattr(response, "read1") else response.read(1 << 16):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise RemoteProblem(f"{self.address} answers with more than {MOST_BYTES:,} bytes.")
            if time.monotonic() > end:
                raise RemoteProblem(f"{self.address} takes longer than {LONGEST} seconds for one answer.")
        return b"".join(pieces)

    def _unreachable(self, reason: object) -> str:
        """Why nobody answered, in words."""
        host = urlsplit(self.address).hostname
        if isinstance(reason, ssl.SSLCertVerificationError):
            return (
                f"{self.address} cannot be trusted: {reason.verify_message}. If your organisation signs its"
                " own certificates, name the file of its authority in SSL_CERT_FILE."
            )
        if isinstance(reason, ssl.SSLError):
            return f"{self.address} does not speak TLS as it should ({reason.reason}). Check the address."
        if isinstance(reason, socket.gaierror):
            return f"there is no host {visible(str(host))}. Check the address of the server."
        if isinstance(reason, ConnectionRefusedError):
            return f"nobody answers at {self.address}: connection refused. Check that the server runs there."
        if isinstance(reason, TimeoutError):
            return f"{self.address} did not answer within {PATIENCE} seconds. Try again later."
        return f"{self.address} cannot be asked ({shortened(str(reason), 120)}). Try again later."

    def _refusal(self, answer: Answer) -> str:
        """Why the server refuses, in its own words where it has some."""
        status = answer.status
        said = _detail(answer.body)
        if 300 <= status < 400:
            target = shortened(answer.header("Location"), 200)
            return f"{self.address} sends us on to {target}. Give the address it sends us to as --server."
        if status == 401:
            return (
                f"{self.address} does not accept the token. {said or 'Make one on the page of your account.'}"
            )
        if status == 403:
            return f"you may not do this. {said or 'Ask an owner of the project for the right to it.'}"
        if status == 404:
            return said or f"{self.address} knows nothing like this. Is it the address of a TEC server?"
        if status == 429:
            return f"{self.address} was asked too often. Try again later."
        if status >= 500:
            return (
                f"{self.address} failed ({status}). {said or 'Try again later, or tell its administrator.'}"
            )
        return f"{self.address} refuses ({status}). {said}".rstrip()


class _NoRedirect(HTTPRedirectHandler):
    """Follows nobody: the token is for one address only."""

    def redirect_request(self, *_: Any) -> None:
        return None


def checked_address(address: str, *, allow_http: bool = False) -> str:
    """*address* without what is needless at its end. Raises RemoteProblem for what is no address."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises for what is no port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or not address.isascii() or " " in address:
        raise RemoteProblem(
            f"{quoted(address)} is no address of a server. Write it as https://tec.example.org."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise RemoteProblem("The address of the server may hold no password, “?” or “#”.")
    if parts.scheme == "http" and parts.hostname not in LOCAL and not allow_http:
        raise RemoteProblem(
            f"{visible(address)} would carry the token unencrypted. Use https, or add --allow-http if"
            " nobody else can read this network."
        )
    return address.rstrip("/").removesuffix("/api")


def _detail(body: bytes) -> str:
    """What a refusal says in detail (RFC 9457); "" if it is none of ours."""
    try:
        value = strictjson.loads(body[:100_000])
    except strictjson.StrictJSONError:
        return ""
    if not isinstance(value, dict) or not isinstance(value.get("detail"), str):
        return ""
    errors = value.get("errors")
    faults = [
        f"{fault.get('pointer') or fault.get('parameter') or ''}: {fault['detail']}".lstrip(": ")
        for fault in (errors if isinstance(errors, list) else [])
        if isinstance(fault, dict) and isinstance(fault.get("detail"), str)
    ]
    more = [fault for fault in faults[:3] if fault not in value["detail"]]
    return visible(" ".join([value["detail"], *more]))


def _wait(answer: Answer) -> float:
    """Seconds that the server asks to wait."""
    text = answer.header("Retry-After")
    return min(float(text), LONGEST_WAIT) if text.isascii() and text.isdecimal() else 1.0
