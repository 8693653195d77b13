"""What a check looks at: the newest revision of every document that has content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.models import Revision
from tec import strictjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mismatch.models import Check
    from tec.projects.models import Project


def heads(project: Project) -> list[Revision]:
    """The revisions a check of *project* would look at now, without their texts."""
    newest = Revision.objects.filter(head_of__project=project, text__isnull=False)
    return list(newest.select_related("document").defer("text").order_by("document__descriptor"))


def input_digest(revisions: Iterable[Revision]) -> str:
    """The same for the same revisions only; saving an old state again counts as a new one."""
    return strictjson.digest([[each.document.descriptor, each.number, each.digest] for each in revisions])


def documents(check: Check) -> dict[str, Any]:
    """The documents that *check* looks at, by descriptor."""
    revisions = check.revisions.select_related("document")
    return {revision.document.descriptor: revision.body for revision in revisions}
