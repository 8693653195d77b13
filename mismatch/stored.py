"""A stored check as the plain values that a check returns, for everything that works out more from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mismatch.findings import Finding, Place, Report
from mismatch.snapshot import documents

if TYPE_CHECKING:
    from mismatch.models import Check, Sighting


class Outline(NamedTuple):
    """What a check found, in outline, and what it looked at."""

    report: Report
    documents: dict[str, Any]


def outlined(check: Check) -> Outline:
    """The result of *check*, as far as it takes to count findings by rule and place. Two queries.

    Of what counts there are severity, code and places without their values; nothing else takes part.
    """
    counting = check.sightings.filter(outcome="fail", spare=False).order_by("position")
    rows = counting.values_list("finding__code", "severity", "finding__fingerprint", "places")
    found = [
        Finding("", code, "", "fail", severity, "", "", tuple(map(_bare, places)), fingerprint)
        for code, severity, fingerprint, places in rows.iterator(2_000)
    ]
    return Outline(Report(found, check.outcomes), documents(check))


def _bare(place: dict[str, Any]) -> Place:
    return Place(place["descriptor"], place["pointer"])


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
