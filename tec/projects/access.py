"""The one decision about who may see and change a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def project_for(user: User | AnonymousUser, slug: str, *, write: bool = False) -> Project:
    """The project, if *user* may see it (else 404) and change it (else 403).

    An archived project is read-only for everybody until it is taken out of the archive.
    """
    project = get_object_or_404(Project.objects.visible_to(user), slug=slug)
    if write and project.archived:
        raise PermissionDenied(f"“{project}” is archived. Restore it from the archive to change it.")
    return project
