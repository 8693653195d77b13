"""Mappings that lead to something else than the names on both sides say."""

from __future__ import annotations

from functools import lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, truth
from mismatch.rules._defined import names_of
from mismatch.rules._interfaces import FINAL_OUTPUTS, INPUTS, OUTPUTS, exists, shared
from mismatch.rules._links import LIVE, MAPPING, TRAINING, features_mapped
from mismatch.text.names import key, words
from mismatch.wording import quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import TypeAlias

    from mismatch.declaration import At, Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._interfaces import Interface

    Target: TypeAlias = tuple[str, ...]
    """What a mapping names; the last part is the name of the thing."""


class Link(NamedTuple):
    """A named row and what it is mapped to."""

    number: int
    name: str
    target: Target


class Side(NamedTuple):
    """The mappings of one list, and what they may lead to."""

    links: list[Link]
    targets: Collection[Target]
    at: Callable[[int], At]  # where the mapping of a row stands
    place: Callable[[Target], At]  # where a target stands


@rule(
    "mappings-crossed",
    code="X109",
    severity="major",
    pack="x",
    risk="Low: names on both sides have to speak against the mapping, and for another one.",
    source="Swapped columns are the fault that no comparison of types finds.",
)
def mappings_crossed(
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Two mappings look exchanged, or one leads past the thing of its own name.

    Values of the same type in each other's place pass every check, and the model computes with them all the
    same. Nothing fails, and nothing is right.

    Remedy: Exchange the two mappings, or map to the thing of the same name; if it is meant so, rename one.

    Example: “age” is mapped to “income” and “income” to “age”; or “amount” to “loan_term” and “term” to
    “loan_amount”. It is silent if each is mapped to its like, and if names have nothing in common.

    Decision: Exchanged are a row and its target if both have a like of the same name elsewhere on the other
    side, or if each of two rows shares words with the target of the other only.

    Decision: A row that is mapped past a thing of its own name is minor, if nothing else is mapped to that
    thing and the names share no word.

    Decision: Names of opposite ends, as “low” mapped to “upper_limit”, are exchanged if the other side has
    the right end as well.
    """
    face = FINAL_OUTPUTS if truth(trained_model, "post_processing") else OUTPUTS
    sides = [
        _data(training_data, production_data, "schema", "field_name", memo),
        _data(training_data, production_data, "distribution", "label", memo),
        _interface(INPUTS, data_pipeline, development_environment, memo),
        _interface(face, trained_model, development_environment, memo),
    ]
    for side in sides:
        if side.links and _suspicious(side):
            yield from _exchanged(side)
    if not any(side.links for side in sides):
        yield CANNOT_TELL if training_data or data_pipeline or trained_model else NOT_APPLICABLE


def _data(training: Doc, production: Doc, name: str, field: str, memo: Memo) -> Side:
    """The mappings of the features, or of the labels of the distribution."""
    names = names_of(memo, LIVE, production, name, field)
    ours = names_of(memo, TRAINING, training, name, field)
    mapped = names_of(memo, TRAINING, training, name, MAPPING)
    if name == "schema":
        mapped = features_mapped(memo, training)
    known = set(names)
    return Side(
        [
            Link(number, ours[number], (target,))
            for number, target in enumerate(mapped)
            if target and target in known and ours[number]
        ],
        {(each,): None for each in names if each},
        lambda number: (TRAINING, name, number, MAPPING),
        lambda target: (LIVE, name, names.index(target[0]), field),
    )


def _interface(face: Interface, document: Doc, environment: Doc, memo: Memo) -> Side:
    partners, ours = shared(face, document, environment, memo)
    return Side(
        [
            Link(number, name, (component, item))
            for number, _, name, component, item in ours
            if name and exists((component, item), partners)
        ],
        {(component, item): None for component, (_, items) in partners.items() for item in items},
        lambda number: face.ours_at(number, "component_mapping", "data_item"),
        lambda target: face.theirs_at(
            partners[target[0]][0], partners[target[0]][1][target[1]][0], "item_name"
        ),
    )


def _suspicious(side: Side) -> bool:
    """A quick look: is a row mapped past its own name, or have two nothing in common with their targets?"""
    differing = [link for link in side.links if link.name != link.target[-1]]
    if not differing:
        return False
    if any(_opposite(link.name, link.target[-1]) for link in differing):
        return True
    names = {target[-1].lower() for target in side.targets}
    if any(link.name.lower() in names for link in differing):
        return True
    return sum([not _akin(link.name, link.target[-1]) for link in differing]) > 1


def _exchanged(side: Side) -> Iterator[Hit]:
    sources = {key(link.name) for link in side.links}
    taken = {link.target for link in side.links}
    twins: dict[str, list[Target]] = {}
    for target in side.targets:
        twins.setdefault(key(target[-1]), []).append(target)
    strangers = []
    for link in side.links:
        core, other = key(link.name), key(link.target[-1])
        twin = twins.get(core, [])
        akin = _akin(link.name, link.target[-1])
        right = _right_end(side, link) if _opposite(link.name, link.target[-1]) else None
        if right:
            yield _hit(side, link, right, "" if right in taken else "minor")
            continue
        if core != other and len(twin) == 1 and twin[0] in taken and other in sources:
            yield _hit(side, link, twin[0], "")
        elif core != other and len(twin) == 1 and twin[0] not in taken and other not in sources and not akin:
            yield _hit(side, link, twin[0], "minor")
        elif not akin:
            strangers.append(link)
    yield from _swapped(side, strangers)


def _swapped(side: Side, links: list[Link]) -> Iterator[Hit]:
    """Pairs of *links*, none akin to its target, of which each is akin to the target of the other only."""
    by_word: dict[str, list[Link]] = {}
    for link in links:
        for word in words(link.target[-1]):
            by_word.setdefault(word, []).append(link)
    for link in links:
        others = {
            other
            for word in words(link.name)
            for other in by_word.get(word, [])[:MOST]
            if other is not link and _akin(other.name, link.target[-1])
        }
        if len(others) == 1:
            yield _hit(side, link, others.pop().target, "")


ENDS = {
    **dict.fromkeys(("low", "lower", "lowest", "min", "minimum", "bottom", "smallest"), ("extent", -1)),
    **dict.fromkeys(
        ("high", "higher", "highest", "upper", "max", "maximum", "top", "largest"), ("extent", 1)
    ),
    **dict.fromkeys(("start", "begin", "first", "from"), ("time", -1)),
    **dict.fromkeys(("end", "finish", "last", "until"), ("time", 1)),
    **dict.fromkeys(("left",), ("side", -1)),
    **dict.fromkeys(("right",), ("side", 1)),
    **dict.fromkeys(("before", "previous", "old"), ("order", -1)),
    **dict.fromkeys(("after", "next", "new"), ("order", 1)),
}
"""Words for one of two ends: of what, and which."""


@lru_cache(maxsize=4096)
def _end(name: str) -> tuple[str, int] | None:
    """The end of something that a name speaks of; None if it speaks of none, or of several."""
    found = {ENDS[word] for word in words(name) if word in ENDS}
    return found.pop() if len(found) == 1 else None


def _opposite(name: str, other: str) -> bool:
    ours, theirs = _end(name), _end(other)
    return ours is not None and theirs is not None and ours == (theirs[0], -theirs[1])


def _right_end(side: Side, link: Link) -> Target | None:
    """The target that is named like the wrong one of *link*, but for the end that it should have."""
    rest = [word for word in words(link.target[-1]) if word not in ENDS]
    ours = {word for word in words(link.name) if word not in ENDS}
    if ours and ours.isdisjoint(rest):
        return None
    meant = [
        target
        for target in side.targets
        if _end(target[-1]) == _end(link.name)
        and [word for word in words(target[-1]) if word not in ENDS] == rest
    ]
    return meant[0] if len(meant) == 1 else None


MOST = 8
"""Things with one word in common that are looked at: what is common to more tells nothing apart."""


@lru_cache(maxsize=4096)
def _akin(name: str, other: str) -> bool:
    """Do two names share a word, or is one the beginning of the other?"""
    if not set(words(name)).isdisjoint(words(other)):
        return True
    short, long = sorted((key(name), key(other)), key=len)
    return len(short) > 2 and short in long


def _hit(side: Side, link: Link, twin: Target, severity: str) -> Hit:
    said = f"{quote(link.name)} is mapped to {quote(' › '.join(link.target))}, but {quote(' › '.join(twin))} "
    said += "is there as well, which nothing is mapped to" if severity else "looks like what is meant"
    at = side.at(link.number)
    return hit(f"{said}.", at, side.place(twin), key=(str(at[0]), str(at[1]), link.name), severity=severity)
