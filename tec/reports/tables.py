"""What a report says as tables: a sheet each in a spreadsheet, the first alone as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.catalogue import NAMES
from mismatch.findings import SEVERITIES
from mismatch.lifecycle import AGES, STANDINGS
from mismatch.profiles.words import sentences
from mismatch.showing.evidence import plain
from mismatch.showing.rule_facts import owner
from tec.reports.composing.summary import open_counts
from tec.reports.composing.support import KINDS
from tec.reports.dossier import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tec.reports.dossier import Dossier
    from tec.reports.gathering import Found, Subject

SIDES = 2  # sides of a finding with columns of their own
FINDING = (
    *("Severity", "Code", "Rule", "Kind", "State", "Age", "What is wrong", "What to do"),
    *(
        f"{head} {number}"
        for number in range(1, SIDES + 1)
        for head in ("Document", "Owner", "Where", "Pointer", "Value")
    ),
    *("Further places", "Decision", "Reason", "Decided by", "Until", "To be done by", "Assigned to"),
    *("First seen in check", "Fingerprint"),
)


class Sheet(NamedTuple):
    title: str  # at most 31 characters, as spreadsheets want it
    head: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def sheets_of_check(subject: Subject) -> list[Sheet]:
    """Findings first: that is the one that CSV has."""
    return [
        Sheet("Findings", FINDING, map(_finding, subject.shown)),
        Sheet("Summary", ("What", *SEVERITIES), _counts(subject)),
        Sheet(
            "Gates",
            ("Gate", "Verdict", "In the way or condition", "Code", "Severity", "Note"),
            _gates(subject),
        ),
        Sheet("Fixed", ("Severity", "Code", "Rule", "What was wrong", "Fingerprint"), _fixed(subject)),
        Sheet("Documents", ("Document", "Revision", "Schema", "Saved", "By", "Digest"), _documents(subject)),
        Sheet("About", ("What", "Value"), _about(subject)),
    ]


def sheets_of_dossier(dossier: Dossier) -> list[Sheet]:
    """All values in one table, then what there is of each document."""
    head = ("Descriptor", "Section", "Field", "Pointer", "Value")
    values = ((NAMES[part.descriptor], *row) for part in dossier.parts for row in flat(part))
    state = (
        (
            NAMES[part.descriptor],
            part.bar.filled if part.body else "absent",
            part.bar.total if part.body else "",
            part.number or "",
            part.schema_version,
            part.saved.isoformat(timespec="seconds") if part.saved else "",
            part.author,
            part.digest if part.body else "",
        )
        for part in dossier.parts
    )
    columns = ("Descriptor", "Filled in", "Of", "Revision", "Schema", "Saved", "By", "Digest")
    return [Sheet("Values", head, values), Sheet("Documents", columns, state)]


def _finding(found: Found) -> tuple[Any, ...]:
    finding, decision = found.finding, found.decision
    sides: list[Any] = []
    for number in range(SIDES):
        if number < len(finding.places):
            place = finding.places[number]
            name = NAMES.get(place.descriptor, place.descriptor)
            sides += [name, owner(place.descriptor), place.label, place.pointer, cell(place.value)]
        else:
            sides += [""] * 5
    return (
        *(finding.severity, finding.code, finding.rule, finding.kind, STANDINGS[found.standing]),
        *(AGES[found.age], finding.message, finding.remedy, *sides, max(0, len(finding.places) - SIDES)),
        *((STANDINGS[decision.standing], decision.reason, decision.by) if decision else ("", "", "")),
        *((decision.until, decision.who) if decision else ("", "")),
        *(found.assignee, found.first_seen, finding.fingerprint),
    )


def cell(value: Any) -> Any:
    """A value as a cell holds it: figures stay figures, what has parts is JSON, nothing is empty."""
    if value is None:
        return ""
    is_figure = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_figure else plain(value)


def _counts(subject: Subject) -> Iterator[tuple[Any, ...]]:
    for kind, counts in open_counts(subject.found).items():
        yield f"{KINDS[kind]}, open", *counts.values()


def _gates(subject: Subject) -> Iterator[tuple[Any, ...]]:
    for verdict in subject.verdicts:
        if not verdict.blockers and not verdict.conditions:
            yield verdict.gate.title, verdict.word, "", "", "", ""
        for reason in (*verdict.blockers, *verdict.conditions):
            yield verdict.gate.title, verdict.word, reason.words, reason.code, reason.severity, reason.note


def _fixed(subject: Subject) -> Iterator[tuple[Any, ...]]:
    for each in subject.gone:
        if each.severity in subject.options.severities:
            yield each.severity, each.code, each.rule, each.message, each.fingerprint


def _documents(subject: Subject) -> Iterator[tuple[Any, ...]]:
    for read in subject.read:
        saved = read.saved.isoformat(timespec="seconds")
        yield NAMES[read.descriptor], read.number, read.schema_version, saved, read.author, read.digest


def _about(subject: Subject) -> Iterator[tuple[Any, ...]]:
    check = subject.check
    yield "Project", subject.project.name
    yield "Check", check.number
    yield "Finished", check.finished_at.isoformat(timespec="seconds") if check.finished_at else ""
    yield "Against check", subject.reference.number if subject.reference else ""
    yield "Selection", subject.options.words or "everything"
    yield "Input digest", check.input_digest
    yield "Rules digest", check.rules_digest
    if subject.profile:
        yield "Profile", subject.profile.name or "without a name"
        yield "Profile digest", subject.profile.digest
        yield from (("Under the profile", sentence) for sentence in sentences(subject.profile))
    yield "Audit log", subject.audit_head
