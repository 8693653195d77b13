"""Adds, changes, pauses, tries and removes the addresses that a project tells what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tec.audit.moved import demand_still
from tec.audit.record import record
from tec.notices.models import Delivery, Outcome, Webhook, new_secret
from tec.notices.posting import veiled
from tec.notices.services.deliver import message
from tec.notices.services.tell import Happening
from tec.notices.wake import wake
from tec.sealing import seal

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project

MOST = 20
"""Addresses of one project."""


class TooMany(Exception):
    """A project has all the addresses it may have."""


@transaction.atomic
def add_webhook(*, project: Project, by: User, **values: Any) -> tuple[Webhook, str]:
    """Add an address; returns its row and the secret, which is shown once and never again. Raises TooMany."""
    type(project).objects.lock(project.pk)
    if project.webhooks.count() >= MOST:
        raise TooMany
    secret = new_secret()
    hook = Webhook.objects.create(project=project, sealed_secret=seal(secret), **values)
    record("webhook.added", actor=by, project=project, target=hook.name, **facts(hook))
    return hook, secret


@transaction.atomic
def change_webhook(*, hook: Webhook, by: User, version: int | None = None, **values: Any) -> Webhook:
    """Change name, address, kinds or `active` of an address.

    Raises Moved if somebody has changed it since *version*, unless nothing would change any more.
    """
    hook = _locked(hook)
    before = facts(hook)
    for name, value in values.items():
        setattr(hook, name, value)
    after = facts(hook)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changes:
        return hook
    its_own = f'{{"webhook": {hook.pk}, '  # not by its name, which may change, and may be another’s too
    demand_still(
        hook.version, version, verb="webhook.changed", project=hook.project, facts_text__startswith=its_own
    )
    hook.version += 1
    hook.save(update_fields=[*values, "version"])
    record(
        "webhook.changed",
        actor=by,
        project=hook.project,
        target=hook.name,
        webhook=hook.pk,
        changes=changes,
    )
    return hook


@transaction.atomic
def renew_secret(*, hook: Webhook, by: User) -> str:
    """Sign with a new secret from now on; returns it, this once."""
    secret = new_secret()
    hook.sealed_secret = seal(secret)
    hook.save(update_fields=["sealed_secret"])
    record("webhook.secret_renewed", actor=by, project=hook.project, target=hook.name)
    return secret


@transaction.atomic
def remove_webhook(*, hook: Webhook, by: User) -> None:
    told = facts(_locked(hook))
    hook.delete()
    record("webhook.removed", actor=by, project=hook.project, target=hook.name, **told)


@transaction.atomic
def try_webhook(*, hook: Webhook, by: User) -> Delivery:
    """Send a message that says it is only a try."""
    address = reverse("project-detail", args=[hook.project.slug])
    happening = Happening("test", "", "This is a try. Nothing has happened.", address)
    body = message(hook, hook.project, happening, happening.text)
    delivery = Delivery.objects.create(webhook=hook, kind=happening.kind, event=f"test:{uuid4()}", body=body)
    record("webhook.tried", actor=by, project=hook.project, target=hook.name)
    transaction.on_commit(wake, robust=True)
    return delivery


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> None:
    """Begin the tries of a message that was delivered or given up anew; one that waits just waits on."""
    over = Delivery.objects.filter(pk=delivery.pk).exclude(outcome=Outcome.WAITING)
    if not over.update(outcome=Outcome.WAITING, tries=0, next_at=timezone.now()):
        return
    hook = delivery.webhook
    record("webhook.sent_again", actor=by, project=hook.project, target=hook.name, kind=delivery.kind)
    transaction.on_commit(wake, robust=True)


def facts(hook: Webhook) -> dict[str, Any]:
    """What the audit log, which all members read, is told."""
    told = {name: getattr(hook, name) for name in ("name", "kinds", "link_only", "active")}
    return {**told, "url": veiled(hook.url)}


def _locked(hook: Webhook) -> Webhook:
    """*hook* as it is now, for us alone; 404 if somebody has removed it meanwhile."""
    type(hook.project).objects.lock(hook.project_id)
    return get_object_or_404(
        Webhook.objects.select_for_update(of=("self",)).select_related("project"), pk=hook.pk
    )
