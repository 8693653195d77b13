"""Questions that span projects, documents and checks; the site's own pages ask them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from descriptors.models import Document
from mismatch.models import Check, State
from mismatch.queries import counts_of

if TYPE_CHECKING:
    from tec.projects.models import Project


class Tally(NamedTuple):
    """What a check counted. “wait” are the rules that cannot tell; they are not among the mismatches."""

    mismatch: dict[str, int]  # critical, major, minor, info, wait
    missing: dict[str, int]  # critical, major, minor, info

    @property
    def mismatches(self) -> int:
        return sum(self.mismatch.values()) - self.mismatch["wait"]

    @property
    def missing_fields(self) -> int:
        return sum(self.missing.values())

    @property
    def nothing(self) -> bool:
        return not self.mismatches and not self.missing_fields and not self.mismatch["wait"]


class Summary(NamedTuple):
    """A project in a line: how many documents there are and what the last finished check counted."""

    present: int
    check: Check | None
    tally: Tally | None  # None before the first check


def summary_of(project: Project) -> Summary:
    """Three queries."""
    present = Document.objects.present().filter(project=project).count()
    check = Check.objects.filter(project=project, state=State.DONE).order_by("-number").first()
    return Summary(present, check, tallies([check])[check.pk] if check else None)


def tallies(checks: Iterable[Check]) -> dict[int, Tally]:
    """Check id → what it counted. One query."""
    return {
        pk: Tally({**counts["mismatch"], "wait": waiting}, counts["missing"])
        for pk, (waiting, counts) in counts_of(list(checks)).items()
    }
