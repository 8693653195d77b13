"""What a project or an organisation wants otherwise of the rules: off, another severity, other parameters."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache

from descriptors.catalogue import DESCRIPTORS, PREFIXES
from mismatch.declaration import RULES
from mismatch.findings import SEVERITIES
from tec.named import NamedTuple
from tec.strictjson import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from mismatch.declaration import Param, Rule
    from mismatch.findings import Finding

LONGEST_REASON = 1_000
LONGEST_NAME = 80
RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}


class Subject(NamedTuple):
    """A rule, a required field or an absence, as far as a profile needs to know it."""

    slug: str
    code: str
    severity: str
    settings: Mapping[str, Param] = {}
    follows: str = ""  # slug of the rule whose parameters it is given


class Deviation(NamedTuple):
    """What is wanted otherwise of one rule, and why."""

    rule: str  # slug
    code: str
    usual: str  # the severity it is declared with
    enabled: bool = True
    severity: str = ""  # "": as declared
    params: Mapping[str, Any] = {}
    reason: str = ""
    origin: str = ""  # "organisation", "project", or "" where there is only one place it can come from

    def as_json(self) -> dict[str, Any]:
        return {**self._asdict(), "params": dict(self.params)}

    @property
    def grade(self) -> str:
        """The severity that usual findings of the rule have now."""
        return self.severity or self.usual

    @property
    def effect(self) -> tuple[bool, str, dict[str, Any]]:
        """What it does, whatever the reason and whoever wants it."""
        return self.enabled, self.severity, dict(self.params)


class Profile:
    """Deviations from the rules as they are declared, and rules of one's own; it never changes."""

    def __init__(
        self, deviations: Iterable[Deviation] = (), *, name: str = "", own: Sequence[Rule] = ()
    ) -> None:
        self.name = name
        self.deviations = tuple(sorted(deviations, key=lambda each: each.rule))
        self.own = tuple(own)
        self.off = frozenset(each.rule for each in self.deviations if not each.enabled)
        self._params = {each.rule: each.params for each in self.deviations if each.params}
        self._grades = {each.rule: each for each in self.deviations if each.severity}

    def __bool__(self) -> bool:
        """Does it want anything otherwise?"""
        return bool(self.deviations or self.own)

    @cached_property
    def digest(self) -> str:
        """The same for the same profile only, reasons included; "" if it wants nothing otherwise."""
        return digest(self.as_json()) if self else ""

    @property
    def critical_off(self) -> list[Deviation]:
        """The critical rules that are switched off."""
        return [each for each in self.deviations if not each.enabled and each.usual == SEVERITIES[0]]

    def tuned(self, rule: Rule) -> Rule:
        """*rule* with the parameters that the profile wants, always the same object for the same ones."""
        params = self._params.get(rule.follows or rule.slug)
        return _tuned(rule, tuple(sorted(params.items()))) if params else rule

    def graded(self, finding: Finding) -> Finding:
        """*finding* with the severity that the profile wants of it.

        What the rule itself grades milder than usual, since only the spelling differs for one, stays milder.
        """
        wanted = self._grades.get(finding.rule)
        if wanted is None or finding.outcome != "fail":
            return finding
        severity = wanted.severity
        if RANKS[finding.severity] > RANKS[wanted.usual]:
            severity = max(severity, finding.severity, key=RANKS.__getitem__)
        return finding if severity == finding.severity else finding._replace(severity=severity)

    def told(self) -> dict[str, Any]:
        """What it is called and what it does, as reports and the API give it."""
        deviations = [each.as_json() for each in self.deviations]
        own = [each.code for each in self.own]
        return {"name": self.name, "digest": self.digest, "deviations": deviations, "own": own}

    def as_json(self) -> dict[str, Any]:
        """Everything about it, as it is stored and reported."""
        return {
            "name": self.name,
            "rules": [each.as_json() for each in self.deviations],
            "own": [each.definition for each in self.own],
        }


@lru_cache(maxsize=256)
def _tuned(rule: Rule, params: tuple[tuple[str, Any], ...]) -> Rule:
    return rule.tuned(dict(params))


def combined(organisation: Iterable[Deviation], project: Iterable[Deviation]) -> list[Deviation]:
    """What the organisation wants of every project, and in its place what the project wants itself.

    A project answers for a whole rule: what it says about one replaces all that the organisation says of it.
    """
    wanted = {each.rule: each._replace(origin="organisation") for each in organisation}
    return list((wanted | {each.rule: each._replace(origin="project") for each in project}).values())


def subjects(own: Iterable[Rule] = ()) -> dict[str, Subject]:
    """All that a profile can be about, by slug: rules, required fields, absences and rules of one's own."""
    return _declared() | {each.slug: _subject(each) for each in own}


def _subject(rule: Rule) -> Subject:
    return Subject(rule.slug, rule.code, rule.severity, rule.settings, rule.follows)


