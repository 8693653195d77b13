"""What the page of a project shows: documents, the last check, what is compared, what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from descriptors import catalogue
from mismatch.models import Check, Sighting
from mismatch.queries import KINDS, Snapshot, entries_of, fixed_since, reference_of, snapshot
from mismatch.showing.listing import Entry
from tec.audit.models import Event
from tec.pages.completeness import Bar, bars_of
from tec.pages.relationships import FURTHER, IDENTIFIERS, Attribute, Edge, pairs
from tec.projects.people import with_actors

if TYPE_CHECKING:
    from tec.projects.models import Project

EVENTS = 12
CANNOT_TELL = "cannot-tell"


class Line(NamedTuple):
    """One descriptor: its state and the mismatches it takes part in."""

    bar: Bar
    counts: Counter[str]

    @property
    def producers(self) -> tuple[str, ...]:
        return catalogue.PRODUCERS[self.bar.descriptor]

    @property
    def consumers(self) -> tuple[str, ...]:
        return catalogue.CONSUMERS[self.bar.descriptor]


class Compared(NamedTuple):
    """One thing two descriptors must agree on: what was found, else what the rules say."""

    label: str
    counts: Counter[str]  # severity, or "wait" for a rule that cannot tell → number
    verdict: str  # "found", "wait", "ok", "off" (does not apply) or "" (never checked)
    query: str = ""  # of the page of mismatches, to show exactly what is counted here


class Relation(NamedTuple):
    edge: Edge
    compared: list[Compared]
    name: str = ""  # the identifier in a reference


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    relations: list[Relation]  # compared pairs, references, other pairs
    elsewhere: Compared  # what belongs to no pair: within one document, or across many
    snapshot: Snapshot | None  # what the last finished check looked at, and what changed since
    new: int  # findings the last check saw first; 0 for the first check
    fixed: int
    events: list[Event]

    @property
    def filled(self) -> int:
        return sum(line.bar.filled for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.bar.total for line in self.lines)


def overview_of(project: Project, last: Check | None) -> Overview:
    """Nine queries at most, whatever the size of the project. *last* is the last finished check."""
    found = entries_of(last, "mismatch") if last else []
    seen = [entry for entry in found if entry.open or entry.waits]
    new, fixed = _news(last)
    told = Event.objects.filter(project_id=project.pk).exclude(verb__endswith="exported")
    bars = {bar.descriptor: bar for bar in bars_of([project])[project.pk]}
    return Overview(
        lines=[Line(bar, _counts(seen, bar.descriptor)) for bar in bars.values()],
        relations=[relation for edge in pairs() if (relation := _relation(edge, seen, last, bars)).compared],
        elsewhere=_elsewhere(seen),
        snapshot=snapshot(last) if last else None,
        new=new,
        fixed=fixed,
        events=list(with_actors(told)[:EVENTS]),
    )


def _tally(entries: Iterable[Entry]) -> Counter[str]:
    return Counter("wait" if entry.waits else entry.severity for entry in entries)


def _counts(seen: Iterable[Entry], descriptor: str) -> Counter[str]:
    return _tally(entry for entry in seen if descriptor in entry.concerns)


def _relation(edge: Edge, seen: list[Entry], last: Check | None, bars: Mapping[str, Bar]) -> Relation:
    """Further rules are named only if they found something."""
    compared = [_compared(edge, attribute, seen, last, bars) for attribute in edge.attributes]
    compared = [each for each in compared if each.counts or each.label != FURTHER]
    return Relation(edge, compared, bars[edge.left].excerpt.names.get(edge.right, ""))


def _compared(
    edge: Edge, attribute: Attribute, seen: list[Entry], last: Check | None, bars: Mapping[str, Bar]
) -> Compared:
    counts = _tally(entry for entry in seen if _belongs(entry, edge, attribute))
    verdict = "found" if counts.keys() - {"wait"} else _verdict(edge, attribute, last, bars)
    asked = [("descriptor", edge.left), ("descriptor", edge.right)]
    asked += [("rule", code.lower()) for code in attribute.codes]
    return Compared(attribute.label, counts, verdict, urlencode(asked))


def _belongs(entry: Entry, edge: Edge, attribute: Attribute) -> bool:
    return entry.code in attribute.codes and {edge.left, edge.right} <= {*entry.concerns}


def _elsewhere(seen: list[Entry]) -> Compared:
    """The mismatches that belong to no pair."""
    drawn = [(edge, attribute) for edge in pairs() for attribute in edge.attributes]
    rest = [entry for entry in seen if not any(_belongs(entry, *each) for each in drawn)]
    rules = sorted({entry.rule for entry in rest})
    return Compared(
        "within or across documents",
        _tally(rest),
        "found" if rest else "ok",
        urlencode([("rule", slug) for slug in rules]),
    )


def _verdict(edge: Edge, attribute: Attribute, last: Check | None, bars: Mapping[str, Bar]) -> str:
    """What the rules say that found nothing: the least certain of them speaks for all."""
    if last is None:
        return ""
    if attribute.codes == IDENTIFIERS:  # that rule speaks for all references at once
        named = bars[edge.left].excerpt.names.get(edge.right) and not bars[edge.right].absent
        return "ok" if named and attribute.codes[0] in last.outcomes else "wait"
    outcomes = {last.outcomes.get(code, CANNOT_TELL) for code in attribute.codes}
    if CANNOT_TELL in outcomes:
        return "wait"
    return "ok" if "pass" in outcomes else "off"


def _news(last: Check | None) -> tuple[int, int]:
    """How many open findings are new in the last check and how many it saw no more."""
    reference = reference_of(last) if last else None
    if last is None or reference is None:
        return 0, 0
    new = Sighting.objects.filter(check_run=last).open().new(reference).count()
    return new, sum(fixed_since(reference, last, kind).count() for kind in KINDS)
