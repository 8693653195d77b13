"""The heat map of fit and coverage, the stations of a thread, and suggested fixes at their findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from descriptors.catalogue import DESCRIPTORS, NAMES, PREFIXES
from mismatch.showing.evidence import nothing, on_one_line, plain
from mismatch.showing.suggestions import Suggestion, offered

if TYPE_CHECKING:
    from mismatch.fit import Fit, Score
    from mismatch.traceability import Spot
    from tec.projects.models import Project

register = template.Library()

WIDTH, HEIGHT, HEAD, SIDE = 88, 44, 26, 204
BANDS = (100, 90, 75, 50)
"""From which fit on a cell is of the first, second … band; the rest is of the last."""


@register.filter
def band(score: Score) -> str:
    """The class of a score: h0 fits all through … h4 hardly fits, h- cannot be told."""
    if score.fit is None:
        return "h-none"
    return f"h-{sum(score.fit < bound for bound in BANDS)}"


@register.simple_tag
def heat_map(fit: Fit) -> SafeString:
    """Eight by eight cells, above and on the diagonal, with fit and coverage in each."""
    heads = format_html_join(
        "",
        '<text class="hm-h" x="{}" y="16">{}</text>',
        ((SIDE + WIDTH * place + WIDTH / 2, PREFIXES[name]) for place, name in enumerate(DESCRIPTORS)),
    )
    sides = format_html_join(
        "",
        '<text class="hm-s" x="{}" y="{}"><tspan class="hm-n">{} </tspan>{}</text>',
        (
            (SIDE - 10, HEAD + HEIGHT * place + HEIGHT / 2 + 4, NAMES[name], PREFIXES[name])
            for place, name in enumerate(DESCRIPTORS)
        ),
    )
    cells = format_html_join("", "{}", ((_cell(pair, score),) for pair, score in fit.pairs.items()))
    return format_html(
        '<svg class="heat" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        SIDE + WIDTH * len(DESCRIPTORS),
        HEAD + HEIGHT * len(DESCRIPTORS),
        "Fit and coverage of each pair of descriptors; the table below says the same",
        heads,
        sides,
        cells,
    )


def _cell(pair: tuple[str, str], score: Score) -> SafeString:
    row, column = (DESCRIPTORS.index(name) for name in pair)
    x, y = SIDE + WIDTH * column, HEAD + HEIGHT * row
    names = " and ".join(dict.fromkeys(NAMES[name] for name in pair))
    said = "no fit yet" if score.fit is None else f"fit {score.fit}"
    return format_html(
        '<g class="{}"><title>{}: {}, coverage {} %</title>'
        '<rect x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="hm-f" x="{}" y="{}">{}</text><text class="hm-c" x="{}" y="{}">{} %</text></g>',
        band(score),
        names,
        said,
        score.coverage,
        x + 1,
        y + 1,
        WIDTH - 2,
        HEIGHT - 2,
        x + WIDTH / 2,
        y + 20,
        "–" if score.fit is None else score.fit,
        x + WIDTH / 2,
        y + 36,
        score.coverage,
    )


@register.simple_tag
def spot_href(project: Project, spot: Spot | None) -> str:
    """The address of a field in its form, "" for none."""
    if spot is None:
        return ""
    descriptor, at = spot
    return f"{reverse('descriptor-detail', args=[project.slug, descriptor])}#{quote(at, safe='/~')}"


@register.filter
def on_line(value: Any) -> str:
    """A value on one line, with nothing in it that is invisible or turns the direction of the text."""
    return nothing(value) or on_one_line(plain(value))[:200]


@register.simple_tag(takes_context=True)
def suggested(context: Mapping[str, Any], card: Any) -> Suggestion | None:
    """What would fix the finding of *card*; None on a page of documents that have changed since."""
    review, project = context.get("review"), context.get("project")
    if review is None or project is None or project.archived or not review.snapshot.current:
        return None
    return offered(review.check, card.sighting)
