"""Keeps how well the documents of a check fit together, so that nobody has to look at its findings again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mismatch import fit
from mismatch.rule_pack import pack_digest
from mismatch.stored import outlined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mismatch.findings import Report
    from mismatch.models import Check


def scores_to_keep(report: Report, documents: Mapping[str, Any]) -> dict[str, Any]:
    """The scores of *report*, which a check of *documents* gave, and how they were worked out."""
    return {"by": way_to_score(), **fit.fit(report, documents).to_keep()}


def scores_of(check: Check) -> fit.Fit:
    """The scores of *check*: as they were kept, or worked out anew if that would be done otherwise by now.

    No query, or two.
    """
    if check.scores.get("by") == way_to_score():
        return fit.Fit.kept(check.scores)
    found = outlined(check)
    return fit.fit(found.report, found.documents)


@cache
def way_to_score() -> str:
    """The same digest means that the same findings give the same scores."""
    formula = Path(fit.__file__).read_bytes()
    return hashlib.sha256(pack_digest().encode() + formula).hexdigest()
