"""Carries along which revision last changed each field of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from descriptors.authorship import Authorship
from descriptors.blame import Lines, begun, carried
from descriptors.models import Document, Revision

if TYPE_CHECKING:
    from tec.projects.models import Project

LARGEST = 400_000
"""Characters of a document; larger ones are compared only when somebody asks."""
AT_ONCE = 100
"""Revisions that are caught up with when somebody asks."""


def keep_authorship(before: Revision | None, after: Revision) -> None:
    """Called with every save, in its transaction."""
    if max(len(each.text or "") for each in (before, after) if each) > LARGEST:
        return
    if before is None:
        _write(after.document, after.number, after.number, begun(after.body, after.number))
    elif kept := Authorship.objects.filter(document=after.document_id, number=before.number).first():
        lines = carried(kept.lines, before.body, after.body, after.number)
        _write(after.document, after.number, kept.since, lines)


def authorship_of(project: Project, descriptor: str) -> Authorship | None:
    """What is known of the newest revision; catches up first, with the newest revisions at most."""
    document = Document.objects.filter(project=project, descriptor=descriptor).select_related("head").first()
    if document is None or document.head is None:
        return None
    kept = Authorship.objects.filter(document=document).first()
    if kept and kept.number == document.head.number:
        return kept
    return _caught_up(document, document.head.number, kept)


def _caught_up(document: Document, number: int, kept: Authorship | None) -> Authorship:
    first = max(1, number - AT_ONCE)
    if kept and kept.number >= first:
        first, since, lines = kept.number, kept.since, kept.lines
    else:
        since, lines = first, {}
    last = None
    for revision in document.revisions.filter(number__gte=first, number__lte=number).order_by("number"):
        if last is not None:
            lines = carried(lines, last.body, revision.body, revision.number)
        elif not lines:
            lines = begun(revision.body, revision.number)
        last = revision
    return _write(document, number, since, lines)


def _write(document: Document, number: int, since: int, lines: Lines) -> Authorship:
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    values = {"number": number, "since": since, "text": text}
    kept, _ = Authorship.objects.update_or_create(document=document, defaults=values)
    return kept
