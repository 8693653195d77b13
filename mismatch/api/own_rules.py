"""Rules that the people of a project write themselves: their versions, and which one takes part in checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.answers import name_of
from mismatch.own_files import MAX_BYTES, case_results, read_definition
from mismatch.services.write_own_rule import MOST, CasesFail, TooMany, activate, retire, write_version
from tec.api.bodies import Answer, Body, Number, PageQuery, Text, paged
from tec.api.operations import HEAVY, WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused, invalid
from tec.plain import quoted
from tec.projects.access import Right
from tec.projects.api.base import ProjectView
from tec.strictjson import Refused as Unreadable

if TYPE_CHECKING:
    from rest_framework.request import Request

    from mismatch.own_models import OwnRule, OwnRuleVersion
    from tec.api.operations import Operation


class OwnRuleVersionAnswer(Answer):
    """What a rule says in one version; never changed."""

    number = serializers.IntegerField()
    source = serializers.CharField(help_text="The rule as YAML, as it was written.")  # type: ignore[assignment]
    author = serializers.CharField(allow_null=True, help_text="User name.")
    created_at = serializers.DateTimeField()


class OwnRuleAnswer(Answer):
    """A rule that people of the project wrote."""

    number = serializers.IntegerField()
    code = serializers.CharField(help_text="Permanent, as in “U7”.")
    title = serializers.CharField(help_text="Of the newest version.")
    newest = serializers.IntegerField(help_text="Number of the newest version.")
    active = serializers.IntegerField(
        allow_null=True, help_text="The version that takes part in checks; null: none does."
    )


class OwnRuleDetailAnswer(OwnRuleAnswer):
    """A rule with its newest version."""

    source = serializers.CharField(help_text="The newest version as YAML, as it was written.")  # type: ignore[assignment]


class OwnRuleBody(Body):
    """A rule as YAML."""

    source = Text(  # type: ignore[assignment]
        trim_whitespace=False,
        max_length=MAX_BYTES,
        help_text="With test cases of its own, all of which have to come out.",
    )


class ActiveVersionBody(Body):
    """The version to let into checks."""

    version = Number(min_value=1, max_value=999_999_999)


class OwnRuleListView(ProjectView):
    group = "Rules"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(OwnRuleAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the rules that people of the project wrote."""
        rules = self.project.own_rules.select_related("active").prefetch_related("versions")
        return self.page_of(rules, lambda part: [rule_row(each) for each in part])

    @operation(
        right=Right.MANAGE,
        body=OwnRuleBody,
        cost=HEAVY,
        answers={201: OwnRuleDetailAnswer},
        refusals=(409,),
        gives={"Location": (201,)},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Write a rule.

        It gets a code, and takes part in no check until a version of it is made the active one.
        """
        rule = keep(self, None).rule
        where = f"/api/projects/{slug}/own-rules/{rule.number}/"
        return Response(detail_row(rule), 201, headers={"Location": where})


class OneOwnRuleView(ProjectView):
    """Answers an address below one rule."""

    rule: OwnRule

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        rules = self.project.own_rules.select_related("active", "project")
        self.rule = get_object_or_404(rules, number=address["own"])


class OwnRuleDetailView(OneOwnRuleView):
    group = "Rules"

    @operation(right=Right.SEE, answers={200: OwnRuleDetailAnswer})
    def get(self, request: Request, slug: str, own: int) -> Response:
        """Read a rule that people of the project wrote."""
        return Response(detail_row(self.rule))


class OwnRuleVersionListView(OneOwnRuleView):
    group = "Rules"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(OwnRuleVersionAnswer)})
    def get(self, request: Request, slug: str, own: int) -> Response:
        """List the versions of a rule, newest first."""
        versions = self.rule.versions.select_related("author")
        return self.page_of(versions, lambda part: [version_row(each) for each in part])

    @operation(
        right=Right.MANAGE,
        body=OwnRuleBody,
        cost=HEAVY,
        answers={201: OwnRuleVersionAnswer},
        refusals=(409,),
    )
    def post(self, request: Request, slug: str, own: int) -> Response:
        """Write the next version of a rule.

        The version that takes part in checks stays the same until another one is made the active one.
        """
        return Response(version_row(keep(self, self.rule)), 201)


class OwnRuleActiveView(OneOwnRuleView):
    group = "Rules"

    @operation(
        right=Right.MANAGE,
        body=ActiveVersionBody,
        cost=HEAVY,
        answers={200: OwnRuleDetailAnswer},
        refusals=(409,),
    )
    def put(self, request: Request, slug: str, own: int) -> Response:
        """Let a version of a rule take part in every check from now on."""
        number = self.sent["version"]
        version = self.rule.versions.filter(number=number).first()
        if version is None:
            raise invalid([Fault(f"{self.rule} has no version {number}.", "/version")])
        try:
            activate(version=version, by=self.user)
        except CasesFail as error:
            said = f"The test cases of {version} do not come out. Write a version whose cases do."
            raise Refused(409, said) from error
        self.rule.refresh_from_db()
        return Response(detail_row(self.rule))

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str, own: int) -> Response:
        """Retire a rule: it takes part in no check any more, and keeps its code and its versions."""
        retire(rule=self.rule, by=self.user)
        return Response(status=204)


def keep(view: ProjectView, rule: OwnRule | None) -> OwnRuleVersion:
    """Keep what was sent as the next version of *rule*, or of a new one if that is None."""
    source = view.sent["source"].replace("\r\n", "\n")
    try:
        cases = case_results(read_definition(source.encode(), rule.code if rule else "U1"))
        wrong = [
            f"The case {quoted(case.name)} has to fire {case.expected} times, not {len(case.found)} times."
            for case in cases
            if not case.passed
        ]
        if wrong:
            raise invalid([Fault(said, "/source") for said in wrong])
        return write_version(rule=rule, project=view.project, source=source, by=view.user)
    except Unreadable as error:
        raise invalid([Fault(error.message, "/source")]) from error
    except TooMany as error:
        said = f"A project has at most {MOST} rules of its own. Retire one and write its next version."
        raise Refused(409, said) from error


def rule_row(rule: OwnRule) -> dict[str, Any]:
    newest = rule.versions.all()[0]
    return {
        "number": rule.number,
        "code": rule.code,
        "title": newest.definition["title"],
        "newest": newest.number,
        "active": rule.active.number if rule.active else None,
    }


def detail_row(rule: OwnRule) -> dict[str, Any]:
    return {**rule_row(rule), "source": rule.versions.all()[0].source}


def version_row(version: OwnRuleVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "source": version.source,
        "author": name_of(version.author),
        "created_at": version.created_at,
    }
