"""Tries a rule of one's own over the documents that are stored, before it takes part in checks."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS
from descriptors.models import Revision
from mismatch.engine import check
from mismatch.own.rules import compiled
from mismatch.profiles.profile import Profile
from tec.projects.models import Project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser, User

MOST_PROJECTS = 200
MOST_SECONDS = 5.0
SHOWN = 3
"""Messages of one project that are shown."""


class Tried(NamedTuple):
    project: Project
    outcome: str
    number: int
    messages: list[str]


class DryRun(NamedTuple):
    """What the rule would find, in the projects that somebody may see."""

    tried: list[Tried]  # those with findings first
    left: int  # projects there was no time for

    @property
    def firing(self) -> int:
        return sum(each.number > 0 for each in self.tried)


def dry_run(
    definition: Mapping[str, Any], user: User | AnonymousUser, project: Project | None = None
) -> DryRun:
    """Run the rule over the newest documents of *project*, or of all projects that *user* may see.

    It reads one project after the other and ends after MOST_SECONDS. One query, and one for each project.
    """
    rule = compiled(definition)
    profile = Profile(own=[rule])
    visible = Project.objects.visible_to(user).filter(archived_at=None).order_by("name")
    if project:
        visible = visible.filter(pk=project.pk)
    chosen = list(visible[:MOST_PROJECTS])
    left = visible.count() - len(chosen) if len(chosen) == MOST_PROJECTS else 0
    began, tried = monotonic(), []
    for number, each in enumerate(chosen):
        if monotonic() - began > MOST_SECONDS:
            left += len(chosen) - number
            break
        report = check(_documents(each, rule.reads), [rule.code], profile=profile)
        messages = [found.message for found in report.findings]
        tried.append(Tried(each, report.outcomes[rule.code], len(messages), messages[:SHOWN]))
    return DryRun(sorted(tried, key=lambda each: -each.number), left)


def _documents(project: Project, reads: tuple[str, ...]) -> dict[str, Any]:
    heads = Revision.objects.filter(
        head_of__project=project, text__isnull=False, document__descriptor__in=reads
    ).select_related("document")
    bodies = {each.document.descriptor: each.body for each in heads}
    return {name: bodies.get(name) for name in DESCRIPTORS}
