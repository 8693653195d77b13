"""A project that is linked to a repository, with syncs and files of every kind, made without Git."""

from __future__ import annotations

from typing import Any

from descriptors.repositories import keys
from descriptors.repositories.models import FollowedDocument, Repository, Result, Sync, SyncedFile
from descriptors.services.save_revision import text_of
from tec.projects.models import Project


def link_sample(project: Project, by: Any, document: dict[str, Any]) -> Repository:
    """Sync 1 brought *document* (a trained model) and more, 2 failed, 3 waits."""
    repository = Repository.objects.create(
        project=project,
        url="https://git.example.org/a-team/triage-descriptors.git",
        branch="main",
        path="docs/descriptors",
        hook=project.slug,
        hook_secret="sealed",
        key="sealed",
        public_key=keys.public_half(keys.make()),
        host_key="repository ssh-ed25519 AAAA",
        linked_by=by,
        commit="3f2a1bc9" * 5,
    )
    brought = Sync.objects.create(
        repository=repository,
        number=1,
        state="done",
        requested_by=by,
        commit="3f2a1bc9" * 5,
        previous="aaaaaaaa" * 5,
        history="rewritten",
        author="Ada <script>",
        subject="Describe the model " * 8,
        page="https://git.example.org/a-team/triage-descriptors/commit/3f2a1bc9",
    )
    for descriptor, result in zip(
        ("system_context", "raw_data", "training_data", "trained_model", "production_data"),
        (Result.SAVED, Result.REFUSED, Result.AHEAD, Result.DIFFERS, Result.GONE),
        strict=True,
    ):
        SyncedFile.objects.create(
            sync=brought,
            name=f"{descriptor}.json",
            descriptor=descriptor,
            result=result,
            place="line 3, column 6",
            message="not JSON: a colon should stand there",
            remedy="Correct it there.",
        )
        differs = result == Result.DIFFERS
        FollowedDocument.objects.create(
            repository=repository,
            descriptor=descriptor,
            name=f"{descriptor}.json",
            result=result,
            offered=text_of(document) if differs else "",
            offered_by=brought if differs else None,
        )
    Sync.objects.create(
        repository=repository,
        number=2,
        state="failed",
        trigger="schedule",
        error="The server could not be reached, or the connection broke.",
        remedy="Try again later.",
    )
    Sync.objects.create(repository=repository, number=3, trigger="push")
    return repository
