"""Acts on what a Git host says through the webhook: believes it only if signed, and starts nothing twice."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from descriptors.repositories.models import Sync, Trigger
from descriptors.repositories.services.start_sync import start_sync
from tec.sealing import Unsealable, unseal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from descriptors.repositories.models import Repository

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Received(NamedTuple):
    """What came of a message."""

    sync: Sync | None
    reason: str = ""


def is_genuine(repository: Repository, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the sender knows the secret: GitHub, Gitea and Forgejo sign with it, GitLab sends it."""
    try:
        secret = unseal(repository.hook_secret)
    except Unsealable:
        return False
    if not secret:
        return False
    signature = headers.get("X-Hub-Signature-256", "")
    if signature:
        expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(signature.encode(), expected.encode())
    return hmac.compare_digest(headers.get("X-Gitlab-Token", "").encode(), secret.encode())


def receive_push(*, repository: Repository, event: str, payload: Mapping[str, Any]) -> Received:
    """Start a sync for a push to the linked branch; the same message again starts nothing."""
    if repository.project.archived:
        return Received(None, "the project is archived")
    if event not in ("push", "Push Hook"):
        return Received(None, "only pushes matter")
    ref, commit = payload.get("ref"), payload.get("after")
    if not isinstance(ref, str) or not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        return Received(None, "it names no branch and commit")
    if not _is_ours(repository, ref, payload):
        return Received(None, "another branch is linked")
    if _known(repository, commit, payload.get("before")):
        return Received(None, "this commit is known")
    return Received(start_sync(repository=repository, by=None, trigger=Trigger.PUSH, asked=commit))


def _is_ours(repository: Repository, ref: str, payload: Mapping[str, Any]) -> bool:
    branch = repository.branch
    if not branch:
        about = payload.get("repository") or payload.get("project")
        main = about.get("default_branch") if isinstance(about, dict) else None
        if not isinstance(main, str):
            return ref.startswith("refs/heads/")
        branch = main
    return ref == f"refs/heads/{branch}"


def _known(repository: Repository, commit: str, before: Any) -> bool:
    """Whether the commit was announced or synced already, unless the branch now goes back to it."""
    if commit == repository.commit:
        return True
    if before and before == repository.commit:
        return False
    known = Sync.objects.filter(repository=repository)
    return known.filter(Q(asked=commit) | Q(commit=commit)).exists()
