"""What a check finds: plain values, compared whole in tests and rendered by every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

SEVERITIES = ("critical", "major", "minor", "info")
"""Worst first. critical: deployment fails or outputs are wrong; major: rework or an unverifiable system;
minor: works, but fragile; info: worth knowing."""

OUTCOMES = ("fail", "pass", "not-applicable", "cannot-tell")


class Place(NamedTuple):
    """One spot in one document that shows a finding."""

    descriptor: str
    pointer: str  # RFC 6901, inside the document as it was given
    value: Any = None  # None when nothing is there
    label: str = ""  # for people: "Output Specification 2 › Item Type"

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


class Finding(NamedTuple):
    """One thing wrong; the first place is the side that must change first."""

    rule: str  # permanent slug
    code: str  # permanent short code, "TEC-3A"
    kind: str  # "mismatch" or "missing"
    outcome: str  # "fail" or "cannot-tell"
    severity: str
    message: str
    remedy: str
    places: tuple[Place, ...]
    fingerprint: str  # 32 hex digits, the same for the same thing in the next check

    def as_json(self) -> dict[str, Any]:
        """The finding in the shape every JSON output uses."""
        return {
            "code": self.code,
            "rule": self.rule,
            "kind": self.kind,
            "outcome": self.outcome,
            "severity": self.severity,
            "message": self.message,
            "remedy": self.remedy,
            "fingerprint": self.fingerprint,
            "places": [place.as_json() for place in self.places],
        }


class Report(NamedTuple):
    """The result of one run of the rules over one project."""

    findings: Sequence[Finding]
    outcomes: Mapping[str, str]  # rule code → outcome

    def counts(self) -> dict[str, int]:
        """How many findings of each severity, all four named."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding in self.findings:
            counts[finding.severity] += 1
        return counts
