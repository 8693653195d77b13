"""Makes a project and its first member."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from tec.audit.record import record
from tec.projects.models import Membership, Project, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User

RESERVED = {"new"}  # /projects/new/ is a page of its own


@transaction.atomic
def create_project(
    *, name: str, description: str, point_of_contact: str, by: User, slug: str = ""
) -> Project:
    """A new project owned by *by*; its slug comes from the name and never changes again."""
    said = {"name": name, "description": description, "point_of_contact": point_of_contact}
    try:
        with transaction.atomic():
            project = Project.objects.create(slug=free_slug(slug or name), **said)
    except IntegrityError:  # somebody else has taken the address this very moment
        project = Project.objects.create(slug=free_slug(slug or name), **said)
    Membership.objects.create(project=project, user=by, role=Role.OWNER)
    record("project.created", actor=by, project=project, name=name)
    return project


def free_slug(name: str) -> str:
    """An address no other project has. A name without Latin letters, or a taken one, gets a random ending."""
    slug = slugify(name)[:60].strip("-")
    if slug and slug not in RESERVED and not Project.objects.filter(slug=slug).exists():
        return slug
    return f"{slug or 'project'}-{secrets.token_hex(3)}"
