"""Makes rows for tests: every argument has a default, related rows come by themselves."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth.models import User

from descriptors.models import Origin, Revision
from descriptors.services.save_revision import current_number, save_revision
from tec.projects.models import Membership, Project, Role
from tec.projects.services.create_project import create_project

_numbers = itertools.count(1)


def make_user(**over: Any) -> User:
    """Somebody who can log in with the password “correct horse battery”."""
    number = next(_numbers)
    fields = {"username": f"person-{number}", "password": "correct horse battery", **over}
    return User.objects.create_user(**fields)


def make_project(*, owner: User | None = None, **over: Any) -> Project:
    fields = {"name": "Churn", "description": "Who leaves.", "point_of_contact": "Product Owner", **over}
    return create_project(by=owner or make_user(), **fields)


def make_member(project: Project, role: str = Role.DATA_SCIENTIST, **over: Any) -> User:
    """A new user who belongs to *project*."""
    user = make_user(**over)
    Membership.objects.create(project=project, user=user, role=role)
    return user


def make_revision(
    project: Project, descriptor: str = "system_context", body: Any = None, **over: Any
) -> Revision:
    """The next revision of a document."""
    fields = {
        "by": None,
        "origin": Origin.FORM,
        "based_on": current_number(project, descriptor),
        "body": body if body is not None else {"version": "1.2", "task": f"Task {next(_numbers)}"},
        **over,
    }
    return save_revision(project=project, descriptor=descriptor, **fields)
