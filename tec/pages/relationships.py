"""What is compared between the descriptors: the edges of the relationship diagram and the rules on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

from descriptors import catalogue
from mismatch.engine import RULES
from tec.named import NamedTuple


class Attribute(NamedTuple):
    """One thing two descriptors must agree on, and the codes of the rules that compare it."""

    label: str
    codes: tuple[str, ...]


class Edge(NamedTuple):
    """Two descriptors that must agree; in a reference the first names the second by its identifier."""

    left: str
    right: str
    attributes: tuple[Attribute, ...]

    @property
    def names(self) -> tuple[str, str]:
        return catalogue.NAMES[self.left], catalogue.NAMES[self.right]


def _tec(*numbers: str) -> tuple[str, ...]:
    return tuple(f"TEC-{number}" for number in numbers)


IDENTIFIERS = ("X101",)
"""The rule that follows the references."""

REFERENCES = (
    Edge("trained_model", "data_pipeline", (Attribute("data pipeline", IDENTIFIERS),)),
    Edge("trained_model", "training_data", (Attribute("training dataset", IDENTIFIERS),)),
    Edge("training_data", "raw_data", (Attribute("raw dataset", IDENTIFIERS),)),
)
"""Who names whom: the identifier in the second is chosen in the first."""

COMPARED = (
    Edge("system_context", "trained_model", (Attribute("goals", _tec("1")),)),
    Edge(
        "data_pipeline",
        "development_environment",
        (Attribute("upstream component API", _tec("5A", "5B", "5C")),),
    ),
    Edge(
        "trained_model",
        "development_environment",
        (
            Attribute("programming language", _tec("2")),
            Attribute("downstream component API", _tec("3A", "3B", "3C", "4A", "4B", "4C")),
            Attribute("computing resources", _tec("6")),
            Attribute("ML frameworks", _tec("8")),
        ),
    ),
    Edge(
        "trained_model",
        "production_environment",
        (
            Attribute("algorithm metrics", _tec("10")),
            Attribute("business metrics", _tec("9")),
            Attribute("logs", _tec("11")),
            Attribute("user and system feedback", _tec("13")),
            Attribute("computing resources", _tec("7")),
            Attribute("inference time", _tec("12")),
        ),
    ),
    Edge(
        "training_data",
        "production_data",
        (
            Attribute("data schema", _tec("14A", "14B", "14C")),
            Attribute("data statistics", _tec("15")),
            Attribute("data distribution", _tec("16")),
        ),
    ),
)
"""Who must agree with whom, and about what."""

NO_EDGE = Edge("", "", ())
FURTHER = "further rules"


@cache
def edges() -> tuple[Edge, ...]:
    """The compared edges; a rule that none of them names is a “further rule” on the edge of its pair."""
    named = {code for edge in COMPARED for attribute in edge.attributes for code in attribute.codes}
    further: dict[frozenset[str], list[str]] = {}
    for rule in RULES:
        if rule.code not in named and len(rule.reads) == 2:
            further.setdefault(frozenset(rule.reads), []).append(rule.code)
    known = [_extended(edge, further.pop(frozenset(edge[:2]), [])) for edge in COMPARED]
    return tuple(chain(known, _others(further)))


@cache
def pairs() -> tuple[Edge, ...]:
    """Every pair of descriptors that something joins, once: compared, then references, then others."""
    others = {frozenset(edge[:2]): edge for edge in edges()[len(COMPARED) :]}
    references = [
        edge._replace(attributes=edge.attributes + others.pop(frozenset(edge[:2]), NO_EDGE).attributes)
        for edge in REFERENCES
    ]
    return (*edges()[: len(COMPARED)], *references, *others.values())


def _extended(edge: Edge, codes: list[str]) -> Edge:
    if not codes:
        return edge
    return edge._replace(attributes=(*edge.attributes, Attribute(FURTHER, tuple(codes))))


def _others(further: dict[frozenset[str], list[str]]) -> Iterator[Edge]:
    for pair, codes in further.items():
        left, right = sorted(pair, key=catalogue.DESCRIPTORS.index)
        yield Edge(left, right, (Attribute(FURTHER, tuple(codes)),))
