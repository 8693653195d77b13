"""Gives objects that a form has made the keys their schema wants, with nothing claimed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.editor.conditions import inside, is_shown
from descriptors.editor.members import put
from descriptors.editor.values import ABSENT, TEXT_KINDS, neutral

if TYPE_CHECKING:
    from collections.abc import Set

    from descriptors.editor.conditions import Scopes
    from descriptors.editor.plan import FormPlan, Plan


def complete(plan: FormPlan, document: dict[str, Any], made: Set[int]) -> None:
    """Fill in, in place, what is compulsory in the objects of *document* whose identities are in *made*.

    A blank text becomes "", a list []. A number or choice that nobody gave stays away, unless the field does
    not apply: then it gets the neutral value the schema insists on.
    """
    if made:
        _Completer(made).group(plan.root, document, {"": document})


class _Completer:
    def __init__(self, made: Set[int]) -> None:
        self.made = made

    def value(self, plan: Plan, value: Any, scopes: Scopes) -> None:
        if isinstance(value, dict) and plan.kind == "group":
            self.group(plan, value, scopes)
        elif isinstance(value, list) and plan.item is not None and plan.item.kind == "group":
            for row in value:
                self.value(plan.item, row, inside(scopes, plan.item.path, row))

    def group(self, plan: Plan, members: dict[str, Any], scopes: Scopes) -> None:
        made = id(members) in self.made
        for child in plan.children:
            if made and child.compulsory and child.key not in members:
                put(members, plan, child.key, _blank(child, scopes))
            self.value(child, members.get(child.key), scopes)


def _blank(plan: Plan, scopes: Scopes) -> Any:
    if plan.kind == "group":
        return {
            child.key: blank
            for child in plan.children
            if child.compulsory and (blank := _blank(child, scopes)) is not ABSENT
        }
    applies = is_shown(plan, scopes)
    if applies and plan.kind not in TEXT_KINDS and plan.kind not in {"flag", "list", "fixed"}:
        return ABSENT
    return ABSENT if plan.kind == "json" else neutral(plan)
