"""Keeps versions of rules that people write, and lets one of them take part in checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from mismatch.own.files import OwnRuleProblem, case_results, read_definition
from mismatch.own.models import OwnRule, OwnRuleVersion
from tec.audit.moved import demand_still
from tec.audit.record import record
from tec.projects.access import lock_to_change
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST = 100
"""Rules of one place; each runs in every check of it."""


class TooMany(Exception):
    """There are as many rules as one place may have."""


class CasesFail(Exception):
    """A version whose own test cases do not come out takes part in nothing."""


def write_version(
    *, rule: OwnRule | None, project: Project | None, source: str, by: User, based_on: int | None = None
) -> OwnRuleVersion:
    """Keep *source* as the next version of *rule*, or of a new one if that is None.

    Raises OwnRuleProblem, with its line, for what is no rule, and Moved if others have written a version
    since *based_on*, unless the newest says the same already. The version takes part in checks only once it
    is activated; until then the one before does.
    """
    code = rule.code if rule else "U1"
    definition = read_definition(source.encode(), code)
    with transaction.atomic():
        if place := rule.project if rule else project:
            lock_to_change(place)
        if rule is None:
            rule = _made(project)
            definition["code"] = rule.code
        rule = OwnRule.objects.select_for_update().get(pk=rule.pk)
        last = rule.versions.first()
        number = last.number if last else 0
        if last and last.source == source and based_on not in (None, number):
            return last
        demand_still(number, based_on, verb="own_rule.written", project=rule.project, target=rule.code)
        version = OwnRuleVersion.objects.create(
            rule=rule, number=number + 1, source=source, definition=definition, author=by
        )
        record("own_rule.written", actor=by, project=rule.project, target=rule.code, version=number + 1)
    return version


@transaction.atomic
def activate(*, version: OwnRuleVersion, by: User) -> None:
    """Let *version* take part in checks from now on. Raises CasesFail."""
    if not all(case.passed for case in case_results(version.definition)):
        raise CasesFail
    _choose(version.rule, version, by)


@transaction.atomic
def retire(*, rule: OwnRule, by: User) -> None:
    """Let *rule* take part in no check any more; it keeps its code and its versions."""
    _choose(rule, None, by)


def _choose(rule: OwnRule, version: OwnRuleVersion | None, by: User) -> None:
    if rule.project:
        lock_to_change(rule.project)
    rule = OwnRule.objects.select_for_update().get(pk=rule.pk)
    was = rule.active.number if rule.active else None
    rule.active = version
    rule.save(update_fields=["active"])
    changes = {"version": [was, version.number if version else None]}
    record("own_rule.activated", actor=by, project=rule.project, target=rule.code, changes=changes)


def _made(project: Project | None) -> OwnRule:
    """A new rule with the next code; twins that ask at once try again."""
    if OwnRule.objects.of(project).count() >= MOST:
        raise TooMany
    for _ in range(5):
        number = (OwnRule.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                return OwnRule.objects.create(number=number, project=project, everywhere=project is None)
        except IntegrityError:
            continue
    raise OwnRuleProblem("busy", "too many rules are written at once", "Try again.")
