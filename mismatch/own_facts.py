"""What pages need to know of rules that people wrote, read at most every few seconds."""

from __future__ import annotations

from time import monotonic

from descriptors.catalogue import DESCRIPTORS
from mismatch.own_models import OwnRuleVersion
from mismatch.own_rules import compiled
from mismatch.rule_facts import RuleFacts

FRESH = 5.0
"""Seconds for which what was read is good enough: only titles can be older than the newest version."""

_read: dict[str, tuple[float, RuleFacts]] = {}


def own_facts(slug: str, code: str) -> RuleFacts:
    """The facts about a rule of one's own, of its newest version. One query every few seconds."""
    found = _read.get(code)
    if found is None or monotonic() - found[0] > FRESH:
        _refresh()
        found = _read.get(code)
    return found[1] if found else RuleFacts(slug, code, "", "", (), known=False)


def _refresh() -> None:
    now = monotonic()
    _read.clear()
    newest = OwnRuleVersion.objects.order_by("rule", "number").values_list("definition", flat=True)
    for definition in newest.iterator():
        rule = compiled(definition)
        reads = tuple(name for name in DESCRIPTORS if name in rule.reads)
        _read[rule.code] = (now, RuleFacts(rule.slug, rule.code, rule.title.rstrip("."), rule.why, reads))
