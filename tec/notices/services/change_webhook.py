"""Adds, changes, pauses, tries and removes the addresses that a project tells what happens."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tec.audit.record import record
from tec.notices.models import Delivery, Outcome, Webhook, new_secret
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
def change_webhook(*, hook: Webhook, by: User, **values: Any) -> None:
    """Change name, address, kinds or `active` of an address."""
    before = facts(hook)
    for name, value in values.items():
        setattr(hook, name, value)
    hook.save(update_fields=list(values))
    after = facts(hook)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        record("webhook.changed", actor=by, project=hook.project, target=hook.name, changes=changes)


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
    hook.delete()
    record("webhook.removed", actor=by, project=hook.project, target=hook.name, **facts(hook))


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
    """What the audit log, which all members read, is told: of the address no more than the host.

    Chat services take whoever knows the rest; its digest tells one address from another.
    """
    parts = urlsplit(hook.url)
    digest = sha256(hook.url.encode()).hexdigest()[:8]
    told = {name: getattr(hook, name) for name in ("name", "kinds", "link_only", "active")}
    return {**told, "url": f"{parts.scheme}://{parts.netloc}/… ({digest})"}
