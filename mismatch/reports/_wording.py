"""How the formats for other programs name the parts of a finding."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.findings import Finding, Place
    from mismatch.reports import Checked

LEVELS = {"critical": "error", "major": "error", "minor": "warning", "info": "note"}
"""Severity → level, as SARIF names them and GitHub nearly does."""


def label(place: Place) -> str:
    """“Trained Model › Output specification 2 › Item type”."""
    title = NAMES.get(place.descriptor, place.descriptor)
    return visible(title if place.label in ("", title) else f"{title} › {place.label}")


def value(place: Place) -> str:
    """What is there, on one line; "" for nothing, and for a list of rows."""
    if isinstance(place.value, str) and not place.value.strip():
        return "blank"
    return one_line(place.value)


def evidence(place: Place) -> str:
    """Label and value of *place* on one line."""
    there = value(place)
    return label(place) + (f": {there}" if there else "")


def message(finding: Finding) -> str:
    """What is wrong, on one line."""
    doubt = "Cannot tell yet: " if finding.outcome == "cannot-tell" else ""
    return visible(doubt + finding.message)


def first_shown(finding: Finding, checked: Checked) -> Place | None:
    """The place to point at: the first that is in a document that is there, else the first."""
    there = (place for place in finding.places if checked.documents.get(place.descriptor))
    return next(there, finding.places[0] if finding.places else None)
