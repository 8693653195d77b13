"""What people decided about the findings of a project, as a file for `tec check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mismatch import queries
from mismatch.ignoring.file import as_file
from mismatch.ignoring.matching import Decision
from mismatch.lifecycle import SETTLED
from mismatch.models import Sighting
from mismatch.reports import Settlement
from tec.pointers import is_index, pointer, tokens
from tec.projects.people import author_of, called

if TYPE_CHECKING:
    from tec.projects.models import Project

MEDIA_TYPE = "application/yaml"


def ignore_file(project: Project) -> bytes:
    """The decisions that hold, about what the last finished check found. The same ones give the same bytes.

    Each names its finding and the values it was made about, so that it ends in files where it ends here.
    """
    check = queries.standing(project).done
    if check is None:
        return as_file([])
    found: Any = Sighting.objects.filter(check_run=check, outcome="fail").judged()
    people = ("finding__decision__author", "finding__decision__approved_by")
    settled = found.filter(standing__in=SETTLED).select_related(*people)
    return as_file(_decision(each, each.standing) for each in settled.order_by("finding__code", "position"))


def _decision(sighting: Sighting, standing: str) -> Decision:
    finding, made = sighting.finding, sighting.finding.decision
    assert made is not None  # without one it would not be settled
    by = author_of(made)
    if made.approved_by:
        by = f"{by}, approved by {called(made.approved_by)}"
    until = made.until.isoformat() if made.until else ""
    return Decision(
        rule=finding.code,
        places=tuple(dict.fromkeys(_pattern(place) for place in sighting.places)),
        settlement=Settlement(standing, made.reason, by, until),
        fingerprint=finding.fingerprint,
        values=sighting.values_digest,
    )


def _pattern(place: dict[str, str]) -> str:
    """The place in any row: which row it is, the fingerprint says, and rows move."""
    steps = ["*" if is_index(step) else step for step in tokens(place["pointer"])]
    return place["descriptor"] + pointer(*steps)
