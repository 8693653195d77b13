"""What was found: contradictions with both sides, what is missing, waits, was decided and was fixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.findings import SEVERITIES, together
from mismatch.lifecycle import AGES, NEWS, STANDINGS
from mismatch.showing.rule_facts import owner
from tec.reports.composing.support import MOST_CARDS, MOST_LINES, MOST_SIDES, count, cut, value_of
from tec.reports.paper import SEVERITY, Block, Bullets, Card, Column, Section, Side, Table, Words

if TYPE_CHECKING:
    from mismatch.findings import Finding, Place
    from tec.reports.gathering import Found, Subject


def _cards(subject: Subject) -> list[tuple[str, Card]]:
    """Severity and card of what contradicts: open, or settled if that is wanted; each thing once."""
    by_name = {each.finding.fingerprint: each for each in subject.found}
    once = together([each.finding for each in subject.found])
    wanted = {each.finding.fingerprint for each in subject.shown}
    cards = []
    for finding, others in once:
        found = by_name[finding.fingerprint]
        if finding.kind == "mismatch" and found.open and finding.fingerprint in wanted:
            cards.append((finding.severity, card(found, others, bool(subject.reference))))
    return cards


def card(found: Found, others: Sequence[Finding], compared: bool) -> Card:
    """A finding with its sides, what was decided, and what says the same once more."""
    finding = found.finding
    marks = [AGES[found.age].lower()] if compared and found.age in NEWS else []
    if found.standing not in ("open", "waiting"):
        marks.append(STANDINGS[found.standing].lower())
    notes = [("Decision", found.decision.words)] if found.decision else []
    if found.lapsed:
        notes.append(("Decision", f"reopened, because {found.lapsed}"))
    if found.assignee:
        notes.append(("Assigned to", found.assignee))
    notes += [("Said again by", f"{each.code} {each.message}") for each in others]
    return Card(
        finding.severity,
        finding.code,
        finding.message,
        tuple(marks),
        tuple(_side(place, number == 0) for number, place in enumerate(finding.places[:MOST_SIDES])),
        max(0, len(finding.places) - MOST_SIDES),
        finding.remedy,
        tuple(notes),
    )


def _side(place: Place, first: bool) -> Side:
    title = NAMES.get(place.descriptor, place.descriptor)
    where = "" if place.label == title else place.label
    return Side(title, owner(place.descriptor), where, place.pointer, value_of(place.value), first)


def contradictions(subject: Subject) -> Iterator[Section]:
    cards = _cards(subject)
    if not cards:
        words = "Nothing that contradicts is open" + (" in this selection." if subject.options.words else ".")
        yield Section("Contradictions", (Words(words, "ok"),), "contradictions")
        return
    lede = (
        "Worst first. The side that has to change first stands first; "
        "each side names who usually owns the document."
    )
    yield Section("Contradictions", tuple(cut(cards, MOST_CARDS)), "contradictions", lede=lede)
    left = MOST_CARDS
    for severity in SEVERITIES:
        same = [each for kind, each in cards if kind == severity]
        if same and left:
            title = f"{severity.capitalize()}: {count(len(same), 'finding')}"
            yield Section(title, tuple(same[:left]), f"contradictions-{severity}", level=2)
            left = max(0, left - len(same))


def missing(subject: Subject) -> Iterator[Section]:
    blanks = [each for each in subject.shown if each.finding.kind == "missing" and each.open]
    if not blanks:
        return
    yield Section(
        "Missing", (), "missing", lede="What has to be filled in, by descriptor and so by who writes it."
    )
    groups: dict[str, list[Found]] = {}
    for each in blanks:
        places = each.finding.places
        groups.setdefault(places[0].descriptor if places else "", []).append(each)
    for name in (*DESCRIPTORS, ""):
        if group := groups.get(name):
            title = NAMES.get(name, "The project")
            rows = tuple(_blank(each, title) for each in group[:MOST_LINES])
            lede = f"Usually written by: {owner(name).lower()}." if name else ""
            yield Section(
                f"{title}: {len(group):,}",
                (*cut(group), Bullets(rows)),
                f"missing-{name.replace('_', '-')}",
                2,
                lede,
            )


def _blank(found: Found, title: str) -> tuple[str, str, str]:
    finding = found.finding
    text = finding.message.removeprefix(f"{title}: ")
    places = len(finding.places)
    return finding.severity, finding.code, f"{text} ({places} places)" if places > 1 else text


def waiting(subject: Subject) -> Iterator[Section]:
    waiting = [each.finding for each in subject.shown if each.standing == "waiting"]
    if waiting:
        rows = tuple(("wait", each.code, each.message) for each in waiting[:MOST_LINES])
        lede = "Rules that cannot compare, because a document or a field that they need is missing."
        yield Section("Cannot tell yet", (*cut(waiting), Bullets(rows)), "waiting", lede=lede)


def decisions(subject: Subject) -> Iterator[Section]:
    decided = [each for each in subject.shown if each.decision]
    lapsed = [each for each in subject.shown if each.lapsed]
    if not decided and not lapsed:
        return
    blocks: list[Block] = []
    if decided:
        columns = (
            Column("", SEVERITY, 3),
            Column("Finding", share=8),
            Column("Decision", share=3),
            Column("By", share=2),
            Column("Until", share=2),
            Column("Reason", share=5),
        )
        blocks += cut(decided)
        blocks.append(Table(columns, tuple(map(_decided, decided[:MOST_LINES])), "Decisions that hold"))
    if lapsed:
        rows = tuple(
            (each.finding.severity, each.finding.code, f"{each.finding.message} Open again: {each.lapsed}.")
            for each in lapsed[:MOST_LINES]
        )
        blocks += [Words("Decisions that do not hold any more:"), *cut(lapsed), Bullets(rows)]
    yield Section(
        "Decisions",
        tuple(blocks),
        "decisions",
        lede="What people decided about findings, and until when it holds.",
    )


def _decided(found: Found) -> tuple[str, ...]:
    decision = found.decision
    assert decision is not None
    who = f"{decision.by}, for {decision.who}" if decision.who else decision.by
    finding = found.finding
    what = STANDINGS[decision.standing]
    return (
        finding.severity,
        f"{finding.code} {finding.message}",
        what,
        who,
        decision.until or "no end",
        decision.reason,
    )


def fixed(subject: Subject) -> Iterator[Section]:
    gone = [each for each in subject.gone if each.severity in subject.options.severities]
    if gone and subject.reference:
        rows = tuple(("ok", each.code, each.message) for each in gone[:MOST_LINES])
        lede = f"Found by check {subject.reference.number}, and gone since."
        yield Section("Fixed", (*cut(gone, all_in="the XLSX report"), Bullets(rows)), "fixed", lede=lede)
