"""`tec check --fix`: shows mechanical fixes as differences, and writes them into the files if asked to."""

from __future__ import annotations

import os

from descriptors.differences import changes
from descriptors.reading import ReadProblem
from descriptors.writing import document_bytes
from mismatch.fixing import Fixed, fix_all
from tec.cli import console, files
from tec.paragraphs import wrapped
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from descriptors.differences import Change
    from descriptors.reading import Bundle
    from mismatch.fixing import Step
    from mismatch.profiles.profile import Profile

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "↕"}


def fix_files(
    bundle: Bundle,
    rules: Sequence[str] | None,
    today: date | None,
    profile: Profile | None = None,
    *,
    write: bool,
) -> Fixed:
    """Show what can be fixed in *bundle*; with *write*, change its files. Raises ReadProblem, OSError."""
    result = fix_all(bundle.documents, rules, today, profile)
    changed = {step.fix.descriptor for step in result.done}
    targets = {name: _target(bundle, name) for name in sorted(changed)} if write else {}
    width = console.view("never").width
    for step in result.done:
        console.write("\n".join([*_told(step, bundle, width), ""]))
    if result.left:
        console.write("Not done, because people may see it otherwise:\n")
    for step in result.left:
        console.write("\n".join([*_told(step, bundle, width), ""]))
    for name, target in targets.items():
        files.replace(target, document_bytes(result.documents[name]))
    console.write("\n".join(wrapped(_summary(result, len(targets), write=write), width)) + "\n\n")
    return result


def _target(bundle: Bundle, descriptor: str) -> str:
    source = bundle.sources[descriptor]
    if source.pointer or not os.path.isfile(source.file):
        raise ReadProblem(
            source.file,
            "only files that hold one document can be fixed in place",
            "Unpack the project into a folder with one file for each descriptor.",
        )
    return source.file


def _told(step: Step, bundle: Bundle, width: int) -> Iterator[str]:
    yield from wrapped(f"{step.finding.code} {visible(step.fix.title)}", width, 0, len(step.finding.code) + 2)
    yield f"  {visible(bundle.origins[step.fix.descriptor])}"
    for each in changes(step.fix.descriptor, step.before, step.fix.body):
        yield from wrapped(f"{SIGNS[each.kind]} {visible(each.label)}: {_values(each)}", width, 4, 6)


def _values(each: Change) -> str:
    if each.kind == "changed":
        return f"{one_line(each.was)} → {one_line(each.now)}"
    return one_line(each.was if each.kind == "removed" else each.now)


def _summary(result: Fixed, written: int, *, write: bool) -> str:
    if not result.done:
        return "Nothing can be fixed mechanically."
    count = "1 fix" if len(result.done) == 1 else f"{len(result.done)} fixes"
    if write:
        return f"{count}; {'1 file' if written == 1 else f'{written} files'} written."
    return f"{count}. Nothing was written; add --write to change the files."
