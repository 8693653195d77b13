"""Changes which teams may edit which documents of a project."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from tec.audit.record import record
from tec.projects.models import Project
from tec.projects.rights import EDITORS, TEAMS, may_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def change_editors(
    *,
    project: Project,
    allowed: Collection[tuple[str, str]],
    was: Collection[tuple[str, str]] | None = None,
    by: User,
) -> bool:
    """From now on exactly the pairs (descriptor, team) *allowed* may edit; whether that is a change.

    Where *allowed* says the same as *was*, what somebody else has said meanwhile stays.
    """
    now = Project.objects.lock(project.pk)
    before = now.edit_deviations
    wanted: dict[str, dict[str, bool]] = {}
    changes: dict[str, dict[str, list[bool]]] = {}
    for descriptor, usual in EDITORS.items():
        for team in TEAMS:
            old, new = may_edit(team, descriptor, before), (descriptor, team) in allowed
            if was is not None and new == ((descriptor, team) in was):
                new = old
            if new != (team in usual):
                wanted.setdefault(descriptor, {})[team] = new
            if new != old:
                changes.setdefault(descriptor, {})[team] = [old, new]
    if not changes:
        return False
    now.edit_deviations = project.edit_deviations = wanted
    now.save(update_fields=["edit_deviations"])
    record("project.editors_changed", actor=by, project=project, changes=changes)
    return True
