"""The life of one finding: when it was there, which edits opened and fixed it, and what people said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from descriptors.models import Revision
from mismatch.models import Check, Finding, Sighting, State
from mismatch.showing.presentation import descriptors_of

if TYPE_CHECKING:
    from datetime import datetime

    from mismatch.decisions.models import Comment

EDITS = 20
"""How many revisions are named at most; only the first check of a project can look back on more."""


COMMENTS = 20
"""How many comments are shown at once."""


class Comments(NamedTuple):
    """Some that follow one another, of all that people wrote about a finding."""

    shown: list[Comment]  # the oldest first
    older: int  # how many there are before them
    newest: bool  # none follows them

    @property
    def before(self) -> int:
        """What to ask for to see the older ones."""
        return self.shown[0].pk if self.shown else 0


class Episode(NamedTuple):
    """A stretch of checks that all saw the finding."""

    opened: Check
    last: Check
    fixed: Check | None  # the first check that saw it no more
    opened_by: list[Revision]  # of the documents it is about, saved between the check before and the first
    fixed_by: list[Revision]


def comments_of(finding: Finding, before: int = 0) -> Comments:
    """The last that were written about *finding*, or the last ones before the one of that id. Two queries."""
    told = finding.comments.filter(pk__lt=before) if before else finding.comments.all()
    last = list(told.select_related("author").order_by("-pk")[:COMMENTS])
    older = told.count() - len(last) if len(last) == COMMENTS else 0
    return Comments(last[::-1], older, newest=not before)


def episodes(finding: Finding, shown: Sighting) -> list[Episode]:
    """Every stretch in which *finding* was there, the newest first. *shown* says which documents it is about.

    Two queries, and one or two for each episode.
    """
    done = Check.objects.filter(project=finding.project_id, state=State.DONE).order_by("number")
    checks = list(done.defer("outcomes", "counts", "scores", "error"))
    seen = set(Sighting.objects.filter(finding=finding).values_list("check_run", flat=True))
    about = sorted(descriptors_of([shown]))
    found = []
    for first, last in _stretches([check.pk in seen for check in checks]):
        before = checks[first - 1] if first else None
        fixed = checks[last + 1] if last + 1 < len(checks) else None
        found.append(
            Episode(
                checks[first],
                checks[last],
                fixed,
                _edits(finding, about, before.created_at if before else None, checks[first].created_at),
                _edits(finding, about, checks[last].created_at, fixed.created_at) if fixed else [],
            )
        )
    return found[::-1]


def _stretches(seen: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every run of True."""
    starts = [n for n, there in enumerate(seen) if there and (n == 0 or not seen[n - 1])]
    ends = [n for n, there in enumerate(seen) if there and (n + 1 == len(seen) or not seen[n + 1])]
    return list(zip(starts, ends, strict=True))


def _edits(
    finding: Finding, descriptors: Sequence[str], after: datetime | None, until: datetime
) -> list[Revision]:
    """The revisions of these documents saved in that time, the newest first."""
    saved = Revision.objects.filter(
        document__project=finding.project_id, document__descriptor__in=descriptors, created_at__lte=until
    )
    if after is not None:
        saved = saved.filter(created_at__gt=after)
    return list(
        saved.select_related("document", "author").defer("text").order_by("-created_at", "-pk")[:EDITS]
    )
