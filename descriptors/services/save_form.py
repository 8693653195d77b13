"""Saves a filled-in form: the document, new names carried to others, new terms, the end of its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from descriptors import catalogue
from descriptors.drafts import Draft
from descriptors.editor.renames import carried
from descriptors.models import Document, Origin, Revision
from descriptors.services.add_terms import add_terms
from descriptors.services.save_revision import lock_documents, save_revision
from tec.projects.access import Right, may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.contrib.auth.models import User

    from descriptors.editor.renames import Rename
    from tec.projects.models import Project

    Chosen = Callable[[Mapping[str, Any]], Sequence[Rename]]


class Saved(NamedTuple):
    """What a save made."""

    revision: Revision
    carried: list[Revision]  # of other documents that took over a new name
    fresh: bool  # whether anything had changed at all


@transaction.atomic
def save_form(
    *,
    project: Project,
    descriptor: str,
    body: dict[str, Any],
    by: User,
    based_on: int,
    reason: str = "",
    draft: str = "",
    terms: Mapping[str, Iterable[str]] | None = None,
    carry: Chosen | None = None,
) -> Saved:
    """Keep *body* as the newest revision and give up the *draft* (its key) it was typed in.

    *carry* says, given all documents of the project as they are now, which renames they shall follow; those
    that *by* may not edit stay as they are. *terms* are the entries of the document by vocabulary; new ones
    are offered to everybody from now on.
    Raises StaleRevision, and changes nothing, if the document has moved on since *based_on*.
    """
    # The documents that will follow must not move while they are read and written.
    lock_documents(project, descriptor)
    documents = {**Document.objects.bodies_of(project), descriptor: body}
    renames = list(carry(documents)) if carry else []
    followers = carried(documents, renames)
    last = Revision.objects.numbers_of(project)
    revision = save_revision(
        project=project,
        descriptor=descriptor,
        body=followers.pop(descriptor, body),
        by=by,
        origin=Origin.FORM,
        based_on=based_on,
        reason=reason,
    )
    others = [
        save_revision(
            project=project,
            descriptor=name,
            body=followers[name],
            by=by,
            origin=Origin.RENAME,
            based_on=last[name],
            reason=told(descriptor, [rename for rename in renames if name in rename.descriptors]),
        )
        for name in catalogue.DESCRIPTORS
        if name in followers and may(by, project, Right.EDIT, name)
    ]
    add_terms(terms=terms or {}, by=by)
    Draft.objects.filter(user=by, key=draft).delete()
    return Saved(revision, others, revision.number != last.get(descriptor, 0))


def told(descriptor: str, renames: Iterable[Rename]) -> str:
    """Why a document changed that nobody edited."""
    names = "; ".join(f"“{rename.old}” is now “{rename.new}”" for rename in renames)
    return f"Renamed in {catalogue.NAMES[descriptor]}: {names}"
