"""Fixes of values that contradict their neighbours: bounds, flags, identifiers, references."""

from __future__ import annotations

import re

from mismatch.fixes import Proposal, change, fixer
from mismatch.reading import column, rows, text
from mismatch.text.names import key
from mismatch.wording import plain, quote
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.findings import Finding, Place
    from mismatch.fixes import Documents


def _at(place: Place) -> list[str | int]:
    return [int(token) if token.isdigit() else token for token in tokens(place.pointer)]


@fixer("minimum-above-maximum")
def exchange_bounds(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    if len(finding.places) == 2:
        low, high = finding.places
        if low.value and high.value:
            yield Proposal(
                low.descriptor,
                f"Exchange {plain(low.value)} and {plain(high.value)}",
                (change(high.value, *_at(low)), change(low.value, *_at(high))),
            )


@fixer("range-upside-down")
def exchange_ends(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    place = finding.places[0]
    figures = re.findall(r"[-−+]?\d+(?:\.\d+)?", str(place.value))
    parts = re.split(r"[-−+]?\d+(?:\.\d+)?", str(place.value))
    if len(figures) == 2:
        turned = f"{parts[0]}{figures[1]}{parts[1]}{figures[0]}{parts[2]}"
        yield Proposal(place.descriptor, f"Write {quote(turned)}", (change(turned, *_at(place)),))


@fixer("ensemble-contradicted", "post-processing-contradicted")
def turn_the_flag(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    for place in finding.places:
        if isinstance(place.value, bool):
            said = "Switch {} off" if place.value else "Switch {} on"
            name = {"/ensemble": "“Ensemble”", "/post_processing": "“Post-processing”"}.get(place.pointer)
            if name:
                yield Proposal(
                    place.descriptor,
                    said.format(name),
                    (change(not place.value, *_at(place)),),
                    sure=place.pointer == "/ensemble",
                )


@fixer("identifier-link-broken")
def copy_the_identifier(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    if len(finding.places) == 2:
        link, defined = finding.places
        if isinstance(defined.value, str) and defined.value.strip():
            yield Proposal(
                link.descriptor,
                f"Write {quote(defined.value)}, as the other descriptor calls itself",
                (change(defined.value, *_at(link)),),
                sure=not (isinstance(link.value, str) and link.value.strip()),
            )


@fixer("field-mapping-dangling")
def map_to_its_own_name(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """A field or label of training that production has under the same name."""
    place = finding.places[0]
    list_, row, *_ = [*tokens(place.pointer), "", ""]
    name = {"schema": "field_name", "distribution": "label"}.get(list_)
    ours = rows(documents.get(place.descriptor) or {}, list_)
    if name and row.isdigit() and int(row) < len(ours):  # the document may have changed since
        own = text(ours[int(row)], name)
        known = column(documents.get("production_data") or {}, list_, name)
        same = [each for each in dict.fromkeys(known) if key(own) and key(each) == key(own)]
        if len(same) == 1:
            yield Proposal(
                place.descriptor,
                f"Map {quote(own)} to {quote(same[0])}",
                (change(same[0], *_at(place)),),
            )
