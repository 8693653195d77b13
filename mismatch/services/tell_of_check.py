"""Tells people what a check found that the one before did not, and which decisions it overtook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from mismatch import lifecycle
from mismatch.models import Check, Finding, Sighting, State
from tec.notices.services.tell import About, Happening, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

MOST = 2_000
"""Findings of an event that are looked at one by one, worst first."""


def tell_of_check(check: Check) -> None:
    """In the transaction that stores the check. Of a first check there is nothing new to tell, and one that
    was overtaken by a later one is no news any more."""
    done = Check.objects.filter(project=check.project_id, state=State.DONE)
    before = done.filter(number__lt=check.number).order_by("-number").first()
    if before is None or done.filter(number__gt=check.number).exists():
        return
    for happening in happenings(before, check):
        tell(check.project, happening)


def happenings(before: Check, check: Check) -> Iterator[Happening]:
    opened = Sighting.objects.filter(check_run=check).open().unknown_to(before)
    worse = Sighting.objects.filter(check_run=check).open().worse_than_in(before)
    gone = Sighting.objects.filter(check_run=before, finding__fixed_in=check).open()
    lapsed = Sighting.objects.filter(check_run=check, finding__in=settled_in(before))
    lapsed = lapsed.standing_as(lifecycle.OPEN)
    facts = {"check": check.number, "before": before.number}
    for kind, found, text, show in (
        ("check.new", opened, "New or reopened in check {number}: {count}.", "new"),
        ("check.worse", worse, "Worse in check {number}: {count}.", "worse"),
        ("check.fixed", gone, "Fixed in check {number}: {count}.", "fixed"),
        (
            "decision.lapsed",
            lapsed,
            "The decision about {count} does not hold any more: check {number} found other values.",
            "changed",
        ),
    ):
        about = tuple(abouts(found))
        if about:
            query = urlencode({"a": before.number, "b": check.number, "show": show})
            yield Happening(
                kind,
                f"{kind}:{check.pk}",
                text.replace("{number}", str(check.number)),
                f"{reverse('compare', args=[check.project.slug])}?{query}",
                about,
                {**facts, "findings": by_severity(about)},
            )


def settled_in(before: Check) -> QuerySet[Finding]:
    """The findings about which a decision held while the check before this one was the last."""
    then = Sighting.objects.filter(check_run=before)
    held = then.standing_as(*lifecycle.SETTLED, lifecycle.PLANNED)
    return Finding.objects.filter(pk__in=held.values("finding")).filter(~Q(decision=None))


def abouts(found: QuerySet[Sighting]) -> Iterator[About]:
    rows = found.order_by("position").values_list("severity", "finding__code", "places")[:MOST]
    for severity, code, places in rows:
        yield About(severity, code, descriptors_of(places))


def descriptors_of(places: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place["descriptor"] for place in places))


def by_severity(about: Iterable[About]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in about:
        counts[each.severity] = counts.get(each.severity, 0) + 1
    return counts
