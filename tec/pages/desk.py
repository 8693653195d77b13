"""What waits for a person, over all projects they belong to: the home page of those who come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from descriptors.catalogue import NAMES
from descriptors.drafts import Draft
from descriptors.models import Revision
from mismatch.lifecycle import OPEN
from mismatch.models import Check, Decision, Sighting
from mismatch.showing.filters import NOBODY
from tec.pages.listing import Row, listed, rows_of, with_facts
from tec.projects.access import Right, may, remember
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

PROJECTS = 8
"""How many projects are shown, the ones that were changed last in front."""

DRAFTS = 10
ADRIFT = 8
"""How many lists of findings that nobody looks after are named, the longest in front."""


class Task(NamedTuple):
    """One thing that waits for somebody."""

    icon: str
    what: str
    href: str
    project: Project
    number: int = 1  # of findings, where it is about some


class Desk(NamedTuple):
    rows: list[Row]
    more: int  # projects that are not shown
    tasks: list[Task]
    adrift: int  # critical findings of the last checks that nobody looks after
    lists: list[Task]  # where they stand, as far as that is shown

    @property
    def elsewhere(self) -> int:
        """Critical findings that nobody looks after, in lists that are not shown."""
        return self.adrift - sum(task.number for task in self.lists)


def desk_of(user: User) -> Desk | None:
    """None for somebody without a project. The number of queries does not grow with the projects."""
    mine = Project.objects.joined_by(user).active()
    number = mine.count()
    if not number:
        return None
    rows = rows_of(listed(with_facts(mine), q="", sort="changed", show="active")[:PROJECTS])
    fields = ("slug", "name", "archived_at", "edit_deviations")
    projects = {each.pk: remember(user, each) for each in mine.with_role_of(user).only(*fields)}
    checks = _last_checks(projects)
    checking = [row for row in rows if may(user, projects[row.project.pk], Right.CHECK)]
    tasks = [
        *_drafts(user, projects),
        *_assigned(user, projects, checks),
        *_proposed(user, projects),
        *_unchecked(checking),
    ]
    adrift = sorted(_adrift(projects, checks), key=lambda task: -task.number)
    return Desk(rows, number - len(rows), tasks, sum(task.number for task in adrift), adrift[:ADRIFT])


def _drafts(user: User, projects: Mapping[int, Project]) -> Iterator[Task]:
    found = Draft.objects.filter(user=user, project__in=projects).order_by("-updated_at")
    for pk, descriptor in dict.fromkeys(found.values_list("project_id", "descriptor")[:DRAFTS]):
        project = projects[pk]
        href = reverse("descriptor-detail", args=[project.slug, descriptor])
        yield Task("edit", f"Unsaved changes in {NAMES.get(descriptor, descriptor)}", href, project)


def _assigned(user: User, projects: Mapping[int, Project], checks: Sequence[int]) -> Iterator[Task]:
    """Findings of the last checks that somebody gave to this person."""
    found = Sighting.objects.filter(check_run__in=checks, finding__assignee=user).open()
    for project, kind, number in _counted(found, projects):
        href = _list_of(project, kind, assignee=user.get_username())
        yield Task("info", f"{number} finding{'s' * (number > 1)} given to you", href, project, number)


def _adrift(projects: Mapping[int, Project], checks: Sequence[int]) -> Iterator[Task]:
    """Critical findings of the last checks that nobody looks after, and of which nobody plans the fix."""
    found = Sighting.objects.filter(check_run__in=checks, finding__assignee=None, severity="critical")
    for project, kind, number in _counted(found.standing_as(OPEN), projects):
        href = _list_of(project, kind, severity="critical", state="undecided", assignee=NOBODY)
        words = "critical mismatch" + "es" * (number > 1)
        if kind != "mismatch":
            words = "critical field" + "s" * (number > 1) + " missing"
        yield Task("critical", f"{number} {words}", href, project, number)


def _counted(
    found: QuerySet[Sighting], projects: Mapping[int, Project]
) -> Iterator[tuple[Project, str, int]]:
    counts = found.order_by("finding__project", "kind").values_list("finding__project", "kind")
    for pk, kind, number in counts.annotate(Count("pk")):
        yield projects[pk], kind, number


def _list_of(project: Project, kind: str, **asked: str) -> str:
    """The page with the findings of *kind* that are *asked* for."""
    name = "mismatch-list" if kind == "mismatch" else "missing-list"
    return f"{reverse(name, args=[project.slug])}?{urlencode(asked)}"


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
