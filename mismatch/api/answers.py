"""What the API says about findings and what people decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from descriptors import catalogue
from mismatch.decisions.models import DecisionKind
from mismatch.findings import OUTCOMES, SEVERITIES
from mismatch.lifecycle import AGES, STANDINGS
from mismatch.queries import KINDS
from tec.api.bodies import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from mismatch.models import Decision, Sighting
    from mismatch.showing.listing import Entry

DESCRIPTOR_NAMES = list(catalogue.DESCRIPTORS)


class PlaceAnswer(Answer):
    """One spot in one document that shows a finding."""

    descriptor = serializers.ChoiceField(choices=DESCRIPTOR_NAMES)
    pointer = serializers.CharField(help_text="JSON pointer inside the document.")
    value = serializers.JSONField(allow_null=True, help_text="What is there; null for nothing.")
    label = serializers.CharField(help_text="The pointer for people.")  # type: ignore[assignment]


class DecisionAnswer(Answer):
    """What somebody decided about a finding."""

    id = serializers.IntegerField()
    fingerprint = serializers.CharField(help_text="The finding.")
    code = serializers.CharField(help_text="Its rule’s code.")
    kind = serializers.ChoiceField(choices=DecisionKind.values)
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    who = serializers.CharField(allow_null=True, help_text="Who is to fix it: user name.")
    author = serializers.CharField()
    created_at = serializers.DateTimeField()
    severity = serializers.ChoiceField(choices=list(SEVERITIES), help_text="Of the finding, at that time.")
    batch = serializers.UUIDField(help_text="The same for what was decided in one go.")
    proposed = serializers.BooleanField(help_text="Whether it waits for somebody else’s approval.")
    approved_by = serializers.CharField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.CharField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class FindingAnswer(Answer):
    """One thing wrong, as a check saw it and as it stands now."""

    code = serializers.CharField()
    rule = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    outcome = serializers.ChoiceField(choices=list(OUTCOMES))
    severity = serializers.ChoiceField(choices=list(SEVERITIES))
    message = serializers.CharField()
    remedy = serializers.CharField()
    fingerprint = serializers.CharField(help_text="The same in every check that sees the same thing.")
    places = PlaceAnswer(many=True)
    explains = serializers.ListField(child=serializers.CharField(), help_text="What it explains.")
    standing = serializers.ChoiceField(choices=list(STANDINGS), help_text="By the decisions of now.")
    age = serializers.ChoiceField(choices=list(AGES), help_text="Against the baseline or the check before.")
    owner = serializers.CharField(help_text="The role that has to change something first.")
    assignee = serializers.CharField(allow_null=True, help_text="User name of who looks after it.")
    first_seen = serializers.IntegerField(help_text="Number of the check.")
    decision = DecisionAnswer(allow_null=True, help_text="The newest that counts, whether or not it holds.")
    proposal = DecisionAnswer(allow_null=True, help_text="One that waits for approval.")


def finding_row(
    sighting: Sighting, entry: Entry, proposal: Decision | None, first_seen: int
) -> dict[str, Any]:
    """One finding as the API gives it."""
    found = sighting.finding
    return {
        **found_row(sighting),
        "standing": entry.standing,
        "age": entry.age,
        "owner": entry.owner,
        "assignee": entry.assignee or None,
        "first_seen": first_seen,
        "decision": decision_row(found.decision, found) if found.decision else None,
        "proposal": decision_row(proposal, found) if proposal else None,
    }


def found_row(sighting: Sighting) -> dict[str, Any]:
    """A finding in the shape that every JSON output has."""
    return {
        "code": sighting.finding.code,
        "rule": sighting.finding.rule,
        "kind": sighting.kind,
        "outcome": sighting.outcome,
        "severity": sighting.severity,
        "message": sighting.message,
        "remedy": sighting.remedy,
        "fingerprint": sighting.finding.fingerprint,
        "places": sighting.places,
        "explains": sighting.explains,
    }


def decision_row(decision: Decision, finding: Any = None) -> dict[str, Any]:
    """One decision as the API gives it."""
    finding = finding or decision.finding
    return {
        "id": decision.pk,
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "kind": decision.kind,
        "reason": decision.reason,
        "until": decision.until,
        "who": name_of(decision.who),
        "author": decision.author_name,
        "created_at": decision.created_at,
        "severity": decision.severity,
        "batch": decision.batch,
        "proposed": decision.proposed,
        "approved_by": name_of(decision.approved_by),
        "approved_at": decision.approved_at,
        "withdrawn_by": name_of(decision.withdrawn_by),
        "withdrawn_at": decision.withdrawn_at,
    }


def name_of(user: User | None) -> str | None:
    return user.get_username() if user else None
