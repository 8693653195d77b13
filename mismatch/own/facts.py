"""What pages need to know of rules that people wrote, read at most every few seconds."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from descriptors.catalogue import DESCRIPTORS
from mismatch.own.models import OwnRuleVersion
from mismatch.own.rules import CODE, compiled
from mismatch.showing.rule_facts import RuleFacts, rule_names

if TYPE_CHECKING:
    from mismatch.models import Check

FRESH = 5.0
"""Seconds for which what was read is good enough: only titles can be older than the newest version."""

MOST_ASKED = 50
"""Codes of one address that are looked for beyond those of the check itself."""

_read: dict[str, tuple[float, RuleFacts]] = {}


def own_facts(slug: str, code: str) -> RuleFacts:
    """The facts about a rule of one's own, of its newest version. One query every few seconds."""
    found = _read.get(code)
    if found is None or monotonic() - found[0] > FRESH:
        _refresh()
        found = _read.get(code)
    return found[1] if found else RuleFacts(slug, code, "", "", (), known=False)


def names_of(check: Check, asked: Iterable[str]) -> dict[str, str]:
    """Every name of a rule that findings of *check* can be filtered by → its slug.

    Of rules of one's own those that took part in it, and those *asked* for that found something in another
    check of its project. One query, and only if this check does not know what is asked for.
    """
    from mismatch.models import Finding

    own = {code for code in check.outcomes if CODE.fullmatch(code)}
    others = {code for name in asked if CODE.fullmatch(code := name.upper())} - own
    if others:
        found = Finding.objects.filter(project=check.project_id, code__in=sorted(others)[:MOST_ASKED])
        own.update(found.order_by().values_list("code", flat=True).distinct())
    return rule_names() | {code.lower(): code.lower() for code in own}


def _refresh() -> None:
    """Read the newest version of every rule; readers in other threads see all of it or nothing."""
    global _read
    now, found = monotonic(), {}
    versions = OwnRuleVersion.objects.filter(rule=OuterRef("rule")).order_by("-number")
    newest = OwnRuleVersion.objects.filter(pk=Subquery(versions.values("pk")[:1])).order_by()
    for definition in newest.values_list("definition", flat=True).iterator():
        rule = compiled(definition)
        reads = tuple(name for name in DESCRIPTORS if name in rule.reads)
        found[rule.code] = (now, RuleFacts(rule.slug, rule.code, rule.title.rstrip("."), rule.why, reads))
    _read = found
