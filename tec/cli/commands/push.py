"""`tec push`: sends the descriptors of a folder to a project on a server; overwrites nothing unseen."""

from __future__ import annotations

import os

from descriptors.reading import ReadProblem
from descriptors.writing import document_bytes
from tec.cli import BAD_INPUT, CLEAN, FINDINGS, access, checking, console, exchange
from tec.cli.exchange import Row, title
from tec.cli.options import Parser, Refused, add_server_options
from tec.cli.remote import RemoteProblem
from tec.named import NamedTuple
from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from descriptors.reading import Bundle
    from tec.cli.access import State
    from tec.cli.remote import Server

SUMMARY = "send descriptors to a project on a TEC server"

ABOUT = ("name", "description", "point_of_contact")


class Change(NamedTuple):
    """A document to send, and the revision it replaces (None: it makes the document)."""

    descriptor: str
    revision: int | None


class Conflict(Exception):
    """The server has something that we have never seen; what it is was shown already."""


def run(arguments: Sequence[str]) -> int:
    """Compare, then send what differs; nothing at all while the server has something unseen."""
    options = _options(arguments)
    try:
        bundle = checking.read(options.path)
        state = access.state_of(options.path)
        server, project = access.connect(options, state)
        state = state.of(server.address, project)
        _there(server, project, bundle, options)
        rows = exchange.rows_of(server, project)
        for change in _plan(server, project, bundle, rows, state, options):
            _send(server, project, bundle, change, state, options)
        state.write()
        if not options.check:
            return CLEAN
        from tec.cli.remote_check import check

        return check(server, project, bundle, rows, options)
    except Conflict:
        console.complain(
            "nothing of it was overwritten. Get the newer state with “tec pull” and send your change again,"
            " or replace what is there with --overwrite; its history stays."
        )
        return FINDINGS
    except (ReadProblem, Refused) as problem:
        console.complain(str(problem))
        return BAD_INPUT


def _there(server: Server, project: str, bundle: Bundle, options: Namespace) -> None:
    """See that the project is there; make it if that is wanted. Raises RemoteProblem."""
    try:
        server.ask("GET", f"projects/{project}/")
    except RemoteProblem as problem:
        if problem.status != 404:
            raise
        if not options.create:
            raise RemoteProblem(
                f"there is no project {quoted(project)} on {server.address} that you may see. Check its slug,"
                " or add --create to make it.",
                404,
            ) from problem
        _create(server, project, bundle)


def _create(server: Server, project: str, bundle: Bundle) -> None:
    lacking = [key for key in ABOUT if not bundle.project.get(key)]
    if lacking:
        raise RemoteProblem(
            f"to make a project, project.json has to say its {' and '.join(lacking).replace('_', ' ')}."
        )
    from tec.strictjson import dumps

    slug = _slug(bundle.project["name"])
    if slug != project:
        raise RemoteProblem(
            f"by its name the server would call the project {quoted(slug)}, not {quoted(project)}. Give"
            f" --project {slug}, or change the name in project.json."
        )
    body = {key: bundle.project[key] for key in ABOUT}
    made = server.ask("POST", "projects/", dumps(body).encode()).json()
    got = str(made.get("slug")) if isinstance(made, dict) else ""
    if got != project:
        raise RemoteProblem(
            f"the server made the project as {quoted(got)}, because {quoted(project)} is taken."
            f" Push to it with --project {got}."
        )
    console.write(f"Project {quoted(project)} made.\n")


def _slug(name: str) -> str:
    """The address that the server makes of a name, as Django does it."""
    import re
    import unicodedata

    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", latin)).strip("-_")[:60].strip("-")


def _plan(
    server: Server, project: str, bundle: Bundle, rows: dict[str, Row], state: State, options: Namespace
) -> list[Change]:
    """What has to be sent. Raises Conflict, after all of them were shown."""
    plan: list[Change] = []
    conflicts = 0
    for descriptor, row in rows.items():
        if descriptor not in bundle.documents:
            if row.present:
                console.write(f"{title(descriptor)}: only on the server; left as it is\n")
            continue
        body = bundle.documents[descriptor]
        digest = exchange.digest_of(body)
        if row.present and row.digest == digest and row.revision is not None:
            state.documents[descriptor] = row.revision, digest
            console.write(f"{title(descriptor)}: the same on the server, revision {row.revision}\n")
            continue
        seen = state.revision(descriptor)
        if options.overwrite or seen == row.revision or (not row.present and seen is None):
            plan.append(Change(descriptor, row.revision if row.present else None))
            continue
        conflicts += 1
        _show_conflict(server, project, bundle, row, seen)
    if conflicts:
        raise Conflict
    return plan


def _show_conflict(server: Server, project: str, bundle: Bundle, row: Row, seen: int | None) -> None:
    name = title(row.descriptor)
    if not row.present:
        console.complain(f"{name} was cleared on the server since revision {seen}, which yours is based on.")
        return
    based = f"yours is based on revision {seen}" if seen else "it is not known on which yours is based"
    console.complain(f"{name} is at revision {row.revision} on the server, and {based}. Yours would change:")
    _, there = exchange.document_of(server, project, row.descriptor)
    exchange.show(row.descriptor, there, bundle.documents[row.descriptor])


def _send(
    server: Server, project: str, bundle: Bundle, change: Change, state: State, options: Namespace
) -> None:
    """Save one document, on condition that the server still has what we compared with."""
    descriptor, revision = change
    body = bundle.documents[descriptor]
    condition = {"If_None_Match": "*"} if revision is None else {"If_Match": f'"{revision}"'}
    answer = server.ask(
        "PUT",
        f"projects/{project}/descriptors/{descriptor}/",
        document_bytes(body),
        query={"reason": options.reason} if options.reason else None,
        expect=(412,),
        **condition,
    )
    if answer.status == 412:
        state.write()  # of what was sent before
        row = exchange.rows_of(server, project)[descriptor]
        _show_conflict(server, project, bundle, row, revision)
        raise Conflict
    number = exchange.revision_in(server, answer)
    state.documents[descriptor] = number, exchange.digest_of(body)
    made = "made" if revision is None else "changed"
    console.write(f"{title(descriptor)}: {made}, revision {number}\n")


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "push",
        "Send the descriptors of a folder, zip or bundle to a project on a TEC server. What the server has"
        " and you have not seen is never overwritten: the difference is shown, and nothing is sent.",
        "Exit status: 0 done; 1 the server has something unseen, or with --check there are findings at or"
        " above --fail-on; 2 input or a server that cannot be used.",
    )
    parser.add_argument("path", metavar="PATH", help="folder, zip or JSON bundle of descriptors")
    add_server_options(parser)
    parser.add_argument(
        "--create", action="store_true", help="make the project if it is not there, from project.json"
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace what the server has, seen or not; its history stays, and nothing newer gets lost",
    )
    parser.add_argument("--reason", metavar="TEXT", help="what stands in the history of the documents")
    parser.add_argument(
        "--check", action="store_true", help="then have the server check, wait, and show what it found"
    )
    parser.add_argument(
        "--wait",
        type=int,
        default=600,
        metavar="SECONDS",
        help="with --check: how long to wait for the result (default: 600)",
    )
    checking.add_fail_on(parser, "open findings, with --check,")
    parser.add_colour_option()
    options = parser.parse_args(arguments)
    if options.path == "-" or not os.path.exists(options.path):
        parser.error("give the folder, zip or bundle to send")
    return options
