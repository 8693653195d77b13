"""What a finding is at a time: open or settled by a decision, new or seen before. Both are defined only here.

Every number, page, report and gate asks the database with these expressions, through
`Sighting.objects.judged()`, `.open()` and `.aged()`; nothing computes them a second time.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, OuterRef, Q, Value, When
from django.db.models.lookups import Exact
from django.utils import timezone

from mismatch.findings import SEVERITIES

if TYPE_CHECKING:
    from mismatch.decisions.models import Decision
    from mismatch.models import Sighting

OPEN = "open"
PLANNED = "planned"
ACCEPTED = "accepted"
DISMISSED = "dismissed"
REPEATED = "repeated"
WAITING = "waiting"

STANDINGS = {
    OPEN: "Open",
    PLANNED: "Fix planned",
    ACCEPTED: "Risk accepted",
    DISMISSED: "Not a problem",
    REPEATED: "Said by another finding",
    WAITING: "Cannot tell",
}
UNSETTLED = (OPEN, PLANNED)
"""The standings that count as open: a planned fix is still to be made."""

SETTLED = (ACCEPTED, DISMISSED)

NEW, SEEN, REOPENED, WORSE, FIXED = "new", "seen", "reopened", "worse", "fixed"
AGES = {NEW: "New", SEEN: "Seen before", REOPENED: "Reopened", WORSE: "Got worse", FIXED: "Fixed"}
NEWS = (NEW, REOPENED, WORSE)
"""The ages that block a gate of which only news are asked. The command line, which has no history, takes
what is reopened for new; otherwise `mismatch.baseline` says the same."""

SETTLES = {"plan": PLANNED, "accept": ACCEPTED, "dismiss": DISMISSED}
"""Kind of decision → what a finding is while the decision holds."""


def today() -> date:
    """The day that decisions expire by."""
    return timezone.localdate()


def holds(day: date) -> Q:
    """Of a sighting: the decision about its finding still holds.

    It was made about these very values, the finding is no worse than it was then, and the day that the
    decision ends on has not passed. A decision whose values come back holds again.
    """
    no_worse = Q()
    for number, severity in enumerate(SEVERITIES):
        no_worse |= Q(severity=severity, finding__decision__severity__in=SEVERITIES[: number + 1])
    in_time = Q(finding__decision__until=None) | Q(finding__decision__until__gte=day)
    return Q(finding__decision__values_digest=F("values_digest")) & in_time & no_worse


def standing(day: date) -> Case:
    """The expression that gives the standing of a sighting, one of STANDINGS."""
    decided = holds(day)
    return Case(
        When(outcome="cannot-tell", then=Value(WAITING)),
        When(spare=True, then=Value(REPEATED)),
        *(
            When(decided & Q(finding__decision__kind=kind), then=Value(result))
            for kind, result in SETTLES.items()
        ),
        default=Value(OPEN),
        output_field=CharField(),
    )


def lesser() -> Q:
    """Of a sighting within a question about another one of the same finding: it is of a lesser severity."""
    less = Q()
    for number, severity in enumerate(SEVERITIES):
        less |= Q(Exact(OuterRef("severity"), Value(severity)), severity__in=SEVERITIES[number + 1 :])
    return less


def age(in_reference: Any, lesser_there: Any, number: int) -> Case:
    """The expression that gives the age of a sighting against the check *number*; one of AGES.

    *in_reference*: whether that check saw the finding as well; *lesser_there*: at a lesser severity.
    """
    return Case(
        When(lesser_there, then=Value(WORSE)),
        When(in_reference, then=Value(SEEN)),
        When(finding__first_seen__number__gt=number, then=Value(NEW)),
        default=Value(REOPENED),
        output_field=CharField(),
    )


def lapse(decision: Decision, sighting: Sighting, day: date) -> str:
    """Why *decision* does not hold any more for what *sighting* shows, in words; "" if it holds."""
    if decision.values_digest != sighting.values_digest:
        return "the values it was made about have changed"
    if SEVERITIES.index(sighting.severity) < SEVERITIES.index(decision.severity):
        return f"it was {decision.severity} then and is {sighting.severity} now"
    if decision.until and decision.until < day:
        return f"it ended on {decision.until:%-d %b %Y}"
    return ""
