"""The parts that only pages of findings are made of: values with what differs marked, paths, paired bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mismatch.findings import SEVERITIES
from mismatch.models import Check
from mismatch.profiles.current import profile_by
from mismatch.profiles.words import sentences
from mismatch.showing.evidence import STEP, Piece, Shown
from mismatch.showing.places import Field
from mismatch.showing.presentation import Row, Table
from mismatch.wording import plain

if TYPE_CHECKING:
    from tec.projects.models import Project

register = template.Library()

BAR = 220  # width of the longest bar
TREND = 800  # width of the picture of the trend


@register.inclusion_tag("mismatch/_profile.html")
def profile_notice(project: Project, check: Check) -> dict[str, Any]:
    """What was wanted otherwise of the rules of *check*, and which plug-ins failed in it."""
    profile = profile_by(check)
    return {
        "project": project,
        "check": check,
        "said": sentences(profile) if profile else [],
        "critical": bool(profile and profile.critical_off),
        "problems": check.problems,
    }


@register.filter
def isolated(message: str) -> SafeString:
    """*message* with every quoted name kept to itself, so that its direction turns nothing around it."""
    parts = re.split("(?<=“)([^”]*)(?=”)", message)
    marks = [("<bdi>{}</bdi>" if number % 2 else "{}", part) for number, part in enumerate(parts)]
    return format_html_join("", "{}", ((format_html(mark, part),) for mark, part in marks))


@register.simple_tag
def value(shown: Shown, unit: str = "") -> SafeString:
    """A value, the part that differs marked; the whole of it folded away if something is left out."""
    if shown.nothing:
        return format_html('<span class="val"><span class="blank">{}</span></span>', shown.nothing)
    entries: list[SafeString] = []
    for between, pieces in groupby(shown.pieces, lambda piece: piece.kind == "between"):
        stretch = list(pieces)
        text = format_html_join("", "{}", ((_piece(piece),) for piece in stretch))
        stepped = any(STEP in piece.text for piece in stretch)
        entry = format_html('<bdi dir="ltr">{}</bdi>' if stepped else "<bdi>{}</bdi>", text)
        entries.append(text if between else entry)
    figure = format_html(' <span class="q">{}</span>', unit) if unit else ""
    shown_entries = format_html_join("", "{}", ((entry,) for entry in entries))
    return format_html('<span class="val">{}{}</span>{}', shown_entries, figure, _whole(shown))


@register.simple_tag
def path(field: Field) -> SafeString:
    """The way to a place: labels of the form, and the names people gave to rows."""
    steps = (
        (format_html('<bdi class="nm">{}</bdi>' if part.name else "{}", part.text),) for part in field.parts
    )
    return format_html_join("\u00a0› ", "{}", steps)


@register.filter
def figure(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}" if abs(number) < 1e15 else plain(number)


@register.filter
def signed(number: float, decimals: int) -> str:
    return f"{'−' if number < 0 else '+'}{figure(abs(number), decimals)}"


@register.simple_tag
def bars(row: Row, table: Table) -> SafeString:
    """The two figures of a row as a filled and an outlined bar; what one has more is coloured."""
    left, right = (round(BAR * max(0.0, number) / table.scale, 1) for number in (row.left, row.right))
    more = format_html(
        '<rect class="b-d {}" x="{}" y="{}" width="{}" height="7"/>',
        row.card.sighting.severity,
        min(left, right),
        2 if left > right else 11,
        round(abs(left - right), 1),
    )
    return format_html(
        '<svg viewBox="0 0 {} 20" aria-hidden="true">'
        '<rect class="b-a" x="0" y="2" width="{}" height="7"/>'
        '<rect class="b-b" x=".6" y="11.6" width="{}" height="6"/>{}</svg>',
        BAR + 1,
        left,
        max(0, round(right - 1.2, 1)),
        more,
    )


@register.simple_tag
def trend_bars(checks: Sequence[Check]) -> SafeString:
    """A stacked bar for each check, the worst at the bottom, with the numbers in its title."""
    found = [{name: _number(check, name) for name in SEVERITIES} for check in checks]
    most = max([sum(each.values()) for each in found] or [1]) or 1
    bars, step = [], TREND / max(len(found), 12)
    for place, (check, numbers) in enumerate(zip(checks, found, strict=True)):
        said = ", ".join(f"{number} {name}" for name, number in numbers.items() if number) or "nothing"
        parts, top = [], 100.0
        for name, number in numbers.items():
            height = 96 * number / most
            top -= height
            frame = (round(place * step, 1), round(top, 1), round(step * 0.7, 1), round(height, 1))
            parts.append((name, *frame))
        rects = format_html_join("", '<rect class="t-{}" x="{}" y="{}" width="{}" height="{}"/>', parts)
        bars.append((format_html("<g><title>Check {}: {}</title>{}</g>", check.number, said, rects),))
    return format_html(
        '<svg viewBox="0 0 {} 100" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        TREND,
        trend_words(checks),
        format_html_join("", "{}", bars),
    )


@register.simple_tag
def trend_words(checks: Sequence[Check]) -> str:
    """The picture of the trend in a sentence."""
    first, last = (sum(_number(checks[at], name) for name in SEVERITIES) for at in (0, -1))
    return (
        f"From {first:,} finding{'' if first == 1 else 's'} in check {checks[0].number}"
        f" to {last:,} in check {checks[-1].number}"
    )


@register.simple_tag
def severities() -> Sequence[str]:
    return SEVERITIES


def _number(check: Check, severity: str) -> int:
    return sum(numbers.get(severity, 0) for numbers in check.counts.values())


@register.filter
def seconds(duration: float | None) -> str:
    """“0.4 s”, “2 min 5 s”; “” for None."""
    if duration is None:
        return ""
    if duration < 10:
        return f"{max(duration, 0.1):.1f} s"
    minutes, left = divmod(int(duration), 60)
    return f"{minutes} min {left} s" if minutes else f"{left} s"


@register.filter
def is_table(shown: object) -> bool:
    return isinstance(shown, Table)


def _piece(piece: Piece) -> SafeString:
    text: str | SafeString = piece.text
    if piece.kind == "gap":
        return format_html('<span class="q">{}</span>', text)
    if piece.kind == "code":
        text = format_html('<span class="unseen">{}</span>', text)
    elif STEP in piece.text:
        text = format_html_join(STEP, "<bdi>{}</bdi>", ((step,) for step in piece.text.split(STEP)))
    elif piece.kind == "space":
        text = format_html('<span class="unseen" title="space">{}</span>', text)
    return format_html("<mark>{}</mark>" if piece.marked else "{}", text)


def _whole(shown: Shown) -> SafeString | str:
    if not shown.whole:
        return ""
    rest = shown.length - len(shown.whole)
    return format_html(
        '<details class="whole"><summary>All {} characters</summary><bdi class="code">{}</bdi>{}</details>',
        f"{shown.length:,}",
        shown.whole,
        format_html('<p class="muted">… and {} more: open the field to read them.</p>', f"{rest:,}")
        if rest > 0
        else "",
    )
