"""Records what is wanted otherwise of the rules, in a project or in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from mismatch.profiles.models import RuleSettings, scope_of
from tec.audit.moved import demand_still
from tec.audit.record import record
from tec.projects.models import Project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

    from mismatch.profiles.profile import Deviation


@transaction.atomic
def change_rule(
    *, project: Project | None, code: str, wanted: Deviation | None, version: int, by: User
) -> None:
    """Set what is wanted of one rule; None: nothing otherwise. *project* None: of all projects.

    Raises Moved if others have set any rule since *version*, unless this one is set so already.
    """
    row = _locked(project)
    rules = {name: table for name, table in row.rules.items() if name != code}
    if wanted:
        rules[code] = table_of(wanted)
    _keep(row, rules, project, by, version, target=code)


@transaction.atomic
def replace_rules(
    *, project: Project | None, wanted: Mapping[str, Deviation], by: User, version: int | None = None
) -> int:
    """Set all that is wanted, by code; what is not named is as declared again. Returns how many changed.

    Raises Moved if others have set rules since *version*, unless they are set like this already.
    """
    row = _locked(project)
    rules = {code: table_of(each) for code, each in wanted.items()}
    return _keep(row, rules, project, by, version, target="")


def table_of(wanted: Deviation) -> dict[str, Any]:
    """*wanted* in the shape of tec.toml; what is as declared is left out."""
    table: dict[str, Any] = {} if wanted.enabled else {"enabled": False}
    if wanted.severity:
        table["severity"] = wanted.severity
    if wanted.params:
        table["params"] = dict(wanted.params)
    return {**table, "reason": wanted.reason}


def _locked(project: Project | None) -> RuleSettings:
    if project:
        Project.objects.lock(project.pk)
    RuleSettings.objects.get_or_create(scope=scope_of(project), defaults={"project": project})
    return RuleSettings.objects.select_for_update().get(scope=scope_of(project))


def _keep(
    row: RuleSettings,
    rules: dict[str, Any],
    project: Project | None,
    by: User,
    version: int | None,
    *,
    target: str,
) -> int:
    changes = {
        code: [row.rules.get(code), rules.get(code)]
        for code in sorted({*row.rules, *rules})
        if row.rules.get(code) != rules.get(code)
    }
    if changes:
        demand_still(row.version, version, verb="rules.changed", project=project)
        row.rules, row.version, row.changed_by = rules, row.version + 1, by
        row.save()
        record("rules.changed", actor=by, project=project, target=target, changes=changes)
    return len(changes)
