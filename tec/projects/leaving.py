"""What the audit log keeps of what leaves: what a project held, and of what an account was a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError, QuerySet
from django.dispatch import Signal

from tec.audit.record import record
from tec.projects.models import Membership, Project, Role
from tec.projects.people import called

if TYPE_CHECKING:
    from django.contrib.auth.models import User

project_leaving = Signal()
"""Sent with `project` before it is deleted; receivers return facts to be kept, by name."""


NAMED = 5  # projects that a refusal names


def keep_owners(going: User, origin: Any) -> None:
    at_once = origin.values_list("pk", flat=True) if isinstance(origin, QuerySet) else [going.pk]
    owned = going.memberships.filter(role=Role.OWNER).values("project")
    projects = list(Project.objects.locked().filter(pk__in=owned).order_by("pk"))
    staying = Membership.objects.filter(role=Role.OWNER, user__is_active=True).exclude(user__in=list(at_once))
    others = set(staying.filter(project__in=projects).values_list("project", flat=True))
    if left := [project for project in projects if project.pk not in others]:
        names = ", ".join(f"“{project}”" for project in left[:NAMED])
        more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        raise ProtectedError(
            f"“{called(going)}” is the only owner of {names}{more}. Make somebody else an owner on "
            "the page of members, or delete the project first.",
            set(left),
        )


def contents(project: Project) -> dict[str, Any]:
    told: list[tuple[Any, Any]] = project_leaving.send(sender=type(project), project=project)
    return {name: value for _, facts in told for name, value in facts.items()}


def tell_projects(*, instance: User, origin: Any = None, **kwargs: Any) -> None:
    """Called before an account is deleted: the log of each of its projects says that a member is gone.

    Raises ProtectedError if a project would be left without an owner who can log in; *origin* is all that is
    deleted in one go.
    """
    keep_owners(instance, origin)
    for membership in instance.memberships.select_related("project").order_by("project"):
        record(
            "member.removed",
            project=membership.project,
            target=instance.get_username(),
            role=membership.role,
            reason="The account was deleted.",
        )
