"""Serves the site with waitress, bounded against slow clients and large bodies; cuts no answer off."""

from __future__ import annotations

import argparse
import logging
import os
import resource
import signal
import sys
import time
from threading import Event
from typing import TYPE_CHECKING, Any

from waitress import create_server, wasyncore
from waitress.server import BaseWSGIServer

from tec.processes import end_with_runner
from tec.refusals import Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

CONNECTIONS = 2000
THREADS = 8
SLOW_AFTER = 30
"""Seconds of silence after which a connection is closed."""
FINISH_WITHIN = 10
"""Seconds that requests in work are given when the server is asked to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or Ctrl-C; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tec.settings")
    from django.urls import get_resolver

    from tec.wsgi import application

    options = parse(arguments)
    _ = get_resolver().url_patterns  # a page that cannot be imported stops the start, not a visitor
    sockets: dict[int, Any] = {}
    try:
        server = make_server(application, options.host, options.port, sockets)
    except OSError as error:
        print(f"Cannot listen on {options.host}:{options.port}: {error.strerror}.", file=sys.stderr)
        return 1
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *args: stop.set())
    end_with_runner()
    log.info("Serving on http://%s:%s", options.host, options.port)
    serve(server, sockets, stop.is_set)
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tec.serve", description=__doc__)
    parser.add_argument("--host", default=default_host(), help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=os.environ.get("PORT") or 3000, help="port (default: PORT or 3000)"
    )
    return parser.parse_args(arguments)


def default_host() -> str:
    """This machine only, unless people come over https and so through a proxy."""
    from django.conf import settings

    return "0.0.0.0" if settings.HTTPS else "127.0.0.1"  # noqa: S104


def make_server(application: Any, host: str, port: int, sockets: dict[int, Any]) -> Any:
    """A waitress server with our limits, whose connections are kept in *sockets*."""
    from django.conf import settings

    proxies: dict[str, Any] = {}
    if settings.TRUSTED_PROXIES:
        proxies = {
            "trusted_proxy": "*",
            "trusted_proxy_count": settings.TRUSTED_PROXIES,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    server = create_server(
        application,
        map=sockets,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=allowed_connections(),
        asyncore_use_poll=True,
        channel_timeout=SLOW_AFTER,
        cleanup_interval=SLOW_AFTER // 3,
        max_request_header_size=16_384,
        max_request_body_size=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **proxies,
    )
    for listener in listeners(sockets):
        listener.channel_class = Channel
    return server


def listeners(sockets: dict[int, Any]) -> list[Any]:
    return [each for each in sockets.values() if isinstance(each, BaseWSGIServer)]


def allowed_connections() -> int:
    """As many connections as we want, or as the system lets this process have open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200
    if soft < wanted and (hard == resource.RLIM_INFINITY or hard > soft):
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(CONNECTIONS, soft - 100)


def serve(server: Any, sockets: dict[int, Any], stopping: Callable[[], bool]) -> None:
    """Answer requests until *stopping*; then take no more, and finish those in work."""
    while not stopping():
        wasyncore.loop(timeout=0.5, use_poll=True, map=sockets, count=1)
    for listener in listeners(sockets):
        listener.close()
    deadline = time.monotonic() + FINISH_WITHIN
    while any(busy(each) for each in sockets.values()) and time.monotonic() < deadline:
        wasyncore.loop(timeout=0.05, use_poll=True, map=sockets, count=1)
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(sockets)


def busy(dispatcher: Any) -> bool:
    """Whether an answer is being made or sent on this connection."""
    return isinstance(dispatcher, Channel) and bool(dispatcher.requests or dispatcher.total_outbufs_len)


if __name__ == "__main__":
    sys.exit(main())
