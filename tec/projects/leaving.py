"""What a project held when it was deleted: apps say it, its last entry in the audit log keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

if TYPE_CHECKING:
    from tec.projects.models import Project

project_leaving = Signal()
"""Sent with `project` before it is deleted; receivers return facts to be kept, by name."""


def contents(project: Project) -> dict[str, Any]:
    told: list[tuple[Any, Any]] = project_leaving.send(sender=type(project), project=project)
    return {name: value for _, facts in told for name, value in facts.items()}
