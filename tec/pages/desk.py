"""What waits for a person, over all projects they belong to: the home page of those who come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from descriptors.catalogue import NAMES
from descriptors.drafts import Draft
from descriptors.models import Revision
from mismatch.models import Check, Decision, Sighting
from tec.pages.listing import Row, listed, rows_of, with_facts
from tec.projects.access import Right, may, remember
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PROJECTS = 8
"""How many projects are shown, the ones that were changed last in front."""

DRAFTS = 10


class Task(NamedTuple):
    """One thing that waits for somebody."""

    icon: str
    what: str
    href: str
    project: Project


class Desk(NamedTuple):
    rows: list[Row]
    more: int  # projects that are not shown
    tasks: list[Task]


def desk_of(user: User) -> Desk | None:
    """None for somebody without a project. The number of queries does not grow with the projects."""
    mine = Project.objects.joined_by(user).active()
    number = mine.count()
    if not number:
        return None
    rows = rows_of(listed(with_facts(mine), q="", sort="changed", show="active")[:PROJECTS])
    fields = ("slug", "name", "archived_at", "edit_deviations")
    projects = {each.pk: remember(user, each) for each in mine.with_role_of(user).only(*fields)}
    checking = [row for row in rows if may(user, projects[row.project.pk], Right.CHECK)]
    tasks = [
        *_drafts(user, projects),
        *_assigned(user, projects),
        *_proposed(user, projects),
        *_unchecked(checking),
    ]
    return Desk(rows, number - len(rows), tasks)


def _drafts(user: User, projects: Mapping[int, Project]) -> Iterator[Task]:
    found = Draft.objects.filter(user=user, project__in=projects).order_by("-updated_at")
    for pk, descriptor in dict.fromkeys(found.values_list("project_id", "descriptor")[:DRAFTS]):
        project = projects[pk]
        href = reverse("descriptor-detail", args=[project.slug, descriptor])
        yield Task("edit", f"Unsaved changes in {NAMES.get(descriptor, descriptor)}", href, project)


def _assigned(user: User, projects: Mapping[int, Project]) -> Iterator[Task]:
    """Findings of the last checks that somebody gave to this person."""
    found = Sighting.objects.filter(check_run__in=_last_checks(projects), finding__assignee=user).open()
    counts = found.order_by().values_list("finding__project", "kind").annotate(Count("pk"))
    for pk, kind, number in counts:
        name = "mismatch-list" if kind == "mismatch" else "missing-list"
        query = urlencode({"assignee": user.get_username()})
        href = f"{reverse(name, args=[projects[pk].slug])}?{query}"
        yield Task("info", f"{number} finding{'s' * (number > 1)} given to you", href, projects[pk])


def _proposed(user: User, projects: Mapping[int, Project]) -> Iterator[Task]:
    """Decisions of others that they may approve."""
    theirs = [pk for pk, project in projects.items() if may(user, project, Right.APPROVE)]
    found = Decision.objects.proposed().filter(finding__project__in=theirs).exclude(author=user)
    for pk, number in found.order_by().values_list("finding__project").annotate(Count("pk")):
        href = f"{reverse('mismatch-list', args=[projects[pk].slug])}?state=proposed"
        yield Task(
            "clock",
            f"{number} decision{'s wait' if number > 1 else ' waits'} for approval",
            href,
            projects[pk],
        )


def _unchecked(rows: Iterable[Row]) -> Iterator[Task]:
    """The projects shown whose documents are not those that were checked last."""
    shown = list(rows)
    read: dict[int, set[int]] = defaultdict(set)
    checks = [row.check.pk for row in shown if row.check]
    for check, revision in Check.revisions.through.objects.filter(check__in=checks).values_list(
        "check", "revision"
    ):
        read[check].add(revision)
    now: dict[int, set[int]] = defaultdict(set)
    heads = Revision.objects.filter(
        head_of__project__in=[row.project.pk for row in shown], text__isnull=False
    )
    for pk, revision in heads.values_list("head_of__project", "pk"):
        now[pk].add(revision)
    for row in shown:
        changed = len(now[row.project.pk] - read[row.check.pk]) if row.check else 0
        if row.check and now[row.project.pk] != read[row.check.pk]:
            what = (
                f"{changed or 'Some'} document{'s' * (changed != 1)} changed since check {row.check.number}"
            )
            yield Task("clock", what, row.project.get_absolute_url(), row.project)
        elif not row.check and now[row.project.pk]:
            yield Task("search", "Not checked yet", row.project.get_absolute_url(), row.project)


def _last_checks(projects: Iterable[int]) -> list[int]:
    found = with_facts(Project.objects.filter(pk__in=projects))
    return [project.last_check for project in found if project.last_check]  # type: ignore[attr-defined]