@cache
def _declared() -> dict[str, Subject]:
    from mismatch.required.checks import checks

    found = {each.slug: _subject(each) for each in RULES}
    for name in DESCRIPTORS:
        code = f"{PREFIXES[name]}-00"
        found[code.lower()] = Subject(code.lower(), code, "info")
        for check in sorted(checks(name), key=lambda check: check.code):
            found[check.slug] = Subject(check.slug, check.code, check.severity)
    return found


class Fault(NamedTuple):
    """What is wrong with a profile, and where in it."""

    at: tuple[str, ...]
    what: str
    remedy: str


def read_rules(
    tables: Mapping[str, Any], known: Mapping[str, Subject], origin: str = ""
) -> tuple[list[Deviation], list[Fault]]:
    """The deviations in *tables*, by slug or code of the rule, and what is wrong with them."""
    names = {name.lower(): each for each in known.values() for name in (each.slug, each.code)}
    found: dict[str, Deviation] = {}
    faults: list[Fault] = []
    for name, table in tables.items():
        at = ("rules", name)
        subject = names.get(name.lower())
        if subject is None:
            from mismatch.guesses import nearest

            hint = nearest(name.lower(), names)
            near = f"Did you mean “{hint}”? " if hint else ""
            faults.append(Fault(at, f"there is no rule “{name}”", f"{near}“tec rules” lists them all."))
        elif subject.slug in found:
            faults.append(
                Fault(at, f"{subject.code} is named twice, as “{name}” and otherwise", "Keep one of them.")
            )
        else:
            wanted, wrong = read_rule(subject, table, at)
            faults += wrong
            found[subject.slug] = wanted._replace(origin=origin)
    return list(found.values()), faults


KEYS = ("enabled", "severity", "params", "reason")


def read_rule(subject: Subject, table: Any, at: tuple[str, ...]) -> tuple[Deviation, list[Fault]]:
    """What *table* wants of one rule, and what is wrong with it."""
    wanted = Deviation(subject.slug, subject.code, subject.severity)
    if not isinstance(table, dict):
        return wanted, [Fault(at, f"{subject.code} has to be a table", f"Its keys are {', '.join(KEYS)}.")]
    faults = [
        Fault((*at, key), f"“{key}” is no key of a rule", f"Known: {', '.join(KEYS)}.")
        for key in table
        if key not in KEYS
    ]
    enabled, severity = table.get("enabled", True), table.get("severity", "")
    params, reason = table.get("params", {}), table.get("reason", "")
    if not isinstance(enabled, bool):
        faults.append(
            Fault((*at, "enabled"), "“enabled” has to be true or false", "Write it without quotes.")
        )
    if severity not in ("", *SEVERITIES):
        faults.append(
            Fault((*at, "severity"), f"“{severity}” is no severity", f"Known: {', '.join(SEVERITIES)}.")
        )
    faults += _wrong_params(subject, params, at)
    if not isinstance(reason, str) or not reason.strip():
        faults.append(Fault(at, f"{subject.code} has no reason", "Say in “reason” why it is wanted so."))
    elif len(reason) > LONGEST_REASON:
        what = f"the reason has {len(reason):,} characters, and {LONGEST_REASON:,} is the limit"
        faults.append(Fault((*at, "reason"), what, "Shorten it, or link to where it is written."))
    if not faults:
        wanted = wanted._replace(enabled=enabled, severity=severity, params=params, reason=reason.strip())
    return wanted, faults


def _wrong_params(subject: Subject, params: Any, at: tuple[str, ...]) -> list[Fault]:
    where = (*at, "params")
    if not isinstance(params, dict):
        return [Fault(where, "“params” has to be a table", "Write params = { name = value }.")]
    if params and not subject.settings:
        return [Fault(where, f"{subject.code} has no parameters", "Remove them.")]
    if params and subject.follows:
        leader = RULES[subject.follows].code
        return [Fault(where, f"{subject.code} goes by the parameters of {leader}", f"Set them for {leader}.")]
    faults = []
    for name, value in params.items():
        if name not in subject.settings:
            known = ", ".join(subject.settings)
            faults.append(
                Fault((*where, name), f"{subject.code} has no parameter “{name}”", f"Known: {known}.")
            )
        elif fault := subject.settings[name].fault(value):
            default = subject.settings[name].default
            remedy = f"It is {default} unless it is set; {subject.settings[name].about}."
            faults.append(Fault((*where, name), f"“{name}” {fault}", remedy))
    return faults


def profile_from(body: Mapping[str, Any]) -> Profile:
    """The profile that `Profile.as_json` gave *body* for."""
    own: list[Rule] = []
    if body["own"]:
        from mismatch.own.rules import compiled

        own = [compiled(definition) for definition in body["own"]]
    return Profile([Deviation(**each) for each in body["rules"]], name=body["name"], own=own)
