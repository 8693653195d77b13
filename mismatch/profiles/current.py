"""Which profile holds for a project now, and which one held for a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from mismatch.own.models import OwnRule
from mismatch.own.rules import compiled
from mismatch.profiles.models import ORGANISATION, Ruleset, RuleSettings, scope_of
from mismatch.profiles.profile import Deviation, Fault, Profile, Subject, combined, read_rules, subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mismatch.declaration import Rule
    from mismatch.models import Check
    from tec.projects.models import Project


class Wanted(NamedTuple):
    """What is set in one place, the organisation or a project."""

    version: int
    deviations: list[Deviation]
    faults: list[Fault]  # what was set once and means nothing any more, as a rule that is gone


NOTHING = Wanted(0, [], [])


class InForce(NamedTuple):
    """All that holds for a project, and where it comes from."""

    organisation: Wanted
    project: Wanted
    own: Sequence[Rule]
    known: dict[str, Subject]

    @property
    def profile(self) -> Profile:
        found = combined(self.organisation.deviations, self.project.deviations)
        name = "project settings" if self.project.deviations else "organisation default" if found else ""
        return Profile(found, name=name, own=self.own)


def in_force(project: Project | None) -> InForce:
    """What holds for *project*; None: for any project, by the organisation alone. Three queries."""
    own = own_rules(project)
    known = subjects(own)
    rows = {
        row.scope: row for row in RuleSettings.objects.filter(scope__in={ORGANISATION, scope_of(project)})
    }
    theirs = _wanted(rows.get(ORGANISATION), known)
    ours = _wanted(rows.get(scope_of(project)), known) if project else NOTHING
    return InForce(theirs, ours, own, known)


def profile_of(project: Project) -> Profile:
    """The profile that a check of *project* would go by now. Three queries."""
    return in_force(project).profile


def own_rules(project: Project | None) -> Sequence[Rule]:
    """The active rules of one's own that hold for *project*; None: those of all projects. One query."""
    holds = Q(everywhere=True) | Q(project=project) if project else Q(everywhere=True)
    rules = OwnRule.objects.filter(holds, active__isnull=False).order_by("number")
    return [compiled(definition) for definition in rules.values_list("active__definition", flat=True)]


def profile_by(check: Check) -> Profile | None:
    """The profile that *check* went by, exactly as it was; None: nothing deviated."""
    return check.ruleset.profile if check.ruleset else None


def ruleset_of(profile: Profile) -> Ruleset | None:
    """The stored form of *profile*; None if nothing deviates."""
    if not profile:
        return None
    return Ruleset.objects.get_or_create(digest=profile.digest, defaults={"body": profile.as_json()})[0]


def _wanted(row: RuleSettings | None, known: dict[str, Subject]) -> Wanted:
    if row is None:
        return NOTHING
    return Wanted(row.version, *read_rules(row.rules, known))
