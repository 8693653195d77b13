"""What the pages about checks ask the database, in as many queries for five findings as for five thousand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, F, Q
from django.db.models.fields.json import KT
from django.utils import timezone

from descriptors.catalogue import DESCRIPTORS, NAMES
from descriptors.models import Document, Revision
from mismatch.evidence import plain
from mismatch.findings import SEVERITIES
from mismatch.listing import Entry
from mismatch.models import MAX_ATTEMPTS, Check, Finding, Sighting, State, Worker
from mismatch.rule_facts import owner, rule_facts
from mismatch.rule_pack import rules_digest

if TYPE_CHECKING:
    from tec.projects.models import Project

KINDS = ("mismatch", "missing")
FIXED_SHOWN = 100
SPOTS = ("spot_0", "spot_1", "spot_2", "spot_3")
"""The places of a finding that are asked which document they are in; hardly any has more."""
EAGER = timedelta(seconds=5)
"""How long a page asks often; most checks are done by then."""


class Standing(NamedTuple):
    """Where a project is with its checks."""

    latest: Check | None
    done: Check | None  # the last one that finished

    @property
    def newer(self) -> Check | None:
        """The one that was started after it and is still on its way, or failed."""
        return self.latest if self.latest != self.done else None


class Progress(NamedTuple):
    """How far a check is that is not done."""

    ahead: int  # checks of all projects that come first
    listening: bool  # is there a worker?
    every: int  # milliseconds until a page should ask again
    repeated: bool  # a worker was lost before
    most: int  # attempts there will be at most


class Line(NamedTuple):
    """A check in the history."""

    check: Check
    waiting: int  # rules that cannot tell
    mismatch: dict[str, int]
    missing: int
    new: int
    fixed: int
    first: bool  # no check finished before it

    @property
    def clean(self) -> bool:
        return not any(self.mismatch.values())

    @property
    def seconds(self) -> float | None:
        """How long the last attempt took."""
        if not self.check.started_at or not self.check.finished_at:
            return None
        return (self.check.finished_at - self.check.started_at).total_seconds()


class Changed(NamedTuple):
    """A document that is not any more what a check looked at."""

    descriptor: str
    was: int | None  # revision number; None: absent
    now: int | None

    @property
    def name(self) -> str:
        return NAMES[self.descriptor]


class Snapshot(NamedTuple):
    """What a check looked at, and what has become of it since."""

    present: list[str]  # descriptors, in display order
    changed: list[Changed]
    other_rules: bool  # the rules have changed as well

    @property
    def current(self) -> bool:
        return not self.changed and not self.other_rules


def standing(project: Project) -> Standing:
    """Two queries at most."""
    checks = project.checks.select_related("requested_by")
    latest = checks.first()
    if latest is None or latest.state == State.DONE:
        return Standing(latest, latest)
    return Standing(latest, checks.filter(state=State.DONE).first())


def progress(check: Check) -> Progress:
    """Two queries at most."""
    ahead = ahead_of(check) if check.state == State.QUEUED else 0
    young = timezone.now() - check.created_at < EAGER
    return Progress(
        ahead=ahead,
        listening=check.finished or Worker.objects.listening().exists(),
        every=300 if young else 2_000,
        repeated=check.attempts > 1,
        most=MAX_ATTEMPTS,
    )


def number_before(check: Check) -> int | None:
    """The number of the finished check before this one."""
    earlier = Check.objects.filter(project=check.project_id, state=State.DONE, number__lt=check.number)
    return earlier.values_list("number", flat=True).first()


def entries_of(check: Check, kind: str, *, before: int | None, searched: bool = False) -> list[Entry]:
    """All findings of one kind in the order of the report, as light as they can be. One query.

    What is *searched* carries its words. Nothing is new where there is no check *before*.
    """
    found = Sighting.objects.filter(check_run=check, kind=kind).order_by("position")
    columns = [
        "pk",
        "finding__rule",
        "finding__code",
        "outcome",
        "severity",
        "finding__first_seen_id",
        *SPOTS,
    ]
    if searched:
        columns += ["message", "remedy", "places"]
    spots = {name: KT(f"places__{number}__descriptor") for number, name in enumerate(SPOTS)}
    entries = []
    for row in found.annotate(**spots).values_list(*columns).iterator(2_000):
        pk, rule, code, outcome, severity, since, *rest = row
        named, words = rest[: len(SPOTS)], rest[len(SPOTS) :]
        facts = rule_facts(rule, code)
        new = before is not None and since == check.pk
        text = _words(code, rule, facts.title, *words) if words else ""
        concerned = _concerned(facts.reads, named)
        entries.append(Entry(pk, rule, code, kind, outcome, severity, concerned, owner(named[0]), new, text))
    return entries


def _concerned(reads: tuple[str, ...], named: Sequence[str | None]) -> tuple[str, ...]:
    """The descriptors that a finding is about: those its rule compares, or of many those it shows."""
    if len(reads) <= 2:
        return reads
    return tuple(name for name in DESCRIPTORS if name in named) or reads


def sightings(entries: Iterable[Entry]) -> dict[int, Sighting]:
    """The findings of *entries* in full, by id. One query."""
    found = Sighting.objects.select_related("finding", "finding__first_seen")
    return found.in_bulk([entry.pk for entry in entries])


def snapshot(check: Check) -> Snapshot:
    """Two queries."""
    read = dict(check.revisions.order_by().values_list("document__descriptor", "number"))
    heads = Revision.objects.filter(head_of__project=check.project_id, text__isnull=False)
    now = dict(heads.order_by().values_list("document__descriptor", "number"))
    changed = [
        Changed(name, read.get(name), now.get(name))
        for name in DESCRIPTORS
        if read.get(name) != now.get(name)
    ]
    present = [name for name in DESCRIPTORS if name in read]
    return Snapshot(present, changed, check.rules_digest != rules_digest())


def bodies(check: Check, descriptors: Iterable[str]) -> dict[str, Any]:
    """What *check* read of the named documents. One query, none for none."""
    wanted = list(descriptors)
    if not wanted:
        return {}
    read = check.revisions.filter(document__descriptor__in=wanted).select_related("document")
    return {revision.document.descriptor: revision.body for revision in read}


def fixed_in(check: Check, kind: str) -> list[Sighting]:
    """The findings that are gone since the check before, as they were seen last. One query."""
    gone = Sighting.objects.filter(finding__fixed_in=check, check_run=F("finding__last_seen"), kind=kind)
    return list(gone.select_related("finding").order_by("position")[:FIXED_SHOWN])


def counts_of(checks: Sequence[Check]) -> dict[int, tuple[int, dict[str, dict[str, int]]]]:
    """Check id → how many rules cannot tell, and kind → severity → number of what is wrong. One query."""
    sighted = Sighting.objects.filter(check_run__in=checks, outcome="cannot-tell")
    waiting = dict(sighted.order_by().values_list("check_run").annotate(Count("pk")))
    counts = {}
    for check in checks:
        numbers = {kind: dict.fromkeys(SEVERITIES, 0) | check.counts.get(kind, {}) for kind in KINDS}
        numbers["mismatch"]["info"] -= waiting.get(check.pk, 0)  # stored with those that fail
        counts[check.pk] = waiting.get(check.pk, 0), numbers
    return counts


def lines(checks: Iterable[Check]) -> list[Line]:
    """The checks of one page of the history of a project. Four queries."""
    page = list(checks)
    done = Check.objects.filter(project__in={check.project_id for check in page}, state=State.DONE)
    first = done.order_by("number").values_list("pk", flat=True).first()
    counts = counts_of(page)
    come = Finding.objects.filter(first_seen__in=page).order_by().values_list("first_seen")
    gone = Finding.objects.filter(fixed_in__in=page).order_by().values_list("fixed_in")
    new, fixed = dict(come.annotate(Count("pk"))), dict(gone.annotate(Count("pk")))
    return [
        Line(
            check,
            waiting,
            numbers["mismatch"],
            sum(numbers["missing"].values()),
            new.get(check.pk, 0),
            fixed.get(check.pk, 0),
            check.pk == first,
        )
        for check in page
        for waiting, numbers in [counts[check.pk]]
    ]


def ahead_of(check: Check) -> int:
    """How many checks of all projects the workers take first."""
    earlier = Q(created_at__lt=check.created_at) | Q(created_at=check.created_at, pk__lt=check.pk)
    return Check.objects.waiting().filter(earlier).count()


def has_documents(project: Project) -> bool:
    return Document.objects.present().filter(project=project).exists()


def _words(code: str, rule: str, title: str, message: str, remedy: str, places: list[dict[str, Any]]) -> str:
    """Everything that is said about a finding, in one case and one Unicode form."""
    words = [code, rule, title, message, remedy]
    for place in places:
        words += [NAMES.get(place["descriptor"], ""), place["label"], place["pointer"], plain(place["value"])]
    return unicodedata.normalize("NFC", "\n".join(words)).casefold()
