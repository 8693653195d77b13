"""Places what is compared on the fixed drawing of the eight descriptors."""

from __future__ import annotations

from textwrap import wrap

from descriptors import catalogue
from tec.named import NamedTuple
from tec.pages.relationships import COMPARED, Attribute, Edge
from tec.pages.resources import ABOUT


class Node(NamedTuple):
    """A descriptor as a box."""

    descriptor: str
    x: int
    y: int
    width: int
    height: int

    @property
    def text_at(self) -> tuple[int, int, int]:
        """x, y of the name, y of the producer."""
        return self.x + 14, self.y + 25, self.y + 43

    @property
    def name(self) -> str:
        return catalogue.NAMES[self.descriptor]

    @property
    def producer(self) -> str:
        return catalogue.PRODUCERS[self.descriptor][0]

    @property
    def about_x(self) -> int:
        return self.x + (14 if self.height > 80 else 170)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """What it is about in lines that fit, each with its y; beside the name if the box is flat."""
        first = self.y + 65 if self.height > 80 else self.y + 25
        return [
            (first + 17 * n, line) for n, line in enumerate(wrap(ABOUT[self.descriptor], self.width // 8))
        ]


class Strand(NamedTuple):
    """One attribute as a line from box to box, its name above the left end, its rules at the right end."""

    edge: Edge
    attribute: Attribute
    x1: int
    x2: int
    y: int

    @property
    def codes(self) -> str:
        """“TEC-3A 3B 3C”."""
        first, *rest = self.attribute.codes
        return " ".join([first, *(code.removeprefix("TEC-") for code in rest)])

    @property
    def label_at(self) -> tuple[int, int]:
        return self.x1 + 12, self.y - 11

    @property
    def codes_at(self) -> tuple[int, int]:
        """Where the codes end."""
        return self.x2 - 14, self.y + 4

    @property
    def plate(self) -> tuple[int, int, int]:
        """x, y and width of the patch behind the codes, which are set in a fixed pitch."""
        width = 7 * len(self.codes) + 12
        return self.x2 - 8 - width, self.y - 8, width


NODES = (
    Node("system_context", 1, 1, 1230, 72),
    Node("development_environment", 1, 124, 231, 448),
    Node("data_pipeline", 464, 124, 200, 100),
    Node("trained_model", 464, 272, 300, 300),
    Node("production_environment", 1000, 272, 231, 300),
    Node("raw_data", 1, 620, 231, 132),
    Node("training_data", 464, 620, 300, 132),
    Node("production_data", 1000, 620, 231, 132),
)
TRACKS = {
    ("data_pipeline", "development_environment"): (232, 464, (178, 208)),
    ("trained_model", "development_environment"): (232, 464, (340, 384, 428, 472, 516)),
    ("trained_model", "production_environment"): (764, 1000, (336, 370, 404, 438, 472, 506, 540)),
    ("training_data", "production_data"): (764, 1000, (642, 670, 698, 732)),
}
"""Pair → x of both ends, and y for each attribute; the last one is for the further rules."""


def strands() -> list[Strand]:
    """The level lines; the one from System Context down to Trained Model is drawn by the template."""
    return [
        Strand(edge, attribute, x1, x2, y)
        for edge in COMPARED
        if edge[:2] in TRACKS
        for (x1, x2, ys) in [TRACKS[edge[:2]]]
        for attribute, y in zip(edge.attributes, ys[:-1], strict=True)
    ]
