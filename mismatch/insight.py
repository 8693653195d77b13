"""Answers what the descriptor forms ask about findings (see `descriptors.editor.insight`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from descriptors.editor.insight import Filled, LastCheck, Preview, Remark, Spot
from mismatch.engine import check
from mismatch.models import Check, Sighting, State
from mismatch.profiles.current import profile_of
from mismatch.required import completeness, missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mismatch.findings import Finding
    from mismatch.profiles.profile import Profile
    from tec.projects.models import Project


class Rules:
    """The rules, asked while somebody types."""

    def last_check(self, project: Project, documents: Mapping[str, Any]) -> LastCheck:
        """What the rules find in *documents* now, set against what the last check saw. Four queries."""
        found = check(documents, today=timezone.localdate(), profile=wanted(project)).findings
        last = Check.objects.filter(project=project, state=State.DONE).order_by("-number").first()
        if last is None:
            return LastCheck(0, "", tuple(remark(each) for each in found), 0)
        seen = set(Sighting.objects.filter(check_run=last).values_list("finding__fingerprint", flat=True))
        # What no check has seen yet has no page of its own.
        pages = {kind: reverse(name, args=[project.slug]) for kind, name in PAGES.items()}
        remarks = tuple(
            remark(each, f"{pages[each.kind]}#f-{each.fingerprint}")
            if each.fingerprint in seen
            else remark(each)._replace(fresh=True)
            for each in found
        )
        gone = len(seen - {each.fingerprint for each in found})
        return LastCheck(last.number, last.get_absolute_url(), remarks, gone)

    def preview(self, project: Project, before: Mapping[str, Any], after: Mapping[str, Any]) -> Preview:
        """The findings that are in only one of two states of a project. Two queries."""
        today, profile = timezone.localdate(), wanted(project)
        was = check(before, today=today, profile=profile).findings
        now = check(after, today=today, profile=profile).findings
        old = {each.fingerprint for each in was}
        new = {each.fingerprint for each in now}
        return Preview(
            tuple(remark(each) for each in now if each.fingerprint not in old),
            tuple(remark(each) for each in was if each.fingerprint not in new),
        )

    def missing(self, project: Project, descriptor: str, body: Any) -> tuple[Remark, ...]:
        """What has to be filled in and is blank; of an absent document nothing in particular. Two queries."""
        if not body:
            return ()
        profile = wanted(project)
        found = [profile.graded(each) for each in missing({descriptor: body}) if each.rule not in profile.off]
        return tuple(remark(each) for each in found if each.places[0].descriptor == descriptor)

    def filled(self, descriptor: str, body: Any) -> Filled:
        counted = completeness(descriptor, body)
        return Filled(counted.filled, counted.applicable)


def wanted(project: Project) -> Profile:
    """The profile of *project*, asked for once per request that fetched it."""
    if "_profile" not in project.__dict__:
        project.__dict__["_profile"] = profile_of(project)
    found: Profile = project.__dict__["_profile"]
    return found


PAGES = {"mismatch": "mismatch-list", "missing": "missing-list"}


def remark(finding: Finding, url: str = "") -> Remark:
    """*finding* as a form shows it; one that the last check did not see has no page yet."""
    spots = tuple(Spot(place.descriptor, place.pointer, place.label, place.value) for place in finding.places)
    return Remark(
        finding.code,
        finding.rule,
        finding.kind,
        finding.outcome,
        finding.severity,
        finding.message,
        finding.remedy,
        spots,
        finding.fingerprint,
        url,
    )
