"""Rules that people write, of a project or of all: their versions, and which one takes part in checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.answers import name_of
from mismatch.api.checks import ProgressAnswer
from mismatch.own.dry_run import MOST, SHOWN
from mismatch.own.dry_run import tried as tried_projects
from mismatch.own.files import MAX_BYTES, case_results, read_definition
from mismatch.own.models import DryRun, OwnRule
from mismatch.services.try_own_rule import TooManyRuns, start_dry_run
from mismatch.services.write_own_rule import MOST as RULES
from mismatch.services.write_own_rule import CasesFail, TooMany, activate, retire, write_version
from tec.api.bodies import Answer, Body, Number, PageQuery, Text, paged
from tec.api.etags import etag, version_held
from tec.api.operations import HEAVY, WRITE, Handler, operation
from tec.api.problems import Fault
from tec.api.refused import Refused, invalid
from tec.audit.moved import Moved
from tec.plain import quoted
from tec.projects.access import Right
from tec.projects.api.base import PlaceView, ProjectView, SiteView, moved_refused
from tec.strictjson import Refused as Unreadable
from tec.work.models import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from rest_framework.request import Request

    from mismatch.own.files import CaseResult
    from mismatch.own.models import OwnRuleVersion
    from tec.api.operations import Operation


class OwnRuleVersionAnswer(Answer):
    """What a rule says in one version; never changed."""

    number = serializers.IntegerField()
    source = serializers.CharField(help_text="The rule as YAML, as it was written.")  # type: ignore[assignment]
    author = serializers.CharField(allow_null=True, help_text="User name.")
    created_at = serializers.DateTimeField()


class OwnRuleAnswer(Answer):
    """A rule that people wrote."""

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


class TriedCaseAnswer(Answer):
    """A test case of a rule, and what came of it."""

    name = serializers.CharField()
    expected = serializers.IntegerField(help_text="How many times it has to fire.")
    found = serializers.ListField(child=serializers.CharField(), help_text="What it says, each time it does.")
    passed = serializers.BooleanField()


class TriedAnswer(Answer):
    """What came of the test cases of a rule."""

    cases = TriedCaseAnswer(many=True)


class TriedProjectAnswer(Answer):
    """What a rule says of the documents of one project."""

    project = serializers.CharField(help_text="Its slug.")
    findings = serializers.IntegerField()
    messages = serializers.ListField(child=serializers.CharField(), help_text=f"The first {SHOWN}.")


class DryRunAnswer(Answer):
    """What a rule would find, or how far the worker is that looks."""

    version = serializers.IntegerField(help_text="The version that is tried.")
    state = serializers.ChoiceField(choices=State.choices)
    progress = ProgressAnswer()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(help_text="Why it failed, for people; else empty.")
    outcomes = serializers.DictField(
        child=serializers.IntegerField(), help_text="Outcome and the number of projects that had it."
    )
    projects = TriedProjectAnswer(
        many=True,
        help_text=f"Those in which it found something, as far as you may see them, {MOST} at most.",
    )


def writing(answer: type[Answer], **more: Any) -> Callable[[Handler], Handler]:
    """The operation that keeps a version of a rule."""
    return operation(right=Right.MANAGE, body=OwnRuleBody, cost=HEAVY, answers={201: answer}, **more)


class OwnRules(PlaceView):
    group = "Rules"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(OwnRuleAnswer)})
    def get(self, request: Request, slug: str = "") -> Response:
        """List the rules that people wrote here."""
        rules = OwnRule.objects.of(self.place).select_related("active").prefetch_related("versions")
        return self.page_of(rules, lambda part: [rule_row(each) for each in part])

    @writing(OwnRuleDetailAnswer, gives={"Location": (201,), "ETag": (201,)}, refusals=(409,))
    def post(self, request: Request, slug: str = "") -> Response:
        """Write a rule.

        It gets a code, and takes part in no check until a version of it is made the active one.
        """
        rule = keep(self, None).rule
        headers = {"Location": f"{request.path}{rule.number}/", "ETag": etag(1)}
        return Response(detail_row(rule), 201, headers=headers)


class OwnRuleTry(PlaceView):
    group = "Rules"

    @operation(right=Right.MANAGE, body=OwnRuleBody, cost=HEAVY, stores=False, answers={200: TriedAnswer})
    def post(self, request: Request, slug: str = "") -> Response:
        """Try a rule on its test cases, without keeping it."""
        cases = tried(self, None)
        return Response({"cases": [{**each._asdict(), "passed": each.passed} for each in cases]})


class OneOwnRule(PlaceView):
    """Answers an address below one rule."""

    group = "Rules"
    rule: OwnRule

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        rules = OwnRule.objects.of(self.place).select_related("active", "project")
        self.rule = get_object_or_404(rules, number=address["own"])


class OwnRuleDetail(OneOwnRule):
    @operation(right=Right.SEE, answers={200: OwnRuleDetailAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, own: int, slug: str = "") -> Response:
        """Read a rule that people wrote. The ETag is that of its newest version."""
        row = detail_row(self.rule)
        return Response(row, headers={"ETag": etag(row["newest"])})


class OwnRuleVersions(OneOwnRule):
    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(OwnRuleVersionAnswer)})
    def get(self, request: Request, own: int, slug: str = "") -> Response:
        """List the versions of a rule, newest first."""
        versions = self.rule.versions.select_related("author")
        return self.page_of(versions, lambda part: [version_row(each) for each in part])

    @writing(OwnRuleVersionAnswer, takes=("If-Match",), gives={"ETag": (201,)}, refusals=(412, 428))
    def post(self, request: Request, own: int, slug: str = "") -> Response:
        """Write the next version of a rule.

        The version that takes part in checks stays the same until another one is made the active one. Send
        the ETag that you read with the rule as If-Match: 412 means that somebody has written a version in
        between, and “current” is that version.
        """
        held = version_held(request, self.rule.versions.all()[0].number)
        version = keep(self, self.rule, held)
        return Response(version_row(version), 201, headers={"ETag": etag(version.number)})


class OwnRuleDryRun(OneOwnRule):
    @operation(right=Right.SEE, answers={200: DryRunAnswer})
    def get(self, request: Request, own: int, slug: str = "") -> Response:
        """See what you had tried of a rule, or how far that is.

        404 until you have asked for it.
        """
        run = DryRun.objects.newest_of(self.rule, self.user)
        if run is None:
            raise Http404("You have had no version of this rule tried.")
        return Response(dry_run_row(run, self.user))

    @operation(
        right=Right.SEE, cost=HEAVY, answers={202: DryRunAnswer}, gives={"Location": (202,)}, refusals=(409,)
    )
    def post(self, request: Request, own: int, slug: str = "") -> Response:
        """Have the newest version of a rule tried over the documents of all projects that you may see.

        A worker does it; ask at its Location until its state is “done” or “failed”. Nothing but what you see
        there is kept. One that is on its way already is given instead of a second one.
        """
        version = self.rule.versions.select_related("rule__project").all()[0]
        try:
            run = start_dry_run(version=version, by=self.user)
        except TooManyRuns as error:
            raise Refused(409, str(error)) from error
        return Response(dry_run_row(run, self.user), 202, headers={"Location": request.path})


class OwnRuleActive(OneOwnRule):
    @operation(
        right=Right.MANAGE,
        body=ActiveVersionBody,
        cost=HEAVY,
        answers={200: OwnRuleDetailAnswer},
        refusals=(409,),
    )
    def put(self, request: Request, own: int, slug: str = "") -> Response:
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
    def delete(self, request: Request, own: int, slug: str = "") -> Response:
        """Retire a rule: it takes part in no check any more, and keeps its code and its versions."""
        retire(rule=self.rule, by=self.user)
        return Response(status=204)


class OwnRuleListView(OwnRules, ProjectView):
    """Of a project."""


class OwnRuleTryView(OwnRuleTry, ProjectView):
    """Of a project."""


class OwnRuleDetailView(OwnRuleDetail, ProjectView):
    """Of a project."""


class OwnRuleVersionListView(OwnRuleVersions, ProjectView):
    """Of a project."""


class OwnRuleDryRunView(OwnRuleDryRun, ProjectView):
    """Of a project."""


class OwnRuleActiveView(OwnRuleActive, ProjectView):
    """Of a project."""


class OrganisationOwnRuleListView(OwnRules, SiteView):
    """Of all projects."""


class OrganisationOwnRuleTryView(OwnRuleTry, SiteView):
    """Of all projects."""


class OrganisationOwnRuleDetailView(OwnRuleDetail, SiteView):
    """Of all projects."""


class OrganisationOwnRuleVersionListView(OwnRuleVersions, SiteView):
    """Of all projects."""


class OrganisationOwnRuleDryRunView(OwnRuleDryRun, SiteView):
    """Of all projects."""


class OrganisationOwnRuleActiveView(OwnRuleActive, SiteView):
    """Of all projects."""


def tried(view: PlaceView, rule: OwnRule | None) -> list[CaseResult]:
    """What came of the test cases in what was sent."""
    source = view.sent["source"].replace("\r\n", "\n")
    try:
        return case_results(read_definition(source.encode(), rule.code if rule else "U1"))
    except Unreadable as error:
        raise invalid([Fault(error.message, "/source")]) from error


def keep(view: PlaceView, rule: OwnRule | None, held: int | None = None) -> OwnRuleVersion:
    """Keep what was sent as the next version of *rule*, which began from *held*, or of a new one."""
    wrong = [
        f"The case {quoted(case.name)} has to fire {case.expected} times, not {len(case.found)} times."
        for case in tried(view, rule)
        if not case.passed
    ]
    if wrong:
        raise invalid([Fault(said, "/source") for said in wrong])
    source = view.sent["source"].replace("\r\n", "\n")
    try:
        return write_version(rule=rule, project=view.place, source=source, by=view.user, based_on=held)
    except Unreadable as error:
        raise invalid([Fault(error.message, "/source")]) from error
    except TooMany as error:
        said = f"There are at most {RULES} rules of one’s own here. Retire one and write its next version."
        raise Refused(409, said) from error
    except Moved as moved:
        assert rule
        newest = rule.versions.select_related("author").all()[0]
        current = OwnRuleVersionAnswer(version_row(newest)).data
        raise moved_refused(moved, current=current) from moved


def dry_run_row(run: DryRun, user: User) -> dict[str, Any]:
    found = tried_projects(run, user, MOST) if run.done else []
    return {
        "version": run.version.number,
        "state": run.state,
        "progress": {"done": run.progress_done, "total": run.progress_total},
        "created_at": run.created_at,
        "finished_at": run.finished_at,
        "error": run.error,
        "outcomes": run.outcomes,
        "projects": [
            {"project": each.project.slug, "findings": each.number, "messages": each.messages}
            for each in found
        ],
    }


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
