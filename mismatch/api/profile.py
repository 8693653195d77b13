"""What a project wants of the rules: which run, how grave they are, by what tolerances, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.response import Response

from mismatch.findings import SEVERITIES
from mismatch.profile import LONGEST_NAME, LONGEST_REASON, read_rules
from mismatch.profiles import in_force
from mismatch.services.change_rules import replace_rules, table_of
from tec.api.bodies import Answer, Body, Choice, Flag, Text
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import invalid
from tec.pointers import pointer
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rest_framework.request import Request

    from mismatch.profile import Deviation
    from tec.projects.models import Project

PARAMS: dict[str, Any] = {"help_text": "Parameters of the rule, by name."}
TABLES = "By code of the rule; one that is not named is as it is declared."


class WantedAnswer(Answer):
    """What is wanted otherwise of one rule; what is as declared is left out."""

    enabled = serializers.BooleanField(required=False, help_text="false: it is not run.")
    severity = serializers.ChoiceField(choices=list(SEVERITIES), required=False)
    params = serializers.DictField(required=False, **PARAMS)
    reason = serializers.CharField()


class WantedBody(Body):
    """What is wanted otherwise of one rule, and why."""

    enabled = Flag(required=False, help_text="false: it is not run.")
    severity = Choice(
        choices=list(SEVERITIES), required=False, help_text="The most that a finding of the rule gets."
    )
    params = serializers.DictField(required=False, **PARAMS)
    reason = Text(max_length=LONGEST_REASON, help_text="For those who read a report and wonder.")


class RuleProfileAnswer(Answer):
    """What holds for the rules of a project, and who wants it."""

    rules = serializers.DictField(child=WantedAnswer(), help_text=f"Set in the project. {TABLES}")
    organisation = serializers.DictField(
        child=WantedAnswer(), help_text="Set for all projects; what the project sets goes before it."
    )
    meaningless = serializers.ListField(
        child=serializers.CharField(), help_text="What was set once and means nothing any more."
    )


class ProfileNameBody(Body):
    """The head of a tec.toml."""

    name = Text(required=False, allow_blank=True, max_length=LONGEST_NAME)


class RuleProfileBody(Body):
    """The same as a tec.toml, as JSON."""

    profile = ProfileNameBody(
        required=False, help_text="Taken so that a whole tec.toml can be sent; not kept."
    )
    rules = serializers.DictField(child=WantedBody(), help_text=TABLES)


class ProfileView(ProjectView):
    group = "Rules"

    @operation(right=Right.SEE, answers={200: RuleProfileAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read what a project wants of the rules.

        Its “rules” have the shape of those in a tec.toml, and can be sent back.
        """
        return Response(profile_row(self.project))

    @operation(right=Right.MANAGE, body=RuleProfileBody, cost=WRITE, answers={200: RuleProfileAnswer})
    def put(self, request: Request, slug: str) -> Response:
        """Replace all that a project wants of the rules.

        Every rule needs a reason. What is wanted for all projects anyhow is not set again in the project.
        """
        force = in_force(self.project)
        found, faults = read_rules(self.sent["rules"], force.known)
        if faults:
            raise invalid([Fault(f"{each.what}. {each.remedy}", pointer(*each.at)) for each in faults])
        same = {each.code: each.effect for each in force.organisation.deviations}
        wanted = {each.code: each for each in found if each.effect != same.get(each.code)}
        replace_rules(project=self.project, wanted=wanted, by=self.user)
        return Response(profile_row(self.project))


def profile_row(project: Project) -> dict[str, Any]:
    force = in_force(project)
    faults = force.organisation.faults + force.project.faults
    return {
        "rules": tables(force.project.deviations),
        "organisation": tables(force.organisation.deviations),
        "meaningless": [f"{each.what}. {each.remedy}" for each in faults],
    }


def tables(deviations: Iterable[Deviation]) -> dict[str, Any]:
    return {each.code: table_of(each) for each in deviations}
