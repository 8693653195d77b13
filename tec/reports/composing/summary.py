"""The title page, the summary and the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.findings import SEVERITIES
from mismatch.gate import BLOCKED
from mismatch.profiles.words import sentences
from mismatch.showing.rule_facts import owner
from tec.projects.people import called
from tec.reports.composing.support import KINDS, MOST_REASONS, count, moment, tec_version
from tec.reports.drawing import drawing
from tec.reports.paper import NUMBER, STRONG, Block, Bullets, Column, Picture, Section, Table, Tally, Words

if TYPE_CHECKING:
    from mismatch.gate import Verdict
    from tec.reports.gathering import Found, Subject

LEGEND = (
    "The eight descriptors and what is compared between them. A double line is critical, a thick one major, "
    "a dashed one minor; a dotted one cannot be told yet, a thin one fits or is worth knowing."
)


def title_facts(subject: Subject) -> Iterator[tuple[str, str]]:
    check, project = subject.check, subject.project
    asked = called(check.requested_by) if check.requested_by else "TEC"
    yield "Check", f"{check.number}, finished {moment(check.finished_at)}, asked for by {asked}"
    yield "Printed", moment(timezone.now())
    yield "Contact", project.point_of_contact
    yield "People", ", ".join(f"{name} ({role.lower()})" for name, role in subject.people)
    versions = sorted({read.schema_version for read in subject.read if read.schema_version})
    yield "Schemas", ", ".join(versions)
    if subject.options.words:
        yield "Selection", subject.options.words
    yield "TEC", tec_version()


def open_counts(found: Iterable[Found]) -> dict[str, dict[str, int]]:
    """Kind → severity → how many are open; the same numbers as on every page."""
    counts = {kind: dict.fromkeys(SEVERITIES, 0) for kind in KINDS}
    for each in found:
        if each.open:
            counts[each.finding.kind][each.finding.severity] += 1
    return counts


def summary(subject: Subject) -> Section:
    counts = open_counts(subject.found)
    blocks: list[Block] = [*_notices(subject), Words(_in_short(subject, counts))]
    blocks.append(Tally(tuple((KINDS[kind], tuple(each.values())) for kind, each in counts.items())))
    blocks.append(_by_descriptor(subject))
    blocks += _verdicts(subject.verdicts)
    return Section("Summary", tuple(blocks), "summary")


def _notices(subject: Subject) -> Iterator[Words]:
    if subject.changed:
        yield Words(
            f"Something has changed since check {subject.check.number}: this report is about the documents "
            "as they were then.",
            "major",
        )
    if subject.profile:
        grade = "critical" if subject.profile.critical_off else "info"
        yield Words(" ".join(sentences(subject.profile)), grade)
    if subject.options.words:
        yield Words(
            f"This report is a selection: {subject.options.words}. The numbers of the summary are of "
            "the whole check.",
            "info",
        )


def _in_short(subject: Subject, counts: dict[str, dict[str, int]]) -> str:
    number = sum(sum(each.values()) for each in counts.values())
    grave = [
        f"{amount:,} {severity}"
        for severity in SEVERITIES[:2]
        if (amount := sum(each[severity] for each in counts.values()))
    ]
    said = f"{count(number, 'thing')} {'is' if number == 1 else 'are'} open"
    said += f", {' and '.join(grave)} of them." if grave else ", none of them critical or major."
    if number == 0:
        said = "Nothing is open."
    waiting = sum(each.standing == "waiting" for each in subject.found)
    settled = sum(each.settled for each in subject.found)
    if settled:
        said += f" {count(settled, 'finding is', 'findings are')} settled by decisions."
    if waiting:
        said += f" {count(waiting, 'comparison waits', 'comparisons wait')} for a document or a field."
    if subject.reference:
        new = sum(each.open and each.age == "new" for each in subject.found)
        worse = sum(each.open and each.age == "worse" for each in subject.found)
        against = "the baseline, " if subject.chosen else ""
        said += (
            f" Against {against}check {subject.reference.number}, {new:,} of the open ones are new"
            f"{f', {worse:,} got worse' if worse else ''} and"
            f" {count(len(subject.gone), 'finding is', 'findings are')} fixed."
        )
    return said


def _by_descriptor(subject: Subject) -> Table:
    """Where something has to change first."""
    numbers = {name: dict.fromkeys(SEVERITIES, 0) for name in DESCRIPTORS}
    for each in subject.found:
        places = each.finding.places
        if each.open and places and places[0].descriptor in numbers:
            numbers[places[0].descriptor][each.finding.severity] += 1
    bars = {line.bar.descriptor: line.bar for line in subject.overview.lines} if subject.overview else {}
    rows = []
    for name in DESCRIPTORS:
        bar = bars.get(name)
        full = "" if bar is None else "absent" if bar.absent else f"{bar.filled} of {bar.total}"
        figures = [str(number) if number else "–" for number in numbers[name].values()]
        rows.append((NAMES[name], owner(name), *figures, full))
    severities = [Column(each, NUMBER, 2) for each in SEVERITIES]
    columns = (
        Column("Descriptor", STRONG, 5),
        Column("Owner", share=4),
        *severities,
        Column("Filled in", NUMBER, 3),
    )
    return Table(columns, tuple(rows), "Where something has to change first, and what is filled in")


def _verdicts(verdicts: Sequence[Verdict]) -> Iterator[Block]:
    if not verdicts:
        return
    rows = tuple(
        (each.gate.title, each.word, str(len(each.blockers) or "–"), str(len(each.conditions) or "–"))
        for each in verdicts
    )
    columns = (
        Column("Gate", STRONG, 4),
        Column("Verdict", share=4),
        Column("In the way", NUMBER, 2),
        Column("Conditions", NUMBER, 2),
    )
    yield Table(columns, rows, "The gates")
    last = verdicts[-1]
    if last.state == BLOCKED:
        yield Words(f"In the way of “{last.gate.title}”, worst first:")
        reasons = [(each.severity, each.code, each.words) for each in last.blockers[:MOST_REASONS]]
        more = len(last.blockers) - len(reasons)
        if more:
            reasons.append(("", "", f"and {more:,} more"))
        yield Bullets(tuple(reasons))


def map_section(subject: Subject) -> Iterator[Section]:
    if subject.overview is None:
        return
    svg, words = drawing(subject.overview)
    picture = Picture(svg, words, LEGEND)
    yield Section("The map", (picture,), "map")
