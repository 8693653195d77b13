"""`tec upgrade`: brings descriptor files to the newest schema version and lists what is left to people."""

from __future__ import annotations

import os

from descriptors.catalogue import LATEST, NAMES
from descriptors.reading import ReadProblem, read_path
from descriptors.upgrades import upgrade
from descriptors.writing import document_bytes
from tec.cli import BAD_INPUT, CLEAN, console, files
from tec.cli.options import Parser
from tec.named import NamedTuple
from tec.paragraphs import wrapped
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from descriptors.reading import Bundle
    from descriptors.upgrades import Upgraded
    from mismatch.reports import View

SUMMARY = f"bring descriptor files to schema version {LATEST}"


class Job(NamedTuple):
    """One document, what became of it, and the file to write it to ("" for none)."""

    descriptor: str
    origin: str
    result: Upgraded
    target: str


def run(arguments: Sequence[str]) -> int:
    """Show what an upgrade does to each document; with --write or --output, also do it. All files or none."""
    options = _options(arguments)
    try:
        jobs = [job for path in options.files for job in _jobs(path, options)]
        _check_targets(jobs, overwrite=options.write)
    except ReadProblem as problem:
        console.complain(str(problem))
        return BAD_INPUT
    view = console.view(options.colour)
    for job in jobs:
        console.write("\n".join([*_told(job, view), ""]))
    written = _written(jobs, options.output)
    console.write("\n".join(wrapped(_summary(jobs, written), view.width)) + "\n")
    return CLEAN


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "upgrade",
        f"Bring descriptors to schema version {LATEST}. Without --write or --output nothing is"
        " written; what would change is only shown.",
        "Exit status: 0 done, 2 input that cannot be used.",
    )
    parser.add_files()
    parser.add_argument(
        "--write", action="store_true", help="overwrite the files (with --output: those in DIR)"
    )
    parser.add_argument(
        "--output", metavar="DIR", help="write the upgraded documents into this folder, as <descriptor>.json"
    )
    parser.add_colour_option()
    return parser.parse_args(arguments)


def _jobs(path: str, options: Namespace) -> Iterator[Job]:
    bundle = read_path(path)
    for descriptor, body in bundle.documents.items():
        result = upgrade(descriptor, body)
        target = _target(bundle, descriptor, options)
        yield Job(descriptor, bundle.origins[descriptor], result, target)


def _target(bundle: Bundle, descriptor: str, options: Namespace) -> str:
    if options.output is not None:
        return os.path.join(options.output, f"{descriptor}.json")
    if not options.write:
        return ""
    source = bundle.sources[descriptor]
    if source.pointer or not os.path.isfile(source.file):
        raise ReadProblem(
            source.file,
            "only files that hold one document can be overwritten",
            "Use --output DIR to write the documents of a zip or bundle as files.",
        )
    return source.file


def _check_targets(jobs: Sequence[Job], *, overwrite: bool) -> None:
    """Refuse before anything is written: two documents for one file, or a file that is there already."""
    seen: set[str] = set()
    for job in jobs:
        if not job.target:
            continue
        if job.target in seen:
            raise ReadProblem(
                job.target, "two documents would be written to this file", "Upgrade one project at a time."
            )
        if not overwrite and os.path.lexists(job.target):
            raise ReadProblem(job.target, "the file exists already", "Add --write to overwrite it.")
        seen.add(job.target)


def _told(job: Job, view: View) -> Iterator[str]:
    """The document's own lines: from where to where, what to complete, what was moved or lost."""
    result = job.result
    changed = result.from_version != result.version
    what = f"{result.from_version} → {result.version}" if changed else f"{result.version}, nothing to do"
    yield f"{visible(job.origin)}: {NAMES[job.descriptor]} {what}"
    if result.to_complete:
        yield "  To be completed by a person:"
    for item in result.to_complete:
        yield from wrapped(f"• {visible(item.pointer)}: {visible(item.message)}", view.width, 4, 6)
    if result.losses:
        yield "  Moved, rewritten or dropped:"
    for loss in result.losses:
        now = {"": " (dropped)", loss.pointer: ""}.get(loss.kept, f" → {visible(loss.kept)}")
        text = f"• {visible(loss.pointer)}{now}: {one_line(loss.value)}. {visible(loss.message)}"
        yield from wrapped(text, view.width, 4, 6)


def _written(jobs: Sequence[Job], output: str | None) -> int:
    """Write what has a target: what is written in place only if it changed, into a folder all of it."""
    if output is not None:
        os.makedirs(output, exist_ok=True)
    count = 0
    for job in jobs:
        if job.target and (output is not None or job.result.from_version != job.result.version):
            files.replace(job.target, document_bytes(job.result.body))
            count += 1
    return count


def _summary(jobs: Sequence[Job], written: int) -> str:
    old = sum(job.result.from_version != job.result.version for job in jobs)
    left = sum(len(job.result.to_complete) for job in jobs)
    documents = "1 document" if len(jobs) == 1 else f"{len(jobs)} documents"
    fields = "1 field is" if left == 1 else f"{left} fields are"
    todo = f" {fields} left for people to complete." if left else ""
    if any(job.target for job in jobs):
        return f"{documents}: {old} of an older version, {written} written.{todo}"
    hint = " Nothing was written; add --write or --output DIR." if old else ""
    return f"{documents}: {old} of an older version.{todo}{hint}"
