"""A stored check as the plain values that a check returns, for everything that works out more from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mismatch.findings import Finding, Place, Report
from mismatch.profiles.current import profile_by
from mismatch.snapshot import documents

if TYPE_CHECKING:
    from mismatch.models import Check, Sighting


class Stored(NamedTuple):
    """What a check found, and what it looked at."""

    report: Report
    documents: dict[str, Any]


def stored(check: Check) -> Stored:
    """The result of *check*, in four queries at most."""
    sightings = check.sightings.select_related("finding").order_by("position")
    found = [finding_of(each) for each in sightings]
    report = Report(found, check.outcomes, profile_by(check), tuple(check.problems))
    return Stored(report, documents(check))


def finding_of(sighting: Sighting) -> Finding:
    """The finding as the engine gave it."""
    return Finding(
        sighting.finding.rule,
        sighting.finding.code,
        sighting.kind,
        sighting.outcome,
        sighting.severity,
        sighting.message,
        sighting.remedy,
        tuple(Place(**place) for place in sighting.places),
        sighting.finding.fingerprint,
        tuple(sighting.explains),
    )
