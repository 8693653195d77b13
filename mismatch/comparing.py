"""What became of the findings of one check by another, with values then and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Page, Paginator

from mismatch.comparison import changed_fields, compare
from mismatch.findings import SEVERITIES
from mismatch.lifecycle import STANDINGS, UNSETTLED
from mismatch.models import Check, Sighting
from mismatch.profiles.current import profile_by
from mismatch.profiles.words import Difference, differences
from mismatch.showing.evidence import Shown, show
from mismatch.showing.evidence import compare as set_against
from mismatch.showing.rule_facts import RuleFacts, rule_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PER_PAGE = 50
SHOWN = {
    "new": "New",
    "worse": "Got worse",
    "fixed": "Fixed",
    "changed": "Still there, changed",
    "same": "Still there, the same",
}


class Light(NamedTuple):
    """A finding of a check, as far as comparing needs to know it."""

    pk: int
    severity: str
    values_digest: str
    standing: str


class Change(NamedTuple):
    """What stood in one field, and what stands there now."""

    label: str
    then: Shown
    now: Shown


class Item(NamedTuple):
    """One finding of the comparison."""

    sighting: Sighting  # as it was seen last
    rule: RuleFacts
    severity_then: str  # "" if it is what it was
    changes: list[Change]  # of a finding that is still there
    values: list[Change]  # of one that is new or fixed: the side that is there
    settled: str  # why it does not count, in words; "" if it does


class Compared(NamedTuple):
    then: Check
    now: Check
    counts: dict[str, int]  # SHOWN → number
    open: dict[str, int]  # of them, how many count as open now
    shown: str
    page: Page[Any]
    items: list[Item]
    rules: list[Difference]  # what was wanted otherwise of the rules in only one of them


def compared(then: Check, now: Check, *, shown: str = "new", page: int | str | None = 1) -> Compared:
    """One page of the comparison of two checks of a project. Six queries at most, however much was found."""
    lists = pairs_of(then, now)
    part = Paginator(lists[shown], PER_PAGE).get_page(page)
    return Compared(
        then,
        now,
        {name: len(some) for name, some in lists.items()},
        {name: still_open(some) for name, some in lists.items()},
        shown,
        part,
        _items(list(part)),
        differences(profile_by(then), profile_by(now)) if then.ruleset_id != now.ruleset_id else [],
    )


def findings_of(check: Check) -> dict[str, Light]:
    """What is wrong by *check*, each thing once, by fingerprint and in its order. One query."""
    failing = Sighting.objects.filter(check_run=check, outcome="fail", spare=False).judged()
    columns = ("finding__fingerprint", "pk", "severity", "values_digest", "standing")
    rows = failing.order_by("position").values_list(*columns)
    return {fingerprint: Light(*rest) for fingerprint, *rest in rows.iterator(2_000)}


Pair = tuple[Light | None, Light | None]  # then and now


def pairs_of(then: Check, now: Check) -> dict[str, list[Pair]]:
    """What became of the findings, by SHOWN. Two queries."""
    found = compare(
        findings_of(then),
        findings_of(now),
        lambda each: (each.severity, each.values_digest),
        lambda each: SEVERITIES.index(each.severity),
    )
    return {
        "new": [(None, each) for each in found.new],
        "worse": list(found.worse),
        "fixed": [(each, None) for each in found.fixed],
        "changed": list(found.changed),
        "same": list(found.same),
    }


def still_open(pairs: Iterable[Pair]) -> int:
    """How many of them count as open now."""
    return sum(now is not None and now.standing in UNSETTLED for _, now in pairs)


def _items(pairs: Sequence[Pair]) -> list[Item]:
    wanted = [each.pk for pair in pairs for each in pair if each]
    found = Sighting.objects.select_related("finding").in_bulk(wanted)
    items = []
    for then, now in pairs:
        old, new = (found.get(each.pk) if each else None for each in (then, now))
        if last := new or old:
            worse = then.severity if then and now and then.severity != now.severity else ""
            settled = STANDINGS[now.standing] if now and now.standing not in UNSETTLED else ""
            facts = rule_facts(last.finding.rule, last.finding.code)
            both = _changes(old, new) if old and new else []
            items.append(Item(last, facts, worse, both, [] if both else _values(last), settled))
    return items


def _changes(old: Sighting, new: Sighting) -> list[Change]:
    """What differs between the two, field by field."""
    changes = []
    for before, after in changed_fields(old.places, new.places):
        sides = set_against(before and before["value"], after and after["value"])
        changes.append(Change((after or before or {})["label"], sides.left, sides.right))
    return changes


def _values(sighting: Sighting) -> list[Change]:
    return [Change(place["label"], Shown(), show(place["value"])) for place in sighting.places]
