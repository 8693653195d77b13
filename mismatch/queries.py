"""What the pages about checks ask the database, in as many queries for five findings as for five thousand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from descriptors.catalogue import DESCRIPTORS, NAMES
from descriptors.models import Document, Revision
from mismatch.findings import SEVERITIES
from mismatch.lifecycle import UNSETTLED, WAITING
from mismatch.models import (
    Baseline,
    Check,
    Decision,
    Finding,
    SavedView,
    Sighting,
    State,
)
from mismatch.profiles.current import profile_of
from mismatch.rule_pack import rules_digest
from mismatch.showing.evidence import plain
from mismatch.showing.listing import Entry
from mismatch.showing.rule_facts import owner, rule_facts
from tec.projects.people import NAMED, called_as
from tec.work.models import MAX_ATTEMPTS, Worker

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project

KINDS = ("mismatch", "missing")
FIXED_SHOWN = 100
SPOTS = ("spot_0", "spot_1", "spot_2", "spot_3")
"""The places of a finding that are asked which document they are in; hardly any has more."""
COLUMNS = (
    *("pk", "finding__rule", "finding__code", "finding__fingerprint"),
    *("outcome", "severity", "age", "standing", "proposed"),
    *(f"finding__assignee__{name}" for name in NAMED),
)
DECIDED = ("", "__author", "__who", "__approved_by", "__withdrawn_by")
"""A decision and the people in it."""
UNDO = timedelta(minutes=10)
TREND = 40
"""Checks in the picture of the trend."""
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
    checks = project.checks.select_related("requested_by", "ruleset")
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


def reference_of(check: Check) -> Check | None:
    """The check that new and fixed are counted against: the baseline if it is older, else the one before.

    Two queries at most.
    """
    chosen = Baseline.objects.filter(project=check.project_id, check_run__number__lt=check.number)
    if baseline := chosen.select_related("check_run").first():
        return baseline.check_run
    earlier = Check.objects.filter(project=check.project_id, state=State.DONE, number__lt=check.number)
    return earlier.first()


def entries_of(
    check: Check, kind: str, *, reference: Check | None = None, searched: bool = False
) -> list[Entry]:
    """All findings of one kind in the order of the report, as light as they can be. One query.

    What is *searched* carries its words. Nothing is new without a check to be the *reference*.
    """
    found = Sighting.objects.filter(check_run=check, kind=kind).judged().aged(reference).order_by("position")
    proposals = Decision.objects.proposed().filter(finding=OuterRef("finding"))
    spots = {name: KT(f"places__{number}__descriptor") for number, name in enumerate(SPOTS)}
    columns = [*COLUMNS, *SPOTS, *(("message", "remedy", "places") if searched else ())]
    entries = []
    for row in found.annotate(proposed=Exists(proposals), **spots).values_list(*columns).iterator(2_000):
        pk, rule, code, fingerprint, outcome, severity, age, standing, proposed, *rest = row
        (assignee, *full), rest = rest[: len(NAMED)], rest[len(NAMED) :]
        named, words = rest[: len(SPOTS)], rest[len(SPOTS) :]
        facts = rule_facts(rule, code)
        entries.append(
            Entry(
                pk,
                rule,
                code,
                kind,
                outcome,
                severity,
                _concerned(facts.reads, named),
                owner(named[0]),
                age,
                standing,
                assignee or "",
                proposed,
                fingerprint,
                called_as(assignee, *full) if assignee else "",
                _words(code, rule, facts.title, *words) if words else "",
            )
        )
    return entries


def _concerned(reads: tuple[str, ...], named: Sequence[str | None]) -> tuple[str, ...]:
    """The descriptors that a finding is about: those its rule compares, or of many those it shows.

    A rule that is gone compares nothing any more; what it found is about what it shows.
    """
    if 0 < len(reads) <= 2:
        return reads
    return tuple(name for name in DESCRIPTORS if name in named) or reads


def sightings(entries: Iterable[Entry]) -> dict[int, Sighting]:
    """The findings of *entries* in full, with what was decided about them, by id. One query."""
    related = ["", "__first_seen", "__assignee", *(f"__decision{name}" for name in DECIDED)]
    found = Sighting.objects.select_related(*[f"finding{name}" for name in related])
    return found.in_bulk([entry.pk for entry in entries])


def proposals_of(found: Iterable[Sighting]) -> dict[int, Decision]:
    """Finding id → the newest decision about it that waits for approval. One query."""
    proposed = Decision.objects.proposed().filter(finding__in={each.finding_id for each in found})
    people = ("author", "who", "approved_by", "withdrawn_by")
    return {each.finding_id: each for each in proposed.select_related(*people).order_by("pk")}


def links_of(check: Check) -> dict[str, list[Sighting]]:
    """Fingerprint → the findings of *check* that explain it or are explained by it. One query, two if any."""
    explaining = list(
        Sighting.objects.filter(check_run=check).exclude(explains=[]).select_related("finding").order_by()
    )
    if not explaining:
        return {}
    names = {name for each in explaining for name in each.explains}
    explained = Sighting.objects.filter(check_run=check, finding__fingerprint__in=names)
    by_name = {each.finding.fingerprint: each for each in explained.select_related("finding")}
    links: dict[str, list[Sighting]] = {}
    for each in explaining:
        for name in each.explains:
            if name in by_name:
                links.setdefault(name, []).append(each)
                links.setdefault(each.finding.fingerprint, []).append(by_name[name])
    return links


def views_of(project: Project, user: User, kind: str) -> list[SavedView]:
    """The saved views of a page: one's own, and those others share. One query."""
    views = SavedView.objects.filter(project=project, kind=kind).filter(Q(owner=user) | Q(shared=True))
    return list(views.select_related("project", "owner"))


