"""The sentences for whatever goes wrong on the way to a server, and that the token goes nowhere else."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

import pytest

from tec.cli import remote
from tec.cli.remote import RemoteProblem, Server, checked_address

TOKEN = "tec_secret"


class Reply(NamedTuple):
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = {}


class Stub(HTTPServer):
    """Answers as a test says, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: list[Reply] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        reply = self.server.replies.pop(0) if self.server.replies else Reply()
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_PUT = do_GET

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


def refusal(ask: Callable[[], object]) -> str:
    with pytest.raises(RemoteProblem) as problem:
        ask()
    assert TOKEN not in str(problem.value)
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_the_token_goes_along_and_the_query_is_escaped(stub: Stub) -> None:
    Server(stub.url + "/", TOKEN).get("projects/", {"reason": "a b&c=ü"})
    ((_, path, headers),) = stub.asked
    assert path == "/api/projects/?reason=a%20b%26c%3D%C3%BC"
    assert headers["Authorization"] == f"Bearer {TOKEN}"


PROBLEM = {"detail": "Not \x1b[31mlike that.", "errors": [{"pointer": "/a", "detail": "It is blank."}]}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(401, b"{}"), "does not accept the token. Make one on the page of your account."),
        (Reply(403, b"no json"), "you may not do this. Ask an owner of the project"),
        (Reply(404, b"<html>"), "knows nothing like this. Is it the address of a TEC server?"),
        (Reply(400, json.dumps(PROBLEM).encode()), "refuses (400). Not \\x1b[31mlike that. /a: It is blank."),
        (Reply(409, b'{"detail": "Still used."}'), "refuses (409). Still used."),
        (Reply(500, b"oops"), "failed (500). Try again later"),
        (Reply(503, b'{"detail": "Upgrading."}'), "failed (503). Upgrading."),
        (Reply(200, b"<html>"), "the server's answer cannot be read"),
        (Reply(200, b'{"a": NaN}'), "the server's answer cannot be read"),
    ],
)
def test_a_refusal_is_told_in_one_line(stub: Stub, reply: Reply, words: str) -> None:
    stub.replies = [reply]
    assert words in refusal(lambda: Server(stub.url, TOKEN).get("projects/"))


def test_no_redirection_gets_the_token(stub: Stub) -> None:
    stub.replies = [Reply(302, b"", {"Location": f"{stub.url}/elsewhere"})]
    words = refusal(lambda: Server(stub.url, TOKEN).get("projects/"))
    assert f"sends us on to {stub.url}/elsewhere. Give the address it sends us to as --server." in words
    assert len(stub.asked) == 1


def test_a_busy_server_is_waited_for_as_long_as_it_says(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(remote.time, "sleep", waited.append)
    stub.replies = [Reply(429, headers={"Retry-After": "7"}), Reply(429, headers={"Retry-After": "900"})]
    assert Server(stub.url, TOKEN).get("projects/") == {}
    assert waited == [7, 60]
    stub.replies = [Reply(429)] * 9
    assert "was asked too often" in refusal(lambda: Server(stub.url, TOKEN).get("projects/"))


def test_an_answer_without_end_is_given_up(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST_BYTES", 1000)
    stub.replies = [Reply(body=b'"' + b"x" * 5000 + b'"')]
    assert "answers with more than 1,000 bytes" in refusal(lambda: Server(stub.url, TOKEN).get(""))


def test_nobody_there_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", TOKEN)
    assert "connection refused. Check that the server runs there." in refusal(lambda: server.get(""))

    def failing(error: OSError) -> str:
        monkeypatch.setattr(server._opener, "open", lambda *_, **__: (_ for _ in ()).throw(error))
        return refusal(lambda: server.get(""))

    assert "there is no host 127.0.0.1" in failing(remote.URLError(socket.gaierror(-2, "x")))
    assert "did not answer within 30 seconds" in failing(TimeoutError("timed out"))
    assert "cannot be asked (reset)" in failing(ConnectionResetError("reset"))
    untrusted = ssl.SSLCertVerificationError(1, "x")
    untrusted.verify_message = "self-signed certificate"
    assert "self-signed certificate. If your organisation" in failing(remote.URLError(untrusted))


def test_a_server_that_hangs_up_or_speaks_another_language_is_told_in_words() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def answer() -> None:
            for reply in (b"", b"SSH-2.0-x\r\n"):
                connection, _ = listener.accept()
                with connection:
                    connection.recv(1000)
                    connection.sendall(reply)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", TOKEN)
        assert "cannot be asked" in refusal(lambda: server.get(""))
        assert "cannot be asked" in refusal(lambda: server.get(""))
        thread.join()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tec.example.org", "is no address of a server. Write it as https://tec.example.org."),
        ("ftp://example.org", "is no address of a server"),
        ("https://", "is no address of a server"),
        ("https://a:b", "is no address of a server"),
        ("https://a b", "is no address of a server"),
        ("https://exämple.org", "is no address of a server"),
        ("https://me:pw@example.org", "may hold no password"),
        ("https://example.org/?a", "may hold no password"),
        ("http://example.org", "would carry the token unencrypted. Use https, or add --allow-http"),
    ],
)
def test_an_address_that_cannot_be_is_refused(address: str, words: str) -> None:
    assert words in refusal(lambda: checked_address(address))


def test_addresses_that_can_be() -> None:
    assert checked_address("https://example.org/tec/") == "https://example.org/tec"
    assert checked_address("https://example.org/api/") == "https://example.org"
    assert checked_address("http://localhost:3000") == "http://localhost:3000"
    assert checked_address("http://[::1]:3000") == "http://[::1]:3000"
    assert checked_address("http://example.org", allow_http=True) == "http://example.org"
