"""How good are the rules? Faults seeded into the examples must be found, harmless edits must stay silent.

    python benchmarks/quality.py [WORD]

A fault is found if a new finding, minor or worse, names the field where a reader would look for it. A
harmless edit is silent if it adds no finding that is minor or worse. Prints what fails and both figures;
WORD shows only those whose title contains it, with everything they add.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import (  # noqa: E402
    churn_and_wind,
    clinic_and_mail,
    faults,
    harmless,
    more_faults,
    more_harmless,
    other_faults,
    unseen_faults,
)
from benchmarks.faults import DOCUMENTS, EXAMPLES, GONE, Fault  # noqa: E402
from descriptors.catalogue import DESCRIPTORS  # noqa: E402
from mismatch.engine import check  # noqa: E402
from mismatch.findings import SEVERITIES, Finding  # noqa: E402

TODAY = date(2026, 1, 15)
HEARD = SEVERITIES[:3]
CLEAN_FOLDER = ROOT / "benchmarks" / "clean"
CLEAN = ("parcels", "pumps", "thorax", "mails", "churn", "wind")
"""Projects of other domains and habits of writing than the examples, in which nothing is wrong."""
PROJECTS = (*EXAMPLES, *CLEAN)
FAULTS: tuple[Fault, ...] = (
    faults.LINKS
    + faults.NAMING
    + faults.DATA
    + faults.INTERFACES
    + more_faults.FURTHER
    + other_faults.SECOND
    + unseen_faults.UNSEEN
    + clinic_and_mail.FAULTS
    + churn_and_wind.BLIND
)


@cache
def example(name: str) -> dict[str, Any]:
    """The documents of an example, or of a clean project, by its short name; not to be changed."""
    if name in CLEAN:
        bundle = json.loads((CLEAN_FOLDER / f"{name}.json").read_bytes())
        return dict(bundle["documents"])
    folder = ROOT / "examples" / EXAMPLES[name]
    paths = {each: folder / f"{each}.json" for each in DESCRIPTORS}
    return {each: json.loads(path.read_bytes()) for each, path in paths.items() if path.exists()}


@cache
def usual(name: str) -> list[Finding]:
    """What is found in an example as it is."""
    return list(check(example(name), today=TODAY).findings)


def seeded(fault: Fault) -> dict[str, Any]:
    """A copy of the example with the fault in it."""
    return edited(fault.example, fault.edits)


def edited(name: str, edits: dict[str, Any]) -> dict[str, Any]:
    """A copy of the example with other values at these paths."""
    documents = copy.deepcopy(example(name))
    for path, value in edits.items():
        first, *steps = path.split("/")
        inner: Any = documents[DOCUMENTS[first]]
        for step in steps[:-1]:
            inner = inner[_key(inner, step)]
        if steps[-1] == "-":
            inner.append(value)
        elif value is GONE:
            del inner[_key(inner, steps[-1])]
        else:
            key = _key(inner, steps[-1])
            if isinstance(inner, dict) and key not in inner:
                raise KeyError(path)
            inner[key] = value
    return documents


def _key(inner: Any, step: str) -> str | int:
    return int(step) if isinstance(inner, list) else step


def added(name: str, documents: dict[str, Any]) -> list[Finding]:
    """The findings that the example does not have, or not as badly."""
    known = {found.fingerprint: SEVERITIES.index(found.severity) for found in usual(name)}
    return [
        found
        for found in check(documents, today=TODAY).findings
        if SEVERITIES.index(found.severity) < known.get(found.fingerprint, len(SEVERITIES))
    ]


def is_found(fault: Fault, new: list[Finding]) -> bool:
    wanted = [at.partition("/") for at in fault.shows_at]
    fields = [(DOCUMENTS[first], f"/{rest}") for first, _, rest in wanted]
    places = [place for found in new if found.severity in HEARD for place in found.places]
    return any(
        place.descriptor == descriptor and _touches(place.pointer, pointer)
        for place in places
        for descriptor, pointer in fields
    )


def _touches(shown: str, wanted: str) -> bool:
    """Is *shown* the field that is *wanted*, inside it, or the row or group that it is in?"""
    inside = f"{shown}/".startswith(f"{wanted}/")
    around = wanted.startswith(f"{shown}/") and not wanted[len(shown) + 1 :][0].isdigit()
    return inside or (around and shown != "")


def noisy(name: str, edit: harmless.Edit) -> list[Finding]:
    """What a harmless edit adds, minor or worse."""
    if not edit.renames:
        new = [found for found in added(name, edit.documents) if found.severity in HEARD]
        return [found for found in new if found.kind == "mismatch"] if edit.blanks else new
    before = Counter((found.code, found.severity) for found in usual(name))
    result = []
    for found in check(edit.documents, today=TODAY).findings:
        before[found.code, found.severity] -= 1
        if found.severity in HEARD and before[found.code, found.severity] < 0:
            result.append(found)
    return result


def missed() -> Iterator[tuple[Fault, list[Finding]]]:
    """The faults that are not found at the right field, with what is found instead."""
    for fault in FAULTS:
        new = added(fault.example, seeded(fault))
        if not is_found(fault, new):
            yield fault, new


def alarms() -> Iterator[tuple[str, harmless.Edit, list[Finding]]]:
    """The clean projects and the harmless edits that are not silent: project, edit, what it adds."""
    for name in CLEAN:
        if heard := [found for found in usual(name) if found.severity in HEARD]:
            yield name, harmless.Edit("as it is", example(name)), heard
    for name in PROJECTS:
        for edit in edits_of(name):
            if new := noisy(name, edit):
                yield name, edit, new


def edits_of(name: str) -> Iterator[harmless.Edit]:
    yield from harmless.edits(example(name), harmless.FAMILIES + more_harmless.MORE)
    for each in clinic_and_mail.SAME:
        if each.example == name:
            yield harmless.Edit(each.title, seeded(each))
    for project, title, edits in churn_and_wind.HARMLESS:
        if project == name:
            yield harmless.Edit(title, edited(name, edits))


def edits_of_all() -> int:
    return sum(1 for name in PROJECTS for _ in edits_of(name))


def show(findings: list[Finding]) -> None:
    for found in findings:
        places = ", ".join(f"{place.descriptor}{place.pointer}" for place in found.places[:3])
        print(f"      {found.severity:8} {found.code:8} {found.message[:110]}  [{places}]")


def main(words: list[str]) -> int:
    """1 if a fault is missed or a harmless edit raises an alarm."""
    if words:
        for fault in FAULTS:
            if words[0] in fault.title:
                print(f"{fault.example}: {fault.title} {fault.shows_at}")
                show(added(fault.example, seeded(fault)))
        return 0
    not_found = list(missed())
    for fault, new in not_found:
        print(f"missed    {fault.example}: {fault.title} {', '.join(fault.shows_at)}")
        show(new)
    loud = list(alarms())
    for name, edit, new in loud:
        print(f"alarm     {name}: {edit.title}")
        show(new)
    total, edited = len(FAULTS), edits_of_all()
    print(f"{total - len(not_found)} of {total} faults found at the right field")
    print(f"{edited - len(loud)} of {edited} harmless edits silent at minor and above")
    return int(bool(not_found or loud))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
