"""Chooses the check against which new and fixed are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mismatch.decisions.models import Baseline
from mismatch.models import Check, State
from tec.audit.record import record
from tec.projects.access import lock_to_change

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


@transaction.atomic
def choose_baseline(*, project: Project, check: Check | None, by: User) -> None:
    """Count against *check* from now on; None: against the check before, as without a baseline.

    Raises ValueError for a check that is not done or belongs to another project.
    """
    lock_to_change(project)
    before = Baseline.objects.filter(project=project).values_list("check_run__number", flat=True).first()
    if check is None:
        Baseline.objects.filter(project=project).delete()
    elif check.project_id != project.pk or check.state != State.DONE:
        raise ValueError(f"{check} is no finished check of {project}.")
    else:
        Baseline.objects.update_or_create(project=project, defaults={"check_run": check, "chosen_by": by})
    record(
        "baseline.chosen",
        actor=by,
        project=project,
        target=str(check.number) if check else "",
        changes={"baseline": [before, check.number if check else None]},
    )
