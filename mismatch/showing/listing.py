"""Sorts the findings of a check into groups and pages, and counts them for every number on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from mismatch.findings import SEVERITIES
from mismatch.lifecycle import NEW, OPEN, PLANNED, REOPENED, SEEN, SETTLED, STANDINGS, UNSETTLED, WORSE
from mismatch.showing.filters import NOBODY, Filters
from tec.named import NamedTuple

PER_PAGE = 50


class Entry(NamedTuple):
    """A finding as far as sorting and counting need to know it."""

    pk: int
    rule: str
    code: str
    kind: str
    outcome: str
    severity: str
    concerns: tuple[str, ...]  # the descriptors it is about, in display order
    owner: str  # who has to change something first
    age: str = SEEN  # against the reference: one of mismatch.lifecycle.AGES
    standing: str = OPEN  # one of mismatch.lifecycle.STANDINGS
    assignee: str = ""  # user name
    proposed: bool = False  # a decision about it waits for approval
    fingerprint: str = ""
    carer: str = ""  # what the assignee is called
    text: str = ""  # all its words in one case; filled in only when somebody searches

    @property
    def waits(self) -> bool:
        return self.outcome == "cannot-tell"

    @property
    def new(self) -> bool:
        return self.age == NEW

    @property
    def open(self) -> bool:
        """Whether it counts."""
        return self.standing in UNSETTLED


class Group(NamedTuple):
    """Findings that stand together under one heading."""

    key: tuple[str, ...]
    tally: dict[str, int]  # severity → number, over all pages
    page: int  # where it begins

    @property
    def anchor(self) -> str:
        return "-".join(("group", *self.key)).replace(" ", "-").lower()

    @property
    def size(self) -> int:
        return sum(self.tally.values())


class Listing(NamedTuple):
    """One page of findings, and the numbers around it."""

    groups: list[Group]  # all of them, in order
    here: list[tuple[Group, list[Entry]]]  # what this page shows
    waiting: list[Entry]  # the findings that wait for something; shown after the last page
    severities: dict[str, int]  # how many there are of each, whatever severities are chosen
    new: dict[str, int]  # those of them that are new
    shown: int  # findings that pass the filters
    total: int  # findings of this kind there are, settled ones and all
    settled: dict[str, int]  # standing → how many of them do not count for that reason
    page: int
    pages: int


def listing(entries: Sequence[Entry], filters: Filters) -> Listing:
    """The page that *filters* ask for. A page beyond the last one is the last one."""
    of_kind = [entry for entry in entries if not entry.waits]
    found = [entry for entry in entries if _passes(entry, filters)]
    counted = [entry for entry in found if not entry.waits]
    standings = Counter(entry.standing for entry in of_kind if not entry.open)
    shown = [entry for entry in counted if not filters.severities or entry.severity in filters.severities]
    if filters.kind == "cannot-tell":
        shown = []
    ordered, groups = _grouped(shown, KEYS["descriptor" if filters.kind == "missing" else filters.group])
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(filters.page, pages)
    return Listing(
        groups=groups,
        here=_slice(ordered, groups, page),
        waiting=[
            entry for entry in found if entry.waits and not filters.severities and filters.kind != "mismatch"
        ],
        severities=tally(counted),
        new=tally(entry for entry in counted if entry.new),
        shown=len(shown),
        total=len(of_kind),
        settled={standing: standings[standing] for standing in STANDINGS if standings[standing]},
        page=page,
        pages=pages,
    )


def passing(entries: Iterable[Entry], filters: Filters) -> list[Entry]:
    """What *filters* match of all that is wrong, on all pages."""
    return [entry for entry in matched(entries, filters) if not entry.waits]


def matched(entries: Iterable[Entry], filters: Filters) -> list[Entry]:
    """What *filters* match of all that was found, what waits for something included."""
    return [
        entry
        for entry in entries
        if _passes(entry, filters) and (not filters.severities or entry.severity in filters.severities)
    ]


def tally(entries: Iterable[Entry]) -> dict[str, int]:
    """How many there are of each severity, all four named."""
    counts = Counter(entry.severity for entry in entries)
    return {severity: counts[severity] for severity in SEVERITIES}


def _passes(entry: Entry, filters: Filters) -> bool:
    """Is *entry* what the filters ask for, severities left aside?"""
    return (
        (not filters.rules or entry.rule in filters.rules)
        and all(descriptor in entry.concerns for descriptor in filters.descriptors)
        and in_state(entry, filters.state)
        and (not filters.owner or entry.owner == filters.owner)
        and (not filters.assignee or (entry.assignee or NOBODY) == filters.assignee)
        and all(word in entry.text for word in filters.text.casefold().split())
    )


def in_state(entry: Entry, state: str) -> bool:
    """Whether *entry* is in one of `filters.STATES`; what waits is in none but those about its age."""
    if state in AGE_OF:
        return (entry.open or entry.waits) and entry.age == AGE_OF[state]
    if entry.waits:
        return state in {"", "all"}
    if state == "undecided":
        return entry.standing == OPEN
    if state == "decided":
        return entry.standing in {PLANNED, *SETTLED}
    if state == "proposed":
        return entry.proposed
    return entry.standing == state if state in STANDINGS else entry.open or state == "all"


AGE_OF = {"new": NEW, "open": SEEN, "reopened": REOPENED, "worse": WORSE}

Key = Callable[[Entry], tuple[str, ...]]

KEYS: dict[str, Key] = {
    "pair": lambda entry: entry.concerns,
    "rule": lambda entry: (entry.rule, entry.code),
    "owner": lambda entry: (entry.owner,),
    "descriptor": lambda entry: entry.concerns[:1],
}
"""Grouping → what the findings of one group have in common."""


def _grouped(entries: Sequence[Entry], key: Key) -> tuple[list[list[Entry]], list[Group]]:
    """*entries* by group, the group with the worst findings first, and the groups themselves."""
    members: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        members.setdefault(key(entry), []).append(entry)
    sizes = {name: tally(found) for name, found in members.items()}
    names = sorted(members, key=lambda name: [-sizes[name][severity] for severity in SEVERITIES])
    groups, before = [], 0
    for name in names:
        groups.append(Group(name, sizes[name], before // PER_PAGE + 1))
        before += len(members[name])
    return [members[name] for name in names], groups


def _slice(ordered: list[list[Entry]], groups: list[Group], page: int) -> list[tuple[Group, list[Entry]]]:
    """The groups, or parts of groups, that fall on *page*."""
    start, stop, before = (page - 1) * PER_PAGE, page * PER_PAGE, 0
    here = []
    for group, found in zip(groups, ordered, strict=True):
        part = found[max(0, start - before) : max(0, stop - before)]
        if part:
            here.append((group, part))
        before += len(found)
    return here
