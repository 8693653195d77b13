"""Runs the rules over the documents of a project; pure: no Django, no I/O, same input, same report."""

from __future__ import annotations

from operator import attrgetter

from descriptors.catalogue import DESCRIPTORS, LATEST, NAMES, OWN_VERSIONS, PREFIXES, PRODUCERS
from mismatch import plugins
from mismatch.declaration import CANNOT_TELL, FAIL, NOT_APPLICABLE, PASS, RULES, Hit, Rule, hit, rule
from mismatch.findings import SEVERITIES, Finding, Report, place_at, value_at
from mismatch.fingerprint import fingerprint
from mismatch.guesses import nearest
from mismatch.reading import NOTHING
from mismatch.recall import MEMORY, UNKNOWN
from mismatch.required import missing
from mismatch.wording import listing
from tec.registry import discover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from mismatch.declaration import At, Memo
    from mismatch.profiles.profile import Profile
    from mismatch.reading import Doc

__all__ = ["RULES", "check", "hit", "rule", "run"]

REQUIRED = "required"
"""The pack that the required-field checks are, beside the packs of rules."""

PLACES = attrgetter("places")
MISSING_ORDER = {PREFIXES[name]: number for number, name in enumerate(DESCRIPTORS)}
RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def check(
    documents: Mapping[str, Any],
    rules: Iterable[str] | None = None,
    *,
    today: date | None = None,
    packs: Collection[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    profile: Profile | None = None,
) -> Report:
    """What does not fit together in *documents*, which maps descriptor identifiers to JSON objects.

    Missing, None and {} all mean that a document is absent; one of an older version is upgraded first, and
    the places of its findings still point into it as it was given. *rules* names the slugs and codes to run
    (None: all), *packs* the rule packs; an unknown rule raises ValueError. *today* is for the rules that
    need a date; without it they are not applicable. *progress* is told how many rules of how many are done.
    *profile* is what is wanted otherwise of the rules, and holds rules of one's own; a rule that it switches
    off has no outcome.
    No document, however broken, makes it raise.
    """
    own = profile.own if profile else ()
    off = profile.off if profile else frozenset()
    wanted = None if rules is None else _slugs(rules, own)
    bodies, upgrades = _bodies(documents)
    chosen = [
        each
        for each in (*RULES, *own)
        if (wanted is None or each.slug in wanted) and (packs is None or each.pack in packs)
        if each.slug not in off
    ]
    if profile:
        chosen = [profile.tuned(each) for each in chosen]
    problems: list[str] = list(plugins.problems)
    plugged = any(pack.startswith(plugins.PACK) for pack in {each.pack for each in chosen})
    token = UNKNOWN if plugged else MEMORY.token(bodies)  # a plug-in may say something else the next time
    if token == UNKNOWN:
        findings, outcomes = run(chosen, bodies, today, progress, problems if plugged else None)
    else:
        found, told = MEMORY.result((token, today, *chosen), lambda: run(chosen, bodies, today, progress))
        findings, outcomes = found.copy(), told.copy()
    if packs is None or REQUIRED in packs:
        blanks = _blanks(bodies) if token == UNKNOWN else MEMORY.result(token, lambda: _blanks(bodies))
        findings += [
            found for found in blanks if (wanted is None or found.rule in wanted) and found.rule not in off
        ]
    if profile:
        findings = [profile.graded(finding) for finding in findings]
    findings = _linked(findings)
    if upgrades:
        findings = [_as_given(finding, documents, upgrades) for finding in findings]
    findings.sort(key=_severity)  # within one severity they are in the order of codes and places already
    return Report(findings, outcomes, profile or None, tuple(problems))


def run(
    rules: Sequence[Rule],
    bodies: Mapping[str, Doc],
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    problems: list[str] | None = None,
) -> tuple[list[Finding], dict[str, str]]:
    """What *rules* find, by rule and place, and their outcomes by code.

    *bodies* holds all eight documents, absent ones empty. Raises what a rule raises: a fault in a rule must
    not look like a clean project. Only of a plug-in's rule it is added to *problems*, if given, and the rule
    cannot tell.
    """
    absent = {name for name in DESCRIPTORS if not bodies[name]}
    findings: list[Finding] = []
    outcomes: dict[str, str] = {}
    memo: Memo = {}
    for done, each in enumerate(rules):
        if progress:
            progress(done, len(rules))
        if problems is not None and each.pack.startswith(plugins.PACK):
            found, outcomes[each.code] = _guarded(each, bodies, today, absent, problems)
        else:
            found, outcomes[each.code] = _apply(each, bodies, today, memo, absent)
        findings += found
    return findings, outcomes


def _guarded(
    rule: Rule, bodies: Mapping[str, Doc], today: date | None, absent: set[str], problems: list[str]
) -> tuple[list[Finding], str]:
    """What a plug-in's rule finds, on copies of what it reads; its failure is a problem and nothing else."""
    from copy import deepcopy

    copies = {**bodies, **{name: deepcopy(bodies[name]) for name in rule.reads}}
    try:
        return _apply(rule, copies, today, {}, absent)
    except Exception as error:
        problems.append(plugins.failure(rule, error))
        return [], CANNOT_TELL


def _apply(
    rule: Rule, bodies: Mapping[str, Doc], today: date | None, memo: Memo, absent: set[str]
) -> tuple[list[Finding], str]:
    """What *rule* finds, and its outcome."""
    if absent and not rule.needs.isdisjoint(absent):
        lone = rule.needs & absent == {rule.waits_for}
        return _waiting(rule, bodies) if lone else [], CANNOT_TELL
    if rule.wants_today and today is None:
        return [], NOT_APPLICABLE
    outcome = PASS
    hits: list[Hit] = []
    for found in rule.apply(bodies, today, memo):
        if isinstance(found, str):
            outcome = CANNOT_TELL if CANNOT_TELL in (found, outcome) else found
        else:
            hits.append(found)
    if not hits:
        return [], outcome
    if len(hits) > 1:
        hits.sort(key=PLACES)
    findings = []
    met: dict[tuple[str, ...], int] = {}
    for found in hits:
        met[found.key] = repeat = met.get(found.key, 0) + 1
        findings.append(_finding(rule, found, bodies, repeat))
    return findings, FAIL


def _blanks(bodies: Mapping[str, Doc]) -> list[Finding]:
    """The required fields that are blank, and the documents that are absent."""
    return sorted(missing(bodies), key=_code)


def _finding(rule: Rule, found: Hit, bodies: Mapping[str, Doc], repeat: int) -> Finding:
    message, places, key, severity, remedy, explains = found
    parts = (
        rule.slug,
        rule.code,
        "mismatch",
        FAIL,
        severity or rule.severity,
        message,
        remedy or rule.remedy,
        tuple([place_at(bodies, at) for at in places]),
        fingerprint(rule.slug, *key) if repeat == 1 else fingerprint(rule.slug, *key, repeat=repeat),
        tuple([fingerprint(slug, *key) for slug, key in explains]) if explains else (),
    )
    return tuple.__new__(Finding, parts)  # see `place_at`


def _linked(findings: list[Finding]) -> list[Finding]:
    """*findings*, each explaining only what was found as well."""
    if not any(finding.explains for finding in findings):
        return findings
    there = {finding.fingerprint for finding in findings}
    return [
        finding._replace(explains=tuple([each for each in finding.explains if each in there]))
        if finding.explains
        else finding
        for finding in findings
    ]


def _waiting(rule: Rule, bodies: Mapping[str, Doc]) -> list[Finding]:
    """The one finding that says what *rule* cannot compare because the descriptor it waits for is absent."""
    waiting = [found for found in rule.apply(bodies, None) if isinstance(found, Hit)]
    if not waiting:
        return []
    absent, one = NAMES[rule.waits_for], len(waiting) == 1
    what = f"One {rule.waiting[0]}" if one else f"{len(waiting)} {rule.waiting[1]}"
    names = listing([" › ".join(found.key) for found in waiting])
    return [
        Finding(
            rule.slug,
            rule.code,
            "mismatch",
            CANNOT_TELL,
            "info",
            f"{what} cannot be compared without a {absent} descriptor: {names}. "
            f"Usually written by: {PRODUCERS[rule.waits_for][0].lower()}.",
            f"Fill in or import {absent}; the next check compares {'it' if one else 'them'}.",
            tuple([place_at(bodies, _present(found, rule.waits_for)) for found in waiting]),
            fingerprint(rule.slug, CANNOT_TELL),
        )
    ]


def _severity(finding: Finding) -> int:
    return RANKS[finding.severity]


def _code(finding: Finding) -> tuple[int, str]:
    """Sorts required fields by descriptor and code, whatever covers what."""
    return MISSING_ORDER[finding.code[:2]], finding.code


def _present(found: Hit, absent: str) -> At:
    """The place of *found* that is not in the absent descriptor."""
    return next(at for at in found.places if at[0] != absent)


def _bodies(documents: Mapping[str, Any]) -> tuple[dict[str, Doc], dict[str, Any]]:
    """All eight documents in the newest version, absent ones empty; and how to get back, where upgraded."""
    bodies: dict[str, Doc] = {}
    upgrades: dict[str, Any] = {}
    for name in DESCRIPTORS:
        body = documents.get(name)
        if not body or not isinstance(body, dict):
            bodies[name] = NOTHING
        elif body.get("version") == LATEST or body.get("version") not in OWN_VERSIONS:
            bodies[name] = body  # without a version that is known there is nothing to upgrade from
        else:
            from descriptors.upgrades import upgrade

            upgrades[name] = upgraded = upgrade(name, body)
            bodies[name] = upgraded.body
    return bodies, upgrades


def _as_given(finding: Finding, documents: Mapping[str, Any], upgrades: Mapping[str, Any]) -> Finding:
    """*finding* with its places pointing into the documents as they were before the upgrade."""
    if not any(spot.descriptor in upgrades for spot in finding.places):
        return finding
    places = []
    for spot in finding.places:
        if spot.descriptor in upgrades:
            at = upgrades[spot.descriptor].pointers.original(spot.pointer)
            spot = spot._replace(pointer=at, value=value_at(documents[spot.descriptor], at))
        places.append(spot)
    return finding._replace(places=tuple(places))


def _slugs(names: Iterable[str], own: Iterable[Rule] = ()) -> set[str]:
    """The slugs of the rules and required-field codes called *names*."""
    known = {name.lower(): each.slug for each in (*RULES, *own) for name in (each.slug, each.code)}
    known.update((code.lower(), code.lower()) for code in required_codes())
    names = [names] if isinstance(names, str) else list(names)
    unknown = next((name for name in names if name.lower() not in known), None)
    if unknown is not None:
        hint = nearest(unknown.lower(), known)
        raise ValueError(f"There is no rule “{unknown}”." + (f" Did you mean “{hint}”?" if hint else ""))
    return {known[name.lower()] for name in names}


def required_codes() -> list[str]:
    """The codes of all required-field checks, and the eight that say that a document is absent."""
    from descriptors.guides import guide

    return [f"{PREFIXES[name]}-00" for name in DESCRIPTORS] + [
        str(check["code"]) for name in DESCRIPTORS for check in guide(name).required
    ]


discover("mismatch.rules")
plugins.load()
RULES.sort(lambda each: each.rank)
