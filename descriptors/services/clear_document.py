"""Empties a document, unless another document still uses one of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from descriptors.links import Use, uses
from descriptors.models import Document, Origin, Revision
from descriptors.services.save_revision import save_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


class StillUsed(Exception):
    """Other documents use values of this one; carries where."""

    def __init__(self, used: list[Use]) -> None:
        self.uses = used
        super().__init__("Other documents still use values of this one.")


def clear_document(
    *, project: Project, descriptor: str, by: User, based_on: int, reason: str = ""
) -> Revision:
    """Make the document absent; every earlier revision stays and can be restored."""
    if used := uses(Document.objects.bodies_of(project), descriptor):
        raise StillUsed(used)
    return save_revision(
        project=project,
        descriptor=descriptor,
        body=None,
        by=by,
        origin=Origin.CLEAR,
        based_on=based_on,
        reason=reason,
    )
