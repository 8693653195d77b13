"""The map of a project for narrow screens: two columns, and the strands of a pair as one cable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tec.pages.relationships import COMPARED, REFERENCES
from tec.pages.strands import Plate, in_a_row, in_words, numbered, path, said_of, stacked, tone_of

if TYPE_CHECKING:
    from tec.pages.map import Box, Map
    from tec.pages.overview import Overview, Relation

WIDTH, HEIGHT = 132, 82
PLACES = {
    "system_context": (1, 1),
    "development_environment": (167, 1),
    "raw_data": (1, 115),
    "data_pipeline": (167, 115),
    "training_data": (1, 229),
    "trained_model": (167, 229),
    "production_data": (1, 379),
    "production_environment": (167, 379),
}
"""Descriptor → x and y of its box."""

WAYS: dict[tuple[str, str], tuple[tuple[float, float], ...]] = {
    ("system_context", "trained_model"): ((133, 42), (150, 42), (150, 252), (167, 252)),
    ("data_pipeline", "development_environment"): ((233, 83), (233, 115)),
    ("trained_model", "development_environment"): ((299, 42), (318, 42), (318, 252), (299, 252)),
    ("trained_model", "production_environment"): ((233, 311), (233, 379)),
    ("training_data", "production_data"): ((67, 311), (67, 379)),
}
"""Pair → the way of its cable."""

BADGES = {
    ("system_context", "trained_model"): (150, 156),
    ("data_pipeline", "development_environment"): (233, 99),
    ("trained_model", "development_environment"): (318, 152),
    ("trained_model", "production_environment"): (233, 345),
    ("training_data", "production_data"): (67, 345),
}
"""Pair → the middle of its badges: one above the other where the cable goes past boxes."""

ARROWS = {
    "data_pipeline": ("M186 229V206", "M186 198l-4 8h8z", 194, 213),
    "training_data": ("M167 292H142", "M134 292l8 -4v8z", 144, 278),
    "raw_data": ("M20 229V206", "M20 198l-4 8h8z", 28, 213),
}
"""Descriptor that is named → line and head of the arrow to it, x and y of its badges."""


class Cable(NamedTuple):
    """A pair of descriptors: the strands between them, and all that was found."""

    relation: Relation
    counts: Mapping[str, int]
    lines: list[tuple[str, str]]  # tone and path
    head: str  # of an arrow
    plate: Plate

    @property
    def spoken(self) -> str:
        first = self.relation.compared[0]
        return f"{' – '.join(self.relation.edge.names)}: {in_words(self.counts) or said_of(first)}"

    @property
    def query(self) -> str:
        """Of the page of mismatches, to show exactly what is counted here."""
        rules = [("rule", code.lower()) for each in self.relation.edge.attributes for code in each.codes]
        return urlencode([*(("descriptor", name) for name in self.relation.edge[:2]), *rules])


class Stop(NamedTuple):
    """A descriptor as a small box."""

    box: Box
    x: int
    y: int

    @property
    def name(self) -> list[tuple[int, str]]:
        """The name in lines that fit, each with its y."""
        return [(self.y + 19 + 15 * n, words) for n, words in enumerate(wrap(self.box.bar.name, 16))]

    @property
    def producer(self) -> str:
        """Who usually writes it; of “this or that” the first, which fits."""
        return self.box.node.producer.partition(" or ")[0]

    @property
    def producer_y(self) -> int:
        return self.name[-1][0] + 15

    @property
    def full(self) -> float:
        return round((WIDTH - 20) * min(1, self.box.bar.filled / (self.box.bar.total or 1)), 1)


class TallMap(NamedTuple):
    stops: list[Stop]
    cables: list[Cable]


def tall_map_of(overview: Overview, wide: Map) -> TallMap:
    relations = {relation.edge[:2]: relation for relation in overview.relations}
    return TallMap(
        [Stop(box, *PLACES[box.node.descriptor]) for box in wide.boxes],
        [
            *(_cable(relations[edge[:2]]) for edge in COMPARED),
            *(_arrow(relations[edge[:2]]) for edge in REFERENCES),
        ],
    )


def _counts(relation: Relation) -> Counter[str]:
    return sum((each.counts for each in relation.compared), Counter())


def _verdict(relation: Relation) -> Sequence[tuple[str, int | None]]:
    """The glyph of what all attributes have in common, if nothing was found."""
    verdicts = {each.verdict for each in relation.compared} - {"off"}
    return [(tone, None) for tone in ("wait", "ok") if tone in verdicts][:1]


def _cable(relation: Relation) -> Cable:
    pair = relation.edge[:2]
    counts = _counts(relation)
    found = numbered(counts) or _verdict(relation)
    across = WAYS[pair][0][0] == WAYS[pair][-1][0] and len(WAYS[pair]) == 2
    x, y = BADGES[pair]
    width = in_a_row(found, y, start=x).width
    return Cable(
        relation,
        counts,
        [
            (
                tone_of(each),
                path(tone_of(each), *_shifted(WAYS[pair], 6 * n - 3 * (len(relation.compared) - 1))),
            )
            for n, each in enumerate(relation.compared)
        ],
        "",
        in_a_row(found, y, start=x - width / 2 + 2) if across else stacked(found, x, y),
    )


def _shifted(way: tuple[tuple[float, float], ...], shift: float) -> list[tuple[float, float]]:
    """The way of one strand of a cable: upright parts to the side, level ones up or down."""
    if len(way) == 2:
        return [(x + shift, y) for x, y in way]
    (x1, y1), (x2, _), (_, y2), (x3, _) = way
    lower = shift if x3 < x2 else -shift
    return [(x1, y1 - lower), (x2 + shift, y1 - lower), (x2 + shift, y2 + lower), (x3, y2 + lower)]


def _arrow(relation: Relation) -> Cable:
    counts = _counts(relation)
    line, head, x, y = ARROWS[relation.edge.right]
    plate = in_a_row(numbered(counts) or _verdict(relation), y, start=x)
    return Cable(relation, counts, [("ref", line)], head, plate)
