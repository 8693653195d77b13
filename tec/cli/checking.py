"""What `tec check`, `diff` and `gate` share: reads a project, runs the rules, applies what was decided."""

from __future__ import annotations

import sys

from descriptors.reading import MAX_PACKED, ReadProblem, read_path
from mismatch.engine import RULES, check
from mismatch.findings import SEVERITIES
from mismatch.reports import Checked
from tec.cli import CLEAN, FINDINGS, console
from tec.cli.options import Refused
from tec.cli.profiles import beside, profile_for
from tec.plain import quoted, visible
from tec.strictjson import RESULTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence
    from datetime import date

    from descriptors.reading import Bundle
    from mismatch.baseline import Baseline
    from mismatch.findings import Report
    from mismatch.profiles.profile import Profile
    from mismatch.reports import Settlement
    from tec.cli.options import Parser

IGNORE_FILE = "tec-ignore.yaml"


class UnknownRule(Refused):
    """--rule names a rule that does not exist."""


def add_options(parser: Parser) -> None:
    """The options of the commands that check: which rules, on which day, and what was decided."""
    parser.add_argument(
        "--rule",
        dest="rules",
        action="append",
        metavar="RULE",
        help="run only this rule, by slug or code; repeat it or use commas for more",
    )
    add_decision_options(parser)


def add_decision_options(parser: Parser) -> None:
    """The options that say what was decided: profile, day, and decisions about findings."""
    parser.add_argument(
        "--profile",
        metavar="FILE",
        help="what is wanted otherwise of the rules (default: tec.toml beside the descriptors)",
    )
    parser.add_argument(
        "--rules",
        dest="own_rules",
        metavar="FILE",
        help="rules of your own (default: tec-rules.yaml beside the descriptors)",
    )
    parser.add_argument(
        "--today",
        type=day,
        metavar="DATE",
        help="the date for rules and decisions that need one, as 2025-12-31 (default: today)",
    )
    parser.add_argument(
        "--ignore",
        metavar="FILE",
        help=f"file of decisions (default: {IGNORE_FILE} beside the descriptors, if there is one)",
    )
    parser.add_argument("--no-ignore", action="store_true", help="use no file of decisions")


def add_fail_on(parser: Parser, what: str = "findings") -> None:
    """The option that says which severity makes the command end with 1."""
    parser.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
        default="major",
        help=f"exit with 1 for {what} of this severity or a worse one (default: major)",
    )


def read(path: str) -> Bundle:
    """The project at *path*, - being standard input. Raises ReadProblem."""
    if path == "-":
        from descriptors.reading import read_bytes

        bundle = read_bytes("standard input", sys.stdin.buffer.read(MAX_PACKED + 1))
    else:
        bundle = read_path(path)
    if not any(bundle.documents.values()):
        raise ReadProblem(path, "all documents in it are empty", "Fill in at least one descriptor.")
    if bundle.ignored:
        console.complain(f"ignored, being no descriptors: {', '.join(map(visible, bundle.ignored))}")
    return bundle


def checked(bundle: Bundle, options: Namespace, path: str, baseline: Baseline | None = None) -> Checked:
    """The result of the rules over *bundle*, read from *path*. Raises ReadProblem, UnknownRule."""
    profile = profile_for(path, options.profile, options.own_rules)
    rules = known_rules(options.rules, profile)
    entries = _entries_file(options, path)
    today = options.today or current_day(always=bool(entries))
    report = check(bundle.documents, rules, today=today, profile=profile)
    for problem in report.problems:
        console.complain(visible(problem))
    decided: Mapping[str, Settlement] = {}
    if entries and today:
        present = [name for name, body in bundle.documents.items() if body]
        # With --rule only a part is looked at, so that nothing can be said of entries without use.
        decided = _decided(entries, report, today, present, told=rules is None, profile=profile)
    return Checked(
        report,
        bundle.documents,
        bundle.project,
        bundle.origins,
        bundle.sources,
        decided=decided,
        known=baseline.known(report) if baseline else None,
        then=baseline.findings if baseline else None,
        gone=baseline.gone(report) if baseline else (),
        fail_on=options.fail_on,
    )


def read_baseline(path: str) -> Baseline:
    """The result of an earlier check in the file *path*. Raises ReadProblem."""
    from mismatch.baseline import baseline_of
    from mismatch.results import result_from_json

    return baseline_of(result_from_json(path, content(path, RESULTS.bytes)).report.findings)


def content(path: str, limit: int = MAX_PACKED) -> bytes:
    """The bytes of a file of at most that many. Raises ReadProblem."""
    from descriptors.reading import read_file, unreadable

    try:
        return read_file(path, limit)
    except OSError as error:
        raise unreadable(path, error) from error


def known_rules(given: list[str] | None, profile: Profile | None = None) -> list[str] | None:
    """The rules that --rule names, None if it was not used. Raises UnknownRule."""
    if given is None:
        return None
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    try:
        check({}, names, profile=profile)  # by itself: a ValueError in a check is a fault of TEC
    except ValueError as problem:
        raise UnknownRule(f"{problem} “tec rules” lists them all.") from problem
    return names


def current_day(*, always: bool = False) -> date | None:
    """The date here; None if nothing asks for it, because finding out takes an import."""
    if not always and not any(rule.wants_today for rule in RULES):
        return None
    from datetime import datetime

    return datetime.now().astimezone().date()


def day(text: str) -> date:
    """The date that an option gives."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{quoted(text)} is not a date; write it as 2025-12-31") from None


def status(checked: Checked) -> int:
    """The exit status that *checked* stands for."""
    return FINDINGS if any(checked.fails(finding) for finding, _ in checked.things) else CLEAN


def _entries_file(options: Namespace, path: str) -> str:
    """The file of decisions to use, "" for none."""
    if options.no_ignore:
        return ""
    if options.ignore is not None:
        return str(options.ignore)
    return beside(path, IGNORE_FILE) or ""


def _decided(
    file: str, report: Report, today: date, present: Sequence[str], *, told: bool, profile: Profile | None
) -> dict[str, Settlement]:
    """What *file* decides; on stderr what has lapsed in it and, if *told*, which entries are of no use."""
    from mismatch.ignoring.file import entries_from
    from mismatch.ignoring.matching import ignored

    found = ignored(entries_from(file, content(file)), report, today, present)
    for entry, why in found.lapsed:
        console.complain(
            f"{visible(file)}, line {entry.line}: {visible(entry.rule)} counts as open again: {why}."
            " Decide anew or remove the entry."
        )
    for entry in found.unused if told else ():
        why = _no_use(entry.rule, profile)
        console.complain(f"{visible(file)}, line {entry.line}: {visible(entry.rule)}: {why}")
    return found.decided


def _no_use(rule: str, profile: Profile | None) -> str:
    try:
        known_rules([rule], profile)
    except UnknownRule as problem:
        return str(problem)
    return "the entry matches nothing. Remove it."
