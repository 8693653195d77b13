"""Changes what a project is called, says and is: edit, archive, restore, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tec.audit.moved import demand_still
from tec.audit.record import record
from tec.projects.leaving import contents
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def edit_project(*, project: Project, by: User, version: int | None = None, **texts: str) -> Project:
    """Set some of the three texts of a project; its address stays, so links keep working.

    Raises Moved if others have changed them since *version*, unless they say the same already.
    """
    now = Project.objects.lock(project.pk)
    changes = {
        field: [getattr(now, field), value] for field, value in texts.items() if getattr(now, field) != value
    }
    if not changes:
        return now
    demand_still(now.version, version, verb="project.edited", project=now)
    for field, (_, value) in changes.items():
        setattr(now, field, value)
    now.version += 1
    now.save(update_fields=[*changes, "version"])
    record("project.edited", actor=by, project=now, changes=changes)
    return now


@transaction.atomic
def archive_project(*, project: Project, by: User) -> None:
    """Freeze a project: it stays readable and nothing below it can be changed."""
    if Project.objects.active().filter(pk=project.pk).update(archived_at=timezone.now()):
        record("project.archived", actor=by, project=project)


@transaction.atomic
def restore_project(*, project: Project, by: User) -> None:
    """Take a project out of the archive."""
    if Project.objects.filter(pk=project.pk).exclude(archived_at=None).update(archived_at=None):
        record("project.restored", actor=by, project=project)


@transaction.atomic
def delete_project(*, project: Project, by: User) -> None:
    """Remove a project with its documents and checks; the audit log keeps what was there, by digests."""
    if not Project.objects.locked().filter(pk=project.pk).first():
        return  # somebody else was faster
    record("project.deleted", actor=by, project=project, name=project.name, **contents(project))
    project.delete()
