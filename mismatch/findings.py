"""What a check finds: plain values, compared whole in tests and rendered by every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mismatch.wording import without_password
from tec.named import NamedTuple
from tec.pointers import pointer, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mismatch.profiles.profile import Profile

SEVERITIES = ("critical", "major", "minor", "info")
"""Worst first. critical: deployment fails or outputs are wrong; major: rework or an unverifiable system;
minor: works, but fragile; info: worth knowing."""

OUTCOMES = ("fail", "pass", "not-applicable", "cannot-tell")

LONGEST_VALUE = 50  # entries of a list or group that is shown whole


class Place(NamedTuple):
    """One spot in one document that shows a finding."""

    descriptor: str
    pointer: str  # RFC 6901, inside the document as it was given
    value: Any = None  # what is there, never cut; None for nothing, and for a list of rows
    label: str = ""  # for people: "Output Specification 2 › Item Type"

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


class Finding(NamedTuple):
    """One thing wrong; the first place is the side that must change first."""

    rule: str  # permanent slug
    code: str  # permanent short code, "TEC-3A"
    kind: str  # "mismatch" or "missing"
    outcome: str  # "fail" or "cannot-tell"
    severity: str
    message: str
    remedy: str
    places: tuple[Place, ...]
    fingerprint: str  # 32 hex digits, the same for the same thing in the next check
    explains: tuple[str, ...] = ()
    """Fingerprints of findings of the same report that this one explains, as a slip of the pen for one."""

    def as_json(self) -> dict[str, Any]:
        """The finding in the shape every JSON output uses; "explains" only if it explains any."""
        found = {
            "code": self.code,
            "rule": self.rule,
            "kind": self.kind,
            "outcome": self.outcome,
            "severity": self.severity,
            "message": self.message,
            "remedy": self.remedy,
            "fingerprint": self.fingerprint,
            "places": [place.as_json() for place in self.places],
        }
        return found | {"explains": list(self.explains)} if self.explains else found


class Report(NamedTuple):
    """The result of one run of the rules over one project."""

    findings: Sequence[Finding]
    outcomes: Mapping[str, str]  # rule code → outcome
    profile: Profile | None = None  # what was wanted otherwise of the rules; None: nothing
    problems: tuple[str, ...] = ()  # which plug-ins failed, and how, in words

    def counts(self) -> dict[str, int]:
        """How many things are wrong, by severity, all four named; see `counted`."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding in counted(self.findings):
            counts[finding.severity] += 1
        return counts


def counted(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings without those that say once more what another says, so that each thing counts once.

    Of a finding and those it explains the worse one counts: the one that explains only if it is worse than
    all of them, and they only if nothing worse explains them.
    """
    explaining = [finding for finding in findings if finding.explains]
    if not explaining:
        return findings
    ranks = {finding.fingerprint: SEVERITIES.index(finding.severity) for finding in findings}
    spare: set[str] = set()
    seen: dict[str, tuple[str, ...]] = {}
    for finding in explaining:
        name = finding.fingerprint
        # Of two that explain one another the first gives way.
        explains = [each for each in finding.explains if name not in seen.get(each, ())]
        seen[name] = finding.explains
        if explains:
            spare.update(explains if ranks[name] < min(ranks.get(each, 0) for each in explains) else (name,))
    return [finding for finding in findings if finding.fingerprint not in spare]


def together(findings: Sequence[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """The findings that count, each with those that say the same thing once more, for reports to show as one.

    What says once more what several say is with the first of them.
    """
    counting = {finding.fingerprint for finding in counted(findings)}
    spare = {finding.fingerprint: finding for finding in findings if finding.fingerprint not in counting}
    explaining: dict[str, list[str]] = {}
    for fingerprint, finding in spare.items():
        for other in finding.explains:
            explaining.setdefault(other, []).append(fingerprint)
    shown: list[tuple[Finding, list[Finding]]] = []
    for finding in findings:
        if finding.fingerprint in counting:
            others: list[Finding] = []
            waiting = [*finding.explains, *explaining.get(finding.fingerprint, [])]
            while waiting:
                same = spare.pop(waiting.pop(0), None)
                if same:
                    others.append(same)
                    waiting += [*same.explains, *explaining.get(same.fingerprint, [])]
            shown.append((finding, others))
    return shown


def place(document: Mapping[str, Any], descriptor: str, *tokens: str | int) -> Place:
    """The place at *tokens* inside *document*, with what is there and its label for people."""
    return place_at({descriptor: document}, (descriptor, *tokens))


def place_at(documents: Mapping[str, Any], at: tuple[str | int, ...]) -> Place:
    """The place *at* (descriptor, then tokens) inside *documents*."""
    descriptor, pointer, label = _named(at)
    value: Any = documents
    try:
        for token in at:
            value = value[token]
    except (KeyError, IndexError, TypeError):
        value = None
    if value.__class__ is str:
        if at[-1].__class__ is int:
            value = resolve(documents[descriptor], pointer)  # a letter of a text is no entry of a list
        if value and "://" in value:
            value = shown(value)
    elif isinstance(value, (dict, list)):
        value = shown(value)
    # What Place(…) does, at half the cost; a check of a project in a bad state makes hundreds.
    return tuple.__new__(Place, (descriptor, pointer, value, label))


def value_at(document: Mapping[str, Any], pointer: str) -> Any:
    """What a place at *pointer* inside *document* shows."""
    return shown(resolve(document, pointer))


def shown(value: Any) -> Any:
    """*value* as a place shows it: None for a list of rows and for anything that large; without passwords."""
    if isinstance(value, str):
        return without_password(value)
    if not isinstance(value, (dict, list)):
        return value
    if len(value) > LONGEST_VALUE:
        return None
    entries = value.values() if isinstance(value, dict) else value
    for entry in entries:
        if isinstance(entry, (dict, list)):
            return None
    if any(isinstance(entry, str) and "://" in entry for entry in entries):
        if isinstance(value, dict):
            return {name: shown(entry) for name, entry in value.items()}
        return [shown(entry) for entry in value]
    return value.copy()  # a finding stays as it is, whatever becomes of the document


@lru_cache(maxsize=4096)
def _named(at: tuple[str | int, ...]) -> tuple[str, str, str]:
    """Descriptor, pointer and label of a place; the same few are named again and again."""
    from descriptors.guides import label  # reads a guide file, which a clean project can do without

    descriptor, inside = str(at[0]), pointer(*at[1:])
    return descriptor, inside, label(descriptor, inside)
