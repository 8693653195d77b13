"""Puts two edits of one document together: field by field, rows paired by name, nothing decided silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.differences import paired
from descriptors.editor.values import ABSENT
from tec import strictjson
from tec.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MINE, THEIRS = "mine", "theirs"


class Difference(NamedTuple):
    """A place where the two edits do not say the same."""

    id: str
    pointer: str
    label: str
    was: Any  # before both edits; ABSENT if there was nothing
    mine: Any
    theirs: Any
    by: str  # who changed it: "mine", "theirs" or "both"
    choice: str  # "mine" or "theirs"; "" if nobody has decided yet


class Merged(NamedTuple):
    """The document the choices make."""

    document: Any  # ABSENT if the choice is that there is none
    differences: tuple[Difference, ...]

    @property
    def seen(self) -> str:
        """The same for the same differences only, whatever was chosen: choices are about what was shown."""
        shown = [
            [
                each.pointer,
                each.label,
                *(None if side is ABSENT else [side] for side in (each.mine, each.theirs)),
            ]
            for each in self.differences
        ]
        return strictjson.digest(shown)

    @property
    def undecided(self) -> list[Difference]:
        return [each for each in self.differences if not each.choice]


def merge(descriptor: str, was: Any, mine: Any, theirs: Any, choices: Mapping[str, str]) -> Merged:
    """Put *mine* and *theirs*, both made from *was*, together.

    What only one side changed is taken from there unless *choices* (id → "mine" or "theirs") says otherwise.
    """
    merger = _Merger(descriptor, choices)
    before, left, right = (ABSENT if each is None else each for each in (was, mine, theirs))
    document = merger.value((before, left, right), "")
    return Merged(document, tuple(merger.found))


class _Merger:
    """One walk over three states; *sides* are always (before, mine, theirs)."""

    def __init__(self, descriptor: str, choices: Mapping[str, str]) -> None:
        self.descriptor = descriptor
        self.choices = choices
        self.found: list[Difference] = []

    def value(self, sides: Sides, at: str) -> Any:
        _, mine, theirs = sides
        if same(mine, theirs):
            return theirs
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self.group(sides, at)
        if has_rows(mine) and has_rows(theirs):
            return self.rows(sides, at)
        return self.decided(sides, at, guides.label(self.descriptor, at) or "Whole document")

    def decided(self, sides: Sides, at: str, label: str) -> Any:
        """The value of the side that is chosen."""
        was, mine, theirs = sides
        by = MINE if same(theirs, was) else THEIRS if same(mine, was) else "both"
        id = f"d{len(self.found)}"
        choice = self.choices.get(id, "")
        if choice not in {MINE, THEIRS}:
            choice = "" if by == "both" else by
        self.found.append(Difference(id, at, label, was, mine, theirs, by, choice))
        return theirs if choice == THEIRS else mine

    def group(self, sides: Sides, at: str) -> dict[str, Any]:
        was, mine, theirs = (side if isinstance(side, dict) else {} for side in sides)
        merged = {}
        for key in [*theirs, *(key for key in mine if key not in theirs)]:
            members = (was.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT))
            value = self.value(members, f"{at}/{escape(key)}")
            if value is not ABSENT:
                merged[key] = value
        return merged

    def rows(self, sides: Sides, at: str) -> list[Any]:
        """Rows that have a partner on the other side are merged; the others are kept or not as a whole."""
        was, mine, theirs = (side if isinstance(side, list) else [] for side in sides)
        places = list(matched(was, mine, theirs))
        merged: list[tuple[int | None, Any]] = []
        for old, left, right in places:
            row = (
                ABSENT if old is None else was[old],
                ABSENT if left is None else mine[left],
                ABSENT if right is None else theirs[right],
            )
            value = self.value(row, f"{at}/{left if right is None else right}")
            if value is not ABSENT:
                merged.append((left, value))
        if self.in_my_order(places, at):
            merged = sorted_like_mine(merged)
        return [value for _, value in merged]

    def in_my_order(self, places: list[Place], at: str) -> bool:
        """Whether rows that both sides have stand as in mine; a difference only if the sides disagree."""
        common = [place for place in places if None not in place]
        was, mine, theirs = (
            [row + 1 for row in sorted(range(len(common)), key=lambda row: common[row][side] or 0)]
            for side in range(3)
        )
        if mine == theirs:
            return False
        label = f"{guides.label(self.descriptor, at)}: order of rows"
        return self.decided((was, mine, theirs), at, label) is mine


def sorted_like_mine(rows: list[tuple[int | None, Any]]) -> list[tuple[int | None, Any]]:
    """*rows* by their number in mine; one that is only in theirs stays behind the row before it."""
    behind = -1
    ranked = []
    for number, value in rows:
        behind = behind if number is None else number
        ranked.append((behind, number, value))
    return [(number, value) for _, number, value in sorted(ranked, key=lambda each: each[0])]


if TYPE_CHECKING:
    Sides = tuple[Any, Any, Any]
    Place = tuple[int | None, int | None, int | None]
    """Where one row stands before, in mine and in theirs."""


def matched(was: list[Any], mine: list[Any], theirs: list[Any]) -> Iterator[Place]:
    """Which row is which, in the order of theirs; rows only in mine follow the row they follow there."""
    to_mine, to_theirs = dict(paired(was, mine)), dict(paired(was, theirs))
    old_of_mine = {new: old for old, new in to_mine.items()}
    old_of_theirs = {new: old for old, new in to_theirs.items()}
    added_mine = [index for index in range(len(mine)) if index not in old_of_mine]
    added_theirs = [index for index in range(len(theirs)) if index not in old_of_theirs]
    twins = {
        added_theirs[right]: added_mine[left]
        for left, right in paired(
            [mine[index] for index in added_mine], [theirs[index] for index in added_theirs]
        )
        if same_name(mine[added_mine[left]], theirs[added_theirs[right]])
    }
    places: list[Place] = []
    for index in range(len(theirs)):
        old = old_of_theirs.get(index)
        places.append((old, to_mine.get(old) if old is not None else twins.get(index), index))
    placed = {place[1] for place in places}
    for index in range(len(mine)):
        if index not in placed:
            after = next((number for number, place in enumerate(places) if place[1] == index - 1), None)
            place = (old_of_mine.get(index), index, None)
            places.insert(0 if index == 0 else len(places) if after is None else after + 1, place)
    gone = [old for old in range(len(was)) if old not in to_mine and old not in to_theirs]
    yield from (place for place in places if place[0] not in gone or place[1:] != (None, None))


def same_name(one: Any, other: Any) -> bool:
    """Whether two new rows are the same one, typed on both sides."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return same(one, other)
    names = (
        next((row[key] for key in row if isinstance(row[key], str) and row[key].strip()), "")
        for row in (one, other)
    )
    first, second = names
    return bool(first) and first == second


def has_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is not true, and nothing is not null."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return strictjson.canonical(one) == strictjson.canonical(other)
