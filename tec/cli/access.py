"""Which server and project a command is about, and with which token; the token is never shown."""

from __future__ import annotations

import os

from tec import strictjson
from tec.cli.remote import RemoteProblem, Server
from tec.plain import quoted, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any


STATE = ".tec-remote"
"""The file in a folder that remembers where it was pulled from or pushed to, and in which state."""

_MOST = 100_000
_TOKEN = "Make one on the page of your account and put it into TEC_TOKEN, or its file into TEC_TOKEN_FILE."  # noqa: S105


class State:
    """What a folder had in common with a server when it was last pulled or pushed."""

    def __init__(self, path: str, value: dict[str, Any] | None = None) -> None:
        value = value or {}
        self.path = path
        self.server = _text(value, "server")
        self.project = _text(value, "project")
        self.mark = _text(value, "mark")  # of the server by the token that was used with it
        self.about = _text(value, "about")  # digest of project.json
        rows = value.get("documents")
        self.documents: dict[str, tuple[int, str]] = {
            name: (row["revision"], row["digest"])
            for name, row in (rows.items() if isinstance(rows, dict) else ())
            if isinstance(row, dict)
            and isinstance(row.get("revision"), int)
            and isinstance(row.get("digest"), str)
        }

    def of(self, server: str, project: str) -> State:
        """This, or an empty one if it is about another server or project."""
        if (self.server, self.project) == (server, project):
            return self
        other = State(self.path)
        other.server, other.project, other.mark = server, project, self.mark
        return other

    def revision(self, descriptor: str) -> int | None:
        return self.documents[descriptor][0] if descriptor in self.documents else None

    def digest(self, descriptor: str) -> str:
        return self.documents[descriptor][1] if descriptor in self.documents else ""

    def write(self) -> None:
        """Keep it in the folder; nothing for what is no folder. Raises OSError."""
        if not self.path:
            return
        from tec.cli import files

        value = {
            "server": self.server,
            "project": self.project,
            "mark": self.mark,
            "about": self.about,
            "documents": {
                name: {"revision": revision, "digest": digest}
                for name, (revision, digest) in sorted(self.documents.items())
            },
        }
        files.replace(self.path, strictjson.dumps(value).encode())


def state_of(folder: str) -> State:
    """What the *folder* remembers; an empty state if it remembers nothing or is none."""
    if not os.path.isdir(folder):
        return State("")
    path = os.path.join(folder, STATE)
    try:
        with open(path, "rb") as file:
            value = strictjson.loads(file.read(_MOST))
    except (OSError, strictjson.StrictJSONError):
        value = None  # it only saves typing and questions; without it more is asked
    return State(path, value if isinstance(value, dict) else None)


def connect(options: Namespace, state: State | None = None) -> tuple[Server, str]:
    """The server, and the slug of the project there. Raises RemoteProblem.

    A folder may come from anybody, so the server that it remembers gets the token only if it had it before.
    """
    known = state or State("")
    named = options.server or os.environ.get("TEC_SERVER")
    address = named or known.server
    project = options.project or os.environ.get("TEC_PROJECT") or known.project
    if not address:
        raise RemoteProblem("no server is named. Give --server URL, or set TEC_SERVER.")
    if not project:
        raise RemoteProblem("no project is named. Give --project SLUG, or set TEC_PROJECT.")
    if not project.isascii() or not project.replace("-", "").replace("_", "").isalnum():
        raise RemoteProblem(f"{quoted(project)} is no slug of a project. It is what its address ends with.")
    server = Server(address, _token(options), allow_http=options.allow_http)
    if not named and known.mark != server.mark:
        raise RemoteProblem(
            f"{visible(known.path)} names the server {visible(address)}, which has not been used with this "
            "token yet. If it is yours, give it as --server."
        )
    known.mark = server.mark
    return server, project


def _token(options: Namespace) -> str:
    file = options.token_file or os.environ.get("TEC_TOKEN_FILE")
    if file:
        try:
            with open(file, encoding="utf-8", errors="replace") as opened:
                token = opened.read(1000)
        except OSError as error:
            raise RemoteProblem(
                f"{visible(file)}: the token cannot be read ({error.strerror or error})."
            ) from error
    else:
        token = os.environ.get("TEC_TOKEN", "")
    token = token.strip()
    if not token:
        raise RemoteProblem(f"there is no API token. {_TOKEN}")
    if not token.isascii() or not token.isprintable() or " " in token or len(token) > 200:
        raise RemoteProblem(f"what is given as API token cannot be one. {_TOKEN}")
    return token


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    return text if isinstance(text, str) else ""
