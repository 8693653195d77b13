"""Thresholds that never fire, always fire, or cannot be told from targets."""

from __future__ import annotations

from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.rules._results import (
    DIFFERENT,
    EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    is_change,
    is_share,
    results,
    thresholds,
)
from mismatch.text.metrics import HIGHER
from mismatch.text.names import known_as, words, wordset
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._results import Measure
    from mismatch.text.metrics import Metric

NEVER, ALWAYS = "can never be met", "is always met"
EQUALITY = "compares a measured figure for equality, which hardly ever holds"
NEVER_NEGATIVE = wordset("share rate ratio percentage proportion fraction coverage count number")


@rule(
    "threshold-without-effect",
    code="X508",
    severity="minor",
    pack="x",
    params={
        "convention": Param(
            "alarm",
            "what thresholds are: alarms, which sound when they are met, or targets, which are to be met",
            choices=("alarm", "target"),
        )
    },
    risk="Low where a metric is known; a band of two limits may be meant as a target.",
    source="Alarms that never or always sound are switched off.",
)
def threshold_without_effect(trained_model: Doc, *, convention: str, memo: Memo) -> Found:
    """A threshold can never be met, or is always met.

    A limit at the end of the scale is silent for ever, or sounds every day until somebody switches it off.

    Remedy: Correct the operator or the threshold, or agree whether thresholds are alarms or targets.

    Example: The alarm is an accuracy below 0. It is silent below 0.9.

    Decision: Where a metric has two limits that together cover every value, and thresholds are alarms as
    the schema says, it is worth knowing; with the convention “target” it is not reported.

    Decision: That some limits guard the bad side of a metric and some the good side is worth knowing, once:
    alarms and targets are mixed, or an operator is turned round. It is minor where a single one differs from
    two or more alarms, or from three or more targets. A metric with two limits does not count. Among targets
    also metrics of the domain count that are the better the smaller, such as “share of misrouted mails”.

    Decision: Of a metric that is not known, a fractional figure is not compared for equality, what is called
    a share, rate, number or the like is never below 0, and a share such as “interval coverage” never above
    100.

    Decision: A share of 1 that may be 1 per cent is not judged. Nor is the same threshold given twice, which
    repeated names report.
    """
    wanted = thresholds(trained_model, memo)
    given = [each for each in wanted if each.operator and each.value is not None]
    if not given:
        yield CANNOT_TELL if wanted else NOT_APPLICABLE
    in_per_cent = {
        each.metric.name for each in results(trained_model, memo) if each.metric and (each.value or 0) > 1
    }
    for each in given:
        fault = _fault(each, each.metric, in_per_cent) if each.metric else _surely(each)
        if fault:
            places = [(*each.at[:-1], "operator")] if fault == EQUALITY else []
            yield hit(
                f"{_spoken(each)} {fault}.",
                *places,
                each.at,
                key=(each.list, each.name, each.goal, each.operator),
            )
    if convention == "alarm":
        yield from _covering(given)
    yield from _turned(given)


def _fault(limit: Measure, metric: Metric, in_per_cent: set[str]) -> str:
    """What is wrong with the limit of a known metric, "" if nothing is."""
    value, sign = limit.value or 0, limit.operator
    if sign in {EQUAL, DIFFERENT}:
        return EQUALITY
    if metric.signed:
        return ""
    if value < 0:
        return NEVER if sign in {LESS, LESS_OR_EQUAL} else ALWAYS
    if value == 0 and sign in {LESS, GREATER_OR_EQUAL}:
        return NEVER if sign == LESS else ALWAYS
    if not metric.ratio:
        return ""
    top = 100 if metric.name in in_per_cent else 1
    if value > 100 or (value == 100 and sign in {GREATER, LESS_OR_EQUAL}):
        return NEVER if sign in {GREATER, GREATER_OR_EQUAL} else ALWAYS
    if value == top == 1 and metric.better == HIGHER and sign in {GREATER, LESS_OR_EQUAL}:
        return NEVER if sign == GREATER else ALWAYS
    return ""


