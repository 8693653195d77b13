"""The result for programs: every finding, every outcome, and digests of the documents that were checked."""

from __future__ import annotations

from mismatch.findings import SEVERITIES
from mismatch.reports import Checked, View, report
from tec.strictjson import digest, dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mismatch.findings import Finding

FORMAT = 1
"""Raised when the shape changes in a way that a reader could not ignore."""


@report("json", title="JSON", media_type="application/json", extension=".json")
def as_json(checked: Checked, view: View) -> str:
    """One object; see `as_object`."""
    return dumps(as_object(checked))


def as_object(checked: Checked) -> dict[str, Any]:
    """Format, findings, outcomes by code, counts by severity, documents by descriptor.

    With a baseline every finding has its age and there is a list of what is fixed; findings that somebody
    decided about say so, and those that are settled are not among the counts. If something was wanted
    otherwise of the rules, "profile" says what; "problems" names plug-ins that failed.
    """
    severities = [finding.severity for finding in checked.unsettled]
    result: dict[str, Any] = {
        "format": FORMAT,
        "findings": [_finding(finding, checked) for finding in checked.report.findings],
        "outcomes": dict(checked.report.outcomes),
        "counts": {each: severities.count(each) for each in SEVERITIES},
        "documents": {name: _document(body) for name, body in checked.documents.items()},
    }
    if checked.known is not None:
        result["fixed"] = [finding.as_json() for finding in checked.gone]
    profile, problems = checked.report.profile, checked.report.problems
    if profile:
        result["profile"] = {"digest": profile.digest, **profile.as_json()}
    if problems:
        result["problems"] = list(problems)
    return result


def _finding(finding: Finding, checked: Checked) -> dict[str, Any]:
    found = finding.as_json()
    if checked.known is not None:
        found["age"] = checked.age(finding)
    decision = checked.decided.get(finding.fingerprint)
    if decision:
        found["decision"] = {key: value for key, value in decision._asdict().items() if value}
    return found


def _document(body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What identifies a document; None for one that is absent."""
    return None if body is None else {"schema_version": body.get("version"), "digest": digest(dict(body))}
