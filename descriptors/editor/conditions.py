"""Decides which fields are shown: a field may depend on another one in the same row or document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from descriptors.editor.plan import Condition, Plan

    Scopes = Mapping[str, Any]
    """The document ("") and the rows one stands in, by the path of their list ("output_spec[]")."""


def is_shown(plan: Plan, scopes: Scopes) -> bool:
    """Whether the field of *plan* applies in the row or document that *scopes* describe."""
    return plan.when is None or holds(plan.when, scopes)


def holds(condition: Condition, scopes: Scopes) -> bool:
    value = scopes.get(condition.scope)
    for key in condition.keys:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, str):
        value = value.strip()
    elif not isinstance(value, bool):
        value = False  # a switch that is not there is off
    return any(type(value) is type(wanted) and value == wanted for wanted in condition.values)


def inside(scopes: Scopes, path: str, row: Any) -> Scopes:
    """The scopes of a row of the list whose rows have *path*."""
    return {**scopes, path: row}
