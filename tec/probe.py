"""Asks the site on this machine how it is; `python -m tec.probe /healthz` is what containers check."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def status_of(path: str, port: int, timeout: float = 5) -> int:
    """The HTTP status of *path* on this machine, 0 if nothing answers."""
    # The site answers to its public name only.
    public = urlsplit(os.environ.get("TEC_PUBLIC_URL") or "http://localhost")
    with closing(HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        try:
            connection.request("GET", path, headers={"Host": public.netloc})
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0


def main() -> int:
    path = sys.argv[1] if len(sys.argv) > 1 else "/healthz"
    status = status_of(path, int(os.environ.get("PORT") or 3000))
    print(f"{path}: {status or 'no answer'}")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
