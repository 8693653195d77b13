"""Keeps what a check found: every finding once per project, how it looked this time, and what is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from mismatch import findings
from mismatch.decisions.subject import values_digest
from mismatch.models import Check, Finding, Sighting, State
from mismatch.rule_pack import rules_digest
from mismatch.services.tell_of_check import tell_of_check
from tec.projects.models import Project
from tec.work.lease import finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = ("mismatch", "missing")


@transaction.atomic
def store_report(
    *, check: Check, attempt: int, report: findings.Report, scores: Mapping[str, Any] | None = None
) -> None:
    """End *check* as done with everything *report* says and its *scores*, or change nothing at all.

    Raises LostLease when *attempt* is not the current one any more.
    """
    list(Project.objects.locked().filter(pk=check.project_id))  # one check of a project at a time
    finish(
        check,
        attempt,
        progress_done=1,
        progress_total=1,
        rules_digest=rules_digest(
            report.profile.digest if report.profile else ""
        ),  # the rules that really ran, even if this worker is newer
        outcomes=dict(report.outcomes),
        problems=list(report.problems),
        counts=counts(findings.counted(report.findings)),
        scores=dict(scores or {}),
    )
    follow_up = next_done(check)
    ids = remember(check, report.findings)
    counting = {found.fingerprint for found in findings.counted(report.findings)}
    Sighting.objects.bulk_create(
        [
            Sighting(
                check_run=check,
                finding_id=ids[found.fingerprint],
                position=position,
                kind=found.kind,
                outcome=found.outcome,
                severity=found.severity,
                message=found.message,
                remedy=found.remedy,
                places=(places := [place.as_json() for place in found.places]),
                values_digest=values_digest(places),
                explains=list(found.explains),
                spare=found.fingerprint not in counting,
            )
            for position, found in enumerate(report.findings)
        ]
    )
    date_findings(check, follow_up)
    tell_of_check(check)


def counts(found: Iterable[findings.Finding]) -> dict[str, dict[str, int]]:
    """How many findings of each kind and severity, all named."""
    counts = {kind: dict.fromkeys(findings.SEVERITIES, 0) for kind in KINDS}
    for each in found:
        counts[each.kind][each.severity] += 1
    return counts


def next_done(check: Check) -> Check | None:
    """The check after this one that is done already; there is none unless two were overtaking each other."""
    later = Check.objects.filter(project=check.project_id, state=State.DONE, number__gt=check.number)
    return later.order_by("number").first()


def remember(check: Check, found: Iterable[findings.Finding]) -> dict[str, int]:
    """The ids of the findings by fingerprint; those never seen before are added."""
    known = dict(Finding.objects.filter(project=check.project_id).values_list("fingerprint", "id"))
    new = [
        Finding(
            project_id=check.project_id,
            fingerprint=each.fingerprint,
            rule=each.rule,
            code=each.code,
            first_seen=check,
            last_seen=check,
        )
        for each in found
        if each.fingerprint not in known
    ]
    known.update({each.fingerprint: each.pk for each in Finding.objects.bulk_create(new)})
    return known


def date_findings(check: Check, follow_up: Check | None) -> None:
    """Keep first seen, last seen and fixed in true, in whatever order the checks of a project end.

    A finding is fixed in the first check after the one that saw it last.
    """
    ours = Finding.objects.filter(project=check.project_id)
    seen = ours.filter(sightings__check_run=check)
    seen.filter(first_seen__number__gt=check.number).update(first_seen=check)
    seen.filter(last_seen__number__lte=check.number).update(last_seen=check, fixed_in=follow_up)
    unseen = ours.filter(last_seen__number__lt=check.number)
    unseen.filter(fixed_in=None).update(fixed_in=check)
    unseen.filter(fixed_in__number__gt=check.number).update(fixed_in=check)
