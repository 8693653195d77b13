"""Says whether a system is ready to be built, integrated or deployed, and what exactly stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.baseline import DECIDING, NEW, WORSE, Baseline, age
from mismatch.findings import Report, counted

OPEN, CONDITIONS, BLOCKED = "open", "open-with-conditions", "blocked"
STATES = {OPEN: "Open", CONDITIONS: "Open with conditions", BLOCKED: "Blocked"}

INTERFACES = frozenset(
    {"TEC-3A", "TEC-3B", "TEC-3C", "TEC-4A", "TEC-4B", "TEC-4C", "TEC-5A", "TEC-5B", "TEC-5C"}
    | {"X104", "X302", "X303", "X304", "X401", "X405", "X406"}
)
"""Rules about what one part of the system hands to another."""

ALWAYS = {
    "build": frozenset({"SC-06", "X509"}),
    "integrate": frozenset({"X101", "X102", "X104", "X105", "TM-40", "TM-41", "TM-42"}),
}
"""What blocks a gate and those after it whatever its severity: no word about rights to the data, a goal
without a metric; links that lead nowhere, a model without test metrics."""


class Gate(NamedTuple):
    id: str
    title: str
    asks: str
    needs: tuple[str, ...]  # documents that have to be there


GATES = {
    gate.id: gate
    for gate in (
        Gate(
            "build",
            "Ready to build",
            "Goals, raw data and the rights to use them are clear, and the environments are being described.",
            ("system_context", "raw_data", *DESCRIPTORS[5:]),
        ),
        Gate(
            "integrate",
            "Ready to integrate",
            "What the model, its pipeline and the system around them hand to each other fits.",
            tuple(DESCRIPTORS),
        ),
        Gate(
            "deploy",
            "Ready to deploy",
            "Nothing critical or major is open, and all eight descriptors are there.",
            tuple(DESCRIPTORS),
        ),
    )
}


class Concern(NamedTuple):
    """A finding, as far as a gate needs to know it."""

    fingerprint: str
    code: str
    kind: str
    severity: str
    message: str
    descriptor: str  # where something has to change first
    pointer: str = ""
    standing: str = "open"  # one of mismatch.lifecycle.STANDINGS
    news: str = NEW  # against the baseline: NEW, WORSE, or "" for what it knew
    note: str = ""  # what was decided, in words: “accepted by Ana until 3 May”


class Reason(NamedTuple):
    """One thing that blocks a gate, or a condition under which it is open."""

    words: str
    code: str = ""
    severity: str = ""
    fingerprint: str = ""
    descriptor: str = ""
    note: str = ""


class Verdict(NamedTuple):
    gate: Gate
    state: str
    blockers: tuple[Reason, ...]
    conditions: tuple[Reason, ...]

    @property
    def word(self) -> str:
        return STATES[self.state]

    def as_json(self) -> dict[str, Any]:
        """The verdict as the API and the command line give it."""
        return {
            "gate": self.gate.id,
            "state": self.state,
            "blockers": [reason._asdict() for reason in self.blockers],
            "conditions": [reason._asdict() for reason in self.conditions],
        }


def judge(
    gate: Gate,
    present: Collection[str],
    concerns: Iterable[Concern],
    *,
    outdated: str = "",
    only_new: bool = False,
) -> Verdict:
    """The verdict of *gate* over the documents that are *present* and what was found in them.

    *outdated* says in words why the findings are not of the newest documents; that blocks. With *only_new*
    what the baseline had seen already, and no less grave, is a condition instead of a blocker.
    """
    blockers = [Reason(outdated)] if outdated else []
    blockers += [
        Reason(f"{NAMES[name]} is not there yet.", descriptor=name)
        for name in gate.needs
        if name not in present
    ]
    conditions: list[Reason] = []
    for concern in concerns:
        if not stops(gate, concern):
            continue
        reason = Reason(
            concern.message,
            concern.code,
            concern.severity,
            concern.fingerprint,
            concern.descriptor,
            concern.note,
        )
        if concern.standing in {"open", "planned"}:
            if only_new and not concern.news:
                conditions.append(reason._replace(note=reason.note or "known since the baseline"))
            elif only_new and concern.news == WORSE:
                blockers.append(reason._replace(note=reason.note or "worse than in the baseline"))
            else:
                blockers.append(reason)
        elif concern.standing == "accepted" or (
            concern.standing == "dismissed" and concern.severity == "critical"
        ):
            conditions.append(reason)
    state = BLOCKED if blockers else CONDITIONS if conditions else OPEN
    return Verdict(gate, state, tuple(blockers), tuple(conditions))


def stops(gate: Gate, concern: Concern) -> bool:
    """Whether *concern* stands in the way of *gate* unless somebody decided otherwise."""
    if concern.code == "X509" and not concern.pointer.endswith("/metric"):
        return False  # the goal has a metric and lacks only the figure to beat
    if concern.code in ALWAYS["build"]:
        return True
    grave = concern.severity in {"critical", "major"}
    if gate.id == "build":
        return grave and concern.descriptor in {"system_context", "raw_data"}
    if concern.code in ALWAYS["integrate"]:
        return True
    if gate.id == "integrate":
        early = concern.descriptor in {"system_context", "raw_data"}
        return concern.severity == "critical" or (grave and (early or concern.code in INTERFACES))
    return grave


def concerns_of(
    report: Report, baseline: Baseline | None = None, decided: Mapping[str, tuple[str, str]] | None = None
) -> list[Concern]:
    """What a run of the rules found, for `judge`.

    *decided*: fingerprint → (standing, note), where people decided.
    """
    said = decided or {}
    before = baseline.findings if baseline else {}
    concerns = []
    for found in counted(report.findings):
        if found.outcome == "fail":
            standing, note = said.get(found.fingerprint, ("open", ""))
            first = found.places[0] if found.places else None
            concerns.append(
                Concern(
                    found.fingerprint,
                    found.code,
                    found.kind,
                    found.severity,
                    found.message,
                    first.descriptor if first else "",
                    first.pointer if first else "",
                    standing,
                    since if (since := age(before.get(found.fingerprint), found)) in DECIDING else "",
                    note,
                )
            )
    return concerns
