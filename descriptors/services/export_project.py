"""Gives documents back as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors import writing
from descriptors.models import Document

if TYPE_CHECKING:
    from tec.projects.models import Project


def export_project(project: Project) -> bytes:
    """A zip with every document and the project's own data; the same content gives the same bytes."""
    documents = {name: body for name, body in Document.objects.bodies_of(project).items() if body is not None}
    return writing.project_zip(facts_of(project), documents)


def export_bundle(project: Project) -> dict[str, Any]:
    """The same as one JSON object; documents that are absent are null."""
    return writing.bundle(facts_of(project), Document.objects.bodies_of(project))


def facts_of(project: Project) -> dict[str, str]:
    """What a project says about itself."""
    return {
        "name": project.name,
        "description": project.description,
        "point_of_contact": project.point_of_contact,
    }
