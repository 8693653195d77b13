"""Records what somebody decides about findings; the same function stands behind the page and the API."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import OuterRef, Subquery

from mismatch import lifecycle
from mismatch.decisions.models import Decision, DecisionKind, accepted_until
from mismatch.models import Check, Finding, Sighting
from mismatch.services.tell_of_decisions import tell_of_decisions
from tec.audit.record import record
from tec.projects.models import Project
from tec.projects.people import called

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST = 10_000
"""How many findings are decided in one go."""

LONGEST_REASON = 2_000
NAMED = 20  # findings that the audit log names; of more it says only how many


class DecisionRefused(ValueError):
    """The decision cannot be taken; the message says why and what to do. `field` is the input it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Terms(NamedTuple):
    """What is decided. Without *until* a risk is accepted for 90 days, unless it is to be *for_ever*."""

    kind: str  # a DecisionKind
    reason: str = ""
    until: date | None = None
    for_ever: bool = False
    who: User | None = None


@transaction.atomic
def decide_findings(
    *, project: Project, check: Check, fingerprints: Iterable[str], terms: Terms, by: User
) -> list[Decision]:
    """One decision for each of the findings, about the values that *check* saw.

    A risk that is critical is accepted only once somebody else approves; until then it stays open. Raises
    DecisionRefused, and then nothing is recorded: all or none.
    """
    Project.objects.lock(project.pk)  # decisions of a project one after the other
    terms = settled_terms(project, terms)
    found = decidable(check, fingerprints)
    batch = uuid.uuid4()
    before = Decision.objects.filter(current_of__in=[each.finding_id for each in found])
    kinds = list(before.order_by("kind").values_list("kind", flat=True).distinct())
    decisions = Decision.objects.bulk_create(
        [_decision(sighting, terms, check, by, batch) for sighting in found], batch_size=500
    )
    settle([each.finding_id for each in found])
    record(
        "finding.decided",
        actor=by,
        project=project,
        target=found[0].finding.code if len(found) == 1 else "",
        kind=terms.kind,
        reason=terms.reason,
        until=terms.until.isoformat() if terms.until else None,
        who=terms.who.get_username() if terms.who else None,
        number=len(found),
        findings=[each.finding.fingerprint for each in found[:NAMED]],
        batch=str(batch),
        changes={"decision": [kinds, terms.kind]},
    )
    tell_of_decisions(project, decisions, by=by)
    return decisions


def settled_terms(project: Project, terms: Terms) -> Terms:
    """*terms* with what they leave open filled in; raises DecisionRefused for what cannot be."""
    kind, reason, until, for_ever, who = terms
    reason, day = reason.strip(), lifecycle.today()
    if kind not in DecisionKind.values:
        raise DecisionRefused(
            f"“{kind}” is no kind of decision (known: {', '.join(DecisionKind.values)}).", "kind"
        )
    if len(reason) > LONGEST_REASON:
        raise DecisionRefused(
            f"The reason has {len(reason):,} characters; at most {LONGEST_REASON:,} are kept.", "reason"
        )
    if kind != DecisionKind.PLAN and not reason:
        raise DecisionRefused("Give a reason: whoever reads this later has nothing else to go by.", "reason")
    if kind == DecisionKind.DISMISS:
        return Terms(kind, reason)
    if until and for_ever:
        raise DecisionRefused("Give a day or no end, not both.", "until")
    if kind == DecisionKind.ACCEPT and until is None and not for_ever:
        until = accepted_until(day)
    if until and until < day:
        raise DecisionRefused(f"{until:%-d %b %Y} has passed; give today or a later day.", "until")
    if kind == DecisionKind.ACCEPT:
        return Terms(kind, reason, until)
    if until is None:
        raise DecisionRefused("Say by which day it is to be fixed.", "until")
    if who is None:
        raise DecisionRefused("Say who is going to fix it.", "who")
    return Terms(kind, reason, until, who=member(project, who))


def member(project: Project, user: User) -> User:
    """*user*, who must belong to *project*."""
    if not project.memberships.filter(user=user).exists():
        raise DecisionRefused(
            f"“{called(user)}” does not belong to this project; choose one of its members.", "who"
        )
    return user


def decidable(check: Check, fingerprints: Iterable[str]) -> list[Sighting]:
    """How *check* saw the findings, all of which must be there and fail."""
    wanted = list(dict.fromkeys(fingerprints))
    if not wanted:
        raise DecisionRefused("No finding is chosen: tick at least one.")
    if len(wanted) > MOST:
        raise DecisionRefused(
            f"{len(wanted):,} findings are too many at once; at most {MOST:,} can be decided."
        )
    found = list(
        Sighting.objects.filter(check_run=check, outcome="fail", finding__fingerprint__in=wanted)
        .select_related("finding")
        .order_by("position")
    )
    if len(found) < len(wanted):
        raise DecisionRefused(
            f"Check {check.number} did not find {len(wanted) - len(found)} of these {len(wanted)}: "
            "look at the newest check and decide about what is there."
        )
    return found


def settle(finding_ids: Sequence[int]) -> None:
    """Have findings point to the newest of their decisions that counts."""
    effective = Decision.objects.effective().filter(finding=OuterRef("pk")).order_by("-pk")
    Finding.objects.filter(pk__in=finding_ids).update(decision=Subquery(effective.values("pk")[:1]))


def _decision(sighting: Sighting, terms: Terms, check: Check, by: User, batch: uuid.UUID) -> Decision:
    return Decision(
        finding=sighting.finding,
        kind=terms.kind,
        reason=terms.reason,
        until=terms.until,
        who=terms.who,
        author=by,
        author_name=by.get_username(),
        batch=batch,
        check_run=check,
        severity=sighting.severity,
        values_digest=sighting.values_digest,
        places=sighting.places,
        needs_approval=terms.kind == DecisionKind.ACCEPT and sighting.severity == "critical",
    )
