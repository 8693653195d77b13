"""Links a project to a Git repository, changes how, and takes the link away."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from descriptors.repositories import keys
from descriptors.repositories.models import Repository
from tec.audit.moved import demand_still
from tec.audit.record import record
from tec.projects.models import Project
from tec.sealing import seal

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SETTINGS = ("url", "branch", "path", "on_difference", "every", "check_after")
WHERE = ("url", "branch", "path")


@transaction.atomic
def link_repository(
    *, project: Project, by: User, credential: dict[str, str] | None, **values: Any
) -> Repository:
    """Link *project* to a repository; nothing is fetched yet. Whoever asks twice at once links it once."""
    Project.objects.lock(project.pk)
    if there := Repository.objects.filter(project=project).first():
        return change_repository(repository=there, by=by, credential=credential, **values)
    repository = Repository(project=project, linked_by=by, hook=secrets.token_urlsafe(24), **values)
    if credential is not None:
        use_credential(repository, credential)
    repository.save()
    record("repository.linked", actor=by, project=project, target=repository.url, **told(repository))
    return repository


@transaction.atomic
def change_repository(
    *,
    repository: Repository,
    by: User,
    credential: dict[str, str] | None,
    version: int | None = None,
    **values: Any,
) -> Repository:
    """Change where the documents come from, or how; *credential* None keeps what is there.

    With another address or branch the commit of the last sync means nothing any more. A credential is never
    taken along to another host: that would let whoever may change the address have it sent anywhere.
    Raises Moved if somebody has changed the link since *version*, unless nothing would change any more.
    """
    Project.objects.lock(repository.project_id)
    repository = (
        Repository.objects.select_for_update(of=("self",)).select_related("project").get(pk=repository.pk)
    )
    moved = any(getattr(repository, name) != values[name] for name in WHERE)
    if repository.url != values["url"]:
        repository.host_key = ""
        credential = credential if credential is not None else {"kind": ""}
    before = told(repository)
    for name, value in values.items():
        setattr(repository, name, value)
    if moved:
        repository.commit = ""
    if credential is not None:
        use_credential(repository, credential)
    after = told(repository)
    if credential is not None and after["access"] == before["access"] != "":
        after["access"] = f"another {after['access']}"
    changes = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if not changes:
        return repository
    demand_still(repository.version, version, verb="repository.changed", project=repository.project)
    repository.version += 1
    repository.save()
    record(
        "repository.changed",
        actor=by,
        project=repository.project,
        target=repository.url,
        changes=changes,
    )
    return repository


def use_credential(repository: Repository, credential: dict[str, str]) -> None:
    """Keep what was given sealed, and of a key the public half in the open."""
    repository.username = credential.get("username", "")
    repository.token = seal(credential.get("token", ""))
    key = keys.make() if credential["kind"] == "made" else credential.get("key", "")
    repository.key = seal(key)
    repository.public_key = keys.public_half(key) if key else ""


def told(repository: Repository) -> dict[str, Any]:
    """What the audit log is told: the settings, and of the credential only its kind."""
    return {**{name: getattr(repository, name) for name in SETTINGS}, "access": repository.credential}


@transaction.atomic
def unlink_repository(*, repository: Repository, by: User) -> None:
    """Forget the repository with its secrets and syncs; documents and their revisions stay."""
    repository.delete()
    record("repository.unlinked", actor=by, project=repository.project, target=repository.url)


@transaction.atomic
def renew_hook(*, repository: Repository, by: User) -> str:
    """A new address and a new secret for the webhook; returns the secret, which is not shown again."""
    secret = secrets.token_urlsafe(32)
    repository.hook, repository.hook_secret = secrets.token_urlsafe(24), seal(secret)
    repository.save(update_fields=["hook", "hook_secret"])
    record("repository.hook-renewed", actor=by, project=repository.project, target=repository.url)
    return secret


@transaction.atomic
def remove_hook(*, repository: Repository, by: User) -> None:
    """Let no webhook start a sync any more."""
    repository.hook_secret = ""
    repository.save(update_fields=["hook_secret"])
    record("repository.hook-removed", actor=by, project=repository.project, target=repository.url)


@transaction.atomic
def forget_host_key(*, repository: Repository, by: User) -> None:
    """Let the next sync accept whatever key the ssh server shows, once."""
    repository.host_key = ""
    repository.save(update_fields=["host_key"])
    record("repository.host-key-forgotten", actor=by, project=repository.project, target=repository.url)
