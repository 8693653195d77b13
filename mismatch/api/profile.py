"""What is wanted of the rules, in a project or in all: which run, how grave they are, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.response import Response

from mismatch.findings import SEVERITIES
from mismatch.profiles.current import in_force
from mismatch.profiles.profile import LONGEST_NAME, LONGEST_REASON, read_rules
from mismatch.services.change_rules import replace_rules, table_of
from tec.api.bodies import Answer, Body, Choice, Flag, Text
from tec.api.etags import etag, version_held
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import invalid
from tec.audit.moved import Moved
from tec.pointers import pointer
from tec.projects.access import Right
from tec.projects.api.base import PlaceView, ProjectView, SiteView, moved_refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rest_framework.request import Request

    from mismatch.profiles.profile import Deviation
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


class OrganisationProfileAnswer(Answer):
    """What holds for the rules of all projects."""

    rules = serializers.DictField(child=WantedAnswer(), help_text=f"Set here. {TABLES}")
    meaningless = serializers.ListField(
        child=serializers.CharField(), help_text="What was set once and means nothing any more."
    )


class RuleProfileAnswer(OrganisationProfileAnswer):
    """What holds for the rules of a project, and who wants it."""

    organisation = serializers.DictField(
        child=WantedAnswer(), help_text="Set for all projects; what the project sets goes before it."
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


CHANGING: dict[str, Any] = {
    "right": Right.MANAGE,
    "body": RuleProfileBody,
    "cost": WRITE,
    "takes": ("If-Match",),
    "gives": {"ETag": (200,)},
    "refusals": (412, 428),
}
"""What both operations that change a profile declare."""


class ProfileView(ProjectView):
    group = "Rules"

    @operation(right=Right.SEE, answers={200: RuleProfileAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str) -> Response:
        """Read what a project wants of the rules.

        Its “rules” have the shape of those in a tec.toml, and can be sent back.
        """
        return answered(self.project)

    @operation(answers={200: RuleProfileAnswer}, **CHANGING)
    def put(self, request: Request, slug: str) -> Response:
        """Replace all that a project wants of the rules.

        Every rule needs a reason. What is wanted for all projects anyhow is not set again in the project.
        Once something was set, send the ETag that you read as If-Match: 412 means that somebody has set rules
        in between, and says which.
        """
        return replaced(self)


class OrganisationProfileView(SiteView):
    group = "Rules"

    @operation(right=Right.SEE, answers={200: OrganisationProfileAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request) -> Response:
        """Read what is wanted of the rules in all projects, unless a project wants otherwise."""
        return answered(None)

    @operation(answers={200: OrganisationProfileAnswer}, **CHANGING)
    def put(self, request: Request) -> Response:
        """Replace all that is wanted of the rules in all projects.

        Every rule needs a reason. Once something was set, send the ETag that you read as If-Match: 412 means
        that somebody has set rules in between, and says which.
        """
        return replaced(self)


def replaced(view: PlaceView) -> Response:
    """Set what was sent, in a project or for all of them."""
    force = in_force(view.place)
    found, faults = read_rules(view.sent["rules"], force.known)
    if faults:
        raise invalid([Fault(f"{each.what}. {each.remedy}", pointer(*each.at)) for each in faults])
    theirs = force.organisation.deviations if view.place else []
    same = {each.code: each.effect for each in theirs}
    wanted = {each.code: each for each in found if each.effect != same.get(each.code)}
    version = (force.project if view.place else force.organisation).version
    held = version_held(view.request, version, exists=version > 0)
    try:
        replace_rules(project=view.place, wanted=wanted, by=view.user, version=held)
    except Moved as moved:
        raise moved_refused(moved) from moved
    return answered(view.place)


def answered(project: Project | None) -> Response:
    force = in_force(project)
    faults = force.organisation.faults + force.project.faults
    here = force.project if project else force.organisation
    row = {
        "rules": tables(here.deviations),
        "meaningless": [f"{each.what}. {each.remedy}" for each in faults],
    }
    if project:
        row["organisation"] = tables(force.organisation.deviations)
    return Response(row, headers={"ETag": etag(here.version)})


def tables(deviations: Iterable[Deviation]) -> dict[str, Any]:
    return {each.code: table_of(each) for each in deviations}
