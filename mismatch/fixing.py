"""Applies all fixes that hardly anybody would decide otherwise, one by one, each proved by a check."""

from __future__ import annotations

from mismatch.engine import check
from mismatch.fixes import FIXERS, Fix, fix_for, works
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from typing import Any

    from mismatch.findings import Finding, Report
    from mismatch.profiles.profile import Profile

MOST = 500
"""Fixes in one go; each takes two checks."""


class Step(NamedTuple):
    """A finding and what fixes it."""

    finding: Finding
    fix: Fix
    before: dict[str, Any]  # the document that the fix changes


class Fixed(NamedTuple):
    documents: dict[str, Any]  # with all fixes in them
    done: list[Step]
    left: list[Step]  # offered, for people to decide
    report: Report  # of the documents as they are now


def fix_all(
    documents: Mapping[str, Any],
    rules: Iterable[str] | None = None,
    today: date | None = None,
    profile: Profile | None = None,
) -> Fixed:
    """*documents* with every sure fix that removes its finding and brings nothing as bad.

    *rules* names those whose findings are to be fixed (None: all); proved is by all, as *profile* wants them.
    """
    wanted = None if rules is None else list(rules)
    now = dict(documents)
    done: list[Step] = []
    refused: set[str] = set()
    report = check(now, today=today, profile=profile)
    while len(done) < MOST:
        for step in _steps(report, now, wanted, refused):
            if not step.fix.sure:
                continue
            if works(step.fix, now, report, today):
                break
            refused.add(step.finding.fingerprint)
        else:
            break
        done.append(step)
        now[step.fix.descriptor] = step.fix.body
        report = check(now, today=today, profile=profile)
    left = [step for step in _steps(report, now, wanted) if not step.fix.sure]
    return Fixed(now, done, left, report)


def _steps(
    report: Report, documents: Mapping[str, Any], wanted: list[str] | None, refused: Collection[str] = ()
) -> Iterable[Step]:
    for finding in report.findings:
        if finding.fingerprint in refused:
            continue
        if finding.rule in FIXERS and (wanted is None or {finding.rule, finding.code} & set(wanted)):
            fix = fix_for(finding, documents)
            if fix:
                yield Step(finding, fix, documents[fix.descriptor])
