"""Stores what a sync brought, all in one transaction: revisions, a result for every file, its end."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from descriptors import catalogue
from descriptors.models import Document, Origin, Revision
from descriptors.repositories import problems
from descriptors.repositories.address import parse
from descriptors.repositories.files import File, sorted_out
from descriptors.repositories.models import (
    FollowedDocument,
    OnDifference,
    Repository,
    Result,
    RevisionCommit,
    Sync,
    SyncedFile,
)
from descriptors.repositories.pages_of_hosts import commit_page
from descriptors.repositories.signals import documents_synced
from descriptors.services.import_documents import keep
from descriptors.services.save_revision import lock_documents, text_of
from tec import strictjson
from tec.audit.record import record
from tec.projects.models import Project
from tec.work.lease import finish

if TYPE_CHECKING:
    from descriptors.repositories.worker import Snapshot


class MovedOn(Exception):
    """The link was changed, or another sync stored something, since this one looked."""


@transaction.atomic
def store_sync(*, sync: Sync, attempt: int, repository: Repository, snapshot: Snapshot) -> None:
    """End *sync* with what *snapshot* holds, or change nothing. Raises MovedOn, LostLease or GitProblem.

    *repository* is as it was when the snapshot was taken: a sync may not store an older state over what
    a faster one stored meanwhile.
    """
    list(Project.objects.locked().filter(pk=repository.project_id))
    rows = Repository.objects.select_for_update(of=("self",)).select_related("project")
    now = rows.filter(pk=repository.pk).first()
    if now is None or (now.version, now.commit) != (repository.version, repository.commit):
        raise MovedOn
    if now.project.archived:
        raise problems.ARCHIVED
    about = commit_of(repository, snapshot)
    finish(sync, attempt, progress_done=4, previous=repository.commit, history=snapshot.history, **about)
    saved = 0
    if snapshot.files is not None:
        saved = Storing(repository, sync, about).store(sorted_out(snapshot.files))
    Repository.objects.filter(pk=repository.pk).update(commit=snapshot.commit, host_key=snapshot.host_key)
    if saved or snapshot.commit != repository.commit:
        results = sync.files.values("result").annotate(many=Count("pk")).order_by()
        record(
            "sync.done",
            actor=sync.requested_by,
            project=repository.project,
            target=str(sync.number),
            commit=snapshot.commit,
            history=snapshot.history,
            results={each["result"]: each["many"] for each in results},
        )
    if saved:
        transaction.on_commit(
            partial(documents_synced.send, sender=Sync, repository=repository, sync=sync), robust=True
        )


def commit_of(repository: Repository, snapshot: Snapshot) -> dict[str, Any]:
    """What is kept of the commit."""
    if snapshot.files is None:
        return {"commit": snapshot.commit}
    address = parse(repository.url, hosts=settings.GIT_HOSTS, local_paths=settings.GIT_LOCAL_PATHS)
    return {
        "commit": snapshot.commit,
        "author": snapshot.author,
        "subject": snapshot.subject,
        "committed_at": datetime.fromtimestamp(snapshot.at, UTC) if snapshot.at else None,
        "page": commit_page(address, snapshot.commit)[:700],
    }


class Storing:
    """The documents of one sync, one after the other in their usual order."""

    def __init__(self, repository: Repository, sync: Sync, about: dict[str, Any]) -> None:
        self.repository, self.sync, self.about = repository, sync, about
        self.followed = {each.descriptor: each for each in repository.documents.select_for_update()}

    def store(self, files: dict[str, File]) -> int:
        """Bring every document up to its file where that overwrites nothing; returns how many were saved."""
        saved = 0
        lock_documents(
            self.repository.project, *(name for name, file in files.items() if file.body is not None)
        )
        for descriptor in catalogue.DESCRIPTORS:
            if file := files.get(descriptor):
                saved += self._file(descriptor, file)
            elif (followed := self.followed.get(descriptor)) and followed.result != Result.GONE:
                followed.offered, followed.offered_by = "", None
                self._note(followed, Result.GONE, message=GONE[0], remedy=GONE[1])
        return saved

    def _file(self, descriptor: str, file: File) -> bool:
        followed = self.followed.get(descriptor) or FollowedDocument(
            repository=self.repository, descriptor=descriptor
        )
        followed.name = file.name
        if file.body is None:
            self._note(followed, Result.REFUSED, place=file.place, message=file.message, remedy=file.remedy)
            return False
        head = self._head(descriptor)
        text = text_of(file.body)
        result = judged(head, followed, text, self.repository.on_difference)
        kept = None
        if result == Result.SAVED:
            kept = self._keep(descriptor, file, head)
        if result in (Result.SAVED, Result.SAME):
            followed.agreed, followed.revision = digest(text), self._number(kept, head)
        followed.offered = text if result == Result.DIFFERS else ""
        followed.offered_by = self.sync if result == Result.DIFFERS else None
        self._note(followed, result, revision=kept)
        return result == Result.SAVED

    def _head(self, descriptor: str) -> Revision | None:
        """The newest revision of a document that is locked."""
        documents = Document.objects.filter(project=self.repository.project).select_related("head")
        return documents.get(descriptor=descriptor).head

    def _keep(self, descriptor: str, file: File, head: Revision | None) -> Revision:
        assert file.body is not None
        imported = keep(
            project=self.repository.project,
            descriptor=descriptor,
            body=file.body,
            by=None,  # nobody here wrote it; the commit says who did
            based_on=head.number if head else 0,
            reason=self.about["subject"] or f"Commit {self.about['commit'][:8]}",
            origin=Origin.GIT,
        )
        commit = {name: self.about[name] for name in ("author", "subject", "committed_at", "page")}
        RevisionCommit.objects.create(revision=imported.received, sha=self.about["commit"], **commit)
        return imported.received

    def _number(self, kept: Revision | None, head: Revision | None) -> int:
        """The document's newest revision now: an upgrade may have added one."""
        if kept is None:
            return head.number if head else 0
        return Revision.objects.filter(document=kept.document_id).latest("number").number

    def _note(self, followed: FollowedDocument, result: str, **values: Any) -> None:
        followed.result = result
        followed.save()
        SyncedFile.objects.create(
            sync=self.sync, name=followed.name, descriptor=followed.descriptor, result=result, **values
        )


GONE = (
    "the file is no longer in the folder",
    "The document stays as it is. Clear it if it is not wanted any more.",
)


def judged(head: Revision | None, followed: FollowedDocument, text: str, on_difference: str) -> str:
    """How a document stands to its file, by what both were when they last agreed.

    Whoever alone has changed since then is newer. If both have, or they never agreed, and say different
    things, nobody is overwritten unless the link says that Git wins.
    """
    there = head is not None and head.text is not None
    if head is not None and head.text == text:
        return Result.SAME
    untouched = bool(followed.agreed) and head is not None and head.number == followed.revision
    if followed.agreed == digest(text):
        return Result.SAME if untouched else Result.AHEAD
    if untouched or (not there and not followed.agreed) or on_difference == OnDifference.GIT:
        return Result.SAVED
    return Result.DIFFERS


def document_of(text: str) -> dict[str, Any]:
    """The document that stands in a text of ours."""
    body = strictjson.loads(text.encode())
    assert isinstance(body, dict)
    return body


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
