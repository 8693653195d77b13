"""Gives documents back as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from descriptors import writing
from descriptors.models import Document

if TYPE_CHECKING:
    from tec.projects.models import Project


def export_project(project: Project) -> bytes:
    """A zip with every document and the project's own data; the same content gives the same bytes."""
    facts = {
        "name": project.name,
        "description": project.description,
        "point_of_contact": project.point_of_contact,
    }
    documents = {name: body for name, body in Document.objects.bodies_of(project).items() if body is not None}
    return writing.project_zip(facts, documents)
