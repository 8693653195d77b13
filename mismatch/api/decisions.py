"""What people do about findings: decide, approve, withdraw, remark, assign; many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.answers import DecisionAnswer, decision_row
from mismatch.api.checks import check_of
from mismatch.api.findings import CommentAnswer, finding_of, last_check
from mismatch.decisions.models import DecisionKind
from mismatch.models import Decision
from mismatch.services.answer_decisions import approve_decisions, withdraw_decisions
from mismatch.services.decide_findings import (
    LONGEST_REASON,
    MOST,
    DecisionRefused,
    Terms,
    decide_findings,
)
from mismatch.services.discuss_finding import assign_findings, comment_on_finding
from tec.api.bodies import Answer, Body, Choice, Flag, Number, PageQuery, Text, paged
from tec.api.operations import WRITE, Handler, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.plain import quoted
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from mismatch.models import Finding
    from tec.api.operations import Operation
    from tec.projects.models import Project

STATES = ["all", "kept", "proposed", "withdrawn"]


class FingerprintsField(serializers.ListField):
    """The findings meant, by fingerprint."""

    def __init__(self, **options: Any) -> None:
        child = Text(max_length=64)
        super().__init__(child=child, min_length=1, max_length=MOST, **options)


class DecideBody(Body):
    """One decision about one or many findings."""

    findings = FingerprintsField(help_text="Their fingerprints.")
    kind = Choice(choices=DecisionKind.values, help_text="accept a risk, dismiss: no problem, plan a fix.")
    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON, help_text="Not for a plan.")
    until = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="How long a risk is accepted, 90 days unless given; by when a fix is planned.",
    )
    for_ever = Flag(required=False, default=False, help_text="Accept without an end.")
    who = Text(required=False, allow_null=True, max_length=150, help_text="Who fixes it: user name.")
    check = Number(
        required=False, min_value=1, max_value=999_999_999, help_text="The check that saw them; the last one."
    )


class DecidedAnswer(Answer):
    """What was decided."""

    decisions = DecisionAnswer(many=True)


class DecisionsQuery(PageQuery):
    """Which decisions to list."""

    state = Choice(choices=STATES, required=False, default="kept", help_text="Not withdrawn unless given.")


class AnswerDecisionsBody(Body):
    """Which decisions are meant: by id, or all of one batch."""

    decisions = serializers.ListField(
        child=Number(min_value=1, max_value=2**53), required=False, max_length=MOST, help_text="Their ids."
    )
    batch = serializers.UUIDField(required=False, help_text="All that were decided in one go.")


class NumberAnswer(Answer):
    """How many were changed."""

    number = serializers.IntegerField()


class AssignBody(Body):
    """Who looks after findings from now on."""

    findings = FingerprintsField(help_text="Their fingerprints.")
    to = Text(allow_null=True, max_length=150, help_text="User name of a member; null: nobody.")


class CommentBody(Body):
    """A remark."""

    text = Text(max_length=LONGEST_REASON)


class DecisionListView(ProjectView):
    group = "Decisions"

    @operation(right=Right.SEE, query=DecisionsQuery, answers={200: paged(DecisionAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List what was decided about the findings of a project, newest first."""
        found = Decision.objects.filter(finding__project=self.project)
        state = self.asked["state"]
        if state == "proposed":
            found = found.proposed()
        elif state != "all":
            found = found.filter(withdrawn_at__isnull=state == "kept")
        related = ("finding", "who", "approved_by", "withdrawn_by")
        return self.page_of(
            found.select_related(*related).order_by("-pk"), lambda part: [decision_row(each) for each in part]
        )

    @operation(right=Right.DECIDE, body=DecideBody, cost=WRITE, answers={201: DecidedAnswer}, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        """Decide about findings, one or many; all or none.

        Accepting a critical one counts only when somebody else has approved it. A decision is about the
        values of now: when they change, it holds no longer.
        """
        sent = self.sent
        number = sent.get("check")
        check = check_of(self.project, number) if number else last_check(self.project)
        terms = Terms(
            sent["kind"],
            sent.get("reason", ""),
            sent.get("until"),
            sent["for_ever"],
            member_named(self.project, sent.get("who"), "who"),
        )
        made = done(
            lambda: decide_findings(
                project=self.project, check=check, fingerprints=sent["findings"], terms=terms, by=self.user
            )
        )
        return Response({"decisions": [decision_row(each) for each in made]}, 201)


def answering(right: Right) -> Callable[[Handler], Handler]:
    """The operation that answers decisions, by somebody with *right*."""
    return operation(
        right=right, body=AnswerDecisionsBody, cost=WRITE, answers={200: NumberAnswer}, refusals=(409,)
    )


class DecisionApproveView(ProjectView):
    group = "Decisions"

    @answering(Right.APPROVE)
    def post(self, request: Request, slug: str) -> Response:
        """Approve what others proposed."""
        return answered(self, approve_decisions)


class DecisionWithdrawView(ProjectView):
    group = "Decisions"

    @answering(Right.DECIDE)
    def post(self, request: Request, slug: str) -> Response:
        """Take decisions back.

        What was decided before them counts again.
        """
        return answered(self, withdraw_decisions)


class AssignmentView(ProjectView):
    group = "Decisions"

    @operation(right=Right.DECIDE, body=AssignBody, cost=WRITE, answers={200: NumberAnswer}, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        """Say who looks after findings."""
        to = member_named(self.project, self.sent["to"], "to")
        number = done(
            lambda: assign_findings(
                project=self.project, fingerprints=self.sent["findings"], to=to, by=self.user
            )
        )
        return Response({"number": number})


class CommentListView(ProjectView):
    group = "Decisions"
    finding: Finding

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.finding = finding_of(self.project, address["fingerprint"])

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(CommentAnswer)})
    def get(self, request: Request, slug: str, fingerprint: str) -> Response:
        """List the remarks about a finding, oldest first."""
        return self.page_of(self.finding.comments.all(), lambda part: CommentAnswer(part, many=True).data)

    @operation(
        right=Right.DECIDE, body=CommentBody, cost=WRITE, answers={201: CommentAnswer}, refusals=(409,)
    )
    def post(self, request: Request, slug: str, fingerprint: str) -> Response:
        """Remark on a finding; this decides nothing."""
        text = self.sent["text"]
        made = done(lambda: comment_on_finding(finding=self.finding, by=self.user, text=text))
        return Response(CommentAnswer(made).data, 201)


