"""Adds an entry to the audit log, in the transaction of the change it describes."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from tec import strictjson
from tec.audit.models import Chain, Event


class HasIdentity(Protocol):
    """A project, as far as the audit log needs to know it."""

    pk: Any
    slug: str


def record(
    verb: str, *, actor: Any = None, project: HasIdentity | None = None, target: str = "", **facts: Any
) -> Event:
    """Append what happened to the project's chain (or the site's) and return the entry."""
    chain = f"project:{project.pk}" if project else "site"
    with transaction.atomic():
        Chain.objects.get_or_create(name=chain)
        head = Chain.objects.select_for_update().get(name=chain)
        event = Event(
            chain=chain,
            number=head.number + 1,
            at=timezone.now(),
            actor=actor.get_username() if actor else "",
            verb=verb,
            project_id=project.pk if project else None,
            project_slug=project.slug if project else "",
            target=target[:200],
            facts=facts,
            previous=head.hash,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
        head.number, head.hash = event.number, event.hash
        head.save(update_fields=["number", "hash"])
    return event


def hash_of(event: Event) -> str:
    """The hash that seals an entry together with its predecessor's."""
    return strictjson.digest(
        [
            event.previous,
            event.chain,
            event.number,
            event.at.isoformat(),
            event.actor,
            event.verb,
            event.project_id,
            event.project_slug,
            event.target,
            event.facts,
        ]
    )
