"""What the frame of every project page shows: documents, last check, tabs with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.urls import NoReverseMatch, reverse

from tec.queries import Summary, summary_of

if TYPE_CHECKING:
    from tec.projects.models import Project

register = template.Library()

# Tab, the page it opens, the names of the addresses it stands for.
TABS = (
    ("Overview", "project-detail", {"project-detail", "project-edit", "project-delete", "project-archive"}),
    ("Mismatches", "mismatch-list", {"mismatch-list"}),
    ("Missing fields", "missing-list", {"missing-list"}),
    ("Checks", "check-list", {"check-list", "check-detail", "check-start"}),
    ("History", "project-history", {"project-history"}),
)


class Tab(NamedTuple):
    label: str
    href: str
    current: bool
    exact: bool  # the page itself, not one below it
    number: int | None  # of findings, None where there is nothing to count yet


class Frame(NamedTuple):
    present: int
    tabs: list[Tab]
    last: Summary | None


@register.simple_tag(takes_context=True)
def project_frame(context: Mapping[str, Any], project: Project) -> Frame:
    """Two queries, on every page of a project."""
    summary = summary_of(project)
    counts = {"mismatch-list": summary.mismatches, "missing-list": summary.missing}
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    tabs = [
        Tab(label, href, here in names, here == name, counts.get(name))
        for label, name, names in TABS
        if (href := _href(name, project))
    ]
    return Frame(summary.present, tabs, summary)


def _href(name: str, project: Project) -> str:
    try:
        return reverse(name, args=[project.slug])
    except NoReverseMatch:
        return ""
