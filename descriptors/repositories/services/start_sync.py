"""Queues a sync with the linked repository."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Now

from descriptors.repositories.models import Every, Repository, Sync, Trigger
from tec.audit.record import record
from tec.projects.models import Project
from tec.work.models import State
from tec.work.wake import wake

if TYPE_CHECKING:
    from django.contrib.auth.models import User


KEPT = 500
"""Syncs of a repository that are remembered."""


@transaction.atomic
def start_sync(
    *, repository: Repository, by: User | None, trigger: str = Trigger.BUTTON, asked: str = ""
) -> Sync:
    """The sync that waits for a worker already, or a new one in the queue.

    One that is running may have looked at the branch too early, so it does not count.
    """
    Project.objects.lock(repository.project_id)
    Repository.objects.select_for_update().get(pk=repository.pk)
    waiting = Sync.objects.filter(repository=repository, state=State.QUEUED).first()
    if waiting:
        if asked:
            Sync.objects.filter(pk=waiting.pk).update(asked=asked)
        return waiting
    last = Sync.objects.filter(repository=repository).aggregate(number=Max("number"))["number"]
    sync = Sync.objects.create(
        repository=repository,
        number=(last or 0) + 1,
        trigger=trigger,
        requested_by=by,
        asked=asked,
        progress_total=4,
    )
    Sync.objects.filter(repository=repository, number__lte=sync.number - KEPT).delete()
    if by:  # what starts by itself is worth an entry only if it changes something
        record("sync.started", actor=by, project=repository.project, target=str(sync.number))
    transaction.on_commit(partial(wake, sync), robust=True)
    return sync


def start_due_syncs() -> int:
    """Start a sync for every repository whose turn it is; whoever moves the time starts it."""
    started = 0
    for minutes in filter(None, Every.values):
        due = Repository.objects.filter(every=minutes, project__archived_at=None).filter(
            Q(looked_at=None) | Q(looked_at__lt=Now() - timedelta(minutes=minutes))
        )
        for repository in due.select_related("project"):
            if due.filter(pk=repository.pk).update(looked_at=Now()):
                start_sync(repository=repository, by=None, trigger=Trigger.SCHEDULE)
                started += 1
    return started
