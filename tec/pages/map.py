"""The map of a project: documents and findings laid out on the drawing of the eight descriptors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from descriptors import catalogue
from tec.pages.diagram import NODES, TRACKS, Node
from tec.pages.excerpts import cut
from tec.pages.relationships import COMPARED, FURTHER, REFERENCES
from tec.pages.strands import Plate, badges_of, in_a_row, in_words, path, said_of, tone_of

if TYPE_CHECKING:
    from tec.pages.completeness import Bar
    from tec.pages.overview import Compared, Line, Overview, Relation

LISTS = {"upstream component API", "downstream component API"}
"""The attributes of which one end lists names, each in a line of its own."""

COLUMNS = {"ML frameworks": 19}
"""Attribute → columns for its value in Trained Model, where something else stands at the same height."""

ARROWS = {
    "data_pipeline": ("M500 272V233", "M500 225l-4 8h8z", 512, 243),
    "training_data": ("M500 572V611", "M500 619l-4 -8h8z", 512, 592),
    "raw_data": ("M464 692H241", "M233 692l8 -4v8z", 252, 666),
}
"""Descriptor that is named → line and head of the arrow to it, x and y of its label."""


class Text(NamedTuple):
    x: float
    y: float
    words: str
    tone: str = ""  # class of the stylesheet
    end: bool = False  # the words end at x


class Strand(NamedTuple):
    """One attribute: a line from box to box, what was found on it, and what its two ends say."""

    compared: Compared
    ends: tuple[str, str]  # names of the descriptors
    values: tuple[str, str]  # what they say, uncut
    path: str
    head: str  # of an arrow
    texts: list[Text]
    plate: Plate
    hit: tuple[float, float, float, float]  # x, y, width and height of where a click finds it

    @property
    def tone(self) -> str:
        return tone_of(self.compared)

    @property
    def spoken(self) -> str:
        """All of it in words."""
        said = f"{' – '.join(self.ends)}, {self.compared.label}: {said_of(self.compared)}"
        if self.head:
            return f"{said}; {self.values[0]}" if self.values[0] else said
        values = " against ".join(value or "nothing" for value in self.values)
        return f"{said}; {values}" if any(self.values) else said


class Box(NamedTuple):
    """One descriptor."""

    node: Node
    line: Line
    texts: list[Text]
    slots: list[tuple[float, float]]  # x and y of where an absent document says nothing
    changed: bool  # since the last check

    @property
    def bar(self) -> Bar:
        return self.line.bar

    @property
    def meter(self) -> tuple[int, int, int]:
        """x, y and width of the bar."""
        node = self.node
        return (node.x + 13, node.y + 52, 120) if flat(node) else (node.x + 13, bottom(node), node.width - 26)

    @property
    def full(self) -> float:
        """The width of the part of the bar that is full."""
        return round(self.meter[2] * min(1, self.bar.filled / (self.bar.total or 1)), 1)

    @property
    def spoken(self) -> str:
        bar = self.bar
        filled = "" if bar.absent else f"{bar.filled} of {bar.total} required fields, "
        found = in_words(self.line.counts)
        return (
            f"{bar.name}, written by {self.node.producer}: {filled}{state_of(self)}{found and f', {found}'}"
        )


class Rest(NamedTuple):
    """What lies on no line, as the title block shows it."""

    plate: Plate
    spoken: str


class Map(NamedTuple):
    boxes: list[Box]
    strands: list[Strand]
    references: list[Strand]
    elsewhere: Rest


def map_of(overview: Overview) -> Map:
    lines = {line.bar.descriptor: line for line in overview.lines}
    changed = {each.descriptor for each in overview.snapshot.changed} if overview.snapshot else set()
    relations = {relation.edge[:2]: relation for relation in overview.relations}
    return Map(
        [_box(node, lines[node.descriptor], node.descriptor in changed) for node in NODES],
        [strand for edge in COMPARED for strand in _strands(relations[edge[:2]], lines)],
        [arrow for edge in REFERENCES for arrow in _arrows(relations[edge[:2]])],
        Rest(in_a_row(badges_of(overview.elsewhere), 194, start=1000), said_of(overview.elsewhere)),
    )


def state_of(box: Box) -> str:
    if box.bar.head is None:
        return "not started"
    if box.bar.absent:
        return "cleared"
    return f"revision {box.bar.head.number}{', changed since the check' if box.changed else ''}"


# --- lines ---


def _strands(relation: Relation, lines: Mapping[str, Line]) -> Iterator[Strand]:
    if relation.edge[:2] not in TRACKS:
        yield from (_from_above(relation, compared) for compared in relation.compared)
        return
    x1, x2, ys = TRACKS[relation.edge[:2]]
    left, right = sorted(relation.edge[:2], key=lambda name: _node(name).x)
    for compared, y in zip(relation.compared, ys, strict=False):
        yield Strand(
            compared,
            (catalogue.NAMES[left], catalogue.NAMES[right]),
            (_value(lines[left], compared.label), _value(lines[right], compared.label)),
            path(tone_of(compared), (x1, ys[-1] if compared.label == FURTHER else y), (x2, y)),
            "",
            [Text(x1 + 12, y - 11, compared.label, "lab")],
            in_a_row(badges_of(compared), y, end=x2 - 8),
            (x1, y - 21, x2 - x1, 32),
        )


def _from_above(relation: Relation, compared: Compared) -> Strand:
    """System Context lies over everything; its strands come down to Trained Model."""
    further = compared.label == FURTHER
    x, y = (812, 202) if further else (726, 150)
    way = ((800, 73), (800, 300), (764, 300)) if further else ((714, 73), (714, 272))
    return Strand(
        compared,
        relation.edge.names,
        ("", ""),
        path(tone_of(compared), *way),
        "",
        [Text(x, y, compared.label, "lab")],
        in_a_row(badges_of(compared), y + 17, start=x),
        (x - 24, 74, 100, 197),
    )


def _arrows(relation: Relation) -> Iterator[Strand]:
    """The reference, and beside it what further rules found about the same pair."""
    line, head, x, y = ARROWS[relation.edge.right]
    for compared in relation.compared:
        further = compared.label == FURTHER
        name = cut(relation.name, 22)
        texts = [Text(x, y, compared.label), Text(x, y + 16, name, "mono")]
        width = 100 if further else 7 * len(name) + 8 * bool(name)
        yield Strand(
            compared,
            relation.edge.names,
            ("", "") if further else (relation.name, ""),
            "" if further else line,
            "" if further else head,
            [] if further else texts,
            in_a_row(badges_of(compared), y - 4 if further else y + 12, start=x + width),
            (x + 98, y - 14, 100, 18) if further else (x - 20, y - 14, 170, 34),
        )


def _value(line: Line, label: str) -> str:
    return ", ".join(line.bar.excerpt.said.get(label, ()))


# --- boxes ---


def flat(node: Node) -> bool:
    return node.height < 100


def bottom(node: Node) -> int:
    """Where the bar of a box lies."""
    return node.y + node.height - 17


def _node(descriptor: str) -> Node:
    return next(node for node in NODES if node.descriptor == descriptor)


def _box(node: Node, line: Line, changed: bool) -> Box:
    box = Box(node, line, [], [], changed)
    box.texts.extend(_above(box) if flat(node) else _head(box))
    for label, x, y in _ends(node):
        end = x > node.x + node.width / 2
        if line.bar.absent:
            box.slots.append((x - 28 if end else x, y))
        elif not flat(node):
            box.texts.extend(_said(box, label, x, y, end))
    return box


def _head(box: Box) -> Iterator[Text]:
    """Name, producer, what it is about and how complete it is; at the end if the values are in front."""
    node, bar = box.node, box.bar
    end = node.descriptor == "production_data"
    x = node.x + node.width - 13 if end else node.x + 13
    yield Text(x, node.y + 25, node.name, "name big" if node.descriptor == "trained_model" else "name", end)
    yield Text(x, node.y + 43, node.producer, "muted-t", end)
    last = node.x + node.width - 13
    if bar.absent:
        yield Text(x, bottom(node) - 8, state_of(box).capitalize(), "strong-t f-wait", end)
        return
    if node.descriptor == "trained_model":
        yield Text(last, node.y + 43, cut(bar.excerpt.title, 28), "muted-t", True)
    elif node.descriptor == "production_environment":
        yield Text(last, node.y + 43, cut(bar.excerpt.title, 18), "muted-t", True)
    elif node.descriptor in {"raw_data", "training_data"}:
        about = [bar.excerpt.title, *bar.excerpt.lines]
        yield from (Text(x, node.y + 61 + 17 * n, cut(words, 28)) for n, words in enumerate(about) if words)
    yield Text(node.x + 13, bottom(node) - 8, f"{bar.filled} of {bar.total}", "strong-t")
    yield Text(last, bottom(node) - 8, _revision(box), "major" if box.changed else "muted-t", True)


def _revision(box: Box) -> str:
    """The number of the revision, shorter where it has to say more."""
    number = box.bar.head.number if box.bar.head else 0
    return f"rev. {number}, changed since" if box.changed else f"revision {number}"


def _above(box: Box) -> Iterator[Text]:
    """System Context: task and goals beside each other."""
    node, said = box.node, box.bar.excerpt
    yield Text(node.x + 13, node.y + 23, node.name, "name")
    yield Text(node.x + 13, node.y + 40, node.producer, "muted-t")
    if box.bar.absent:
        yield Text(node.x + 143, node.y + 60, state_of(box).capitalize(), "strong-t f-wait")
        return
    yield Text(node.x + 143, node.y + 60, f"{box.bar.filled} of {box.bar.total}", "strong-t")
    task = wrap(cut(said.title, 176), 90)[:2]
    yield from (
        Text(node.x + 244, node.y + 23 + 18 * n, cut(words, 90), "task") for n, words in enumerate(task)
    )
    kind, *goals = said.lines or ("",)
    about = f"{kind} · {_revision(box)}" if kind else _revision(box)
    yield Text(node.x + 244, node.y + 60, cut(about, 80), "major" if box.changed else "muted-t")
    yield from (Text(node.x + 840, node.y + 23 + 18 * n, cut(goal, 60)) for n, goal in enumerate(goals))


def _ends(node: Node) -> Iterator[tuple[str, int, int]]:
    """Attribute, x and y of what this box says about it."""
    for edge in COMPARED:
        if edge[:2] in TRACKS and node.descriptor in edge[:2]:
            x1, _, ys = TRACKS[edge[:2]]
            x = node.x + node.width - 13 if node.x < x1 else node.x + 13
            for attribute, y in zip(edge.attributes, ys[:-1], strict=True):
                yield attribute.label, x, y


def _said(box: Box, label: str, x: int, y: int, end: bool) -> Iterator[Text]:
    """The value at an end; names stand in lines below each other, if there are more."""
    said = box.bar.excerpt.said.get(label, ())
    names = box.node.descriptor == "development_environment" and label in LISTS
    beside = box.node.descriptor == "trained_model" and not end
    room = 30 if names else COLUMNS.get(label, 22) if beside else 26
    first = y + (-4 if len(said) == 2 else 4)
    for n, words in enumerate(said):
        yield Text(x, first + 16 * n, cut(words, room), "" if names else "mono", end)
