"""Turns the [[required]] tables of a field guide into checks that can be run."""

from __future__ import annotations

from descriptors.catalogue import PREFIXES
from descriptors.guides import GuideError, guide
from mismatch.findings import SEVERITIES
from mismatch.required.blanks import (
    BROKEN,
    TESTS,
    blank_fields,
    blank_lists,
    condition,
    split,
    sure_tests,
    test_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from mismatch.reading import Doc
    from mismatch.required.blanks import Condition, Search

KEYS = frozenset(
    {
        "code",
        "at",
        "rows",
        "columns",
        "why",
        "when",
        "parent",
        "optional",
        "severity",
        "label",
        "remedy",
        "note",
    }
)


class Check:
    """One required field: when it is asked for, and how its blank places are found."""

    __slots__ = (
        "applies",
        "by_row",
        "code",
        "columns",
        "descriptor",
        "end",
        "label",
        "note",
        "parent",
        "remedy",
        "rows",
        "search",
        "severity",
        "slots",
        "slug",
        "why",
    )

    def __init__(self, descriptor: str, table: Mapping[str, Any]) -> None:
        at = table.get("at", ())
        self.descriptor = descriptor
        self.code: str = table["code"]
        self.slug = self.code.lower()
        self.severity: str = table.get("severity", "minor")
        self.slots: tuple[str, ...] = (at,) if isinstance(at, str) else tuple(at)
        self.rows: str = table.get("rows", "")
        self.columns: tuple[str, ...] = tuple(table.get("columns", ()))
        self.parent: str = table.get("parent", "")
        self.why: str = table["why"]
        self.note: str = table.get("note", "")
        self.label: str = table.get("label", "")  # "": made of the guide's labels, see `required_wording`
        self.remedy: str = table.get("remedy", "")  # "": made of the guide's labels and examples
        self.end = 0  # number, in the plan, of the first check behind this one and all that it covers
        self.by_row = False  # is it asked of some rows only?
        self.applies, self.search = _compiled(self, table)

    @property
    def first_slot(self) -> str:
        """If this is filled in in all its rows, there is nothing to report."""
        return self.slots[0] if self.slots else f"{self.rows}[].{self.columns[0]}"

    def __repr__(self) -> str:
        return f"<Check {self.code} {self.rows or ', '.join(self.slots)}>"


class QuickLook:
    """Which checks of a plan have to be looked at one by one, after one look at each list of the document.

    A check that asks a condition of the document is always looked at, since it decides about those it covers;
    and so is one that is asked of some rows only. Any other that is filled in changes nothing.
    """

    def __init__(self, plan: Sequence[Check]) -> None:
        quick = [number for number, check in enumerate(plan) if check.applies is None and not check.by_row]
        self._always = [number for number in range(len(plan)) if number not in quick]
        self._groups = []
        for gather, tests in sure_tests([plan[number].first_slot for number in quick]):
            named = [([quick[each] for each in numbers], sure) for numbers, sure in tests]
            self._groups.append((gather, named, [number for numbers, _ in named for number in numbers]))

    def __call__(self, body: Doc) -> list[int]:
        """The numbers of the checks of which *body* may have something to report, in their order."""
        asked = self._always.copy()
        for gather, tests, every in self._groups:
            try:
                rows = gather(body)
            except BROKEN:
                rows = None
            if not rows:
                asked += every
                continue
            for numbers, sure in tests:
                try:
                    if sure(rows):
                        continue
                except BROKEN:
                    pass
                asked += numbers
        asked.sort()
        return asked


_plans: dict[str, tuple[Check, ...]] = {}
_looks: dict[str, QuickLook] = {}


def unsure(descriptor: str, body: Doc) -> list[tuple[int, Check]]:
    """The checks of *descriptor* that may have something to report, with their numbers in the plan."""
    plan = checks(descriptor)
    look = _looks.get(descriptor)
    if look is None:
        look = _looks[descriptor] = QuickLook(plan)
    return [(number, plan[number]) for number in look(body)]


def checks(descriptor: str) -> tuple[Check, ...]:
    """All checks of *descriptor*, every parent directly before all that it covers.

    Raises GuideError for a table that means nothing.
    """
    plan = _plans.get(descriptor)
    if plan is None:
        plan = _plans[descriptor] = planned(descriptor, guide(descriptor).required)
    return plan


def planned(descriptor: str, tables: Iterable[Mapping[str, Any]]) -> tuple[Check, ...]:
    """The checks that *tables* declare, in the order in which they are looked at."""
    covered: dict[str, list[Check]] = {"": []}
    for table in tables:
        try:
            check = Check(descriptor, table)
        except KeyError as absent:
            raise _fault(descriptor, table.get("code", "a required field"), f"lacks {absent}") from absent
        if check.code in covered:
            raise _fault(descriptor, check.code, "is declared twice")
        if check.parent not in covered:
            raise _fault(descriptor, check.code, f"has the parent {check.parent}, which is not above it")
        covered[check.code] = []
        covered[check.parent].append(check)
    plan: list[Check] = []

    def append(check: Check) -> None:
        plan.append(check)
        for child in covered[check.code]:
            append(child)
        check.end = len(plan)

    for check in covered[""]:
        append(check)
    return tuple(plan)


def _compiled(check: Check, table: Mapping[str, Any]) -> tuple[Condition | None, Search]:
    """When the check is asked of a document (None: always), and the search."""
    fault = _meaningless(check, table)
    if fault:
        raise _fault(check.descriptor, check.code, fault)
    asked, asked_of_row = None, None
    when = table.get("when")
    if when:
        wanted = when["is"] if isinstance(when["is"], list) else [when["is"]]
        rows, field = split(when["at"])
        if rows:
            asked_of_row = condition(field, wanted)
            check.by_row = True
        else:
            asked = condition(field, wanted)
    if check.rows:
        return asked, blank_lists(check.rows, check.columns)
    return asked, blank_fields(check.slots, asked_of_row, optional=table.get("optional", False))


def _meaningless(check: Check, table: Mapping[str, Any]) -> str:
    """What is wrong with *table*, if anything. Runs at every start, so it is quick rather than pretty."""
    if not table.keys() <= KEYS:
        return f"has unknown keys {', '.join(sorted(table.keys() - KEYS))} (known: {', '.join(sorted(KEYS))})"
    if check.code[:3] != f"{PREFIXES[check.descriptor]}-":
        return f"has to begin with {PREFIXES[check.descriptor]}-"
    if check.severity not in SEVERITIES:
        return f"has the severity “{check.severity}” (known: {', '.join(SEVERITIES)})"
    if bool(check.slots) == bool(check.rows) or bool(check.rows) != bool(check.columns):
        return "needs either “at” or both “rows” and “columns”"
    for slot in check.slots + check.columns:
        if ":" in slot and test_of(slot) not in TESTS:
            return f"asks for the test “{test_of(slot)}” (known: {', '.join(TESTS)})"
    lists = {split(slot)[0] for slot in check.slots}
    if len(lists) > 1:
        return "names fields of different lists"
    when = table.get("when")
    if when and (set(when) != {"at", "is"} or split(when["at"])[0] not in {"", *lists}):
        return "needs a “when” with “at”, in the same list or in none, and “is”"
    return ""


def _fault(descriptor: str, code: str, what: str) -> GuideError:
    return GuideError(f"The field guide {descriptor}.toml: {code} {what}.")
