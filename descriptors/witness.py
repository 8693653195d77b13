"""Compares every revision with what the audit log says of it, so that no revision changes unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from descriptors.models import Revision
from tec import strictjson
from tec.audit.facts import short
from tec.audit.models import Event, chain_of
from tec.audit.verify import Fault

VERBS = ("document.saved", "document.cleared")


def faults() -> Iterator[Fault]:
    """Revisions that were altered, removed or put in since they were recorded."""
    told = _told()
    for revision in Revision.objects.select_related("document").iterator(chunk_size=200):
        document = revision.document
        chain = chain_of(document.project_id)
        name = f"revision {revision.number} of {document.descriptor}"
        entry = told.pop((document.project_id, document.descriptor, revision.number), None)
        if entry is None:
            yield Fault(chain, 0, f"{name} was put in: the log knows nothing of it")
        elif what := _altered(revision, entry):
            yield Fault(chain, entry["number"], f"{name} was altered: {what} is not what was recorded")
    for (_, descriptor, number), entry in told.items():
        yield Fault(entry["chain"], entry["number"], f"revision {number} of {descriptor} was removed")


def _told() -> dict[tuple[int, str, int], dict[str, Any]]:
    """What the log says was saved, of projects that are still there."""
    gone = Event.objects.filter(verb="project.deleted").values("project_id")
    entries = Event.objects.filter(verb__in=VERBS).exclude(project_id__in=gone).order_by()
    return {
        (entry.project_id or 0, entry.target, entry.facts.get("revision", 0)): {
            "chain": entry.chain,
            "number": entry.number,
            "actor": entry.actor,
            **entry.facts,
        }
        for entry in entries.iterator(chunk_size=1000)
    }


def _altered(revision: Revision, entry: dict[str, Any]) -> str:
    """Which part of a revision is not what the log says, "" if all is."""
    try:
        digest = strictjson.digest(revision.body)
    except ValueError:  # it is not even JSON any more
        digest = ""
    found = {
        "content": (digest, revision.digest),
        "digest": (revision.digest, entry.get("digest")),
        "author": (revision.author_name, entry["actor"]),
        "origin": (revision.origin, entry.get("origin")),
        "reason": (short(revision.reason), entry.get("reason", short(revision.reason))),
    }
    return next((part for part, (is_now, was) in found.items() if is_now != was), "")
