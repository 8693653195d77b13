"""Gathers what a report is about, once, in as many queries for five findings as for 10,000."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from descriptors.catalogue import DESCRIPTORS
from descriptors.writing import document_bytes
from mismatch import queries
from mismatch.findings import Finding, Report
from mismatch.gate import GATES, Verdict
from mismatch.lifecycle import ACCEPTED, DISMISSED, OPEN, PLANNED, SEEN, lapse, today
from mismatch.models import Check, Sighting, State
from mismatch.profiles.current import profile_by
from mismatch.readiness import readiness
from mismatch.reports import Checked, Settlement
from mismatch.stored import finding_of
from tec.audit.models import Chain
from tec.pages.overview import Overview, overview_of
from tec.projects.people import author_of, called
from tec.reports.options import Options
from tec.reports.steps import Tell, to_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mismatch.profiles.profile import Profile
    from tec.projects.models import Project

DECIDED = (ACCEPTED, DISMISSED, PLANNED)


class NoCheck(LookupError):
    """There is nothing to report on; the message says what to do."""


class Found(NamedTuple):
    """A finding and what has become of it."""

    finding: Finding
    standing: str  # one of mismatch.lifecycle.STANDINGS
    age: str  # one of mismatch.lifecycle.AGES
    decision: Settlement | None  # that holds
    lapsed: str  # why a decision does not hold any more
    assignee: str
    first_seen: int  # number of the check

    @property
    def open(self) -> bool:
        return self.standing in (OPEN, PLANNED)

    @property
    def settled(self) -> bool:
        return self.standing in (ACCEPTED, DISMISSED)


class Read(NamedTuple):
    """A revision that a check read."""

    descriptor: str
    number: int
    schema_version: str
    digest: str
    author: str
    saved: datetime


class Subject(NamedTuple):
    """All that a report on a check may tell."""

    project: Project
    check: Check
    profile: Profile | None  # what the check wanted otherwise of the rules
    reference: Check | None  # that new and fixed are counted against
    chosen: bool  # the reference is the project's baseline
    options: Options
    found: tuple[Found, ...]  # all of them, worst first
    gone: tuple[Finding, ...]  # fixed since the reference
    before: dict[str, Finding]  # fingerprint → how the reference saw what looks otherwise now
    documents: dict[str, Any]
    read: tuple[Read, ...]
    people: tuple[tuple[str, str], ...]  # name, role
    verdicts: tuple[Verdict, ...]  # of the gates; only for the last check
    overview: Overview | None  # for the map; only for the last check
    changed: bool  # since that check
    same_rules: bool  # the rules, and the profile, are still those of the check
    audit_head: str
    day: date

    @property
    def shown(self) -> list[Found]:
        """What the options let through."""
        return [each for each in self.found if self._wanted(each)]

    def _wanted(self, found: Found) -> bool:
        options = self.options
        return (
            found.finding.severity in options.severities
            and (options.settled or not found.settled)
            and (not options.new or found.age != SEEN)
        )

    @property
    def report(self) -> Report:
        """What the options let through, as the engine gave it."""
        found = [each.finding for each in self.shown]
        return Report(found, self.check.outcomes, self.profile, tuple(self.check.problems))

    def checked(self) -> Checked:
        """For the formats that the command line has as well; the files are those of the export."""
        from descriptors.bundles import Source

        files = {name: Source(f"{name}.json", document_bytes(body)) for name, body in self.documents.items()}
        return Checked(
            self.report,
            self.documents,
            {"name": self.project.name},
            {name: source.file for name, source in files.items()},
            files,
            decided={each.finding.fingerprint: each.decision for each in self.found if each.decision},
            known=self._known() if self.reference else None,
            then=self.before,
            gone=self.gone,
            home=settings.PUBLIC_URL,
        )

    def _known(self) -> set[str]:
        return {each.finding.fingerprint for each in self.found if each.age == SEEN}


def subject_of(project: Project, options: Options, tell: Tell = to_nobody) -> Subject:
    """The subject of a report. Raises NoCheck if there is no such check, or it is not done."""
    check, last = _check(project, options.check)
    reference = queries.reference_of(check)
    day = today()
    found = tuple(_found(check, reference, day))
    tell(6, 10)  # between questions, for SQLite writes nothing while an answer is still being read
    gone = tuple(_gone(reference, check)) if reference else ()
    before = _before(reference, check) if reference else {}
    tell(7, 10)
    # A version of a document that is not the newest is told as it was read, not as it is now.
    is_last = check.pk == last.pk
    overview = overview_of(project, check) if is_last else None
    now = (overview and overview.snapshot) or queries.snapshot(check)
    tell(8, 10)
    ready = readiness(project, gates=GATES.values()) if is_last else None
    tell(9, 10)
    return Subject(
        project=project,
        check=check,
        profile=profile_by(check),
        reference=reference,
        chosen=bool(ready and ready.baseline and reference and ready.baseline.pk == reference.pk),
        options=options,
        found=found,
        gone=gone,
        before=before,
        documents=(bodies := _bodies(check))[0],
        read=tuple(bodies[1]),
        people=people_of(project),
        verdicts=tuple(ready.verdicts) if ready else (),
        overview=overview,
        changed=is_last and not now.current,
        same_rules=not now.other_rules,
        audit_head=audit_head_of(project),
        day=day,
    )


def people_of(project: Project) -> tuple[tuple[str, str], ...]:
    members = project.memberships.select_related("user").order_by("pk")
    return tuple((called(each.user), each.get_role_display()) for each in members)


def audit_head_of(project: Project) -> str:
    """The hash that seals the project's part of the audit log as it is now."""
    return Chain.objects.filter(name=f"project:{project.pk}").values_list("hash", flat=True).first() or ""


