"""Entries of the audit log as sentences: one per verb, and what was changed from what to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import unescape
from string import Formatter
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from descriptors import catalogue
from tec.audit.models import Event
from tec.projects.models import Role

GROUPS = {
    "account": "Accounts and log-ins",
    "admin": "Administration",
    "audit": "The audit log",
    "baseline": "Baselines",
    "check": "Checks",
    "difference": "Differences from Git",
    "document": "Documents",
    "finding": "Findings and decisions",
    "invitation": "Invitations",
    "member": "Members and rights",
    "own_rule": "Rules of one’s own",
    "project": "Projects",
    "report": "Reports",
    "repository": "Git repositories",
    "rules": "Settings of rules",
    "schemas": "Schemas",
    "sync": "Taking over from Git",
    "token": "API tokens",
    "view": "Saved views",
    "vocabulary": "Vocabularies",
    "webhook": "Webhooks",
}
"""What comes before the dot of a verb, in words."""

WHO = "<b><bdi>{target}</bdi></b>"
SENTENCES = {
    "account.changed": f"Account {WHO} changed",
    "account.created": f"Account {WHO} created",
    "account.deleted": f"Account {WHO} deleted",
    "account.factor_added": f"Second factor of {WHO} set up: {{factor}}",
    "account.factor_failed": f"Wrong second factor for {WHO}",
    "account.factor_removed": f"Second factor of {WHO} removed: {{factor}}",
    "account.factor_renewed": f"Second factor of {WHO} made anew: {{factor}}",
    "account.locked": f"Log-in of {WHO} locked after too many failures",
    "account.log_in_failed": f"Log-in failed {WHO}",
    "account.logged_in": "Logged in",
    "account.logged_out": "Logged out",
    "account.password_changed": "Password changed",
    "account.password_reset": f"Password of {WHO} set anew by mail",
    "account.password_set": f"Password of {WHO} set anew on the server",
    "account.recovery_code_used": "Recovery code used",
    "account.session_ended": "Session ended: {device}",
    "account.sessions_ended": f"Sessions of {WHO} ended: {{number}}",
    "account.sso_connected": f"Single sign-on of {WHO} connected",
    "account.sso_disconnected": f"Single sign-on of {WHO} disconnected",
    "account.sso_refused": "Single sign-on refused: {reason}",
    "account.wishes_changed": f"{WHO} chose anew what to be told",
    "admin.created": f"First administrator {WHO} created",
    "admin.link_made": "Link for the first administrator made",
    "admin.resealed": "Secrets moved to the newest key: {number} of {target}",
    "audit.exported": "Audit log exported as {format}",
    "audit.opened": "Log begun: {target}",
    "audit.sealed": "Entries of before sealed with the key",
    "difference.settled": "<b>{name}</b>: difference from Git settled, {chosen} counts",
    "document.exported": "<b>{name}</b> exported, revision {revision}",
    "invitation.created": "Invitation as {role} made: {target}",
    "invitation.withdrawn": "Invitation as {role} withdrawn: {target}",
    "member.added": f"{WHO} added as {{role}}",
    "member.changed": f"{WHO} is now {{role}}",
    "member.left": f"{WHO} left",
    "member.removed": f"{WHO} removed",
    "project.archived": "Project archived",
    "project.created": "Project created",
    "project.deleted": "Project deleted",
    "project.editors_changed": "Changed who edits which document",
    "project.exported": "Project exported",
    "project.restored": "Project taken out of the archive",
    "project.state_exported": "Project exported as it was on {day}",
    "repository.changed": "Git repository changed: {target}",
    "repository.hook-removed": "Webhook of the Git repository removed: {target}",
    "repository.hook-renewed": "Webhook of the Git repository made anew: {target}",
    "repository.host-key-forgotten": "Host key of the Git repository forgotten: {target}",
    "repository.linked": "Git repository linked: {target}",
    "repository.unlinked": "Git repository no longer linked: {target}",
    "report.given": "Report taken: {kind} as {format}",
    "report.ordered": "Report made: {kind} as {format}",
    "schemas.synced": "Published schemas brought to {target}",
    "sync.done": "Taken over from Git: sync {target}, commit {commit}",
    "sync.started": "Taking over from Git started: sync {target}",
    "token.created": f"API token {WHO} made",
    "token.revoked": f"API token {WHO} of <bdi>{{owner}}</bdi> revoked",
    "token.used": f"API token {WHO} used",
    "view.deleted": f"Saved view {WHO} deleted",
    "view.saved": f"Saved view {WHO} kept",
    "vocabulary.added": "Terms added to the vocabularies: {added}",
    "vocabulary.changed": f"Vocabulary term {WHO} changed",
    "vocabulary.removed": f"Vocabulary term {WHO} removed",
    "webhook.added": f"Webhook {WHO} added: {{url}}",
    "webhook.changed": f"Webhook {WHO} changed",
    "webhook.removed": f"Webhook {WHO} removed: {{url}}",
    "webhook.secret_renewed": f"New secret for the webhook {WHO}",
    "webhook.sent_again": f"Message {{kind}} sent to the webhook {WHO} again",
    "webhook.tried": f"Webhook {WHO} tried",
}
"""Verb → sentence. In braces stand the target, the name of a descriptor that is the target, and the facts."""

SAVED = {
    "form": "edited",
    "import": "imported",
    "upgrade": "brought to the newest schema",
    "restore": "restored from an earlier revision",
    "api": "saved over the API",
    "rename": "changed because a name it uses was changed",
    "git": "taken over from the Git repository",
}
FIELDS = {"name": "name", "description": "description", "point_of_contact": "point of contact"}
SAID_OF = {
    "finding.decided": "decided",
    "finding.decision_approved": "decision approved",
    "finding.decision_withdrawn": "decision taken back",
    "finding.commented": "commented on",
    "finding.assigned": "assigned",
}
KINDS = {"accept": "risk accepted", "dismiss": "called no problem", "plan": "fix planned"}
ROLES = {role.value: role.label.lower() for role in Role}
NAMES: dict[str, Mapping[str, str]] = {"decision": KINDS, "role": ROLES}
"""Facts that are stored as identifiers, and what these are called."""


class Change(NamedTuple):
    """One thing that was something and is something else now."""

    name: str
    was: str
    now: str


def sentence(event: Event) -> SafeString | str:
    """What happened, with a link to it; a verb without a sentence is shown as it is."""
    if telling := TELLING.get(event.verb):
        return telling(event)
    if template := SENTENCES.get(event.verb):
        if not event.target:
            template = template.removesuffix(": {target}")
        values = _values(event, template)
        return format_html(template, **values) if values else template
    return event.verb.replace(".", ": ").replace("_", " ")


def in_plain_text(event: Event) -> str:
    said = sentence(event)
    return unescape(strip_tags(said)) if isinstance(said, SafeString) else said


def known(verb: str) -> bool:
    return verb in TELLING or verb in SENTENCES


def changes(event: Event) -> list[Change]:
    """From what to what, for entries that say so."""
    found = event.facts.get("changes")
    if not isinstance(found, Mapping):
        return []
    flat = {
        name if inner is None else f"{name}, {inner}": pair
        for name, value in found.items()
        for inner, pair in (value.items() if isinstance(value, Mapping) else ((None, value),))
    }
    pairs = [(name, pair) for name, pair in flat.items() if isinstance(pair, list) and len(pair) == 2]
    return [Change(_field(name), _said(was, name), _said(now, name)) for name, (was, now) in pairs]


def _field(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " ").replace("-", " "))


def _said(value: Any, name: str = "") -> str:
    """A fact in words; *name* is what it is a fact about."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(each, name) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{_field(inner)}: {_said(each, inner)}" for inner, each in value.items())
    return NAMES.get(name, {}).get(str(value), str(value))


