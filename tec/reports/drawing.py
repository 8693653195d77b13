"""The map of a project as a picture that stands alone: light colours, no links, fit for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from tec.pages.map import map_of

if TYPE_CHECKING:
    from tec.pages.overview import Overview


def drawing(overview: Overview) -> tuple[str, str]:
    """The picture as SVG without its colours, and all that it shows in words."""
    drawn = map_of(overview)
    svg = render_to_string("reports/map.svg", {"map": drawn})
    spoken = [box.spoken for box in drawn.boxes]
    spoken += [strand.spoken for strand in (*drawn.references, *drawn.strands) if strand.compared.counts]
    return svg, ". ".join(spoken) + "."
