"""What the page of a project shows: documents, the last check, what is compared, what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import catalogue
from mismatch.engine import RULES
from mismatch.models import Check, Finding, Sighting
from mismatch.queries import Snapshot, number_before, snapshot
from tec.audit.models import Event
from tec.completeness import Bar, bars_of
from tec.relationships import Attribute, Edge, edges

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
    counts: Counter[str]
    verdict: str  # "found", "wait", "ok", "off" (does not apply) or "" (never checked)


class Relation(NamedTuple):
    edge: Edge
    compared: list[Compared]


class Seen(NamedTuple):
    """A mismatch as the last check saw it, as far as this page needs it."""

    code: str
    severity: str  # “wait” for a rule that cannot tell
    descriptors: frozenset[str]


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    relations: list[Relation]
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
    seen = _seen(last)
    new, fixed = _news(last)
    return Overview(
        lines=[Line(bar, _counts(seen, bar.descriptor)) for bar in bars_of([project])[project.pk]],
        relations=[_relation(edge, seen, last) for edge in edges()],
        snapshot=snapshot(last) if last else None,
        new=new,
        fixed=fixed,
        events=list(Event.objects.filter(project_id=project.pk)[:EVENTS]),
    )


def _seen(last: Check | None) -> list[Seen]:
    if last is None:
        return []
    sightings = Sighting.objects.filter(check_run=last, kind="mismatch").order_by()
    rows = sightings.values_list("finding__code", "finding__rule", "severity", "outcome", "places")
    return [_as_seen(*row) for row in rows]


def _as_seen(code: str, rule: str, severity: str, outcome: str, places: list[dict[str, Any]]) -> Seen:
    descriptors = {place["descriptor"] for place in places}
    reads = RULES[rule].reads if rule in RULES else ()
    if len(reads) == 2:  # also the side that has nothing to point at: no counterpart, or no document
        descriptors.update(reads)
    return Seen(code, "wait" if outcome == CANNOT_TELL else severity, frozenset(descriptors))


def _counts(seen: Iterable[Seen], descriptor: str) -> Counter[str]:
    return Counter(each.severity for each in seen if descriptor in each.descriptors)


def _relation(edge: Edge, seen: list[Seen], last: Check | None) -> Relation:
    return Relation(edge, [_compared(attribute, seen, last) for attribute in edge.attributes])


def _compared(attribute: Attribute, seen: list[Seen], last: Check | None) -> Compared:
    counts = Counter(each.severity for each in seen if each.code in attribute.codes)
    return Compared(
        attribute.label, counts, "found" if counts.keys() - {"wait"} else _verdict(attribute, last)
    )


def _verdict(attribute: Attribute, last: Check | None) -> str:
    """What the rules say that found nothing: the least certain of them speaks for all."""
    if last is None:
        return ""
    outcomes = {last.outcomes.get(code, CANNOT_TELL) for code in attribute.codes}
    if CANNOT_TELL in outcomes:
        return "wait"
    return "ok" if "pass" in outcomes else "off"


def _news(last: Check | None) -> tuple[int, int]:
    """How many findings are new in the last check and how many it saw no more."""
    if last is None or number_before(last) is None:
        return 0, 0
    return Finding.objects.filter(first_seen=last).count(), Finding.objects.filter(fixed_in=last).count()
