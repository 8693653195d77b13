"""What the gates say about a project, by its last finished check and the decisions that hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models.fields.json import KT

from mismatch import queries
from mismatch.gate import GATES, Concern, Gate, Verdict, judge
from mismatch.lifecycle import ACCEPTED, DISMISSED, NEW, NEWS, PLANNED, WORSE
from mismatch.models import Baseline, Check, Sighting
from tec.projects.people import NAMED, called_as

if TYPE_CHECKING:
    from tec.projects.models import Project

BLOCKING = {age: WORSE if age == WORSE else NEW for age in NEWS}
"""Age → what the gates call it."""

UNCHECKED = "Nothing has been checked yet: start a check."


class Readiness(NamedTuple):
    """The verdicts of the gates, and what they rest on."""

    verdicts: list[Verdict]
    check: Check | None
    baseline: Check | None


def readiness(
    project: Project, *, gates: Iterable[Gate] = tuple(GATES.values()), only_new: bool = False
) -> Readiness:
    """What *gates* say; with *only_new* only what is news since the baseline blocks. Six queries."""
    check = queries.standing(project).done
    chosen = Baseline.objects.filter(project=project).select_related("check_run").first()
    baseline = chosen.check_run if chosen else None
    if check is None:
        present, concerns, outdated = queries.present(project), [], UNCHECKED
    else:
        snapshot = queries.snapshot(check)
        present = snapshot.present
        concerns = concerns_of(check, baseline)
        outdated = (
            "" if snapshot.current else f"Something has changed since check {check.number}: check again."
        )
    verdicts = [
        judge(gate, present, concerns, outdated=outdated, only_new=only_new and baseline is not None)
        for gate in gates
    ]
    return Readiness(verdicts, check, baseline)


def concerns_of(check: Check, baseline: Check | None) -> list[Concern]:
    """What *check* found, as the gates need to know it. One query."""
    found = Sighting.objects.filter(check_run=check, outcome="fail", spare=False).judged().aged(baseline)
    made = ("until", "author_name", *(f"author__{name}" for name in NAMED))
    decided = [f"finding__decision__{name}" for name in made]
    columns = ("finding__fingerprint", "finding__code", "kind", "severity", "message", "side", "at")
    sides = {"side": KT("places__0__descriptor"), "at": KT("places__0__pointer")}
    rows = found.order_by("position").annotate(**sides).values_list(*columns, "standing", "age", *decided)
    concerns = []
    for fingerprint, code, kind, severity, message, side, at, standing, age, *who in rows.iterator(2_000):
        until, gone, *author = who
        news = NEW if baseline is None else BLOCKING.get(age, "")
        said = note(standing, called_as(*author) if author[0] else gone, until)
        concerns.append(
            Concern(fingerprint, code, kind, severity, message, side or "", at or "", standing, news, said)
        )
    return concerns


def note(standing: str, author: str, until: date | None) -> str:
    """What was decided, in words; "" for a finding nobody decided about."""
    day = f" until {until:%-d %b %Y}" if until else " without end"
    if standing == ACCEPTED:
        return f"risk accepted by {author}{day}"
    if standing == DISMISSED:
        return f"called no problem by {author}"
    return f"to be fixed by {until:%-d %b %Y}" if standing == PLANNED and until else ""
