"""Keeps the filters of a page of findings under a name, and forgets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mismatch.decisions.models import LONGEST_QUERY, SavedView
from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


MOST = 100
"""Views of one person in one project."""


class ViewRefused(ValueError):
    """The view cannot be kept; the message says why."""


@transaction.atomic
def keep_view(*, project: Project, by: User, kind: str, name: str, query: str, shared: bool) -> SavedView:
    """The view of that name; if *by* has one already, it is replaced. Raises ViewRefused."""
    if len(query) > LONGEST_QUERY:
        raise ViewRefused("These filters are too long to be kept. Leave some of them out.")
    mine = SavedView.objects.filter(project=project, owner=by)
    own = mine.filter(kind=kind, name=name)
    old = own.first()
    if old is None and mine.count() >= MOST:
        raise ViewRefused(f"You keep {MOST} views of this project already. Delete one of them first.")
    view, _ = own.update_or_create(
        project=project,
        owner=by,
        kind=kind,
        name=name,
        defaults={"query": query, "shared": shared},
    )
    changes = {
        field: [getattr(old, field, None), value]
        for field, value in (("query", query), ("shared", shared))
        if getattr(old, field, None) != value
    }
    record("view.saved", actor=by, project=project, target=name, kind=kind, changes=changes)
    return view


@transaction.atomic
def forget_view(*, view: SavedView, by: User) -> None:
    view.delete()
    record("view.deleted", actor=by, project=view.project, target=view.name, kind=view.kind)
