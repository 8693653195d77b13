"""What the audit log keeps of what leaves: what a project held, and of what an account was a member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project

project_leaving = Signal()
"""Sent with `project` before it is deleted; receivers return facts to be kept, by name."""


def contents(project: Project) -> dict[str, Any]:
    told: list[tuple[Any, Any]] = project_leaving.send(sender=type(project), project=project)
    return {name: value for _, facts in told for name, value in facts.items()}


def tell_projects(*, instance: User, **kwargs: Any) -> None:
    """Called before an account is deleted: the log of each of its projects says that a member is gone."""
    for membership in instance.memberships.select_related("project").order_by("project"):
        record(
            "member.removed",
            project=membership.project,
            target=instance.get_username(),
            role=membership.role,
            reason="The account was deleted.",
        )
