"""Rules of one's own that are data: two places, an operator, words; no code, no patterns, linear time."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter

from descriptors.catalogue import DESCRIPTORS
from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Rule, hit, rank
from mismatch.own.operators import OPERATORS, UNARY, Entries
from mismatch.reading import NOTHING, blank, text_of
from mismatch.text.names import key as loose_key
from tec.plain import one_line
from tec.strictjson import canonical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from typing import Any

    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc

PACK = "own"
CODE = re.compile(r"U[1-9][0-9]{0,5}")
"""Codes of rules of one's own; those of a server are given by it, and all are permanent."""

MOST_FINDINGS = 500
"""Findings of one rule over one project; what is beyond them is left out, and the rule cannot tell."""

LONGEST_SHOWN = 160  # characters of a value in a message
ANY_ROW = "*"
PLACEHOLDER = re.compile(r"\{(left|right|name)\}")


class Spot:
    """One value that a side of a rule names: where it is, in which row, and what it is."""

    __slots__ = ("at", "row", "value")

    def __init__(self, at: At, row: Doc, value: Any) -> None:
        self.at = at
        self.row = row
        self.value = value


class OwnRule(Rule):
    """A rule made of a definition, which `mismatch.own.files` has checked."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = dict(definition)
        self.code = definition["code"]
        self.slug = self.code.lower()
        self.severity = definition["severity"]
        self.left = parsed(definition["left"])
        self.right = parsed(definition["right"]) if "right" in definition else ()
        named = {str(side[0]) for side in (self.left, self.right) if side}
        self.reads = tuple(name for name in DESCRIPTORS if name in named)
        self.needs = frozenset(self.reads)
        self.fetch = itemgetter(*self.reads)
        self.options = ()
        self.waits_for, self.waiting = "", ("", "")
        self.pack = PACK
        self.settings, self.params, self.follows = {}, {}, ""
        self.risk = definition.get("risk", "It depends on what its author meant.")
        self.source = definition.get("source", "A rule of your own.")
        self.rank = rank(self.code)
        self.wants_today = False
        self.title, self.why = definition["title"], definition["why"]
        self.remedy = definition["remedy"]
        self.example = definition.get("example", "") or _example(definition)
        self.decisions = ()
        values = {"values": Entries(definition["values"])} if "values" in definition else {}
        self.given = self.definition | values
        self.operator: Callable[[Any, Any, Mapping[str, Any]], bool | None] = OPERATORS[
            definition["operator"]
        ]

    def apply(self, bodies: Mapping[str, Any], today: date | None, memo: Memo | None = None) -> Found:
        """A hit for each pair that does not fit; what is blank or cannot be compared is left out."""
        found, compared, unsure = 0, False, False
        for left, right in self._pairs(bodies):
            fits = self._fits(left, right)
            compared = compared or fits is not None
            unsure = unsure or fits is None
            if fits is False:
                found += 1
                if found > MOST_FINDINGS:
                    unsure = True
                    break
                yield self._hit(left, right)
        if unsure:
            yield CANNOT_TELL
        elif not compared:
            yield NOT_APPLICABLE

    def _pairs(self, bodies: Mapping[str, Any]) -> Iterator[tuple[Spot, Spot | None]]:
        lefts = list(spots(bodies, self.left))
        if not self.right:
            yield from ((left, None) for left in lefts)
            return
        join = self.definition.get("join")
        if join is None:
            rights = list(spots(bodies, self.right))
            if "*" in self.right:
                values = Entries(right.value for right in rights if not blank(right.value))
                whole = Spot(self.right[: self.right.index("*")], NOTHING, values)
                yield from ((left, whole) for left in lefts)
            else:
                yield from ((left, rights[0] if rights else None) for left in lefts)
            return
        fold = loose_key if join.get("match") == "name" else str.strip
        partners: dict[str, Spot] = {}
        for right in spots(bodies, self.right):
            partners.setdefault(fold(text_of(right.row.get(join["right"]))), right)
        for left in lefts:
            name = fold(text_of(left.row.get(join["left"])))
            if name and name in partners:
                yield left, partners[name]

    def _fits(self, left: Spot, right: Spot | None) -> bool | None:
        name = self.definition["operator"]
        if name == "present-if-present":
            return blank(left.value) or not blank(right.value if right else None)
        if blank(left.value):
            return None
        if name in UNARY or not self.right:
            return self.operator(left.value, self.given.get("value"), self.given)
        if right is None or blank(right.value):
            return None
        return self.operator(left.value, right.value, self.given)

    def _hit(self, left: Spot, right: Spot | None) -> Any:
        name = _name(left)
        other = right.value if right else self.definition.get("value", self.definition.get("values"))
        words = {
            "left": _shown(left.value) or "nothing",
            "right": _shown(other) or "nothing",
            "name": _shown(name) or "this",
        }
        places = [left.at] if right is None else [left.at, right.at]
        return hit(
            filled(self.definition["message"], words),
            *places,
            key=(name,) if name else tuple(str(token) for token in left.at),
            remedy=filled(self.definition["remedy"], words),
        )


def compiled(definition: Mapping[str, Any]) -> OwnRule:
    """The rule that *definition* describes; always the same object for the same one."""
    return _compiled(canonical(dict(definition)))


@lru_cache(maxsize=512)
def _compiled(data: bytes) -> OwnRule:
    from json import loads

    return OwnRule(loads(data))  # our own canonical spelling, no outside text


def parsed(place: str) -> At:
    """ "trained_model:/evaluation_metrics/*/name" as descriptor and tokens."""
    from tec.pointers import tokens

    descriptor, _, pointer = place.partition(":")
    return (descriptor, *tokens(pointer))


def spots(bodies: Mapping[str, Any], place: At) -> Iterator[Spot]:
    """Every value that *place* names; a row without the field has the value None."""
    level: list[Spot] = [Spot(place[:1], NOTHING, bodies.get(str(place[0])))]
    for token in place[1:]:
        below: list[Spot] = []
        for spot in level:
            if token == ANY_ROW:
                rows = spot.value if isinstance(spot.value, list) else []
                below += [
                    Spot((*spot.at, number), row if isinstance(row, dict) else NOTHING, row)
                    for number, row in enumerate(rows)
                ]
            else:
                value = spot.value.get(token) if isinstance(spot.value, dict) else None
                below.append(Spot((*spot.at, token), spot.row, value))
        level = below
    yield from level


def filled(template: str, words: Mapping[str, str]) -> str:
    """*template* with its placeholders replaced; nothing in it means anything else."""
    return PLACEHOLDER.sub(lambda found: words[found[1]], template)


def _shown(value: Any) -> str:
    """*value* on one line; of a long list no more is read than there is room for."""
    return one_line(value[:LONGEST_SHOWN] if isinstance(value, list) else value, LONGEST_SHOWN)


def _name(spot: Spot) -> str:
    """What people know the row of *spot* by: its first text."""
    for value in spot.row.values():
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _example(definition: Mapping[str, Any]) -> str:
    """When it fires and when it is silent, by its own test cases."""
    fires = next((case["name"] for case in definition["tests"] if case["fires"]), "")
    silent = next((case["name"] for case in definition["tests"] if not case["fires"]), "")
    return f"It fires: {fires}. It is silent: {silent}."
