"""Suggested fixes as pages offer them: the difference, and what proves that nothing has moved meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from descriptors.catalogue import NAMES
from descriptors.differences import Change, changes
from descriptors.models import Revision
from mismatch import engine
from mismatch.fixes import FIXERS, Fix, fix_for, works
from mismatch.profiles.current import profile_of
from mismatch.snapshot import documents
from mismatch.stored import finding_of
from tec.strictjson import digest

if TYPE_CHECKING:
    from mismatch.findings import Finding, Report
    from mismatch.models import Check, Sighting
    from tec.projects.models import Project


class Suggestion(NamedTuple):
    """A fix with its difference."""

    finding: Finding
    fix: Fix
    differences: list[Change]
    token: str  # digest of the document as it would be

    @property
    def name(self) -> str:
        return NAMES[self.fix.descriptor]


class Now(NamedTuple):
    """A project as it is at this moment."""

    documents: dict[str, Any]
    numbers: dict[str, int]  # of the newest revisions
    report: Report

    def suggestion(self, fingerprint: str) -> Suggestion | None:
        """What would fix the finding, None if it is gone or has no mechanical remedy."""
        found = next((each for each in self.report.findings if each.fingerprint == fingerprint), None)
        return suggestion(found, self.documents) if found else None

    def helps(self, offer: Suggestion) -> bool:
        """Does it remove its finding without bringing one as bad?"""
        return works(offer.fix, self.documents, self.report, timezone.localdate())


def now(project: Project) -> Now:
    """The newest documents of *project* and what a check of them finds. Three queries."""
    heads = Revision.objects.filter(head_of__project=project, text__isnull=False).select_related("document")
    bodies = {each.document.descriptor: each.body for each in heads}
    numbers = {each.document.descriptor: each.number for each in heads}
    return Now(bodies, numbers, engine.check(bodies, today=timezone.localdate(), profile=profile_of(project)))


def offered(check: Check, sighting: Sighting) -> Suggestion | None:
    """What would fix a finding of *check* in the documents that it looked at, read once per check."""
    if sighting.finding.rule not in FIXERS:
        return None
    if "_bodies" not in check.__dict__:
        check.__dict__["_bodies"] = documents(check)
    return suggestion(finding_of(sighting), check.__dict__["_bodies"])


def suggestion(finding: Finding, bodies: dict[str, Any]) -> Suggestion | None:
    fix = fix_for(finding, bodies)
    if fix is None:
        return None
    differences = changes(fix.descriptor, bodies[fix.descriptor], fix.body)
    return Suggestion(finding, fix, differences, digest(fix.body))
