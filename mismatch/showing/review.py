"""Everything that a page of findings shows of a check: what is asked for, what was found, all numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.core.paginator import Page, Paginator

from descriptors.catalogue import NAMES
from mismatch import queries
from mismatch.declaration import RULES, rank
from mismatch.findings import SEVERITIES
from mismatch.lifecycle import STANDINGS
from mismatch.own.facts import names_of
from mismatch.own.rules import CODE as OWN
from mismatch.showing.filters import DEFAULT_GROUP, GROUPS, NOBODY, ROLES, STATES, Filters, read_filters
from mismatch.showing.listing import PER_PAGE, Entry, Group, Listing, listing, passing
from mismatch.showing.places import Documents
from mismatch.showing.presentation import Card, Table, Wait, cards, descriptors_of, gathered, waits
from mismatch.showing.rule_facts import RuleFacts, all_rules, required_number, rule_facts

if TYPE_CHECKING:
    from django.http import QueryDict

    from mismatch.models import Check, Sighting


class Tile(NamedTuple):
    """A severity with its number, and the address that shows only it, or no longer only it."""

    severity: str
    number: int
    new: int
    chosen: bool
    href: str


class Section(NamedTuple):
    """A group under its heading; `shown` holds what falls on this page."""

    words: tuple[str, ...]
    code: str  # the rule's, if grouped by rule
    group: Group
    href: str
    shown: list[Card | Table]


@dataclass(frozen=True)
class Review:
    """One page of the findings of one check."""

    check: Check
    kind: str  # "mismatch" or "missing"
    filters: Filters
    kept: list[tuple[str, str]]  # filters that the form has no input for, as names and values
    listing: Listing
    page: Page[int]
    tiles: list[Tile]
    sections: list[Section]  # of this page
    contents: list[Section]  # all groups, without their findings
    waits: list[Wait]
    waits_href: str
    waiting: int  # how many rules cannot tell, whatever the filters
    rules: list[RuleFacts]  # those with findings, and those that are asked for
    fixed: list[Sighting]
    snapshot: queries.Snapshot
    before: int | None  # the check that new and fixed are counted against
    assignees: list[tuple[str, str]]  # user name of those who look after findings, what they are called
    numbers: dict[str, int]  # kind → number, for both kinds
    outcomes: dict[str, int]  # outcome, with an underscore for a hyphen → number of rules

    groupings: ClassVar = GROUPS
    states: ClassVar = STATES
    descriptors: ClassVar = NAMES
    standings: ClassVar = STANDINGS
    roles: ClassVar = ROLES
    nobody: ClassVar = NOBODY

    @property
    def clean(self) -> bool:
        return not self.listing.total

    @property
    def verdicts(self) -> list[tuple[RuleFacts, str]]:
        """What each rule says, in the order people count them."""
        known = {facts.code: facts for facts in all_rules()}
        known |= {code: rule_facts(code.lower(), code) for code in self.check.outcomes if OWN.fullmatch(code)}
        said = sorted(self.check.outcomes.items(), key=lambda pair: rank(pair[0]))
        return [(known[code], outcome) for code, outcome in said if code in known]

    @property
    def asked(self) -> list[tuple[RuleFacts, str]]:
        """What the rules say that are asked for by name."""
        return [(facts, outcome) for facts, outcome in self.verdicts if facts.slug in self.filters.rules]

    @property
    def required(self) -> int:
        """How many required fields are looked at."""
        return required_number()


def review(check: Check, kind: str, query: QueryDict) -> Review:
    """The page that *query* asks for, in at most thirteen queries."""
    filters = read_filters(query, names_of(check, query.getlist("rule")))
    reference = queries.reference_of(check)
    entries = queries.entries_of(check, kind, reference=reference, searched=bool(filters.text))
    page = listing(entries, filters._replace(kind=kind if kind == "missing" else filters.kind))
    asked = [entry for _, some in page.here for entry in some]
    asked += page.waiting if page.page == page.pages else []
    found = queries.sightings(asked)
    documents = Documents(queries.bodies(check, descriptors_of(found.values())))
    proposals = queries.proposals_of(found.values())
    made = cards(asked, found, documents, proposals, queries.links_of(check))
    shown = {card.sighting.pk: card for card in made}
    waiting, counts = queries.counts_of([check])[check.pk]
    grouping = "descriptor" if kind == "missing" else filters.group
    return Review(
        check=check,
        kind=kind,
        filters=filters,
        kept=_kept(filters, kind),
        listing=page,
        page=Paginator(range(page.shown), PER_PAGE).page(page.page),
        tiles=_tiles(page, filters, query),
        sections=[
            _section(
                group, grouping, query, gathered([shown[entry.pk] for entry in some if entry.pk in shown])
            )
            for group, some in page.here
        ],
        contents=[_section(group, grouping, query, []) for group in page.groups],
        waits=waits([shown[entry.pk] for entry in page.waiting if entry.pk in shown]),
        rules=_rules(entries, filters.rules),
        fixed=list(queries.fixed_since(reference, check, kind)[: queries.FIXED_SHOWN]) if reference else [],
        snapshot=queries.snapshot(check),
        before=reference.number if reference else None,
        assignees=sorted(
            {(entry.assignee, entry.carer) for entry in entries if entry.assignee}, key=itemgetter(1)
        ),
        waits_href=f"{address(query, page=[str(page.pages)] if page.pages > 1 else [])}#wait",
        waiting=waiting,
        numbers={name: sum(numbers.values()) for name, numbers in counts.items()},
        outcomes={
            name.replace("-", "_"): number for name, number in Counter(check.outcomes.values()).items()
        },
    )


def matching(check: Check, kind: str, query: QueryDict) -> list[str]:
    """The fingerprints of all findings of *check* that the filters in *query* match. Three queries."""
    filters = read_filters(query, names_of(check, query.getlist("rule")))
    reference = queries.reference_of(check)
    entries = queries.entries_of(check, kind, reference=reference, searched=bool(filters.text))
    return [entry.fingerprint for entry in passing(entries, filters)]


def card_of(sighting: Sighting, reference: Check | None) -> Card:
    """One finding as a page shows it, whatever the filters."""
    check = sighting.check_run
    entries = queries.entries_of(check, sighting.kind, reference=reference)
    entry = next(each for each in entries if each.pk == sighting.pk)
    found = queries.sightings([entry])
    documents = Documents(queries.bodies(check, descriptors_of(found.values())))
    return cards([entry], found, documents, queries.proposals_of(found.values()), queries.links_of(check))[0]


def address(query: QueryDict, **changes: Sequence[str]) -> str:
    """The address of this page with parts of its query replaced; an empty part is left out."""
    changed = query.copy()
    for name, values in changes.items():
        changed.setlist(name, list(values))
    return filled(changed) or "?"


def filled(query: QueryDict) -> str:
    """*query* as the end of an address, without its empty parts; "" if nothing is left."""
    left = query.copy()
    for name, values in query.lists():
        left.setlist(name, [value for value in values if value])
    return f"?{left.urlencode()}" if left.urlencode() else ""


def _tiles(page: Listing, filters: Filters, query: QueryDict) -> list[Tile]:
    tiles = []
    for severity in SEVERITIES:
        chosen = severity in filters.severities
        wanted = {*filters.severities} ^ {severity}
        href = address(query, page=[], severity=[name for name in SEVERITIES if name in wanted])
        tiles.append(Tile(severity, page.severities[severity], page.new[severity], chosen, href))
    return tiles


def _kept(filters: Filters, kind: str) -> list[tuple[str, str]]:
    kept = [("severity", severity) for severity in filters.severities]
    kept += [("descriptor", descriptor) for descriptor in filters.descriptors[1:]]
    kept += [("rule", slug) for slug in filters.rules[1:]]
    if filters.group != DEFAULT_GROUP:
        kept.append(("group", filters.group))
    if filters.kind:
        kept.append(("kind", filters.kind))
    return kept


def _section(group: Group, grouping: str, query: QueryDict, shown: list[Card | Table]) -> Section:
    href = f"{address(query, page=[str(group.page)] if group.page > 1 else [])}#{group.anchor}"
    if grouping == "rule":
        facts = rule_facts(*group.key)
        return Section((facts.title or facts.code,), facts.code, group, href, shown)
    if grouping == "owner":
        return Section((group.key[0] or "Nobody in particular",), "", group, href, shown)
    words = tuple(NAMES[name] for name in group.key) or ("Rules that are gone",)
    return Section(words, "", group, href, shown)


def _rules(entries: Sequence[Entry], chosen: Sequence[str]) -> list[RuleFacts]:
    """The rules that found something and the *chosen* ones, in the order people count them."""
    rules = {(entry.rule, entry.code) for entry in entries if not entry.waits}
    rules |= {(slug, RULES[slug].code if slug in RULES else slug.upper()) for slug in chosen}
    return sorted((rule_facts(*rule) for rule in rules), key=lambda facts: rank(facts.code))
