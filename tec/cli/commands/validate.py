"""`tec validate`: compares descriptor files with the JSON Schemas of their versions."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from descriptors.reading import ReadProblem, read_path
from descriptors.validation import problems
from mismatch.findings import Place, Report
from mismatch.reports import Checked
from tec.cli import BAD_INPUT, CLEAN, FINDINGS, console
from tec.cli.options import Parser
from tec.paragraphs import columns, wrapped
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from descriptors.reading import Bundle
    from descriptors.validation import Problem
    from mismatch.reports import View

_INDENT = 11

SUMMARY = "compare descriptor files with their JSON Schemas"


def run(arguments: Sequence[str]) -> int:
    """Read each file, say what is wrong in it; one that cannot be read does not stop the others."""
    options = _options(arguments)
    view = console.view(options.colour)
    valid = invalid = unreadable = 0
    for path in options.files:
        try:
            bundle = read_path(path)
        except ReadProblem as problem:
            console.complain(str(problem))
            unreadable += 1
            continue
        for descriptor in bundle.documents:
            found = problems(descriptor, bundle.documents[descriptor])
            console.write("\n".join([*_told(bundle, descriptor, found, view), ""]))
            if any(problem.severity == "error" for problem in found):
                invalid += 1
            else:
                valid += 1
    console.write(_summary(valid, invalid, unreadable) + "\n")
    if unreadable or not valid + invalid:
        return BAD_INPUT
    return FINDINGS if invalid else CLEAN


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "validate",
        "Compare descriptors with the JSON Schema of the version that each of them states.",
        "Exit status: 0 valid (perhaps with warnings), 1 errors, 2 input that cannot be read.",
    )
    parser.add_files()
    parser.add_colour_option()
    return parser.parse_args(arguments)


def _told(bundle: Bundle, descriptor: str, found: Sequence[Problem], view: View) -> Iterator[str]:
    version = visible(str(bundle.documents[descriptor].get("version") or "without version"))
    state = "valid" if not found else _count(found)
    yield f"{visible(bundle.origins[descriptor])}: {NAMES[descriptor]} {version}: {state}"
    located = Checked(Report((), {}), bundle.documents, sources=bundle.sources)
    for problem in found:
        first, *rest = wrapped(visible(problem.message), view.width, _INDENT)
        yield f"  {problem.severity:7}" + first[9:]
        yield from rest
        position = located.position(Place(descriptor, problem.pointer))
        line = f"line {position[0]}" if position else ""
        yield from columns([part for part in (line, visible(problem.pointer)) if part], view.width, _INDENT)


def _count(found: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in found)
    counts = ((errors, "error"), (len(found) - errors, "warning"))
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)


def _summary(valid: int, invalid: int, unreadable: int) -> str:
    counts = ((valid, "valid"), (invalid, "with errors"), (unreadable, "unreadable"))
    parts = [f"{count} {what}" for count, what in counts if count]
    return ", ".join(parts or ["No documents"]) + "."