def just_decided(project: Project, user: User) -> Decision | None:
    """What *user* decided last, as long as undo is near at hand. One query."""
    recent = Decision.objects.kept().filter(finding__project=project, author=user)
    return recent.filter(created_at__gt=timezone.now() - UNDO).select_related("finding").first()


def trend(project: Project) -> list[Check]:
    """The last finished checks, the oldest first, with what they found. One query."""
    done = Check.objects.filter(project=project, state=State.DONE).only("number", "counts", "finished_at")
    return list(done[:TREND])[::-1]


def snapshot(check: Check) -> Snapshot:
    """Four queries."""
    read = dict(check.revisions.order_by().values_list("document__descriptor", "number"))
    heads = Revision.objects.filter(head_of__project=check.project_id, text__isnull=False)
    now = dict(heads.order_by().values_list("document__descriptor", "number"))
    changed = [
        Changed(name, read.get(name), now.get(name))
        for name in DESCRIPTORS
        if read.get(name) != now.get(name)
    ]
    present = [name for name in DESCRIPTORS if name in read]
    wanted = profile_of(check.project).digest
    return Snapshot(present, changed, check.rules_digest != rules_digest(wanted))


def bodies(check: Check, descriptors: Iterable[str]) -> dict[str, Any]:
    """What *check* read of the named documents. One query, none for none."""
    wanted = list(descriptors)
    if not wanted:
        return {}
    read = check.revisions.filter(document__descriptor__in=wanted).select_related("document")
    return {revision.document.descriptor: revision.body for revision in read}


def fixed_since(reference: Check | None, check: Check, kind: str) -> QuerySet[Sighting]:
    """What *reference* saw and *check* does not, as it was seen then."""
    still = Sighting.objects.filter(check_run=check, finding=OuterRef("finding"))
    gone = Sighting.objects.filter(check_run=reference, kind=kind, outcome="fail", spare=False)
    return gone.exclude(Exists(still)).select_related("finding").order_by("position")


def counts_of(checks: Sequence[Check]) -> dict[int, tuple[int, dict[str, dict[str, int]]]]:
    """Check id → how many rules cannot tell, and kind → severity → number of what is open. One query."""
    counts = {check.pk: (0, {kind: dict.fromkeys(SEVERITIES, 0) for kind in KINDS}) for check in checks}
    judged = Sighting.objects.filter(check_run__in=checks).judged().order_by()
    counted = ("check_run", "kind", "severity", "standing")
    rows = judged.values_list(*counted).annotate(Count("pk"))
    for pk, kind, severity, standing, number in rows:
        waiting, numbers = counts[pk]
        if standing == WAITING:
            counts[pk] = waiting + number, numbers
        elif standing in UNSETTLED:
            numbers[kind][severity] += number
    return counts


def found_by(checks: Sequence[Check]) -> dict[int, tuple[int, dict[str, dict[str, int]]]]:
    """As `counts_of`, but everything that was found, whatever was decided about it since. One query."""
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
    counts = found_by(page)
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


def present(project: Project) -> list[str]:
    """The descriptors that have content now."""
    return list(Document.objects.present().filter(project=project).values_list("descriptor", flat=True))


def _words(code: str, rule: str, title: str, message: str, remedy: str, places: list[dict[str, Any]]) -> str:
    """Everything that is said about a finding, in one case and one Unicode form."""
    words = [code, rule, title, message, remedy]
    for place in places:
        words += [NAMES.get(place["descriptor"], ""), place["label"], place["pointer"], plain(place["value"])]
    return unicodedata.normalize("NFC", "\n".join(words)).casefold()
