"""A receiver of webhooks on this machine, which answers as a test wants."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar


class Receiver(BaseHTTPRequestHandler):
    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[list[tuple[int, bytes]]] = []
    drip: ClassVar[float] = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), body))
        status, said = self.answers.pop(0) if self.answers else (200, b"ok")
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", said.decode())
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        for letter in said:
            self.wfile.write(bytes([letter]))
            if self.drip:
                self.wfile.flush()
                time.sleep(self.drip)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[tuple[str, type[Receiver]]]:
    """The host and port of a receiver, and what it got."""
    handler = type("Handler", (Receiver,), {"got": [], "answers": [], "drip": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()