def _surely(limit: Measure) -> str:
    """What is wrong with the limit of a metric that is not known, as far as its words tell."""
    value, sign = limit.value or 0, limit.operator
    if sign in {EQUAL, DIFFERENT}:
        return EQUALITY if value != int(value) else ""
    share = is_share(limit.name)
    if is_change(limit.name):
        return ""
    if not share and NEVER_NEGATIVE.isdisjoint(words(limit.name)):
        return ""
    if value < 0 or (value == 0 and sign in {LESS, GREATER_OR_EQUAL}):
        return NEVER if sign in {LESS, LESS_OR_EQUAL} else ALWAYS
    if share and (value > 100 or (value == 100 and sign in {GREATER, LESS_OR_EQUAL})):
        return NEVER if sign in {GREATER, GREATER_OR_EQUAL} else ALWAYS
    return ""


def _covering(given: list[Measure]) -> Found:
    """A hit for each metric whose limits leave no value without an alarm."""
    lowest: dict[tuple[str, str, str], Measure] = {}
    highest: dict[tuple[str, str, str], Measure] = {}
    for each in given:
        name = (each.list, known_as(each.name), each.goal)
        if each.direction == ">":
            other = lowest.get(name)
            if other is None or (each.value or 0) < (other.value or 0):
                lowest[name] = each
        elif each.direction == "<":
            other = highest.get(name)
            if other is None or (each.value or 0) > (other.value or 0):
                highest[name] = each
    for name, below in highest.items():
        above = lowest.get(name)
        if above and (above.value or 0) < (below.value or 0):
            yield hit(
                f"{quote(below.name)} {below.operator} {plain(below.value or 0)} and {above.operator} "
                f"{plain(above.value or 0)} together cover every value, so that one of them is always met; "
                "as a band of targets they would be right.",
                below.at,
                above.at,
                key=("covering", *name),
                severity="info",
            )


def _turned(given: list[Measure]) -> Found:
    """A hit if some limits guard the bad side of their metric and others the good one."""
    sides: dict[tuple[str, str], set[str]] = {}
    for each in given:
        if each.metric and each.direction:
            sides.setdefault((each.metric.name, each.metric.qualifier), set()).add(each.direction)
    alarms: list[Measure] = []
    targets: list[Measure] = []
    for each in given:
        metric = each.metric
        if metric and each.direction and len(sides[metric.name, metric.qualifier]) == 1:
            guards = (each.direction == "<") == (metric.better == HIGHER)
            (alarms if guards else targets).append(each)
    if alarms and targets:
        bad, good = alarms[0], targets[0]
        alone = len(targets) == 1 and len(alarms) > 1
        read = f"and {len(alarms) - 1} more read as alarms" if alone else "reads as an alarm"
        yield hit(
            f"{_spoken(bad)} {read}, {_spoken(good)} as a target: one of the two is turned round.",
            (*good.at[:-1], "operator"),
            (*bad.at[:-1], "operator"),
            key=("turned",),
            severity="minor" if alone else "info",
        )
    elif not alarms and len(targets) > 1:
        yield from _alone(given, targets)


LESS_IS_BETTER = wordset(
    "misrouted error errors false missed late delay delays complaint complaints failed lost wrong overdue "
    "standstill downtime misclassified rejected"
)
TIMES = frozenset(
    {("time", "to"), ("waiting", "time"), ("handling", "time"), ("response", "time"), ("turnaround", "time")}
)
LONGER_IS_BETTER = wordset("between failure failures lead warning ahead saved avoided prevented detected")


def _alone(given: list[Measure], targets: list[Measure]) -> Found:
    """A hit if a single limit of a metric that is the better the smaller reads as an alarm, among targets."""
    falling = [each for each in given if not each.metric and each.direction and _falls(each.name)]
    odd = [each for each in falling if each.direction == ">"]
    others = targets + [each for each in falling if each.direction == "<"]
    if len(odd) == 1 and len(others) > 2 and any(each.list == odd[0].list for each in others):
        yield hit(
            f"{_spoken(odd[0])} reads as an alarm, {_spoken(others[0])} and {len(others) - 1} more as "
            "targets: it is turned round.",
            (*odd[0].at[:-1], "operator"),
            (*others[0].at[:-1], "operator"),
            key=("turned",),
            severity="minor",
        )


def _falls(name: str) -> bool:
    """Is a metric that is not known the better the smaller it is, by its words?"""
    parts = words(name)
    if not LONGER_IS_BETTER.isdisjoint(parts):
        return False
    return not LESS_IS_BETTER.isdisjoint(parts) or not TIMES.isdisjoint(pairwise(parts))


def _spoken(limit: Measure) -> str:
    return f"{quote(limit.name)} {limit.operator} {plain(limit.value or 0)}"
