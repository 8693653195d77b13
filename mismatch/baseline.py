"""An earlier result that findings are counted against: what is new since, what was known, what is gone."""

from __future__ import annotations

from mismatch.findings import SEVERITIES, counted
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mismatch.findings import Finding, Report

NEW, WORSE, CHANGED, KNOWN = "new", "worse", "changed", "known"
AGES = (NEW, WORSE, CHANGED, KNOWN)
"""What a finding is against the baseline: not in it; there at a lesser severity; there with other values;
there just as it is now."""

DECIDING = frozenset({NEW, WORSE})
"""What counts in a build that is only about what is new. Getting worse is news as well."""


class Baseline(NamedTuple):
    """The findings of an earlier check by fingerprint, in its order."""

    findings: Mapping[str, Finding]

    def known(self, report: Report) -> set[str]:
        """The fingerprints of what *report* found and what is no news."""
        return {
            each.fingerprint
            for each in report.findings
            if (then := self.findings.get(each.fingerprint)) and age(then, each) not in DECIDING
        }

    def gone(self, report: Report) -> list[Finding]:
        """The findings of the baseline that *report* does not have any more, each thing once."""
        there = {finding.fingerprint for finding in report.findings}
        return [each for each in counted(list(self.findings.values())) if each.fingerprint not in there]


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """The baseline that *findings* make."""
    return Baseline({finding.fingerprint: finding for finding in findings})


def age(then: Finding | None, now: Finding) -> str:
    """What the finding *now* is against how it was *then*, one of AGES."""
    if then is None:
        return NEW
    if SEVERITIES.index(now.severity) < SEVERITIES.index(then.severity):
        return WORSE
    return KNOWN if _shown(then) == _shown(now) else CHANGED


def _shown(finding: Finding) -> tuple[str, str, Sequence[str]]:
    """What has to be equal for a finding to count as unchanged. Rows may move."""
    from mismatch.decisions.subject import values_digest

    return finding.severity, finding.outcome, values_digest(place.as_json() for place in finding.places)
