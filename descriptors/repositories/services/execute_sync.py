"""Runs a sync: fetches the branch in a process of its own, and has what it holds stored."""

from __future__ import annotations

import hashlib
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from descriptors.repositories import worker
from descriptors.repositories.address import AddressRefused, parse
from descriptors.repositories.models import Repository, Sync, Trigger
from descriptors.repositories.problems import GitProblem
from descriptors.repositories.services.store_sync import MovedOn, store_sync
from descriptors.repositories.worker import Job
from tec.sealing import Unsealable, unseal
from tec.work.lease import fail, progress
from tec.work.running import run

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

STEPS = 4
TRIES = 2
"""How often the branch is fetched anew when another sync was faster, before this one gives way."""

UNSEALABLE = GitProblem(
    "sealed",
    "The token or key can no longer be read, because SECRET_KEY of this server was changed.",
    "Enter it again in the settings of the link.",
)
OVERTAKEN = GitProblem(
    "overtaken",
    "Other syncs or changes of the link were faster.",
    "Start the sync again if it is still needed.",
)


def execute_sync(*, sync_id: int, overdue: Callable[[], None] | None = None) -> None:
    """Run the sync with this id, unless it is finished or another worker has it."""
    run(Sync, sync_id, bring_in, overdue=overdue)


def bring_in(sync: Sync, attempt: int) -> None:
    """Fetch and store; what keeps Git from it ends the sync as failed, in words."""
    tidy_caches()
    try:
        for _ in range(TRIES):
            repository = Repository.objects.select_related("project").get(pk=sync.repository_id)
            snapshot = worker.fetch(
                job_for(repository, sync), lambda step: progress(sync, attempt, step, STEPS)
            )
            progress(sync, attempt, STEPS - 1, STEPS)
            try:
                store_sync(sync=sync, attempt=attempt, repository=repository, snapshot=snapshot)
            except MovedOn:
                continue
            return
        raise OVERTAKEN
    except GitProblem as problem:
        log.info("%s ended: %s", sync.row, problem.code)
        fail(sync, attempt, problem.message, problem=problem.code, remedy=problem.remedy[:300])


def job_for(repository: Repository, sync: Sync) -> Job:
    """What the process that talks to Git is told. Raises GitProblem."""
    try:
        address = parse(repository.url, hosts=settings.GIT_HOSTS, local_paths=settings.GIT_LOCAL_PATHS)
    except AddressRefused as refused:
        raise GitProblem("refused", str(refused), "") from refused
    try:
        token, key = unseal(repository.token), unseal(repository.key)
    except Unsealable as error:
        raise UNSEALABLE from error
    return Job(
        address,
        repository.branch,
        repository.path,
        str(cache_folder(repository)),
        known=repository.commit,
        all=sync.trigger == Trigger.BUTTON or repository.documents.exclude(offered="").exists(),
        username=repository.username,
        token=token,
        key=key,
        host_key=repository.host_key,
        hosts=tuple(settings.GIT_HOSTS),
        ca_file=settings.GIT_CA_FILE,
        max_bytes=settings.GIT_MB * 1_000_000,
        seconds=settings.GIT_SECONDS,
    )


def cache_folder(repository: Repository) -> Path:
    """Where this machine keeps what it fetched; another address gets another folder."""
    url = hashlib.sha256(repository.url.encode()).hexdigest()[:12]
    return Path(settings.VAR_DIR) / "git" / f"{repository.pk}-{url}"


def tidy_caches() -> None:
    """Delete what belongs to no link any more."""
    folder = Path(settings.VAR_DIR) / "git"
    if not folder.is_dir():
        return
    used = {cache_folder(repository).name for repository in Repository.objects.only("pk", "url")}
    for entry in folder.iterdir():
        if entry.name not in used:
            shutil.rmtree(entry, ignore_errors=True)
