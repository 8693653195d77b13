"""`tec check`: runs the rules over a project's descriptors."""

from __future__ import annotations

from descriptors.reading import ReadProblem
from tec.cli import BAD_INPUT, checking, console, outputs
from tec.cli.options import Parser, Refused
from tec.cli.profiles import profile_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from descriptors.reading import Bundle
    from mismatch.reports import Checked

SUMMARY = "find what does not fit together in a project's descriptors"


def run(arguments: Sequence[str]) -> int:
    """Read, check, write; the exit status says whether something is at least as bad as --fail-on."""
    options = _options(arguments)
    try:
        baseline = checking.read_baseline(options.baseline) if options.baseline else None
        bundle = checking.read(options.path)
        if options.fix:
            checked = _fixed(bundle, options)
        else:
            checked = checking.checked(bundle, options, options.path, baseline)
            outputs.write(checked, options)
    except (ReadProblem, Refused) as problem:
        console.complain(str(problem))
        return BAD_INPUT
    return checking.status(checked)


def _fixed(bundle: Bundle, options: Namespace) -> Checked:
    """Show or write what can be fixed; returned is the result for the files as they are afterwards."""
    from tec.cli.fixing import fix_files

    profile = profile_for(options.path, options.profile, options.own_rules)
    rules = checking.known_rules(options.rules, profile)
    today = options.today or checking.current_day()
    fixed = fix_files(bundle, rules, today, profile, write=options.write)
    now = bundle._replace(documents=fixed.documents) if options.write else bundle
    return checking.checked(now, options, options.path)


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "check",
        "Compare a project's descriptors and report every contradiction and every gap.",
        "Exit status: 0 clean, 1 findings at or above --fail-on (with --baseline: new or worse ones),"
        " 2 input that cannot be used.",
    )
    parser.add_argument(
        "path",
        metavar="PATH",
        help="folder, zip or JSON bundle of descriptors, or one descriptor; - reads stdin",
    )
    outputs.add_options(parser)
    checking.add_fail_on(parser)
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="the JSON of an earlier check: only what is new or worse since then decides the exit status",
    )
    checking.add_options(parser)
    parser.add_argument(
        "--fix",
        action="store_true",
        help="show what can be fixed mechanically, as differences, instead of the findings",
    )
    parser.add_argument(
        "--write", action="store_true", help="with --fix: change the files (one document in each)"
    )
    options = parser.parse_args(arguments)
    outputs.check_options(parser, options)
    if options.write and not options.fix:
        parser.error("--write goes with --fix")
    if options.fix and (options.baseline or options.formats or options.output):
        parser.error("--fix shows differences only; leave out --baseline, --format and --output")
    return options
