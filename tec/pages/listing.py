"""The list of projects: searched, filtered, sorted, and what each row shows, in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import (
    Count,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Lower

from descriptors.models import Document
from mismatch.models import Check, Sighting, State
from tec.pages.completeness import Bar, bars_of
from tec.pages.queries import Tally, tallies
from tec.projects.models import Membership, Project, ProjectQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PER_PAGE = 25

SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "name": ("Name", (Lower("name"),)),
    "worst": ("Worst findings", (F("critical").desc(), F("major").desc(), F("minor").desc())),
    "checked": ("Last check", (F("checked_at").desc(nulls_last=True),)),
    "open": ("Most open findings", (F("open").desc(),)),
    "changed": ("Last change", (F("changed_at").desc(nulls_last=True),)),
}
SHOWN = {
    "active": ("Active", Q(archived_at=None)),
    "archived": ("Archived", Q(archived_at__isnull=False)),
    "all": ("All", Q()),
}
WHOSE = {"mine": "My projects", "all": "All projects"}
"""Administrators may read every project; the list is theirs first all the same."""


def choices(options: Mapping[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _) in options.items()]


class ListForm(forms.Form):
    """What the address asks for; anything it does not understand is the default."""

    q = forms.CharField(required=False, max_length=200)
    sort = forms.ChoiceField(required=False, choices=choices(SORTS))
    show = forms.ChoiceField(required=False, choices=choices(SHOWN))
    whose = forms.ChoiceField(required=False, choices=list(WHOSE.items()))

    @property
    def asked(self) -> dict[str, str]:
        """`q`, `sort` and `show`, as `listed` takes them."""
        self.is_valid()
        asked = {"q": "", "sort": "checked", "show": "active"}
        return asked | {name: value for name in asked if (value := self.cleaned_data.get(name))}

    @property
    def asked_whose(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("whose") or "mine"


def projects_of(user: User, whose: str) -> ProjectQuerySet:
    """Those that *user* belongs to, or on demand all that an administrator may read."""
    return Project.objects.visible_to(user) if whose == "all" else Project.objects.joined_by(user)


@dataclass(frozen=True)
class Row:
    """A project as the list shows it."""

    project: Project
    bars: list[Bar]
    check: Check | None
    tally: Tally | None

    @property
    def filled(self) -> int:
        return sum(bar.filled for bar in self.bars)

    @property
    def total(self) -> int:
        return sum(bar.total for bar in self.bars)

    @property
    def people(self) -> list[User]:
        return [membership.user for membership in self.project.memberships.all()]


def listed(projects: ProjectQuerySet, *, q: str, sort: str, show: str) -> ProjectQuerySet:
    """The projects asked for, in order. Every word of *q* must occur in one of the texts."""
    for word in q.split():
        projects = projects.filter(
            Q(name__icontains=word)
            | Q(description__icontains=word)
            | Q(point_of_contact__icontains=word)
            | Q(slug__icontains=word)
        )
    return projects.filter(SHOWN[show][1]).order_by(*SORTS[sort][1], Lower("name"), "pk")


def with_facts(projects: ProjectQuerySet) -> ProjectQuerySet:
    """Adds what can be sorted by: severities and time of the last finished check, time of the last change."""
    done = Check.objects.filter(project=OuterRef("pk"), state=State.DONE).order_by("-number")
    changed = Document.objects.filter(project=OuterRef("pk")).exclude(head=None).order_by("-head__created_at")
    # Only those that the list is sorted by, or counted by, become part of the question.
    counts = {
        severity: Coalesce(_open_of_last(kind="mismatch", severity=severity), 0)
        for severity in ("critical", "major", "minor")
    }
    counts["open"] = Coalesce(_open_of_last(), 0)
    return projects.annotate(
        last_check=Subquery(done.values("pk")[:1]),
        checked_at=Subquery(done.values("finished_at")[:1]),
        changed_at=Subquery(changed.values("head__created_at")[:1]),
    ).alias(**counts)


def _open_of_last(**which: str) -> Subquery:
    """How many findings of that kind and severity are open in the last check; None for none."""
    found = Sighting.objects.filter(check_run=OuterRef("last_check"), **which)
    return Subquery(found.open().order_by().values("check_run").annotate(n=Count("pk")).values("n"))


def rows_of(projects: Iterable[Project]) -> list[Row]:
    """The rows of one page of `with_facts`: six queries at most, however many there are."""
    page = list(projects)
    prefetch_related_objects(page, Prefetch("memberships", Membership.objects.select_related("user")))
    last: dict[int, int] = {project.pk: project.last_check for project in page}  # type: ignore[attr-defined]
    checks = Check.objects.in_bulk([pk for pk in last.values() if pk])
    tally = tallies(checks.values())
    bars = bars_of(page)
    return [Row(p, bars[p.pk], checks.get(last[p.pk]), tally.get(last[p.pk])) for p in page]


def facts_of(projects: ProjectQuerySet) -> dict[str, int]:
    """How many active projects there are, and how many have critical findings or were never checked."""
    return with_facts(projects.active()).aggregate(
        active=Count("pk"),
        worrying=Count("pk", filter=Q(critical__gt=0)),
        unchecked=Count("pk", filter=Q(last_check=None)),
    )
