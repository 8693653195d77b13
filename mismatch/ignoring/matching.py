"""Decisions in a file: which findings it settles, and which of its entries have lapsed or match nothing."""

from __future__ import annotations

from fnmatch import fnmatchcase

from descriptors.catalogue import DESCRIPTORS, PREFIXES
from mismatch.reports import Settlement
from tec.named import NamedTuple
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from mismatch.findings import Finding, Place, Report

ANY_DEPTH = "**"


class Pattern(NamedTuple):
    """Places, written as `trained_model/output_spec/*/item_type`; it covers what is below them as well."""

    descriptor: str  # "" or "*" for any
    steps: tuple[str, ...]

    def covers(self, place: Place) -> bool:
        """Does *place* lie at or below this?"""
        if self.descriptor not in ("", "*", place.descriptor):
            return False
        return _covers(self.steps, tokens(place.pointer))


class Entry(NamedTuple):
    """One decision of a file."""

    rule: str  # slug or code, as it was written
    reason: str
    patterns: tuple[Pattern, ...] = ()  # none: wherever the rule finds something
    accepted_by: str = ""
    until: date | None = None
    standing: str = "accepted"  # or "dismissed": called no problem
    fingerprint: str = ""  # the very finding; given by the server's export
    values: str = ""  # digest of the values it was decided about, see `mismatch.decisions.subject`
    file: str = ""
    line: int = 1

    def matches(self, finding: Finding) -> bool:
        """Is this about *finding*, whether or not it still holds?

        A mismatch is shown by its sides, and naming one of them is enough. Of a missing field every place
        is a blank of its own, so that all of them have to be named.
        """
        if self.rule.lower() not in (finding.code.lower(), finding.rule):
            return False
        if self.fingerprint and self.fingerprint != finding.fingerprint:
            return False
        if not self.patterns:
            return True
        named = [any(each.covers(place) for each in self.patterns) for place in finding.places]
        return all(named) if finding.kind == "missing" else any(named)

    def lapse(self, finding: Finding, today: date) -> str:
        """Why this does not hold any more for *finding*, in words; "" if it does."""
        if self.until and self.until < today:
            return f"it ended on {self.until.day} {self.until:%b %Y}"
        if self.values:
            from mismatch.decisions.subject import values_digest

            if self.values != values_digest(place.as_json() for place in finding.places):
                return "the values it was made about have changed"
        return ""

    @property
    def settlement(self) -> Settlement:
        """What this makes of a finding it matches."""
        until = self.until.isoformat() if self.until else ""
        return Settlement(self.standing, self.reason, self.accepted_by or self.file, until)


class Decision(NamedTuple):
    """What somebody decided about one finding, on its way into a file."""

    rule: str
    places: tuple[str, ...]  # as patterns are written
    settlement: Settlement
    fingerprint: str
    values: str


class Ignored(NamedTuple):
    """What a file of decisions does to a report."""

    decided: dict[str, Settlement]  # by fingerprint
    lapsed: list[tuple[Entry, str]]  # entries that would match but do not hold, and why
    unused: list[Entry]  # entries whose rule was run and found nothing of the kind


class Candidates:
    """Findings, at hand by what an entry names."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_name: dict[str, list[Finding]] = {}
        for finding in findings:
            for name in {finding.rule, finding.code.lower(), finding.fingerprint}:
                self._by_name.setdefault(name, []).append(finding)

    def of(self, entry: Entry) -> Iterator[Finding]:
        """Those that *entry* is about."""
        near = self._by_name.get(entry.fingerprint or entry.rule.lower(), ())
        return (finding for finding in near if entry.matches(finding))


def ignored(entries: Iterable[Entry], report: Report, today: date, present: Collection[str]) -> Ignored:
    """What *entries* do to *report* on the day *today*, over the documents that are *present*."""
    result = Ignored({}, [], [])
    candidates = Candidates(report.findings)
    for entry in entries:
        matching = list(candidates.of(entry))
        lapses = []
        for finding in matching:
            lapse = entry.lapse(finding, today)
            if lapse:
                lapses.append(lapse)
            else:
                result.decided.setdefault(finding.fingerprint, entry.settlement)
        if lapses:
            result.lapsed.append((entry, lapses[0]))
        elif not matching and _was_looked_at(entry, report, present):
            result.unused.append(entry)
    return result


def _was_looked_at(entry: Entry, report: Report, present: Collection[str]) -> bool:
    """Could *entry* have matched? Not where its rule was not run, or had nothing to look at."""
    from mismatch.engine import RULES

    name = entry.rule.lower()
    for rule in RULES:
        if name in (rule.slug, rule.code.lower()):
            return report.outcomes.get(rule.code, "cannot-tell") != "cannot-tell"
    prefix = name.upper().partition("-")[0]
    descriptor = next((each for each in DESCRIPTORS if PREFIXES[each] == prefix), "")
    return not descriptor or descriptor in present or name.endswith("-00")


def _covers(steps: Sequence[str], place: Sequence[str]) -> bool:
    """Do the *steps* of a pattern lead to *place* or to something above it?"""
    if not steps:
        return True
    if steps[0] == ANY_DEPTH:
        return any(_covers(steps[1:], place[at:]) for at in range(len(place) + 1))
    return bool(place) and fnmatchcase(place[0], steps[0]) and _covers(steps[1:], place[1:])
