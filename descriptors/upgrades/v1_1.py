"""Steps from version 1.0 to 1.1: goals get metrics, metrics get operators and goals, new optional fields."""

from __future__ import annotations

import re
from typing import Any

from descriptors.upgrades.steps import Change, is_blank, is_text, step, text_of
from tec.plain import quoted

OPERATORS = (
    "greater than",
    "greater or equal than",
    "less than",
    "less or equal than",
    "equal to",
    "different than",
)
_BUSINESS_GOAL = re.compile(r"BG-\d")


@step("system_context", to="1.1")
def goals_carry_metrics(change: Change) -> None:
    """Business goals become goals with a metric and a baseline; success criteria become the first metric."""
    change.rename("", change.body, "business_goals", "goals")
    change.add("", change.body, "goals", [], after="ml_problem_type", keep=lambda value: True)
    goals = change.rows("goals")
    taken: set[str] = set()
    for at, goal in goals:
        _renumber(change, at, goal, "id", taken)
        change.add(at, goal, "metric", "", after="goal", keep=is_text)
        change.add(at, goal, "baseline", "", after="metric", keep=is_text)
    if "success_criteria" in change.body:
        _give_criteria(change, goals[0] if goals else None)


@step("raw_data", to="1.1")
def data_has_rights_and_policies(change: Change) -> None:
    change.add("", change.body, "data_rights", "", after="restrictions", keep=is_text)
    change.add("", change.body, "data_policies", "", after="data_rights", keep=is_text)


@step("trained_model", to="1.1")
def metrics_carry_operators_and_goals(change: Change) -> None:
    """Thresholds get an operator, which only a person can tell; both kinds of metrics name their goal."""
    for at, metric in change.rows("algorithm_metrics"):
        _ask_operator(change, at, metric)
        change.add(at, metric, "goal_mapping", "", after="threshold", keep=is_text)
    for at, metric in change.rows("business_metrics"):
        _ask_operator(change, at, metric)
        change.rename(at, metric, "business_goal_mapping", "goal_mapping")
        change.add(at, metric, "goal_mapping", "", after="threshold", keep=is_text)
        _renumber(change, at, metric, "goal_mapping", set())


@step("production_environment", to="1.1")
def deployment_is_described(change: Change) -> None:
    change.add("", change.body, "deployment_platform", "", after="computing_resources", keep=is_text)
    change.add("", change.body, "deployment_mechanism", "", after="deployment_platform", keep=is_text)


def _renumber(change: Change, at: str, members: dict[str, Any], key: str, taken: set[str]) -> None:
    """Turn the goal number “BG-01” into “G-01”, the scheme since 1.1; ids of any other form stay."""
    old = members.get(key)
    if not isinstance(old, str):
        return
    new = old[1:] if _BUSINESS_GOAL.match(old) else old
    members[key] = new
    if new != old:
        again = " A goal before it has that number already; give one of them another." if new in taken else ""
        change.lose(f"{at}/{key}", old, f"{at}/{key}", f"{quoted(old)} is now {quoted(new)}.{again}")
    taken.add(new)


def _give_criteria(change: Change, first: tuple[str, dict[str, Any]] | None) -> None:
    """Make the success criteria, which 1.1 does not have, the metric of the first goal."""
    given = change.body.pop("success_criteria")
    criteria = [item for item in (given if isinstance(given, list) else [given]) if not is_blank(item)]
    if not criteria:
        return
    kept, message = "", "There is no goal that could take the success criteria as its metric."
    if first:
        at, goal = first
        before = [] if is_blank(goal["metric"]) else [goal["metric"]]
        goal["metric"] = ", ".join(before + [text_of(item) for item in criteria if text_of(item)])
        kept = f"{at}/metric"
        message = "The success criteria are the metric of the first goal now; move each to where it belongs."
        change.moves[kept] = "/success_criteria"
    change.lose("/success_criteria", given, kept, message)


def _ask_operator(change: Change, at: str, metric: dict[str, Any]) -> None:
    change.add(at, metric, "operator", "", after="metric", keep=lambda value: value in OPERATORS)
    if is_blank(metric["operator"]):
        change.complete(
            f"{at}/operator",
            "Say how the metric is compared with its threshold; version 1.0 did not record it.",
        )
