"""`tec check`: runs the rules over a project's descriptors."""

from __future__ import annotations

import argparse
import sys

from descriptors.reading import ReadProblem, read_path
from mismatch.engine import RULES, check
from mismatch.findings import SEVERITIES
from mismatch.reports import Checked, format_named, format_names
from tec.cli import BAD_INPUT, CLEAN, FINDINGS, console
from tec.cli.options import Parser
from tec.plain import quoted, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from descriptors.reading import Bundle
    from mismatch.findings import Report

SUMMARY = "find what does not fit together in a project's descriptors"


class UnknownRule(ValueError):
    """--rule names a rule that does not exist."""


def run(arguments: Sequence[str]) -> int:
    """Read, check, write; the exit status says whether something is at least as bad as --fail-on."""
    options = _options(arguments)
    try:
        rules = _known_rules(options.rules)
        bundle = _read(options.path)
    except (ReadProblem, UnknownRule) as problem:
        console.complain(str(problem))
        return BAD_INPUT
    today = options.today or _today()
    if options.fix:
        return _fix(bundle, rules, today, options)
    report = check(bundle.documents, rules, today=today)
    if bundle.ignored:
        console.complain(f"ignored, being no descriptors: {', '.join(map(visible, bundle.ignored))}")
    checked = Checked(report, bundle.documents, bundle.project, bundle.origins, bundle.sources)
    console.write(format_named(options.format).render(checked, console.view(options.colour)))
    return FINDINGS if _fails(report, options.fail_on) else CLEAN


def _fix(bundle: Bundle, rules: list[str] | None, today: date | None, options: argparse.Namespace) -> int:
    """Show or write what can be fixed; the exit status is about the files as they are afterwards."""
    from tec.cli.fixing import fix_files

    try:
        fixed = fix_files(bundle, rules, today, write=options.write)
    except ReadProblem as problem:
        console.complain(str(problem))
        return BAD_INPUT
    documents = fixed.documents if options.write else bundle.documents
    return FINDINGS if _fails(check(documents, rules, today=today), options.fail_on) else CLEAN


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(
        "check",
        "Compare a project's descriptors and report every contradiction and every gap.",
        "Exit status: 0 clean, 1 findings at or above --fail-on, 2 input that cannot be used.",
    )
    parser.add_argument(
        "path",
        metavar="PATH",
        help="folder, zip or JSON bundle of descriptors, or one descriptor; - reads stdin",
    )
    parser.add_argument(
        "--format", choices=format_names(), default="text", help="how to write the result (default: text)"
    )
    parser.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="major",
        help="exit with 1 for findings of this severity or a worse one (default: major)",
    )
    parser.add_argument(
        "--rule",
        dest="rules",
        action="append",
        metavar="RULE",
        help="run only this rule, by slug or code; repeat it or use commas for more",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="show what can be fixed mechanically, as differences, instead of the findings",
    )
    parser.add_argument(
        "--write", action="store_true", help="with --fix: change the files (one document in each)"
    )
    parser.add_argument(
        "--today",
        type=_date,
        metavar="DATE",
        help="the date for rules that need one, as 2025-12-31 (default: today)",
    )
    parser.add_colour_option()
    options = parser.parse_args(arguments)
    if options.write and not options.fix:
        parser.error("--write goes with --fix")
    return options


def _read(path: str) -> Bundle:
    if path == "-":
        from descriptors.reading import MAX_PACKED, read_bytes

        bundle = read_bytes("standard input", sys.stdin.buffer.read(MAX_PACKED + 1))
    else:
        bundle = read_path(path)
    if not any(bundle.documents.values()):
        raise ReadProblem(path, "all documents in it are empty", "Fill in at least one descriptor.")
    return bundle


def _known_rules(given: list[str] | None) -> list[str] | None:
    """The rules that --rule names, None if it was not used."""
    if given is None:
        return None
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    try:
        check({}, names)  # by itself, because a ValueError in a check would be a fault of TEC
    except ValueError as problem:
        raise UnknownRule(f"{problem} “tec rules” lists them all.") from problem
    return names


def _today() -> date | None:
    """The date here; None if no rule asks for it, because finding out takes an import."""
    if not any(rule.wants_today for rule in RULES):
        return None
    from datetime import datetime

    return datetime.now().astimezone().date()


def _fails(report: Report, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity in bad for finding in report.findings)


def _date(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a date; write it as 2025-12-31") from None
