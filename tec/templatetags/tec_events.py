"""Entries of the audit log as sentences."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tec.audit.models import Event
from tec.audit.moved import Moved
from tec.audit.where import CHANNELS
from tec.projects.people import actor_of
from tec.trail import words

register = template.Library()

ICONS = {"project": "info", "document": "edit", "check": "ok"}


@register.filter
def event_icon(event: Event) -> str:
    return ICONS.get(event.verb.partition(".")[0], "info")


@register.filter
def event_said(event: Event) -> SafeString | str:
    """What happened, with a link to it."""
    return words.sentence(event)


@register.filter
def event_actor(event: Event) -> str:
    """What to call whoever did it."""
    return actor_of(event)


@register.filter
def moved_by(moved: Moved) -> str:
    """Who has changed something meanwhile."""
    return ", ".join(dict.fromkeys(map(event_actor, moved.entries))) or "Somebody"


@register.filter
def event_changes(event: Event) -> list[words.Change]:
    return words.changes(event)


@register.filter
def channel_name(channel: str) -> str:
    """“the API” for api."""
    return CHANNELS.get(channel, channel or "unknown")
