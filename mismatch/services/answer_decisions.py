"""Approves decisions that need somebody else's word, and takes decisions back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from mismatch.decisions.models import Decision, DecisionQuerySet
from mismatch.services.decide_findings import NAMED, DecisionRefused, settle
from mismatch.services.tell_of_decisions import tell_of_answer
from tec.audit.record import record
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def approve_decisions(*, project: Project, decisions: Sequence[int], by: User) -> int:
    """Let the proposed decisions with these ids count from now on; return how many.

    Raises DecisionRefused if one of them is *by*'s own: nobody approves what they proposed themselves.
    """
    proposed = _locked(project, Decision.objects.proposed(), decisions)
    if any(each.author_id == by.pk for each in proposed):
        raise DecisionRefused(
            "You proposed this yourself. Accepting a critical finding takes two people: "
            "ask another owner or a reviewer of the project to approve it."
        )
    Decision.objects.filter(pk__in=[each.pk for each in proposed]).update(
        approved_by=by, approved_at=timezone.now()
    )
    return _done("finding.decision_approved", proposed, project, by)


@transaction.atomic
def withdraw_decisions(*, project: Project, decisions: Sequence[int], by: User) -> int:
    """Take back the decisions with these ids; what was decided before them counts again. Return how many."""
    kept = _locked(project, Decision.objects.kept(), decisions)
    Decision.objects.filter(pk__in=[each.pk for each in kept]).update(
        withdrawn_by=by, withdrawn_at=timezone.now()
    )
    return _done("finding.decision_withdrawn", kept, project, by)


def _locked(project: Project, wanted: DecisionQuerySet, ids: Sequence[int]) -> list[Decision]:
    """Those of the *wanted* decisions with these ids that belong to *project*; some at least."""
    Project.objects.lock(project.pk)
    found = list(wanted.filter(pk__in=ids, finding__project=project).select_related("finding"))
    if not found:
        raise DecisionRefused("Somebody has answered this already. Look at the page again.")
    return found


def _done(verb: str, decisions: Sequence[Decision], project: Project, by: User) -> int:
    settle([each.finding_id for each in decisions])
    record(
        verb,
        actor=by,
        project=project,
        target=decisions[0].finding.code if len(decisions) == 1 else "",
        number=len(decisions),
        findings=[each.finding.fingerprint for each in decisions[:NAMED]],
    )
    tell_of_answer(project, decisions, by=by, what=verb.rpartition("_")[2])
    return len(decisions)
