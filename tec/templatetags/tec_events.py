"""Entries of the audit log as sentences."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from descriptors import catalogue
from tec.audit.models import Event

register = template.Library()

SAVED = {
    "form": "edited",
    "import": "imported",
    "upgrade": "brought to the newest schema",
    "restore": "restored from an earlier revision",
    "api": "saved over the API",
    "rename": "changed because a name it uses was changed",
}
FIELDS = {"name": "name", "description": "description", "point_of_contact": "point of contact"}
PLAIN = {
    "project.created": "Project created",
    "project.archived": "Project archived",
    "project.restored": "Project taken out of the archive",
}
MEMBERS = {
    "member.added": "<b><bdi>{}</bdi></b> added as {}",
    "member.changed": "<b><bdi>{}</bdi></b> is now {}",
    "member.removed": "<b><bdi>{}</bdi></b> removed",
}
SAID_OF = {
    "finding.decided": "decided",
    "finding.decision_approved": "decision approved",
    "finding.decision_withdrawn": "decision taken back",
    "finding.commented": "commented on",
    "finding.assigned": "assigned",
}
KINDS = {"accept": "risk accepted", "dismiss": "called no problem", "plan": "fix planned"}
ICONS = {"project": "info", "document": "edit", "check": "ok"}


@register.filter
def event_icon(event: Event) -> str:
    return ICONS.get(event.verb.partition(".")[0], "info")


@register.filter
def event_said(event: Event) -> SafeString | str:
    """What happened, with a link to it; an unknown verb is shown as it is."""
    if event.verb in {"document.saved", "document.cleared"}:
        return _document(event)
    if event.verb == "check.started":
        return format_html("{} started", _link(f"Check {event.target}", "check-detail", event, event.target))
    if event.verb in SAID_OF:
        return _finding(event)
    if event.verb == "baseline.chosen":
        against = f"check {event.target}" if event.target else "the check before"
        return f"New and fixed are counted against {against}"
    if event.verb in MEMBERS:
        return format_html(MEMBERS[event.verb], event.target, event.facts.get("role", ""))
    if event.verb == "project.edited":
        changed = [FIELDS.get(name, name) for name in event.facts.get("changes", ())]
        return f"Changed: {', '.join(changed)}"
    return PLAIN.get(event.verb) or event.verb.replace(".", ": ").replace("_", " ")


def _document(event: Event) -> SafeString:
    number = event.facts.get("revision")
    name = catalogue.NAMES.get(event.target, event.target)
    done = (
        "cleared" if event.verb == "document.cleared" else SAVED.get(event.facts.get("origin", ""), "saved")
    )
    return format_html(
        "<b>{}</b> {}, {}",
        name,
        done,
        _link(f"revision {number}", "revision-detail", event, event.target, number),
    )


def _finding(event: Event) -> SafeString:
    """A decision, remark or assignment: about one finding, with a link to it, or about many."""
    findings, number = event.facts.get("findings") or [], event.facts.get("number", 1)
    done = KINDS.get(event.facts.get("kind", ""), SAID_OF[event.verb])
    if number != 1:
        return format_html("{} findings: {}", number, done)
    name = event.target or "A finding"
    subject = _link(name, "finding-detail", event, findings[0]) if findings else name
    return format_html("{}: {}", subject, done)


def _link(text: str, name: str, event: Event, *args: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[event.project_slug, *args]), text)
