"""Adds an entry to the audit log, in the transaction of the change it describes."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from tec.audit import facts as kept
from tec.audit import keys, where
from tec.audit.models import SITE, Chain, Event, chain_of, event_id


class HasIdentity(Protocol):
    """A project, as far as the audit log needs to know it."""

    pk: Any
    slug: str


def record(
    verb: str, *, actor: Any = None, project: HasIdentity | None = None, target: str = "", **facts: Any
) -> Event:
    """Append what happened to the project's chain (or the site's) and return the entry.

    What was changed from what to what belongs into `changes={"field": [old, new]}`. From where it was done
    is known by itself. Within one transaction, record about projects before recording about the site.
    """
    place = where.current()
    project_id = project.pk if project else None
    with transaction.atomic():
        head = _locked(chain_of(project_id), project)
        event = Event(
            id=event_id(project_id, head.number + 1),
            chain=head.name,
            number=head.number + 1,
            at=timezone.now(),
            actor=actor.get_username() if actor else "",
            actor_id=actor.pk if actor else None,
            verb=verb,
            project_id=project_id,
            project_slug=project.slug if project else "",
            target=kept.plain(target)[:200],
            channel=place.channel,
            address=place.address,
            token=kept.plain(place.token)[:100],
            key=keys.current(),
            previous=head.hash,
        )
        event.facts = kept.tidy(facts)
        event.hash = event.sealed()
        event.save(force_insert=True)
        head.number, head.hash, head.key = event.number, event.hash, event.key
        head.seal = head.sealed()
        head.save(update_fields=["number", "hash", "key", "seal"])
    return event


def _locked(name: str, project: HasIdentity | None) -> Chain:
    """The end of the chain, for us alone until the transaction ends. The site's log knows of every other."""
    found = Chain.objects.select_for_update().filter(name=name).first()
    if found:
        return found
    _, made = Chain.objects.get_or_create(name=name)
    if made and name != SITE:
        record("audit.opened", target=name, project=None, slug=project.slug if project else "")
    return Chain.objects.select_for_update().get(name=name)
