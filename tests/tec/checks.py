"""Finished checks as a project page finds them, without running any rule."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from descriptors.models import Revision
from mismatch.engine import RULES
from mismatch.findings import SEVERITIES
from mismatch.models import Check, Finding, Sighting, State
from mismatch.queries import KINDS
from mismatch.rule_pack import rules_digest
from tec.projects.models import Project

SLUGS = {rule.code: rule.slug for rule in RULES}


def finding(code: str, severity: str, *descriptors: str, rule: str = "", **over: Any) -> dict[str, Any]:
    """What `make_check` makes a finding of."""
    places = [
        {"descriptor": name, "pointer": "", "value": None, "label": "Somewhere"} for name in descriptors
    ]
    rule = rule or SLUGS.get(code, code.lower())
    plain = {"kind": "mismatch", "outcome": "fail", "severity": severity, "places": places}
    return {"code": code, "rule": rule, **plain, **over}


def make_check(project: Project, *found: dict[str, Any], outcomes: Any = None, **over: Any) -> Check:
    """A check of the project as it is now that found exactly *found*."""
    counts = {kind: dict.fromkeys(SEVERITIES, 0) for kind in KINDS}
    for each in found:
        counts[each["kind"]][each["severity"]] += 1
    fields = {"state": State.DONE, "finished_at": timezone.now(), "rules_digest": rules_digest(), **over}
    number = Check.objects.filter(project=project).count() + 1
    check = Check.objects.create(
        project=project, number=number, outcomes=outcomes or {}, counts=counts, **fields
    )
    check.revisions.set(Revision.objects.filter(head_of__project=project).exclude(text=None))
    for position, each in enumerate(found):
        each = dict(each)
        known, _ = Finding.objects.update_or_create(
            project=project,
            fingerprint=f"{each['code']}-{position}",
            defaults={"last_seen": check},
            create_defaults={
                "rule": each["rule"],
                "code": each.pop("code"),
                "first_seen": check,
                "last_seen": check,
            },
        )
        each.pop("rule")
        each.pop("code", None)
        Sighting.objects.create(
            check_run=check, finding=known, position=position, message="Something.", remedy="Do.", **each
        )
    Finding.objects.filter(project=project, fixed_in=None).exclude(last_seen=check).update(fixed_in=check)
    return check
