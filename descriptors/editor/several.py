"""Sets the switches that say whether a list has several rows, once rows are added or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.editor.members import put
from tec.pointers import escape

if TYPE_CHECKING:
    from descriptors.editor.plan import FormPlan


def switch(plan: FormPlan, document: dict[str, Any], saved: Any) -> dict[str, bool]:
    """Set them in *document*, in place; the names of those whose list has another number of rows than in
    *saved*, with what they are now.

    As long as the number stays the same, a switch says what it said, true or not: nothing changes by itself.
    """
    before = saved if isinstance(saved, dict) else {}
    found = {}
    for child in plan.root.children:
        if child.several:
            rows = document.get(child.several)
            count = len(rows) if isinstance(rows, list) else 0
            was = before.get(child.several)
            if count != (len(was) if isinstance(was, list) else 0):
                found[f"/{escape(child.key)}"] = count > 1
                put(document, plan.root, child.key, count > 1)
    return found
