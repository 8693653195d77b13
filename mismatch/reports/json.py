"""The result for programs: every finding, every outcome, and digests of the documents that were checked."""

from __future__ import annotations

from mismatch.reports import Checked, View, report
from tec.strictjson import digest, dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FORMAT = 1
"""Raised when the shape changes in a way that a reader could not ignore."""


@report("json", title="JSON", media_type="application/json", extension=".json")
def as_json(checked: Checked, view: View) -> str:
    """One object: format, findings, outcomes by code, counts by severity, documents by descriptor."""
    result = checked.report
    return dumps(
        {
            "format": FORMAT,
            "findings": [finding.as_json() for finding in result.findings],
            "outcomes": dict(result.outcomes),
            "counts": result.counts(),
            "documents": {name: _document(body) for name, body in checked.documents.items()},
        }
    )


def _document(body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What identifies a document; None for one that is absent."""
    return None if body is None else {"schema_version": body.get("version"), "digest": digest(dict(body))}
