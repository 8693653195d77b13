"""How well a project's documents fit together, and how much could be judged: two figures, always both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS
from mismatch.declaration import Rule
from mismatch.engine import RULES
from mismatch.findings import Finding, Report, counted

WEIGHTS: dict[str, float] = {"critical": 10, "major": 5, "minor": 2}
"""What a rule of a severity weighs. Rules that are worth knowing weigh nothing."""

CATEGORIES = {
    "interfaces": "Interfaces",
    "evaluation": "Goals and evaluation",
    "monitoring": "Monitoring",
    "environments": "Environments",
    "links": "Links and names",
    "data": "Data",
    "governance": "Dates, rights and records",
    "own": "Own rules",
}
"""Kinds of rules in the order in which projects usually fail, beginning with what fails most often."""

DECADES = {
    "X1": "links",
    "X2": "links",
    "X3": "data",
    "X4": "interfaces",
    "X5": "evaluation",
    "X6": "environments",
    "X7": "monitoring",
    "X8": "governance",
    "X9": "governance",
}
NUMBERS = {1: "evaluation", 2: "environments", 3: "interfaces", 4: "interfaces", 5: "interfaces"} | {
    number: "environments" if number in (6, 7, 8, 12) else "monitoring" if number < 14 else "data"
    for number in range(6, 17)
}

EVALUATED = frozenset({"pass", "fail"})
COMPARED = 3
"""A rule that reads more descriptors than this is about the project, not about a pair of them."""

Pair = tuple[str, str]


class Score(NamedTuple):
    """Weights of rules: what was earned, could be judged, and applies."""

    earned: float = 0.0
    evaluated: float = 0.0
    applicable: float = 0.0
    rules: int = 0  # how many rules could be judged
    failed: int = 0  # how many of them found something that counts

    @property
    def fit(self) -> int | None:
        """Per cent of what could be judged that fits, never rounded up to 100; None if nothing could be."""
        return _per_cent(self.earned, self.evaluated) if self.evaluated else None

    @property
    def coverage(self) -> int:
        """Per cent of what applies that could be judged."""
        return _per_cent(self.evaluated, self.applicable) if self.applicable else 0

    def plus(self, other: Score) -> Score:
        return Score(
            self.earned + other.earned,
            self.evaluated + other.evaluated,
            self.applicable + other.applicable,
            self.rules + other.rules,
            self.failed + other.failed,
        )

    def as_json(self) -> dict[str, int | None]:
        return {"fit": self.fit, "coverage": self.coverage, "rules": self.rules, "failed": self.failed}


class Fit(NamedTuple):
    """The scores of a project: as a whole, by pair of descriptors and by category."""

    whole: Score
    pairs: Mapping[Pair, Score]  # both in display order; twice the same for what one contradicts in itself
    categories: Mapping[str, Score]

    @classmethod
    def kept(cls, figures: Mapping[str, Any]) -> Fit:
        """What `to_keep` gave."""
        return cls(
            Score(*figures["whole"]),
            {(first, second): Score(*score) for first, second, *score in figures["pairs"]},
            {name: Score(*score) for name, *score in figures["categories"]},
        )

    def to_keep(self) -> dict[str, Any]:
        """All figures as they are, in values that JSON has."""
        return {
            "whole": [*self.whole],
            "pairs": [[*pair, *score] for pair, score in self.pairs.items()],
            "categories": [[name, *score] for name, score in self.categories.items()],
        }

    def as_json(self) -> dict[str, Any]:
        """For reports: the figures of the whole, of each pair that rules compare, and of each category."""
        return {
            **self.whole.as_json(),
            "pairs": [{"descriptors": list(pair), **score.as_json()} for pair, score in self.pairs.items()],
            "categories": {name: score.as_json() for name, score in self.categories.items()},
        }


def fit(report: Report, documents: Mapping[str, Any], rules: Iterable[Rule] | None = None) -> Fit:
    """The scores of *report*, which a check of *documents* gave.

    A rule earns its weight, less the share of the rows it looked at that it objects to; a critical finding
    leaves it nothing. What a rule cannot tell lowers the coverage, not the fit.
    """
    found: dict[str, list[Finding]] = {}
    for finding in counted([each for each in report.findings if each.outcome == "fail"]):
        found.setdefault(finding.code, []).append(finding)
    whole, pairs, categories = Score(), dict[Pair, Score](), dict[str, Score]()
    for rule in RULES if rules is None else rules:
        outcome = report.outcomes.get(rule.code, "not-applicable")
        weight = WEIGHTS.get(rule.severity, 0)
        if outcome == "not-applicable" or not weight:
            continue
        if not any(documents.get(name) for name in rule.reads):
            outcome = "cannot-tell"  # it had nothing to object to, because there is nothing
        findings = found.get(rule.code, [])
        score = _score(weight, outcome, findings, documents)
        whole = whole.plus(score)
        kind = category(rule)
        categories[kind] = categories.get(kind, Score()).plus(score)
        for pair in pairs_of(rule):
            shown = [each for each in findings if _shows(each, pair, rule)]
            inside = score if len(shown) == len(findings) else _score(weight, outcome, shown, documents)
            pairs[pair] = pairs.get(pair, Score()).plus(inside)
    return Fit(
        whole,
        {pair: pairs[pair] for pair in sorted(pairs, key=_order)},
        {name: categories[name] for name in CATEGORIES if name in categories},
    )


def category(rule: Rule) -> str:
    """The kind of a rule, one of `CATEGORIES`."""
    _, number, _ = rule.rank
    if rule.pack == "tec":
        return NUMBERS.get(number, "own")
    return DECADES.get(rule.code[:2], "own") if rule.pack == "x" else "own"


def pairs_of(rule: Rule) -> list[Pair]:
    """The pairs of descriptors that a rule compares; one with itself for a rule that reads only one."""
    reads = [name for name in DESCRIPTORS if name in rule.reads]
    if len(reads) == 1:
        return [(reads[0], reads[0])]
    if len(reads) > COMPARED:
        return []
    return [(first, second) for at, first in enumerate(reads) for second in reads[at + 1 :]]


def _shows(finding: Finding, pair: Pair, rule: Rule) -> bool:
    """Is *finding* about *pair*? One that shows a single document is about all pairs of that document."""
    named = {place.descriptor for place in finding.places}
    return len(rule.reads) <= 2 or named >= set(pair) or (len(named) == 1 and bool(named & set(pair)))


def _score(weight: float, outcome: str, findings: list[Finding], documents: Mapping[str, Any]) -> Score:
    if outcome not in EVALUATED:
        return Score(applicable=weight)
    lost = _lost(weight, findings, documents)
    return Score(weight * (1 - lost), weight, weight, 1, int(lost > 0))


def _lost(weight: float, findings: list[Finding], documents: Mapping[str, Any]) -> float:
    """Which share of its weight a rule loses by what it found."""
    if any(finding.severity == "critical" for finding in findings):
        return 1.0
    bad = sum(min(WEIGHTS.get(finding.severity, 0) / weight, 1.0) for finding in findings)
    if not bad:
        return 0.0
    lists = {(place.descriptor, _list_of(place.pointer)) for each in findings for place in each.places[:1]}
    looked_at = max(sum(_length(documents, *each) for each in lists), len(findings), 1)
    return min(bad / looked_at, 1.0)


def _list_of(pointer: str) -> str:
    """The innermost list that *pointer* leads into: "/output_spec" for "/output_spec/2/item_type"."""
    steps = pointer.split("/")
    rows = [at for at, step in enumerate(steps) if step.isdigit()]
    return "/".join(steps[: rows[-1]]) if rows else ""


def _length(documents: Mapping[str, Any], descriptor: str, pointer: str) -> int:
    from tec.pointers import resolve

    found = resolve(documents.get(descriptor) or {}, pointer) if pointer else None
    return len(found) if isinstance(found, list) else 1


def _per_cent(part: float, whole: float) -> int:
    """Rounded, but 100 only for all of it."""
    share = 100 * part / whole
    return 100 if part >= whole - 1e-9 else min(round(share), 99)


def _order(pair: Pair) -> tuple[int, int]:
    return DESCRIPTORS.index(pair[0]), DESCRIPTORS.index(pair[1])