def _values(event: Event, template: str) -> dict[str, Any]:
    facts = event.facts
    values = {
        **facts,
        "target": event.target,
        "name": catalogue.NAMES.get(event.target, event.target),
        "added": ", ".join(str(term[-1]) for term in facts.get("terms", ()) if term),
    }
    return {
        name: values[name] if name == "target" else _said(values.get(name), name) for name in _names(template)
    }


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _document(event: Event) -> SafeString:
    number = event.facts.get("revision")
    name = catalogue.NAMES.get(event.target, event.target)
    cleared = event.verb == "document.cleared"
    done = "cleared" if cleared else SAVED.get(event.facts.get("origin", ""), "saved")
    link = _link(f"revision {number}", "revision-detail", event, event.target, number)
    return format_html("<b>{}</b> {}, {}", name, done, link)


def _finding(event: Event) -> SafeString:
    """A decision, remark or assignment: about one finding, with a link to it, or about many."""
    findings, number = event.facts.get("findings") or [], event.facts.get("number", 1)
    done = KINDS.get(event.facts.get("kind", ""), SAID_OF[event.verb])
    if number != 1:
        return format_html("{} findings: {}", number, done)
    name = event.target or "A finding"
    subject = _link(name, "finding-detail", event, findings[0]) if findings else name
    return format_html("{}: {}", subject, done)


def _check_started(event: Event) -> SafeString:
    return format_html("{} started", _link(f"Check {event.target}", "check-detail", event, event.target))


def _baseline(event: Event) -> str:
    against = f"check {event.target}" if event.target else "the check before"
    return f"New and fixed are counted against {against}"


def _own_rule(event: Event) -> str:
    if event.verb == "own_rule.written":
        return f"Own rule {event.target}: version {event.facts.get('version')} written"
    if event.verb == "own_rule.tried":
        return f"Own rule {event.target}: version {event.facts.get('version')} tried over stored projects"
    now = event.facts.get("changes", {}).get("version", [None, None])[1]
    return f"Own rule {event.target}: {f'version {now} takes part' if now else 'takes part no more'}"


def _rules_changed(event: Event) -> SafeString:
    codes = ", ".join(event.facts.get("changes", ())) or "–"
    where = "" if event.project_slug else " in all projects"
    return format_html("Rules set otherwise{}: {}", where, codes)


def _edited(event: Event) -> str:
    return f"Changed: {', '.join(map(_field, event.facts.get('changes', ())))}"


def _link(text: str, name: str, event: Event, *args: object) -> SafeString | str:
    try:
        return format_html('<a href="{}">{}</a>', reverse(name, args=[event.project_slug, *args]), text)
    except NoReverseMatch:  # of a project or a thing that has no such page
        return text


TELLING: dict[str, Callable[[Event], SafeString | str]] = {
    "document.saved": _document,
    "document.cleared": _document,
    "check.started": _check_started,
    "baseline.chosen": _baseline,
    "project.edited": _edited,
    "rules.changed": _rules_changed,
    **dict.fromkeys(["own_rule.written", "own_rule.tried", "own_rule.activated"], _own_rule),
    **dict.fromkeys(SAID_OF, _finding),
}
