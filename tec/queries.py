"""Questions that span projects, documents and checks; the site's own pages ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from descriptors.models import Document
from mismatch.models import Check, State

if TYPE_CHECKING:
    from tec.projects.models import Project


class Summary(NamedTuple):
    """A project in a line: what is there and what the last finished check counted."""

    present: int
    check: Check | None
    mismatches: int | None  # None before the first check
    missing: int | None


def summary_of(project: Project) -> Summary:
    """Two queries."""
    present = Document.objects.present().filter(project=project).count()
    check = Check.objects.filter(project=project, state=State.DONE).order_by("-number").first()
    if check is None:
        return Summary(present, None, None, None)
    return Summary(present, check, total(check, "mismatch"), total(check, "missing"))


def total(check: Check, kind: str) -> int:
    return sum(check.counts.get(kind, {}).values())
