"""`tec pull`: writes the descriptors of a project on a server into a folder; overwrites nothing unsaved."""

from __future__ import annotations

import os

from descriptors import recognition
from descriptors.reading import ReadProblem, read_file, unreadable
from descriptors.writing import document_bytes
from tec import strictjson
from tec.cli import BAD_INPUT, CLEAN, FINDINGS, access, console, exchange, files
from tec.cli.exchange import title
from tec.cli.options import Parser, Refused, add_server_options
from tec.named import NamedTuple
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import Any

    from tec.cli.access import State
    from tec.cli.remote import Server

SUMMARY = "write the descriptors of a project on a TEC server into a folder"

PROJECT = "project"
"""Stands for project.json beside the eight descriptors."""

ABOUT = ("name", "description", "point_of_contact")


class Local(NamedTuple):
    """A file of the folder as it is now."""

    file: str
    body: Any  # None: the file is not there, or cannot be read as JSON
    broken: bool = False

    @property
    def digest(self) -> str:
        return "?" if self.broken else exchange.digest_of(self.body)


class Write(NamedTuple):
    """What has to happen to a file: the new content, or None to remove it."""

    name: str  # descriptor or PROJECT
    file: str
    body: dict[str, Any] | None


def run(arguments: Sequence[str]) -> int:
    """Fetch everything, compare with the folder, then write; nothing while that would lose something."""
    options = _options(arguments)
    try:
        state = access.state_of(options.path)
        server, project = access.connect(options, state)
        state = state.of(server.address, project)
        state.path = os.path.join(options.path, access.STATE)
        there, revisions = _fetched(server, project)
        here = _local(options.path)
        plan, lost = _plan(there, here, state, options)
        if lost:
            _complain_of(lost, there, here)
            return FINDINGS
        os.makedirs(options.path, exist_ok=True)
        for write in plan:
            _carry_out(write)
        _remember(state, there, revisions)
        console.write(_summary(plan, options.path))
    except (ReadProblem, Refused) as problem:
        console.complain(str(problem))
        return BAD_INPUT
    return CLEAN


def _fetched(server: Server, project: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Everything the server has, by descriptor or PROJECT (None: absent), and the revisions."""
    about = server.get(f"projects/{project}/")
    there: dict[str, Any] = {PROJECT: {key: str(about.get(key) or "") for key in ABOUT}}
    revisions: dict[str, int] = {}
    for descriptor, row in exchange.rows_of(server, project).items():
        there[descriptor] = None
        if row.present:
            revisions[descriptor], there[descriptor] = exchange.document_of(server, project, descriptor)
    return there, revisions


def _local(folder: str) -> dict[str, Local]:
    """The files of *folder*, each under the name it has there already."""
    names = {PROJECT: recognition.PROJECT_FILE}
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        known = recognition.by_file_name(name)
        if known is not None:
            names.setdefault(known.descriptor, name)
    from descriptors.catalogue import DESCRIPTORS

    files = {each: os.path.join(folder, names.get(each, f"{each}.json")) for each in (PROJECT, *DESCRIPTORS)}
    return {each: _read(file) for each, file in files.items()}


def _read(file: str) -> Local:
    try:
        body = strictjson.loads(read_file(file, strictjson.MAX_BYTES))
    except FileNotFoundError:
        return Local(file, None)
    except OSError as error:
        raise unreadable(file, error) from error
    except (strictjson.StrictJSONError, ReadProblem):
        return Local(file, None, broken=True)
    return Local(file, body, broken=not isinstance(body, dict))


def _plan(
    there: dict[str, Any], here: dict[str, Local], state: State, options: Namespace
) -> tuple[list[Write], list[str]]:
    """What to write, and what would be lost by it."""
    plan: list[Write] = []
    lost: list[str] = []
    for name, body in there.items():
        local = here[name]
        if local.digest == exchange.digest_of(body):
            continue
        synced = state.about if name == PROJECT else state.digest(name)
        if body is None and not synced:
            continue  # only here, and never was on the server
        if exchange.digest_of(body) == synced and local.digest and not options.force:
            console.write(f"{_title(name)}: {visible(local.file)} has changes to push; left as it is\n")
            continue
        if name == PROJECT and local.digest not in ("", synced) and not options.force:
            console.write(f"Project: {visible(local.file)} says something else; left as it is\n")
            continue
        if local.digest not in ("", synced) and not options.force:
            lost.append(name)
        plan.append(Write(name, local.file, body))
    return plan, lost


def _complain_of(lost: list[str], there: dict[str, Any], here: dict[str, Local]) -> None:
    for name in lost:
        local = here[name]
        what = "cannot be read" if local.broken else "has changes that the server does not have"
        console.complain(f"{visible(local.file)} {what}; pulling would undo:")
        if not local.broken:
            exchange.show(name, there[name], local.body)
    console.complain(
        "nothing was written. Send your changes with “tec push” first, or give them up with --force."
    )


def _carry_out(write: Write) -> None:
    if write.body is not None:
        files.replace(write.file, document_bytes(write.body))
    elif os.path.lexists(write.file):
        os.remove(write.file)
    done = "written" if write.body is not None else "removed, being absent on the server"
    console.write(f"{_title(write.name)}: {visible(write.file)} {done}\n")


def _title(name: str) -> str:
    return "Project" if name == PROJECT else title(name)


def _remember(state: State, there: dict[str, Any], revisions: dict[str, int]) -> None:
    state.about = exchange.digest_of(there[PROJECT])
    state.documents = {
        name: (revision, exchange.digest_of(there[name])) for name, revision in revisions.items()
    }
    state.write()


def _summary(plan: list[Write], folder: str) -> str:
    if not plan:
        return f"Nothing to bring up to date in {visible(folder)}.\n"
    return f"{len(plan)} {'file' if len(plan) == 1 else 'files'} brought up to date in {visible(folder)}.\n"


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "pull",
        "Write the descriptors of a project on a TEC server into a folder, one file for each. A file whose"
        " content is the same already is left alone.",
        "Exit status: 0 done; 1 the folder has changes that would be lost, and nothing was written; 2 a"
        " folder or a server that cannot be used.",
    )
    parser.add_argument(
        "path", metavar="FOLDER", nargs="?", default=".", help="where to write (default: the current folder)"
    )
    add_server_options(parser)
    parser.add_argument(
        "--force", action="store_true", help="overwrite local changes that the server does not have"
    )
    return parser.parse_args(arguments)
