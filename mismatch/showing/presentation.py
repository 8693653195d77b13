"""Turns findings into what a page shows: both sides with their owners, and how they relate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.findings import SEVERITIES
from mismatch.lifecycle import OPEN, SEEN, lapse, today
from mismatch.models import Decision, Sighting
from mismatch.showing.evidence import DIFFERS, FITTING, Relation, Shown, compare, nothing, relate, show
from mismatch.showing.listing import Entry
from mismatch.showing.places import Documents, Field
from mismatch.showing.rule_facts import RuleFacts, owner, rule_facts
from mismatch.wording import plain
from tec.pointers import path_of

MANY = 3  # findings of one list from which on they are shown as a table


class Spot(NamedTuple):
    """One place: where it is and what stands there."""

    field: Field
    shown: Shown


class Side(NamedTuple):
    """All places of a finding in one document."""

    descriptor: str
    spots: tuple[Spot, ...]
    first: bool = False  # this side must change first

    @property
    def name(self) -> str:
        return NAMES[self.descriptor]

    @property
    def owner(self) -> str:
        return owner(self.descriptor)


class Said(NamedTuple):
    """What people, and other findings, say about a finding."""

    proposal: Decision | None = None  # waits for approval
    links: tuple[Sighting, ...] = ()  # findings that explain it, or that it explains


SILENT = Said()


class Card(NamedTuple):
    """One finding as a page shows it."""

    sighting: Sighting
    rule: RuleFacts
    new: bool
    sides: tuple[Side, ...]
    relation: Relation | None  # between the first two sides
    standing: str = OPEN  # one of mismatch.lifecycle.STANDINGS
    age: str = SEEN  # one of mismatch.lifecycle.AGES
    said: Said = SILENT

    @property
    def decision(self) -> Decision | None:
        """The newest decision that counts, whether or not it still holds."""
        return self.sighting.finding.decision

    @property
    def lapse(self) -> str:
        """Why that decision does not hold any more; "" if it does or there is none."""
        return lapse(self.decision, self.sighting, today()) if self.decision else ""

    @property
    def anchor(self) -> str:
        return f"f-{self.sighting.finding.fingerprint}"

    @property
    def gap(self) -> str:
        """What is missing, without the name of the document before it and the reason behind it."""
        message = self.sighting.message
        for name in self.rule.reads:
            message = message.removeprefix(f"{NAMES[name]}: ")
        return message.replace(f" {self.rule.why}", "") if self.rule.why else message

    @property
    def waiting(self) -> str:
        """What waits, if the finding cannot tell: “4 resource requirements”."""
        number = len(self.sighting.places)
        words = self.rule.waiting[number != 1]
        return f"{number} {words}" if words else self.rule.title or self.rule.code


class Row(NamedTuple):
    """One finding of a list that is shown as a table."""

    card: Card
    name: str
    left: float
    right: float

    @property
    def difference(self) -> float:
        return round(self.right - self.left, 10)


class Table(NamedTuple):
    """Findings of one rule about figures of one list, shown together; each is still a finding of its own."""

    rule: RuleFacts
    rows: list[Row]
    title: str  # the label of the list
    unit: str
    left: Side
    right: Side
    severity: str  # the worst
    tally: dict[str, int]
    scale: float  # the largest figure

    @property
    def decimals(self) -> int:
        """How many decimals it takes to write all figures alike."""
        written = [plain(figure) for row in self.rows for figure in (row.left, row.right)]
        return max(len(text.partition(".")[2]) for text in written if "e" not in text)


class Wait(NamedTuple):
    """What cannot be compared yet because of one absent document."""

    descriptor: str  # "" if the rule is not known any more
    cards: list[Card]

    @property
    def name(self) -> str:
        return NAMES.get(self.descriptor, "")

    @property
    def owner(self) -> str:
        return owner(self.descriptor)


def cards(
    entries: Iterable[Entry],
    found: dict[int, Sighting],
    documents: Documents,
    proposals: Mapping[int, Decision] = MappingProxyType({}),
    links: Mapping[str, Sequence[Sighting]] = MappingProxyType({}),
) -> list[Card]:
    """The findings of *entries*, in their order."""
    cards = []
    for entry in entries:
        if sighting := found.get(entry.pk):  # the check may be deleted while somebody reads it
            linked = tuple(links.get(sighting.finding.fingerprint, ()))
            said = Said(proposals.get(sighting.finding_id), linked)
            card = _card(sighting, entry.new, documents)
            cards.append(card._replace(standing=entry.standing, age=entry.age, said=said))
    return cards


def gathered(found: Sequence[Card]) -> list[Card | Table]:
    """*found* with the findings about figures of one list put together into tables, where the first stood."""
    tables: dict[tuple[Any, ...], Table] = {}
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for card in found:
        if row := _row(card):
            alike.setdefault(_list_of(card), []).append(row)
    shown: list[Card | Table] = []
    for card in found:
        key = _list_of(card)
        if len(alike.get(key, ())) < MANY:
            shown.append(card)
        elif key not in tables:
            tables[key] = _table(alike[key])
            shown.append(tables[key])
    return shown


def waits(found: Sequence[Card]) -> list[Wait]:
    """*found*, which cannot tell, by the document they wait for."""
    known = [*DESCRIPTORS, ""]
    ordered = sorted(found, key=lambda card: known.index(card.rule.waits_for))
    return [Wait(name, list(some)) for name, some in groupby(ordered, lambda card: card.rule.waits_for)]


def descriptors_of(found: Iterable[Sighting]) -> set[str]:
    """The documents one has to look into to show *found*."""
    wanted: set[str] = set()
    for sighting in found:
        wanted.update(rule_facts(sighting.finding.rule, sighting.finding.code).reads)
        wanted.update(place["descriptor"] for place in sighting.places)
    return wanted & set(DESCRIPTORS)


def _card(sighting: Sighting, new: bool, documents: Documents) -> Card:
    facts = rule_facts(sighting.finding.rule, sighting.finding.code)
    places: dict[str, list[Any]] = {}
    for place in sighting.places:
        if place["descriptor"] in NAMES:
            places.setdefault(place["descriptor"], []).append(place)
    if sighting.kind == "missing" or sighting.outcome == "cannot-tell" or not places:
        return Card(
            sighting, facts, new, tuple(_by_itself(some, documents) for some in places.values()), None
        )
    if len(places) == 1:
        return Card(sighting, facts, new, *_and_choices(next(iter(places.values())), documents))
    return Card(sighting, facts, new, *_face_to_face(places, documents))


def _by_itself(places: Sequence[Any], documents: Documents) -> Side:
    spots = [Spot(_field(place, documents), show(_value(place, "", documents))) for place in places]
    return Side(places[0]["descriptor"], tuple(spots))


def _and_choices(places: Sequence[Any], documents: Documents) -> tuple[tuple[Side, ...], Relation | None]:
    """The one side of a finding in a single document; across from a blank, what it could have named."""
    mine = _by_itself(places, documents)._replace(first=True)
    for place in places:
        if nothing(place["value"]) and (choices := documents.choices(place["descriptor"], place["pointer"])):
            field, offered = choices
            theirs = Side(field.descriptor, (Spot(field, show(offered)),))
            return (mine, theirs), _contradiction(relate(place["value"], offered))
    return (mine,), None


def _face_to_face(
    places: dict[str, list[Any]], documents: Documents
) -> tuple[tuple[Side, ...], Relation | None]:
    """The sides of a finding that concerns several documents; the first two are compared."""
    one, two, *_ = places
    values = {
        name: [_value(place, two if name == one else one, documents) for place in some]
        for name, some in places.items()
    }
    left, right = _together(values[one]), _together(values[two])
    sides = []
    for name, some in places.items():
        shown = [
            compare(value, right).left if name == one else compare(left, value).right
            for value in values[name]
        ]
        spots = [Spot(_field(place, documents), each) for place, each in zip(some, shown, strict=True)]
        sides.append(Side(name, tuple(spots), first=name == one))
    return tuple(sides), _contradiction(relate(left, right))


def _field(place: Any, documents: Documents) -> Field:
    return documents.field(place["descriptor"], place["pointer"])


def _value(place: Any, other: str, documents: Documents) -> Any:
    return documents.value(place["descriptor"], place["pointer"], place["value"], other)


def _together(values: Sequence[Any]) -> Any:
    """The values of one side as one value."""
    if len(values) == 1:
        return values[0]
    return [entry for value in values for entry in (value if isinstance(value, list) else [value])]


def _contradiction(relation: Relation) -> Relation:
    """*relation*, unless it says that all is well: what is wrong then lies beside the values shown."""
    return DIFFERS if relation in FITTING else relation


def _list_of(card: Card) -> tuple[Any, ...]:
    """The rule and the two lists a finding is about."""
    return card.rule.slug, *[(p["descriptor"], path_of(p["pointer"])) for p in card.sighting.places]


def _row(card: Card) -> Row | None:
    """*card* as a row of a table, if it sets a figure of one list against a figure of another."""
    places = card.sighting.places
    if len(places) != 2 or len(card.sides) != 2 or card.sighting.outcome != "fail":
        return None
    figures = [place["value"] for place in places]
    listed = all("[]" in path_of(place["pointer"]) for place in places)
    if not listed or any(isinstance(f, bool) or not isinstance(f, (int, float)) for f in figures):
        return None
    names = [part.text for part in card.sides[0].spots[0].field.parts if part.name]
    return Row(card, names[-1] if names else str(card.sides[0].spots[0].field.parts[0].text), *figures)


def _table(rows: list[Row]) -> Table:
    rows = sorted(rows, key=lambda row: _natural(row.card.sighting.places[0]["pointer"]))
    severities = [row.card.sighting.severity for row in rows]
    tally = {severity: severities.count(severity) for severity in SEVERITIES}
    one = rows[0].card
    field = one.sides[0].spots[0].field
    scale = max([abs(figure) for row in rows for figure in (row.left, row.right)] or [1]) or 1
    worst = next(severity for severity in SEVERITIES if tally[severity])
    return Table(
        one.rule, rows, field.parts[0].text, field.unit, one.sides[0], one.sides[1], worst, tally, scale
    )


def _natural(pointer: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in pointer.split("/")]
