"""Puts what is known about a document to the inputs of its form: faults, findings, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from descriptors.editor.nodes import Marks
from descriptors.editor.values import is_neutral
from descriptors.validation import problems
from tec.pointers import is_index, pointer, resolve, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from descriptors.editor.insight import Remark
    from descriptors.editor.plan import FormPlan
    from descriptors.editor.posted import Reading

BLANKS = frozenset({"missing", "too-few", "unknown-key", "and-more"})
"""Problems that the form says in another way: by marking required fields, by showing unknown keys."""


def marks(
    plan: FormPlan, saved: Any, reading: Reading, remarks: Iterable[Remark], missing: Iterable[Remark]
) -> Marks:
    """What to say at which input. *remarks* are about the saved document, *missing* about the one typed."""
    return Marks(
        faults={fault.name: fault.message for fault in reading.faults},
        problems=schema_problems(plan, reading),
        remarks=found_at(plan, saved, remarks),
        missing=missing_at(plan.descriptor, reading, missing),
    )


def schema_problems(plan: FormPlan, reading: Reading) -> dict[str, str]:
    """What the schema does not accept of the values that are there, by input."""
    found: dict[str, str] = {}
    for problem in problems(plan.descriptor, reading.document, plan.version):
        value = resolve(reading.document, problem.pointer)
        if problem.code not in BLANKS and problem.pointer and not (is_neutral(value) and value != 0):
            found.setdefault(reading.name_of(problem.pointer), problem.message)
    return found


def found_at(plan: FormPlan, saved: Any, remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Findings by the input that shows them, or by the row, list or group if there is none."""
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        places = dict.fromkeys(
            anchor(plan, saved, spot.pointer) for spot in remark.spots if spot.descriptor == plan.descriptor
        )
        for place in places:
            found.setdefault(place, []).append(remark)
    return found


def anchor(plan: FormPlan, saved: Any, place: str) -> str:
    """The innermost part of the form on the way to *place*."""
    at, value, here = plan.root, saved, ""
    for step in tokens(place):
        if at.kind == "list" and at.item is not None and is_index(step):
            if not isinstance(value, list) or int(step) >= len(value):
                break
            value, at = value[int(step)], at.item
        elif step in at.by_key:
            value, at = value.get(step) if isinstance(value, dict) else None, at.by_key[step]
        else:
            break
        here += pointer(step)
    return here


def missing_at(descriptor: str, reading: Reading, missing: Iterable[Remark]) -> dict[str, Remark]:
    """Blank fields by input."""
    return {
        reading.name_of(spot.pointer): remark
        for remark in missing
        for spot in remark.spots
        if spot.descriptor == descriptor
    }
