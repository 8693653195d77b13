"""What a folder and a project on a server differ in, descriptor by descriptor; and how that is shown."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS, NAMES
from descriptors.differences import changes
from tec import strictjson
from tec.cli import console
from tec.cli.remote import RemoteProblem
from tec.named import NamedTuple
from tec.paragraphs import wrapped
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from descriptors.differences import Change
    from tec.cli.remote import Answer, Server

MOST_SHOWN = 20
"""Differences of one document that are written out."""

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "↕"}


class Row(NamedTuple):
    """One descriptor of a project on the server."""

    descriptor: str
    present: bool
    revision: int | None  # the newest; None: never saved
    digest: str


def rows_of(server: Server, project: str) -> dict[str, Row]:
    """What the server has, by descriptor. Raises RemoteProblem."""
    value = server.get(f"projects/{project}/descriptors/")
    rows = value.get("results") if isinstance(value, dict) else None
    found = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("descriptor") in DESCRIPTORS:
            revision = row.get("revision")
            number = revision if isinstance(revision, int) else None
            digest = str(row.get("digest") or "")
            found[row["descriptor"]] = Row(row["descriptor"], bool(row.get("present")), number, digest)
    if len(found) != len(DESCRIPTORS):
        raise RemoteProblem(f"{server.address} answers in a way that this version does not know. Update tec.")
    return found


def document_of(server: Server, project: str, descriptor: str) -> tuple[int, dict[str, Any]]:
    """Revision and content of a document that is there. Raises RemoteProblem."""
    answer = server.ask("GET", f"projects/{project}/descriptors/{descriptor}/")
    body = answer.json()
    if not isinstance(body, dict):
        raise RemoteProblem(f"{server.address} answers in a way that this version does not know. Update tec.")
    return revision_in(server, answer), body


def revision_in(server: Server, answer: Answer) -> int:
    """Which revision an answer is about, even if a proxy has weakened its ETag. Raises RemoteProblem."""
    number = answer.etag.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdecimal():
        raise RemoteProblem(f"{server.address} answers in a way that this version does not know. Update tec.")
    return int(number)


def digest_of(body: Mapping[str, Any] | None) -> str:
    """What two equal documents have in common; "" for none."""
    return "" if body is None else strictjson.digest(dict(body))


def show(descriptor: str, there: Any, here: Any) -> None:
    """On stderr: what the document *here* would change in the one *there*."""
    found = changes(descriptor, there, here)
    width = console.width()
    for each in found[:MOST_SHOWN]:
        for line in wrapped(f"{SIGNS[each.kind]} {visible(each.label)}: {_values(each)}", width, 4, 6):
            console.note(line)
    if len(found) > MOST_SHOWN:
        console.note(f"    and {len(found) - MOST_SHOWN} more differences")


def title(descriptor: str) -> str:
    return NAMES.get(descriptor, descriptor)


def _values(change: Change) -> str:
    if change.kind == "moved":
        return f"row {change.was} → row {change.now}"
    if change.kind == "changed":
        return f"{one_line(change.was)} → {one_line(change.now)}"
    return one_line(change.was if change.kind == "removed" else change.now) or "null"
