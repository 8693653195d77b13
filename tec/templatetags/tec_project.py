"""What the frame of every project page shows: documents, last check, tabs with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tec.pages.completeness import Bar
from tec.pages.queries import Summary, summary_of

if TYPE_CHECKING:
    from tec.projects.models import Project

register = template.Library()

MEMBER_PAGES = {
    "member-list",
    "member-add",
    "member-invite",
    "member-detail",
    "member-remove",
    "member-leave",
    "project-rights",
}
RULES = {"project-rules", "project-rule", "project-rules-import", "check-rules"} | {
    f"project-own-rule{each}" for each in ("s", "", "-new", "-next")
}

# Tab, the page it opens, the names of the addresses it stands for. The first stands for the rest.
TABS: tuple[tuple[str, str, set[str]], ...] = (
    ("Overview", "project-detail", set()),
    ("Mismatches", "mismatch-list", {"mismatch-list", "finding-detail", "decide", "fix"}),
    ("Missing fields", "missing-list", {"missing-list"}),
    ("Checks", "check-list", {"check-list", "check-detail", "check-start", "compare"}),
    ("Fit", "fit", {"fit", "traceability"}),
    ("Gates", "gate", {"gate", "ignore-import"}),
    ("Rules", "project-rules", RULES),
    ("Reports", "report-list", {"report-list"}),
    ("History", "project-history", {"project-history", "project-audit", "project-state"}),
    ("Members", "member-list", MEMBER_PAGES),
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
    last: Summary


@register.simple_tag(takes_context=True)
def project_frame(context: Mapping[str, Any], project: Project) -> Frame:
    """Three queries, on every page of a project."""
    summary = summary_of(project)
    tally = summary.tally
    counts = {"mismatch-list": tally.mismatches, "missing-list": tally.missing_fields} if tally else {}
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    current = next((name for _, name, names in TABS if here in names), TABS[0][1])
    tabs = [
        Tab(label, reverse(name, args=[project.slug]), name == current, here == name, counts.get(name))
        for label, name, _ in TABS
    ]
    return Frame(summary.present, tabs, summary)


@register.simple_tag
def eight_bars(bars: list[Bar]) -> SafeString:
    """The completeness of the eight documents as small upright bars, in display order."""
    said = ", ".join(f"{bar.name}: {_said(bar)}" for bar in bars)
    drawn = format_html_join("", "{}", ((_upright(bar, 14.5 * place),) for place, bar in enumerate(bars)))
    return format_html(
        '<svg class="eight" viewBox="0 0 116 20" role="img" aria-label="{}">{}</svg>', said, drawn
    )


def _said(bar: Bar) -> str:
    return "no document" if bar.absent else f"{bar.filled} of {bar.total}"


def _upright(bar: Bar, x: float) -> SafeString:
    frame = format_html('x="{}" y="2.5" width="11" height="15"', x + 0.5)
    tip = format_html("<title>{}: {}</title>", bar.name, _said(bar))
    if bar.absent:
        return format_html('<g>{}<rect class="m-none" {}/></g>', tip, frame)
    height = round(15 * bar.filled / bar.total, 1) if bar.total else 15
    kind = "m-full" if bar.filled == bar.total else "m-fill"
    return format_html(
        '<g>{}<rect class="m-track" {}/><rect class="{}" x="{}" y="{}" width="11" height="{}"/></g>',
        tip,
        frame,
        kind,
        x + 0.5,
        17.5 - height,
        height,
    )
