"""What waitress answers before a request reaches the site, in the site's own words."""

from __future__ import annotations

import json
import time
from socket import SHUT_WR

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask

from tec.api.problems import MEDIA_TYPE, problem

LINGER = 10
"""Seconds in which a client may go on sending what was refused, so that it gets to read why."""

HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'"),
    ("X-Frame-Options", "DENY"),
]


class Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Answers 413 and the like: problem details for the API, a page for people."""

    def execute(self) -> None:
        self.channel.refused = True
        error = self.request.error
        cookies = getattr(self.request, "headers", {}).get("COOKIE", "")
        kind, body = answer(getattr(self.request, "path", "/"), error.code, error.reason, cookies)
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend([("Content-Type", kind), *HEADERS])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def answer(path: str, code: int, reason: str, cookies: str = "") -> tuple[str, bytes]:
    """The content type and body of a refusal of a request for *path* that came with these *cookies*."""
    if path.startswith("/api/"):
        said = "The body is larger than this server accepts. Send less at once."
        refused = problem(code, said if code == 413 else f"The request cannot be read: {reason}.")
        return MEDIA_TYPE, json.dumps(refused, ensure_ascii=False).encode()
    if code == 413:
        return "text/html; charset=utf-8", page(cookies).encode()
    return "text/plain; charset=utf-8", f"{code} {reason}\n".encode()


def page(cookies: str) -> str:
    from django.http import parse_cookie
    from django.template.loader import render_to_string

    return render_to_string("413.html", {"cookies": parse_cookie(cookies)})


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes no request that says its length in two ways: a proxy in front may believe the other one."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that lets a refused client finish sending: closing it at once would lose the answer."""

    error_task_class = Refusal
    parser_class = Parser
    refused = False
    lingering_until = 0.0

    def send_continue(self) -> None:
        # “Expect: 100-continue” asks first; who is refused gets the refusal instead.
        if self.request.error is None:
            super().send_continue()

    def handle_write(self) -> None:
        if self.refused and self.close_when_flushed and not self.lingering_until:
            self._flush_exception(self._flush_some)
            if not self.total_outbufs_len:
                self._linger()
        else:
            super().handle_write()

    def _linger(self) -> None:
        """Say that nothing more comes from here; what still arrives is read and thrown away."""
        self.lingering_until = time.monotonic() + LINGER
        try:
            self.socket.shutdown(SHUT_WR)
        except OSError:
            self.will_close = True  # the client is gone

    def readable(self) -> bool:
        return bool(self.lingering_until) or super().readable()

    def writable(self) -> bool:
        if self.lingering_until and not self.will_close:
            return time.monotonic() > self.lingering_until  # then the next write closes the connection
        return bool(super().writable())
