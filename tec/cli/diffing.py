"""What two states of a project differ in, and how `tec diff` writes it."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.baseline import AGES, CHANGED, KNOWN, NEW, WORSE, baseline_of
from mismatch.comparison import changed_fields
from mismatch.reports import Checked
from tec.named import NamedTuple
from tec.paragraphs import wrapped
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from descriptors.differences import Change
    from descriptors.reading import Bundle
    from mismatch.findings import Finding, Report

FIXED = "fixed"
TITLES = {NEW: "New", WORSE: "Worse", CHANGED: "Still open, changed", KNOWN: "Still open", FIXED: "Fixed"}
MOST_PLACES = 8
"""Places of one finding that are written out."""

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "↕"}


class Side(NamedTuple):
    """One state of the project."""

    path: str
    report: Report
    bundle: Bundle | None  # None: only the result of a check is known
    checked: Checked | None = None


class Difference(NamedTuple):
    """What became of the older state."""

    now: Checked  # with the older state as its baseline
    groups: Mapping[str, list[Finding]]  # age, or FIXED → findings
    fields: Mapping[str, list[Change]]  # descriptor → what changed in it
    settled: int  # findings that decisions settle now


def compared(old: Side, new: Side, options: Namespace) -> Difference:
    """What differs between *old* and *new*."""
    baseline, report = baseline_of(old.report.findings), new.report
    now = Checked(
        report,
        new.bundle.documents if new.bundle else {},
        new.bundle.project if new.bundle else {},
        decided=new.checked.decided if new.checked else None,
        known=baseline.known(report),
        then=baseline.findings,
        gone=baseline.gone(report),
        fail_on=options.fail_on,
    )
    groups: dict[str, list[Finding]] = {age: [] for age in AGES}
    for finding in now.unsettled:
        groups[now.age(finding)].append(finding)
    groups[FIXED] = list(now.gone)
    fields = _fields(old.bundle, new.bundle) if options.fields and old.bundle and new.bundle else {}
    return Difference(now, groups, fields, len(now.things) - len(now.unsettled))


def _fields(old: Bundle, new: Bundle) -> dict[str, list[Change]]:
    from descriptors.differences import changes

    found = {
        name: changes(name, old.documents.get(name), new.documents.get(name))
        for name in NAMES
        if name in old.documents or name in new.documents
    }
    return {name: some for name, some in found.items() if some}


def as_text(difference: Difference, width: int) -> str:
    """For a terminal: new and worse first, fixed last, then the fields."""
    lines: list[str] = []
    for group, title in TITLES.items():
        found = difference.groups[group]
        if found:
            lines += [f"{title.upper()}  {_count(len(found), 'finding')}", ""]
            for finding in found:
                lines += wrapped(visible(_heading(finding, difference)), width, 2, 4)
                for line in _evidence(finding, group, difference):
                    lines += wrapped(visible(f"• {line}"), width, 4, 6)
            lines.append("")
    for name, changed in difference.fields.items():
        lines += [NAMES[name], ""]
        for each in changed:
            lines += wrapped(f"{SIGNS[each.kind]} {visible(each.label)}: {_values(each)}", width, 2, 4)
        lines.append("")
    return "\n".join([*lines, *wrapped(_summary(difference), width)]) + "\n"


def as_json(difference: Difference, width: int) -> str:
    """For programs: findings with their age and how they were, what is fixed, and the fields."""
    from tec.strictjson import dumps

    found = []
    for group in AGES:
        for finding in difference.groups[group]:
            then = difference.now.then.get(finding.fingerprint)
            earlier = {"then": then.as_json()} if then and group != KNOWN else {}
            found.append(finding.as_json() | {"age": group} | earlier)
    result: dict[str, Any] = {
        "format": 1,
        "counts": {group: len(some) for group, some in difference.groups.items()},
        "settled": difference.settled,
        "findings": found,
        "fixed": [finding.as_json() for finding in difference.groups[FIXED]],
        "fields": {name: [each._asdict() for each in some] for name, some in difference.fields.items()},
    }
    return dumps(result)


def as_markdown(difference: Difference, width: int) -> str:
    """For comments on changes: the counts, then what is new, worse, changed and fixed."""
    from tec import markdown

    lines = ["# What changed", ""]
    lines += markdown.table(list(TITLES.values()), [[str(len(difference.groups[group])) for group in TITLES]])
    lines.append("")
    for group, title in TITLES.items():
        if difference.groups[group] and group != KNOWN:
            lines += [f"## {title}", ""]
            for finding in difference.groups[group]:
                lines.append(f"- {markdown.text(_heading(finding, difference))}")
                lines += [f"  - {markdown.text(line)}" for line in _evidence(finding, group, difference)]
            lines.append("")
    for name, changed in difference.fields.items():
        lines += [f"## Fields of {NAMES[name]}", ""]
        lines += [f"- {each.kind}: {markdown.text(f'{each.label}: {_values(each)}')}" for each in changed]
        lines.append("")
    return "\n".join(lines)


FORMATS: Mapping[str, Callable[[Difference, int], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def _heading(finding: Finding, difference: Difference) -> str:
    then = difference.now.then.get(finding.fingerprint)
    was = f" (was {then.severity})" if then and then.severity != finding.severity else ""
    return f"{finding.code}, {finding.severity}{was}: {finding.message}"


def _evidence(finding: Finding, group: str, difference: Difference) -> Iterator[str]:
    """The values of a finding; of one that changed, those then and now."""
    then = difference.now.then.get(finding.fingerprint)
    if then and group in (WORSE, CHANGED):
        before, after = ([place.as_json() for place in each.places] for each in (then, finding))
        for was, now in changed_fields(before, after):
            place = now or was or {}
            values = [one_line(each["value"]) or "nothing" if each else "nothing" for each in (was, now)]
            yield f"{NAMES[place['descriptor']]} › {place['label']}: {values[0]} → {values[1]}"
    elif group != KNOWN:
        for spot in finding.places[:MOST_PLACES]:
            value = one_line(spot.value)
            yield f"{NAMES[spot.descriptor]} › {spot.label}" + (f": {value}" if value else "")


def _values(change: Change) -> str:
    if change.kind == "moved":
        return f"row {change.was} → row {change.now}"
    if change.kind == "changed":
        return f"{one_line(change.was)} → {one_line(change.now)}"
    return one_line(change.was if change.kind == "removed" else change.now)


def _summary(difference: Difference) -> str:
    counts = [(len(difference.groups[group]), title.lower()) for group, title in TITLES.items()]
    told = ", ".join(f"{count} {title}" for count, title in counts if count)
    settled = f" {difference.settled} settled by decisions." if difference.settled else ""
    return f"{told[:1].upper()}{told[1:]}.{settled}" if told else f"Nothing was or is open.{settled}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
