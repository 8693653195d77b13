"""Composes the report on a check: what is open with both its sides, what was decided, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tec.reports.composing.findings import contradictions, decisions, fixed, missing, waiting
from tec.reports.composing.following import fit_section, traceability
from tec.reports.composing.provenance import provenance
from tec.reports.composing.summary import map_section, summary, title_facts
from tec.reports.composing.support import tec_version
from tec.reports.paper import Paper
from tec.reports.steps import Tell, to_nobody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tec.reports.gathering import Subject
    from tec.reports.paper import Section


PARTS: tuple[Callable[[Subject], Iterable[Section]], ...] = (
    lambda subject: [summary(subject)],
    map_section,
    contradictions,
    missing,
    waiting,
    decisions,
    fixed,
    fit_section,
    traceability,
    lambda subject: [provenance(subject)],
)


def compose(subject: Subject, tell: Tell = to_nobody) -> Paper:
    """The report of *subject* as a document."""
    sections: list[Section] = []
    for number, part in enumerate(PARTS):
        tell(number, len(PARTS))
        sections += part(subject)
    return Paper(
        title="What does not fit",
        subject=subject.project.name,
        about=subject.project.description,
        facts=tuple(row for row in title_facts(subject) if row[1]),
        sections=tuple(sections),
        running=f"TEC {tec_version()} · check {subject.check.number} of {subject.project.name}",
    )
