"""Carries out what a person chose for a document that says one thing in TEC and another in Git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from descriptors.models import Origin, Revision
from descriptors.repositories.models import FollowedDocument, Repository, Result, RevisionCommit
from descriptors.repositories.services.store_sync import digest, document_of
from descriptors.services.import_documents import keep
from tec.audit.record import record
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NothingToSettle(Exception):
    """Somebody has chosen already, or a sync found that both agree."""


@transaction.atomic
def take_from_git(*, followed: FollowedDocument, by: User, based_on: int, offered: str) -> Revision:
    """Make what Git offers the newest revision. *offered* is the digest of what the person saw.

    Raises NothingToSettle, or StaleRevision when the document has moved on from revision *based_on*.
    """
    followed = _locked(followed, offered)
    sync = followed.offered_by
    imported = keep(
        project=followed.repository.project,
        descriptor=followed.descriptor,
        body=document_of(followed.offered),
        by=by,
        based_on=based_on,
        reason=(sync.subject if sync else "") or "Taken from Git",
        origin=Origin.GIT,
    )
    if sync and not RevisionCommit.objects.filter(revision=imported.received).exists():
        RevisionCommit.objects.create(
            revision=imported.received,
            sha=sync.commit,
            author=sync.author,
            subject=sync.subject,
            committed_at=sync.committed_at,
            page=sync.page,
        )
    _settled(followed, by, Result.SAME, imported.current.number)
    return imported.received


@transaction.atomic
def keep_ours(*, followed: FollowedDocument, by: User, offered: str) -> None:
    """Leave the document as it is; it counts as newer than the file until Git changes again."""
    followed = _locked(followed, offered)
    _settled(followed, by, Result.AHEAD, 0)


def _locked(followed: FollowedDocument, offered: str) -> FollowedDocument:
    Project.objects.lock(followed.repository.project_id)  # as a sync does
    Repository.objects.select_for_update().get(pk=followed.repository_id)
    found = (
        FollowedDocument.objects.select_for_update(of=("self",))
        .select_related("repository__project", "offered_by")
        .filter(pk=followed.pk)
        .exclude(offered="")
        .first()
    )
    if found is None or digest(found.offered) != offered:
        raise NothingToSettle
    return found


def _settled(followed: FollowedDocument, by: User, result: str, number: int) -> None:
    followed.agreed, followed.revision, followed.result = digest(followed.offered), number, result
    followed.offered, followed.offered_by = "", None
    followed.save()
    record(
        "difference.settled",
        actor=by,
        project=followed.repository.project,
        target=followed.descriptor,
        chosen="git" if result == Result.SAME else "tec",
    )
