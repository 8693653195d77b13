"""The small parts every page is made of: glyphs, severities, bars, times, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

from tec.projects.people import author_of, called

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.forms import BaseForm
    from django.forms.boundfield import BoundField

    from tec.projects.people import Written

register = template.Library()

# The word that goes with each glyph; colour and shape are never alone.
WORDS = {
    "critical": "critical",
    "major": "major",
    "minor": "minor",
    "info": "info",
    "wait": "cannot tell",
    "ok": "fits",
}
MEANINGS = {
    "critical": "fails or wrong outputs",
    "major": "rework or unverifiable",
    "minor": "works, but fragile",
    "info": "worth knowing",
    "wait": "waits for a document or field",
}
ZERO = mark_safe(
    '<span class="none"><span aria-hidden="true">·</span><span class="visually-hidden">0</span></span>'
)
THEMES = {"light", "dark"}
MESSAGE_ICONS = {"success": "ok", "info": "info", "warning": "major", "error": "critical", "debug": "info"}


@register.simple_tag
def icon(name: str, tone: str = "") -> SafeString:
    """A glyph of the sprite, decoration only: the word beside it says the same."""
    return format_html('<svg class="g {}" aria-hidden="true"><use href="#i-{}"/></svg>', tone or name, name)


@register.simple_tag
def severity(name: str, count: int | None = None, *, word: bool = True) -> SafeString:
    """“▲ major”, “▲ 3 major”, or with word=False “▲ 3” with the word for screen readers only."""
    label = WORDS[name]
    text = label if count is None else f"{count} {label}"
    if not word:
        text = format_html(
            '{}<span class="visually-hidden"> {}</span>', "" if count is None else count, label
        )
    return format_html('<span class="sev {}">{}{}</span>', name, icon(name), text)


@register.simple_tag
def tally(counts: Mapping[str, int] | None, *, word: bool = False) -> SafeString:
    """The counts by severity, worst first, zeroes left out; “none” when all are zero."""
    parts = [severity(name, n, word=word) for name in WORDS if (n := (counts or {}).get(name, 0))]
    if not parts:
        return mark_safe('<span class="none">none</span>')
    return format_html('<span class="tally">{}</span>', format_html_join("", "{}", ((p,) for p in parts)))


@register.simple_tag
def count_of(counts: Mapping[str, int], name: str) -> SafeString:
    """One cell of a table by severity: the glyph with its count, a dot for zero."""
    if not counts.get(name):
        return ZERO
    return severity(name, counts[name], word=False)


@register.filter
def severity_word(name: str) -> str:
    return WORDS[name]


@register.filter
def severity_meaning(name: str) -> str:
    return MEANINGS[name]


@register.filter
def ticks(text: str) -> SafeString:
    """Text with the words between backticks set as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", p) if n % 2 else p,) for n, p in parts)
    )


@register.filter
def paragraphs(text: str) -> list[str]:
    """Text parted at its empty lines."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """`mapping[key]`, for a key that is itself a variable."""
    return mapping.get(key)


@register.filter
def field_named(form: BaseForm, name: str) -> BoundField:
    return form[name]


@register.filter
def words(text: str) -> list[str]:
    """The words of a constant, to loop over in a template."""
    return text.split()


@register.simple_tag
def meter(filled: int, total: int, *, absent: bool = False) -> SafeString:
    """Completeness as a bar with its numbers: green only when full, dashed when there is no document."""
    return format_html(
        '<span class="meter"><svg viewBox="0 0 72 8" aria-hidden="true">{}</svg>{}</span>',
        _bar(filled, total, absent, x=0, width=72),
        format_html("{} of {}", filled, total),
    )


def _bar(filled: int, total: int, absent: bool, *, x: int, width: int) -> SafeString:
    frame = format_html('x="{}" y=".5" width="{}" height="7"', x + 0.5, width - 1)
    if absent:
        return format_html('<rect class="m-none" {}/>', frame)
    share = width * min(filled, total) / total if total else width
    kind = "m-full" if filled >= total else "m-fill"
    return format_html(
        '<rect class="m-track" {}/><rect class="{}" x="{}" y="0" width="{}" height="8"/>',
        frame,
        kind,
        x,
        round(share, 1),
    )


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """“3 hours ago”, after a week the date; the exact time is in the tooltip. “never” for None."""
    if moment is None:
        return "never"
    exact = date_format(moment.astimezone(timezone.get_current_timezone()), "j M Y, H:i e")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact, _said(moment)
    )


def _said(moment: datetime) -> str:
    age = timezone.now() - moment
    if age < timedelta(minutes=1):
        return "just now"
    if age < timedelta(days=7):
        return f"{timesince(moment, depth=1)} ago"
    return date_format(moment, "j M Y")


@register.filter
def person(user: User | None) -> str:
    """What to call somebody; see `tec.projects.people`."""
    return called(user)


@register.filter
def beside(name: str, said: str) -> str:
    """The user name *name* beside what somebody is called; "" if *said* holds it already."""
    return "" if said == name or said.endswith(f"({name})") else name


@register.filter
def author(row: Written) -> str:
    """What to call whoever wrote a revision, decision or comment; "" if nobody did."""
    return author_of(row)


@register.simple_tag
def people(users: Sequence[User]) -> SafeString:
    """The first two names, and how many more there are."""
    shown = format_html_join(", ", "<bdi>{}</bdi>", ((person(user),) for user in users[:2]))
    if len(users) <= 2:
        return shown
    rest = ", ".join(person(user) for user in users[2:])
    return format_html('{} <span class="muted" title="{}">and {} more</span>', shown, rest, len(users) - 2)


@register.filter
def message_icon(level: str) -> str:
    return MESSAGE_ICONS.get(level, "info")


@register.filter
def fields_with_errors(form: BaseForm) -> list[BoundField]:
    return [field for field in form if field.errors]


@register.simple_tag(takes_context=True)
def here(context: Mapping[str, Any], prefix: str) -> SafeString | str:
    """aria-current for a link of the main navigation, if the page lies under *prefix*."""
    path = getattr(context.get("request"), "path", "")
    if not path.startswith(prefix):
        return ""
    return format_html(' aria-current="{}"', "page" if path == prefix else "true")


@register.simple_tag(takes_context=True)
def page_href(context: Mapping[str, Any], number: int) -> str:
    """The address of another page of a list; of several lists on a page, of the one called `list_name`."""
    query = context["request"].GET.copy()
    query[context.get("list_name") or "page"] = number
    anchor = context.get("list_anchor")
    return f"?{query.urlencode()}{f'#{anchor}' if anchor else ''}"


@register.simple_tag(takes_context=True)
def exactly(context: Mapping[str, Any], name: str) -> SafeString | str:
    """aria-current for a tab, if the page is the one of that address name."""
    match = getattr(context.get("request"), "resolver_match", None)
    return mark_safe(' aria-current="page"') if match and match.url_name == name else ""


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, Any]) -> str:
    """The appearance chosen by the reader, "" to follow the system.

    A page that is made without the request, since nothing may be asked for it, is given its `cookies`.
    """
    cookies = context.get("cookies") or getattr(context.get("request"), "COOKIES", {})
    chosen: str = cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


@register.simple_tag(takes_context=True)
def theme_attribute(context: Mapping[str, Any]) -> SafeString | str:
    chosen = theme(context)
    return format_html(' data-theme="{}"', chosen) if chosen else ""
