"""The web server: bounded, patient with nobody for too long, and never rude."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tec import refusals, serve
from tests.workers import ROOT, eventually

LIMIT = 100_000


class Site:
    """A server in a thread of this process, with an application that does what the path says."""

    def __init__(self) -> None:
        self.sockets: dict = {}
        self.stop = threading.Event()
        self.entered = threading.Event()
        self.go_on = threading.Event()
        self.server = serve.make_server(self.application, "127.0.0.1", 0, self.sockets)
        self.port = self.server.effective_port
        self.thread = threading.Thread(target=serve.serve, args=(self.server, self.sockets, self.stop.is_set))
        self.thread.start()

    def application(self, environ, start_response):
        body = environ["wsgi.input"].read()
        answer = {
            "length": environ.get("CONTENT_LENGTH"),
            "read": len(body),
            "scheme": environ["wsgi.url_scheme"],
            "address": environ["REMOTE_ADDR"],
            "forwarded": sorted(name for name in environ if name.startswith("HTTP_X_FORWARDED")),
        }
        if environ["PATH_INFO"] == "/slow":
            self.entered.set()
            self.go_on.wait(10)
            answer["padding"] = "x" * 5_000_000
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def ask(self, method="GET", path="/", body=None, headers=None, **options):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, body, headers or {}, **options)
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def raw(self, request: bytes) -> bytes:
        """What the server sends back until it closes the connection."""
        with self.connect() as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65_536), b""))

    def close(self) -> None:
        self.stop.set()
        self.go_on.set()
        self.thread.join(15)


@pytest.fixture
def site(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = LIMIT
    site = Site()
    yield site
    site.close()


def test_a_body_within_the_limit_arrives(site):
    assert json.loads(site.ask("POST", body=b"x" * 1000)[2])["read"] == 1000


def test_a_body_in_chunks_arrives_with_its_length(site):
    status, _, body = site.ask("POST", body=iter([b"x" * 500, b"y" * 500]), encode_chunked=True)

    answer = json.loads(body)
    assert (status, answer["read"], answer["length"]) == (200, 1000, "1000")


@pytest.mark.parametrize("in_chunks", [False, True])
def test_a_body_that_is_too_large_is_refused_with_a_page(site, in_chunks):
    """The client sends all of it before it looks for an answer, as browsers do."""
    body = b"x" * (20 * LIMIT)

    status, headers, page = site.ask(
        "POST", body=iter([body]) if in_chunks else body, encode_chunked=in_chunks
    )

    assert status == 413
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert b"larger than this site accepts" in page


def test_the_page_that_refuses_keeps_the_chosen_appearance(site):
    body = b"x" * (2 * LIMIT)

    for cookie, chosen in (
        ("a=b; theme=dark", b'<html lang="en-GB" data-theme="dark">'),
        ("theme=x", b'<html lang="en-GB">'),
    ):
        status, _, page = site.ask("POST", body=body, headers={"Cookie": cookie})
        assert status == 413
        assert chosen in page


def test_the_api_refuses_a_body_that_is_too_large_with_problem_details(site):
    status, headers, body = site.ask("PUT", "/api/projects/x/descriptors/raw_data/", b"x" * (2 * LIMIT))

    assert (status, headers["Content-Type"]) == (413, "application/problem+json")
    assert json.loads(body)["status"] == 413


def test_a_client_that_asks_before_it_sends_too_much_is_refused_at_once(site):
    request = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {LIMIT * 9}\r\nExpect: 100-continue\r\n\r\n"

    with site.connect() as connection:
        connection.sendall(request.encode())
        answer = connection.recv(1000)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_refused_client_cannot_go_on_sending_for_ever(site, monkeypatch):
    monkeypatch.setattr(refusals, "LINGER", 0.2)

    with site.connect() as connection:
        connection.sendall(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {LIMIT * 9}\r\n\r\n".encode())
        eventually(lambda: is_closed(connection), within=5, what="the end of patience")


def is_closed(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"x")
    except OSError:
        return True
    return False


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"400",
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"400"),
    ],
)
def test_a_request_that_is_no_proper_request_is_refused(site, request_, status):
    """Two lengths in one request are how requests are smuggled past a proxy."""
    assert site.raw(request_).split(b" ")[1] == status


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx",
    ],
)
def test_slow_clients_do_not_stop_others(site, beginning):
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(site.connect()).sendall(beginning)

        began = time.monotonic()
        assert site.ask()[0] == 200
        assert time.monotonic() - began < 2


def test_nobody_is_trusted_about_where_a_request_comes_from(site):
    headers = {
        "X-Forwarded-For": "10.9.8.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
    }

    answer = json.loads(site.ask(headers=headers)[2])

    assert (answer["scheme"], answer["address"], answer["forwarded"]) == ("http", "127.0.0.1", [])


def test_a_proxy_is_trusted_about_address_and_scheme_once_it_is_declared(settings):
    settings.TRUSTED_PROXIES = 1
    site = Site()
    headers = {
        "X-Forwarded-For": "6.6.6.6, 10.9.8.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
    }

    answer = json.loads(site.ask(headers=headers)[2])
    site.close()

    assert (answer["scheme"], answer["address"]) == ("https", "10.9.8.7")
    assert "HTTP_X_FORWARDED_HOST" not in answer["forwarded"]


def test_a_server_that_is_asked_to_end_finishes_what_it_is_doing(site):
    answers = []
    client = threading.Thread(target=lambda: answers.append(site.ask(path="/slow")))
    client.start()
    assert site.entered.wait(5)

    site.stop.set()
    eventually(lambda: refuses(site.port), within=5, what="the end of listening")
    site.go_on.set()
    client.join(10)

    status, _, body = answers[0]
    assert (status, len(json.loads(body)["padding"])) == (200, 5_000_000)


def refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize(("https", "host"), [(False, "127.0.0.1"), (True, "0.0.0.0")])
def test_without_https_only_this_machine_is_served(settings, https, host):
    settings.HTTPS = https

    assert serve.parse([]).host == host
    assert serve.parse(["--host", "10.0.0.1"]).host == "10.0.0.1"


def test_the_port_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("PORT", "4000")

    assert serve.parse([]).port == 4000
    assert serve.parse(["--port", "5000"]).port == 5000


@pytest.fixture
def start_process(tmp_path):
    """Starts `python -m tec.serve` on a port; it ends with the test."""
    processes = []

    def start(port: int) -> subprocess.Popen:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tec.settings", "TEC_VAR_DIR": str(tmp_path)}
        process = subprocess.Popen(
            [sys.executable, "-m", "tec.serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_the_process_serves_the_site_and_ends_well_when_asked_to(start_process, free_port):
    process = start_process(free_port)
    eventually(lambda: process.poll() is not None or not refuses(free_port), what="the start")
    with closing(HTTPConnection("127.0.0.1", free_port, timeout=10)) as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=15) == 0, process.stdout.read()


def test_a_port_that_is_taken_is_said_in_one_line(start_process, site):
    process = start_process(site.port)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert output == f"Cannot listen on 127.0.0.1:{site.port}: Address already in use.\n"
