"""Suggested fixes: where the remedy of a finding is mechanical, the very change to the documents.

A new kind of fix is one function, in any module below this one:

    @fixer("ensemble-contradicted")
    def count_components(finding: Finding, documents: Documents) -> Iterator[Proposal]:
        yield Proposal("trained_model", "Say that it is an ensemble", (change(True, "ensemble"),))

It is given a finding of one of the rules it names and all documents, in the newest schema version, and yields
what could be done, best first. Nothing is applied here: people accept a fix, and a revision comes of it.
"""

from __future__ import annotations

import copy

from descriptors.catalogue import LATEST
from tec.named import NamedTuple
from tec.pointers import resolve
from tec.registry import discover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any, TypeAlias

    from mismatch.findings import Finding, Report

    Documents: TypeAlias = Mapping[str, Any]


class Change(NamedTuple):
    """A value to set, or a row to add at the end of a list."""

    tokens: tuple[str | int, ...]
    value: Any
    adds: bool = False


class Proposal(NamedTuple):
    """What a fixer would do to one document."""

    descriptor: str
    title: str  # an instruction: "Map “pd” to “pd_12m” of “Loan Origination System”"
    changes: tuple[Change, ...]
    sure: bool = True
    """Would hardly anybody decide otherwise? What is not sure is offered, never done by the dozen."""


class Fix(NamedTuple):
    """A proposal worked out: the document as it would be."""

    fingerprint: str  # of the finding
    descriptor: str
    title: str
    sure: bool
    body: dict[str, Any]


if TYPE_CHECKING:
    Fixer: TypeAlias = Callable[[Finding, Documents], Iterator[Proposal]]

FIXERS: dict[str, list[Fixer]] = {}
"""Slug of a rule → what may fix what it finds; complete once this package is imported."""


def fixer(*slugs: str) -> Callable[[Fixer], Fixer]:
    """Register the decorated function for findings of the rules called *slugs*."""

    def register(function: Fixer) -> Fixer:
        for slug in slugs:
            FIXERS.setdefault(slug, []).append(function)
        return function

    return register


def change(value: Any, *tokens: str | int) -> Change:
    return Change(tokens, value)


def addition(row: Any, *tokens: str | int) -> Change:
    return Change(tokens, row, adds=True)


def fix_for(finding: Finding, documents: Documents) -> Fix | None:
    """The best fix of *finding*, None if there is no mechanical one.

    *documents* are those the finding points into. Of an older schema version nothing is fixed: upgrade first.
    Nor is anything made of texts that the finding shows without their passwords, which would be lost.
    """
    if finding.outcome != "fail" or not finding.places or _masked(finding, documents):
        return None
    for function in FIXERS.get(finding.rule, ()):
        for proposal in function(finding, documents):
            body = documents.get(proposal.descriptor)
            if isinstance(body, dict) and body.get("version") == LATEST:
                fixed = applied(body, proposal.changes)
                if fixed is not None and fixed != body:
                    return Fix(finding.fingerprint, proposal.descriptor, proposal.title, proposal.sure, fixed)
    return None


def _masked(finding: Finding, documents: Documents) -> bool:
    """Does the finding show a text otherwise than it stands in the documents?"""
    return any(
        isinstance(stands := resolve(documents.get(place.descriptor), place.pointer), str)
        and stands != place.value
        for place in finding.places
    )


def applied(body: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any] | None:
    """*body* with *changes*, sharing with it what stays as it is; None if it has no such place."""
    fixed = dict(body)
    for tokens, value, adds in changes:
        inner: Any = fixed
        try:
            for token in tokens[:-1]:
                part = copy.copy(inner[token])
                inner[token] = part
                inner = part
            if adds:
                inner[tokens[-1]] = [*_rows(inner.get(tokens[-1], [])), value]
            else:
                inner[tokens[-1]] = value
        except (KeyError, IndexError, TypeError, AttributeError):
            return None
    return fixed


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def works(fix: Fix, documents: Documents, report: Report, today: date | None = None) -> bool:
    """Does *fix* remove its finding without bringing new ones as bad as it?

    *report* is that of *documents* as they are; what its profile wants of the rules holds afterwards, too.
    """
    from mismatch.engine import check
    from mismatch.findings import SEVERITIES

    ranks = {found.fingerprint: SEVERITIES.index(found.severity) for found in report.findings}
    allowed = ranks.get(fix.fingerprint, len(SEVERITIES))
    after = check({**documents, fix.descriptor: fix.body}, today=today, profile=report.profile).findings
    return all(
        found.fingerprint != fix.fingerprint
        and (found.fingerprint in ranks or SEVERITIES.index(found.severity) > allowed)
        for found in after
    )


discover(__name__)
