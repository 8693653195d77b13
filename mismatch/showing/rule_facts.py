"""What a page needs to know of the rule behind a finding, whether or not that rule still exists."""

from __future__ import annotations

from functools import cache

from descriptors.catalogue import DESCRIPTORS, PREFIXES, PRODUCERS
from mismatch.engine import RULES, required_codes
from mismatch.own.rules import CODE as OWN
from mismatch.required.checks import checks
from mismatch.required.wording import title
from tec.named import NamedTuple


class RuleFacts(NamedTuple):
    slug: str
    code: str
    title: str  # "" if nothing but the code is known
    why: str
    reads: tuple[str, ...]  # the descriptors it compares, in display order
    waits_for: str = ""
    waiting: tuple[str, str] = ("", "")  # the words for one and for many of the things that wait
    known: bool = True  # it is still among the rules and has a page


def rule_facts(slug: str, code: str) -> RuleFacts:
    """The facts about a rule by its slug; one that is gone since the check has only its code."""
    if OWN.fullmatch(code):
        from mismatch.own.facts import own_facts

        return own_facts(slug, code)
    return _declared(slug, code)


@cache
def _declared(slug: str, code: str) -> RuleFacts:
    if slug in RULES:
        rule = RULES[slug]
        reads = tuple(name for name in DESCRIPTORS if name in rule.reads)
        return RuleFacts(
            slug, rule.code, rule.title.rstrip("."), rule.why, reads, rule.waits_for, rule.waiting
        )
    reads = tuple(name for name in DESCRIPTORS if PREFIXES[name] == code.partition("-")[0])
    check = next((each for name in reads for each in checks(name) if each.slug == slug), None)
    if check is None:
        return RuleFacts(slug, code, "", "", reads, known=slug in _required())
    return RuleFacts(slug, code, title(check), check.why, reads)


@cache
def rule_names() -> dict[str, str]:
    """Every name a rule goes by, slug or code in lower case → its slug; without rules of one's own."""
    names = {name.lower(): rule.slug for rule in RULES for name in (rule.slug, rule.code)}
    return names | {slug: slug for slug in _required()}


def all_rules() -> list[RuleFacts]:
    """The facts about every rule, required fields left out."""
    return [rule_facts(rule.slug, rule.code) for rule in RULES]


@cache
def required_number() -> int:
    """How many required fields are looked at."""
    return sum(len(checks(name)) for name in DESCRIPTORS)


@cache
def owner(descriptor: str | None) -> str:
    """Who usually writes *descriptor*."""
    return PRODUCERS[descriptor][0] if descriptor in PRODUCERS else ""


@cache
def _required() -> frozenset[str]:
    return frozenset(code.lower() for code in required_codes())