def answered(view: ProjectView, answer: Callable[..., int]) -> Response:
    """Have *answer* do what it does to the decisions that are meant."""
    ids = ids_in(view.project, view.sent)
    return Response({"number": done(lambda: answer(project=view.project, decisions=ids, by=view.user))})


def done(act: Callable[[], Any]) -> Any:
    """What *act* gives; a refusal of the service is 400 about a member of the body, else 409."""
    try:
        return act()
    except DecisionRefused as refused:
        if refused.field:
            raise Refused(400, str(refused), [Fault(str(refused), f"/{refused.field}")]) from refused
        raise Refused(409, str(refused)) from refused


def member_named(project: Project, name: str | None, field: str) -> User | None:
    """The member with that user name; None for no name."""
    if name is None:
        return None
    user = User.objects.filter(username=name, memberships__project=project).first()
    if user is None:
        said = f"{quoted(name)} does not belong to this project; name one of its members."
        raise Refused(400, said, [Fault(said, f"/{field}")])
    return user


def ids_in(project: Project, sent: dict[str, Any]) -> list[int]:
    """The ids of the decisions that are meant."""
    if ("decisions" in sent) == ("batch" in sent):
        said = "Name either “decisions” or a “batch”."
        raise Refused(400, said, [Fault(said)])
    if "batch" in sent:
        found = Decision.objects.kept().filter(finding__project=project, batch=sent["batch"])
        return list(found.values_list("pk", flat=True))
    ids: list[int] = sent["decisions"]
    return ids
