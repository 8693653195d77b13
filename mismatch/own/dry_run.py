"""Tries a rule of one's own over the documents that are stored, before it takes part in checks."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS
from descriptors.models import Revision
from mismatch.engine import check
from mismatch.own.rules import compiled
from mismatch.profiles.profile import Profile
from tec.projects.models import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet

    from mismatch.own.models import DryRun

SHOWN = 3
"""Messages of one project that are kept."""
MOST = 1_000
"""Projects with findings that are kept one by one; all are counted."""
CHUNK = 20
"""Projects whose documents are read at a time."""


class Tally(NamedTuple):
    """What a rule finds in many projects."""

    outcomes: dict[str, int]  # outcome → number of projects
    found: list[tuple[int, int, list[str]]]  # project, number of findings, the first messages; most first


class Tried(NamedTuple):
    """What a rule finds in one project."""

    project: Project
    number: int
    messages: list[str]


def projects_for(user: User | AnonymousUser, project: Project | None) -> QuerySet[Project]:
    """The projects over which *user* may try a rule of *project*, or of all projects."""
    visible = Project.objects.visible_to(user).active().order_by("pk")
    return visible.filter(pk=project.pk) if project else visible


def tally(
    definition: Mapping[str, Any], projects: QuerySet[Project], progress: Callable[[int, int], None]
) -> Tally:
    """What the rule finds in the newest documents of *projects*; a query for each CHUNK of them."""
    rule = compiled(definition)
    profile = Profile(own=[rule])
    keys = list(projects.values_list("pk", flat=True))
    outcomes: Counter[str] = Counter()
    found = []
    done = 0
    for part in _chunks(keys):
        documents = _documents(part, rule.reads)
        for key in part:
            report = check(documents[key], [rule.code], profile=profile)
            outcomes[report.outcomes[rule.code]] += 1
            if report.findings:
                messages = [each.message for each in report.findings[:SHOWN]]
                found.append((key, len(report.findings), messages))
        done += len(part)
        progress(done, len(keys))
    found.sort(key=lambda each: -each[1])
    return Tally(dict(outcomes), found[:MOST])


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while part := list(islice(left, CHUNK)):
        yield part


def _documents(keys: list[int], reads: tuple[str, ...]) -> dict[int, dict[str, Any]]:
    """Project → the newest documents that the rule reads."""
    heads = Revision.objects.filter(
        head_of__project__in=keys, text__isnull=False, document__descriptor__in=reads
    ).select_related("document")
    found: dict[int, dict[str, Any]] = {key: dict.fromkeys(DESCRIPTORS) for key in keys}
    for each in heads:
        found[each.document.project_id][each.document.descriptor] = each.body
    return found


def tried(run: DryRun, user: User | AnonymousUser, most: int) -> list[Tried]:
    """The projects in which *run* found something, as far as *user* may still see them; at most *most*."""
    keys = [key for key, _, _ in run.found]
    visible = Project.objects.visible_to(user).in_bulk(keys)
    seen = [Tried(visible[key], number, messages) for key, number, messages in run.found if key in visible]
    return seen[:most]
