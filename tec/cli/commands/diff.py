"""`tec diff`: what an older and a newer state of a project, or two results of checks, differ in."""

from __future__ import annotations

from descriptors.reading import ReadProblem
from tec.cli import BAD_INPUT, checking, console, files
from tec.cli.diffing import FORMATS, Side, compared
from tec.cli.options import Parser, Refused
from tec.strictjson import RESULTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

SUMMARY = "compare two states of a project: new, fixed and still open findings"


def run(arguments: Sequence[str]) -> int:
    """Check both, compare, write; the exit status is about what is new or worse."""
    options = _options(arguments)
    try:
        difference = compared(_side(options.old, options), _side(options.new, options), options)
    except (ReadProblem, Refused) as problem:
        console.complain(str(problem))
        return BAD_INPUT
    text = FORMATS[options.format](difference, console.width())
    if options.output:
        files.replace(options.output, text.encode("utf-8", "backslashreplace"))
    else:
        console.write(text)
    return checking.status(difference.now)


def _side(path: str, options: Namespace) -> Side:
    """A state of the project: descriptors, which are checked now, or the JSON of a check."""
    from mismatch.results import is_result, result_from

    if path.lower().endswith(".json"):
        from descriptors.bundles import loads

        # What is no result is read once more, and as strictly as all documents.
        value = loads(path, checking.content(path, RESULTS.bytes), RESULTS)
        if is_result(value):
            return Side(path, result_from(path, value).report, None)
    bundle = checking.read(path)
    checked = checking.checked(bundle, options, path)
    return Side(path, checked.report, bundle, checked)


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "diff",
        "Compare what is found in an older and a newer state of a project: what is new, what is fixed, what"
        " is still there, with the values then and now.",
        "Exit status: 0 nothing new or worse at or above --fail-on, 1 something is, 2 input that cannot be"
        " used.",
    )
    what = "folder, zip or bundle of descriptors, or the JSON of a check"
    parser.add_argument("old", metavar="OLD", help=what)
    parser.add_argument("new", metavar="NEW", help=what)
    parser.add_argument(
        "--format", choices=list(FORMATS), default="text", help="how to write the result (default: text)"
    )
    parser.add_argument("--output", metavar="FILE", help="write the result into this file instead of stdout")
    parser.add_argument(
        "--fields", action="store_true", help="also list the fields of the descriptors that changed"
    )
    checking.add_fail_on(parser, "new or worse findings")
    checking.add_options(parser)
    return parser.parse_args(arguments)
