"""Gives documents back as files, and writes down that somebody took them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors import writing
from descriptors.models import Document, Revision
from tec.audit.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser, User

    from tec.projects.models import Project


def export_document(*, project: Project, revision: Revision, by: User | AnonymousUser | None) -> bytes:
    """One document as a file."""
    descriptor = revision.document.descriptor
    record("document.exported", actor=by, project=project, target=descriptor, revision=revision.number)
    return writing.document_bytes(revision.body or {})


def export_project(project: Project, *, by: User | AnonymousUser | None) -> bytes:
    """A zip with every document and the project's own data; the same content gives the same bytes."""
    bodies = _taken(project, by)
    documents = {name: body for name, body in bodies.items() if body is not None}
    return writing.project_zip(facts_of(project), documents)


def export_bundle(project: Project, *, by: User | AnonymousUser | None) -> dict[str, Any]:
    """The same as one JSON object; documents that are absent are null."""
    return writing.bundle(facts_of(project), _taken(project, by))


def _taken(project: Project, by: User | AnonymousUser | None) -> dict[str, dict[str, Any] | None]:
    record("project.exported", actor=by, project=project, revisions=Revision.objects.numbers_of(project))
    return Document.objects.bodies_of(project)


def export_state(project: Project, *, at: datetime, by: User | AnonymousUser | None) -> bytes:
    """A zip of all documents as they were at that moment; the project's own texts are those of now."""
    then = list(Revision.objects.at(project, at))
    numbers = {each.document.descriptor: each.number for each in then}
    record("project.state_exported", actor=by, project=project, day=at.isoformat(), revisions=numbers)
    documents = {each.document.descriptor: each.body for each in then if each.body is not None}
    return writing.project_zip(facts_of(project), documents)


def facts_of(project: Project) -> dict[str, str]:
    """What a project says about itself."""
    return {
        "name": project.name,
        "description": project.description,
        "point_of_contact": project.point_of_contact,
    }
