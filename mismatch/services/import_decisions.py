"""Decides about the findings of a project as a file says, and tells what of it cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from mismatch import queries
from mismatch.decisions.models import DecisionKind
from mismatch.ignoring.file import entries_from
from mismatch.ignoring.matching import Candidates
from mismatch.lifecycle import ACCEPTED, today
from mismatch.models import Check, Sighting
from mismatch.services.decide_findings import MOST, DecisionRefused, Terms, decide_findings
from mismatch.stored import finding_of
from tec.projects.models import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.contrib.auth.models import User

    from mismatch.ignoring.matching import Entry
    from mismatch.models import Decision

MOST_BYTES = 5_000_000
"""Of a file that is imported; some 15,000 decisions."""

MOST_TERMS = 100
"""Different reasons and days of one import; each is a decision of its own."""

NO_END = "what is called no problem has no end here: leave “expires” out, or accept the risk"
TOO_MANY = f"an import has at most {MOST_TERMS} different reasons and days: import the file once more"


class Refusal(NamedTuple):
    """An entry of the file, or a part of what it is about, that nothing was decided by."""

    line: int
    rule: str
    why: str


class Taken(NamedTuple):
    """What an import came to."""

    decided: int  # findings
    waiting: int  # of them, how many wait for somebody else's approval
    already: int  # that were decided like this before
    refused: tuple[Refusal, ...]


@transaction.atomic
def import_decisions(*, project: Project, check: Check, name: str, data: bytes, by: User) -> Taken:
    """Decide about what *check* found as the file *name* with the content *data* says.

    Of several entries about a finding the first counts. Raises ReadProblem for a file that cannot be read.
    """
    entries = entries_from(name, data, max_bytes=MOST_BYTES)
    Project.objects.lock(project.pk)
    wanted = _Wanted(check)
    for entry in entries:
        wanted.add(entry)
    return wanted.decided(project, by)


class _Wanted:
    """The findings of a check, and what entries want of them."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.day = today()
        failing: Any = Sighting.objects.filter(check_run=check, outcome="fail").judged()
        related = failing.select_related("finding__decision").order_by("position")
        self.sightings = {each.finding.fingerprint: each for each in related}
        self.candidates = Candidates(map(finding_of, self.sightings.values()))
        grave = [each for each in self.sightings.values() if each.severity == "critical"]
        self.proposals = queries.proposals_of(grave)
        self.groups: dict[Terms, dict[str, Entry]] = {}
        self.seen: set[str] = set()
        self.already = 0
        self.refused: list[Refusal] = []

    def add(self, entry: Entry) -> None:
        """Sort what *entry* is about into the groups of those that are decided in one go."""
        matching = list(self.candidates.of(entry))
        lapses = [why for each in matching if (why := entry.lapse(each, self.day))]
        if not matching:
            self._refuse(entry, f"check {self.check.number} found nothing that it is about")
        elif lapses:
            part = f"for {len(lapses)} of {len(matching)}: " if len(lapses) < len(matching) else ""
            self._refuse(entry, f"{part}{lapses[0]}")
        terms = _terms(entry)
        wanted = [
            each.fingerprint
            for each in matching
            if not entry.lapse(each, self.day) and each.fingerprint not in self.seen
        ]
        self.seen.update(wanted)
        fresh = [each for each in wanted if not self._is_so(self.sightings[each], terms, entry)]
        self.already += len(wanted) - len(fresh)
        if not fresh:
            return
        if terms.kind == DecisionKind.DISMISS and entry.until:
            self._refuse(entry, NO_END)
        elif terms not in self.groups and len(self.groups) == MOST_TERMS:
            self._refuse(entry, TOO_MANY)
        else:
            self.groups.setdefault(terms, {}).update(dict.fromkeys(fresh, entry))

    def decided(self, project: Project, by: User) -> Taken:
        """Decide about all groups; what cannot be decided joins what is refused."""
        made: list[Decision] = []
        for terms, about in self.groups.items():
            names = list(about)
            try:
                for start in range(0, len(names), MOST):
                    some = names[start : start + MOST]
                    made += decide_findings(
                        project=project, check=self.check, fingerprints=some, terms=terms, by=by
                    )
            except DecisionRefused as refused:
                for entry in dict.fromkeys(about.values()):
                    self._refuse(entry, str(refused).rstrip("."))
        waiting = sum(each.needs_approval for each in made)
        return Taken(len(made), waiting, self.already, tuple(sorted(self.refused)))

    def _is_so(self, sighting: Any, terms: Terms, entry: Entry) -> bool:
        """Whether it was decided like this before, or is proposed."""
        decision = sighting.finding.decision if sighting.standing == entry.standing else None
        decision = decision or self.proposals.get(sighting.finding_id)
        return (
            decision is not None
            and decision.kind == terms.kind
            and decision.until == terms.until
            and decision.reason in (entry.reason, terms.reason)
        )

    def _refuse(self, entry: Entry, why: str) -> None:
        self.refused.append(Refusal(entry.line, entry.rule, why))


def _terms(entry: Entry) -> Terms:
    """What *entry* decides; who imports it is its author, and who accepted it stands in the reason."""
    reason = f"{entry.reason} (accepted by {entry.accepted_by})" if entry.accepted_by else entry.reason
    if entry.standing == ACCEPTED:
        until: date | None = entry.until
        return Terms(DecisionKind.ACCEPT, reason, until, for_ever=until is None)
    return Terms(DecisionKind.DISMISS, reason)


def in_words(taken: Taken) -> Iterator[str]:
    """What an import came to, in sentences."""
    yield f"{_findings(taken.decided)} decided." if taken.decided else "Nothing new was decided."
    if taken.waiting:
        yield f"{taken.waiting:,} of them critical: proposed, and open until somebody else approves."
    if taken.already:
        yield f"{_findings(taken.already)} had been decided like this before."


def _findings(number: int) -> str:
    return f"{number:,} finding{'' if number == 1 else 's'}"