def _check(project: Project, number: int | None) -> tuple[Check, Check]:
    """The check that is asked for, and the last one that is done."""
    done = Check.objects.filter(project=project, state=State.DONE).select_related("requested_by", "ruleset")
    last = done.first()
    if last is None:
        raise NoCheck("No check of this project is done yet: start one, then there is something to report.")
    if number is None or number == last.number:
        return last, last
    check = done.filter(number=number).first()
    if check is None:
        raise NoCheck(f"There is no finished check {number} of this project; the last one is {last.number}.")
    return check, last


def _found(check: Check, reference: Check | None, day: date) -> Iterable[Found]:
    """One query."""
    related = [f"finding__{name}" for name in ("decision__author", "decision__who", "assignee", "first_seen")]
    sightings = Sighting.objects.filter(check_run=check).judged(day).aged(reference)
    each: Any  # a sighting with its standing and age
    for each in sightings.select_related(*related).order_by("position").iterator(2_000):
        decision = each.finding.decision
        holds = decision is not None and each.standing in DECIDED
        yield Found(
            finding_of(each),
            each.standing,
            each.age,
            _settlement(each.standing, decision) if decision and holds else None,
            lapse(decision, each, day) if decision and not holds else "",
            called(each.finding.assignee) if each.finding.assignee else "",
            each.finding.first_seen.number,
        )


def _settlement(standing: str, decision: Any) -> Settlement:
    return Settlement(
        standing,
        decision.reason,
        author_of(decision),
        decision.until.isoformat() if decision.until else "",
        called(decision.who) if decision.who else "",
    )


def _gone(reference: Check, check: Check) -> Iterable[Finding]:
    for kind in queries.KINDS:
        yield from map(finding_of, queries.fixed_since(reference, check, kind))


def _before(reference: Check, check: Check) -> dict[str, Finding]:
    """One query."""
    now = Sighting.objects.filter(check_run=check, finding=OuterRef("finding"))
    shown = {name: OuterRef(name) for name in ("severity", "outcome", "values_digest")}
    then = Sighting.objects.filter(Exists(now), ~Exists(now.filter(**shown)), check_run=reference)
    found = then.select_related("finding").order_by("position").iterator(2_000)
    return {each.finding.fingerprint: finding_of(each) for each in found}


def _bodies(check: Check) -> tuple[dict[str, Any], list[Read]]:
    """What the check read, in display order. One query."""
    documents: dict[str, Any] = {}
    read = []
    found = check.revisions.select_related("document", "author")
    revisions = {each.document.descriptor: each for each in found}
    for name in DESCRIPTORS:
        if revision := revisions.get(name):
            documents[name] = revision.body
            read.append(
                Read(
                    name,
                    revision.number,
                    revision.schema_version,
                    revision.digest,
                    author_of(revision),
                    timezone.localtime(revision.created_at),
                )
            )
    return documents, read
