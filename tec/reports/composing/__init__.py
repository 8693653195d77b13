"""Composes the report on a check: what is open with both its sides, what was decided, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tec.reports.composing.findings import contradictions, decisions, fixed, missing, waiting
from tec.reports.composing.following import fit_section, traceability
from tec.reports.composing.provenance import provenance
from tec.reports.composing.summary import map_section, summary, title_facts
from tec.reports.composing.support import tec_version
from tec.reports.paper import Paper

if TYPE_CHECKING:
    from tec.reports.gathering import Subject


def compose(subject: Subject) -> Paper:
    """The report of *subject* as a document."""
    return Paper(
        title="What does not fit",
        subject=subject.project.name,
        about=subject.project.description,
        facts=tuple(row for row in title_facts(subject) if row[1]),
        sections=(
            summary(subject),
            *map_section(subject),
            *contradictions(subject),
            *missing(subject),
            *waiting(subject),
            *decisions(subject),
            *fixed(subject),
            *fit_section(subject),
            *traceability(subject),
            provenance(subject),
        ),
        running=f"TEC {tec_version()} · check {subject.check.number} of {subject.project.name}",
    )
