"""Keeps a new state of a document; nothing that was saved before is lost or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from descriptors import catalogue
from descriptors.models import Document, Origin, Revision
from descriptors.services.keep_authorship import keep_authorship
from tec import strictjson
from tec.audit.record import record
from tec.projects.access import lock_to_change

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


class StaleRevision(Exception):
    """Somebody saved in the meantime; carries what is there now and what the change was based on."""

    def __init__(self, *, current: Revision | None, based_on: int) -> None:
        self.current, self.based_on = current, based_on
        number = current.number if current else 0
        super().__init__(
            f"This document was saved by somebody else: it is at revision {number}, "
            f"and your change started from revision {based_on}."
        )


@transaction.atomic
def save_revision(
    *,
    project: Project,
    descriptor: str,
    body: dict[str, Any] | None,
    by: User | None,
    origin: str,
    based_on: int,
    reason: str = "",
) -> Revision:
    """Keep *body* (None clears) as the newest revision; saving the same body again changes nothing.

    *based_on* is the number of the revision the change started from, 0 for none. Raises StaleRevision
    when the document has moved on, unless it already says the same. An archived project keeps what it has.
    """
    lock_to_change(project)
    document, _ = Document.objects.get_or_create(project=project, descriptor=descriptor)
    locked = Document.objects.select_for_update(of=("self",)).select_related("project")
    document = locked.get(pk=document.pk)
    head = document.head
    digest = strictjson.digest(body)
    if head is None and body is None:
        raise ValueError("There is nothing to clear.")
    if head is not None and head.digest == digest and same_text(head, body):
        return head
    if (head.number if head else 0) != based_on:
        raise StaleRevision(current=head, based_on=based_on)
    revision = Revision.objects.create(
        document=document,
        number=based_on + 1,
        text=None if body is None else text_of(body),
        schema_version=version_of(body),
        schema_source=catalogue.source().name,
        digest=digest,
        author=by,
        author_name=by.get_username() if by else "",
        created_at=timezone.now(),
        reason=reason[:500],
        origin=origin,
    )
    document.head = revision
    document.save(update_fields=["head"])
    keep_authorship(head, revision)
    verb = "document.cleared" if body is None else "document.saved"
    record(
        verb,
        actor=by,
        project=project,
        target=descriptor,
        revision=revision.number,
        origin=origin,
        digest=digest,
        reason=revision.reason,
    )
    return revision


def lock_documents(project: Project, *descriptors: str) -> None:
    """Have all documents of *project*, these too if they are new, for us alone until the transaction ends.

    For changes of several at once: everybody takes them in the same order, after the project and before the
    audit log.
    """
    lock_to_change(project)
    for descriptor in sorted(descriptors):
        Document.objects.get_or_create(project=project, descriptor=descriptor)
    list(Document.objects.select_for_update().filter(project=project).order_by("pk"))


def text_of(body: dict[str, Any]) -> str:
    """How a body is stored: readable, keys in their order."""
    return strictjson.dumps(body)


def same_text(head: Revision, body: dict[str, Any] | None) -> bool:
    """Whether *body* is stored already; a mere change of key order is a change worth keeping."""
    return head.text == (None if body is None else text_of(body))


def version_of(body: dict[str, Any] | None) -> str:
    """The schema version a body claims, "" if it says nothing usable."""
    version = (body or {}).get("version")
    return version[:20] if isinstance(version, str) else ""


def current_number(project: Project, descriptor: str) -> int:
    """The number of the newest revision, 0 if the document was never saved."""
    head = Revision.objects.filter(head_of__project=project, head_of__descriptor=descriptor).first()
    return head.number if head else 0


def restore_revision(*, revision: Revision, by: User, based_on: int, reason: str = "") -> Revision:
    """Make an old state the newest; the history keeps both."""
    return save_revision(
        project=revision.document.project,
        descriptor=revision.document.descriptor,
        body=revision.body,
        by=by,
        origin=Origin.RESTORE,
        based_on=based_on,
        reason=reason or f"Restored revision {revision.number}",
    )
