"""`tec gate`: whether a system is ready to be built, integrated or deployed, and what stands in the way."""

from __future__ import annotations

import os

from descriptors.catalogue import NAMES
from descriptors.reading import ReadProblem
from mismatch.gate import BLOCKED, GATES, STATES, concerns_of, judge
from tec.cli import BAD_INPUT, CLEAN, FINDINGS, checking, console
from tec.cli.options import Parser, Refused, add_server_options
from tec.paragraphs import wrapped
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from mismatch.gate import Verdict

SUMMARY = "say whether a system is ready to be built, integrated or deployed"


def run(arguments: Sequence[str]) -> int:
    """Judge the files at PATH, or ask the server; the exit status says whether the gate is blocked."""
    options = _options(arguments)
    try:
        verdict = _judged(options).as_json() if options.path else _asked(options)
    except (ReadProblem, Refused) as problem:
        console.complain(str(problem))
        return BAD_INPUT
    if options.format == "json":
        from tec.strictjson import dumps

        console.write(dumps(verdict))
    else:
        console.write("\n".join(_told(verdict, options.gate)) + "\n")
    return FINDINGS if verdict["state"] == BLOCKED else CLEAN


def _judged(options: Namespace) -> Verdict:
    """The verdict over files, as the server gives it over its documents."""
    baseline = checking.read_baseline(options.baseline) if options.baseline else None
    bundle = checking.read(options.path)
    checked = checking.checked(bundle, options, options.path, baseline)
    decided = {name: (each.standing, each.words) for name, each in checked.decided.items()}
    present = [name for name, body in bundle.documents.items() if body]
    concerns = concerns_of(checked.report, baseline, decided)
    return judge(GATES[options.gate], present, concerns, only_new=baseline is not None)


def _asked(options: Namespace) -> dict[str, Any]:
    """The verdict of a server over the documents it has."""
    from tec.cli.access import connect
    from tec.cli.remote import RemoteProblem

    server, project = connect(options)
    query = {"new": "true"} if options.only_new else {}
    verdict = server.get(f"projects/{project}/gate/{options.gate}/", query)
    reasons = ("blockers", "conditions")
    sound = isinstance(verdict, dict) and all(isinstance(verdict.get(key), list) for key in reasons)
    if not sound or verdict.get("state") not in STATES:
        raise RemoteProblem(f"{server.address} answers in a way that this version does not know. Update tec.")
    return dict(verdict)


def _told(verdict: Mapping[str, Any], name: str) -> Iterator[str]:
    gate, width = GATES[name], console.width()
    yield f"{gate.title}: {STATES.get(verdict['state'], verdict['state']).lower()}"
    yield from wrapped(gate.asks, width)
    for key, heading in (("blockers", "Stands in the way"), ("conditions", "Conditions")):
        reasons = verdict[key]
        if reasons:
            yield ""
            yield f"{heading}: {len(reasons)}"
        for reason in reasons:
            yield from _reason(reason, width)


def _reason(reason: Mapping[str, Any], width: int) -> Iterator[str]:
    words, code, severity, side, note = (
        str(reason.get(key) or "") for key in ("words", "code", "severity", "descriptor", "note")
    )
    yield from wrapped(visible(f"• {code} {severity}: {words}" if code else f"• {words}"), width, 2, 4)
    more = ", ".join(part for part in (NAMES.get(side, "") if code else "", note) if part)
    if more:
        yield from wrapped(visible(more), width, 4)


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "gate",
        "Say whether a system is ready, by the same rules as the Gate page of a project: what is critical or"
        " major and open, and which descriptors are absent.",
        "Exit status: 0 open, perhaps with conditions; 1 blocked; 2 input that cannot be used.",
    )
    parser.add_argument("gate", metavar="GATE", choices=list(GATES), help=", ".join(GATES))
    parser.add_argument(
        "path", metavar="PATH", nargs="?", help="folder, zip or JSON bundle of descriptors; - reads stdin"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write the verdict (default: text)"
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="the JSON of an earlier check: only what is new or worse since then blocks",
    )
    checking.add_decision_options(parser)
    add_server_options(parser)
    parser.add_argument(
        "--only-new", action="store_true", help="of a server: only what its baseline had not blocks"
    )
    options = parser.parse_args(arguments)
    if not options.path and not (options.server or os.environ.get("TEC_SERVER")):
        parser.error("give a PATH, or --server URL and --project SLUG")
    if options.path and (options.server or options.only_new):
        parser.error("give either a PATH or a server, not both")
    if not options.path and (options.baseline or options.ignore):
        parser.error("--baseline and --ignore are for files; a server has its own")
    options.rules, options.fail_on = None, "major"
    return options
