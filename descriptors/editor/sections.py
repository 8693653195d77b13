"""Sums up the sections of a form for its outline: what is filled in, what is missing, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.editor.gist import part_gist
from descriptors.editor.values import is_neutral
from tec.pointers import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from descriptors.editor.insight import Remark
    from descriptors.editor.nodes import Node
    from descriptors.editor.plan import Section

SEVERITIES = ("critical", "major", "minor", "info", "wait")


class Part(NamedTuple):
    """One section as the outline and its heading show it."""

    id: str
    title: str
    help: str
    gist: str
    state: str  # "done", "started", "blank" or "optional"
    missing: int  # fields that have to be filled in and are not
    faults: int  # inputs that cannot be kept as they are
    tally: Mapping[str, int]  # findings by severity
    open: bool
    nodes: Sequence[Node]

    @property
    def words(self) -> str:
        """The state in words."""
        if self.missing:
            return f"{self.missing} missing"
        return {"done": "complete", "blank": "not started", "optional": "optional"}.get(self.state, "started")


def state_of(section: Section, document: Any, missing: int) -> str:
    members = document if isinstance(document, dict) else {}
    plans = [plan for plan in section.plans if plan.kind != "fixed"]
    filled = any(not is_neutral(members.get(plan.key)) for plan in plans)
    if missing:
        return "started" if filled else "blank"
    return "done" if filled else "optional"


def summed_up(section: Section, document: Any) -> str:
    return part_gist(section.plans, document)


def by_section(sections: Iterable[Section]) -> dict[str, str]:
    """Key at the top of the document → id of the section that shows it."""
    return {plan.key: section.id for section in sections for plan in section.plans}


def home_of(name: str, homes: Mapping[str, str]) -> str:
    """The section in which *name* or a pointer stands; "" if in none."""
    steps = tokens(name)
    return homes.get(steps[0], "") if steps else ""


def tallies(
    remarks: Iterable[Remark], descriptor: str, homes: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Findings by section and severity; one that shows in several fields of a section counts once there."""
    found: dict[str, dict[str, int]] = {}
    for remark in remarks:
        here = {home_of(spot.pointer, homes) for spot in remark.spots if spot.descriptor == descriptor}
        for section in here:
            counts = found.setdefault(section, dict.fromkeys(SEVERITIES, 0))
            counts[remark.tone] += 1
    return found
