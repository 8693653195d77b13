"""Queues a check of a project as it is now, or finds the one that answers already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from mismatch.models import Check, State, Trigger
from mismatch.profiles.current import profile_of, ruleset_of
from mismatch.rule_pack import rules_digest
from mismatch.snapshot import heads, input_digest
from tec.audit.record import record
from tec.projects.models import Project
from tec.work.wake import wake

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def start_check(*, project: Project, by: User | None, trigger: str = Trigger.BUTTON) -> Check:
    """The check of *project* as it is now: a new one in the queue, or the newest if it looked at the same.

    The same revisions under the same rules and the same profile give the same result, so a check of them that
    is done, running or queued is returned as it is; one that failed is not, nor one of an earlier day,
    because some rules compare dates with the day. Nothing here waits for a broker or a worker.
    """
    # Numbers are given, and twins recognised, one request at a time.
    Project.objects.lock(project.pk)
    revisions = heads(project)
    profile = profile_of(project)
    inputs, rules = input_digest(revisions), rules_digest(profile.digest)
    newest = Check.objects.filter(project=project).first()
    same = newest is not None and newest.state != State.FAILED and newest.looked_at(inputs, rules)
    if newest and same and newest.day == timezone.localdate():
        return newest
    check = Check.objects.create(
        project=project,
        number=newest.number + 1 if newest else 1,
        trigger=trigger,
        requested_by=by,
        rules_digest=rules,
        ruleset=ruleset_of(profile),
        input_digest=inputs,
    )
    check.revisions.set(revisions)
    record("check.started", actor=by, project=project, target=str(check.number), trigger=str(trigger))
    transaction.on_commit(partial(wake, check), robust=True)
    return check
