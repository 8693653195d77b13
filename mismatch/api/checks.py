"""Checks of a project: start one, see how far it is, and what it looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors import catalogue
from mismatch import queries
from mismatch.findings import OUTCOMES, SEVERITIES
from mismatch.models import Check, State, Trigger
from mismatch.profiles.current import profile_by
from mismatch.services.start_check import start_check
from tec.api.bodies import Answer, PageQuery, paged
from tec.api.operations import HEAVY, operation
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from tec.projects.models import Project


class SeverityCountsAnswer(Answer):
    """How many there are of each severity."""

    critical = serializers.IntegerField()
    major = serializers.IntegerField()
    minor = serializers.IntegerField()
    info = serializers.IntegerField()


class OpenAnswer(Answer):
    """What is open now of what a check found."""

    mismatch = SeverityCountsAnswer()
    missing = SeverityCountsAnswer()
    cannot_tell = serializers.IntegerField(help_text="Findings that wait for a document or a field.")


class ProgressAnswer(Answer):
    """How far a check is."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()


class CheckAnswer(Answer):
    """One run of the rules."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.values)
    trigger = serializers.ChoiceField(choices=Trigger.values)
    requested_by = serializers.CharField(allow_null=True, help_text="User name.")
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    progress = ProgressAnswer()
    error = serializers.CharField(help_text="Why it failed, for people; else empty.")
    open = OpenAnswer(allow_null=True, help_text="By the decisions of now; null until it is done.")


class RevisionsReadAnswer(Answer):
    """Descriptor and number of the revision that was read."""

    descriptor = serializers.ChoiceField(choices=list(catalogue.DESCRIPTORS))
    revision = serializers.IntegerField()


class DeviationAnswer(Answer):
    """What is wanted otherwise of one rule, and why."""

    rule = serializers.CharField(help_text="Its slug.")
    code = serializers.CharField()
    usual = serializers.ChoiceField(choices=list(SEVERITIES), help_text="The severity it is declared with.")
    enabled = serializers.BooleanField(help_text="false: it was switched off.")
    severity = serializers.CharField(help_text="The one it is given instead; empty: as declared.")
    params = serializers.DictField(help_text="Parameters with other values than declared.")
    reason = serializers.CharField()
    origin = serializers.CharField(help_text="“organisation” or “project”: where it is set.")


class CheckProfileAnswer(Answer):
    """What a check wanted otherwise of the rules."""

    name = serializers.CharField()
    digest = serializers.CharField(help_text="The same for the same profile only, reasons included.")
    deviations = DeviationAnswer(many=True)
    own = serializers.ListField(child=serializers.CharField(), help_text="Codes of rules of your own.")


class CheckDetailAnswer(CheckAnswer):
    """One run of the rules, with what it looked at."""

    current = serializers.BooleanField(help_text="Whether documents and rules are still those it looked at.")
    revisions = RevisionsReadAnswer(many=True)
    outcomes = serializers.DictField(
        child=serializers.ChoiceField(choices=list(OUTCOMES)), help_text="Code of each rule and what it says."
    )
    profile = CheckProfileAnswer(
        allow_null=True, help_text="What was wanted otherwise of the rules; null: nothing, all as declared."
    )


class CheckListView(ProjectView):
    group = "Checks"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(CheckAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the checks of a project, newest first."""
        checks = self.project.checks.select_related("requested_by").defer("outcomes", "scores")
        return self.page_of(checks, check_rows)

    @operation(
        right=Right.CHECK,
        cost=HEAVY,
        answers={200: CheckDetailAnswer, 202: CheckDetailAnswer},
        gives={"Location": (200, 202)},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Check the documents as they are now.

        202: the check is queued or running; ask at its Location until its state is “done” or “failed”. 200:
        nothing has changed since a check that is done, so its result still holds and is given at once.
        """
        check = start_check(project=self.project, by=self.user, trigger=Trigger.API)
        where = f"/api/projects/{slug}/checks/{check.number}/"
        status = 200 if check.state == State.DONE else 202
        return Response(detail_row(check), status, headers={"Location": where})


class CheckDetailView(ProjectView):
    group = "Checks"

    @operation(right=Right.SEE, answers={200: CheckDetailAnswer})
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Read a check: how far it is, or what it found."""
        return Response(detail_row(check_of(self.project, number)))


def check_of(project: Project, number: int) -> Check:
    return get_object_or_404(project.checks.select_related("requested_by", "ruleset"), number=number)


def check_rows(checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Checks as the API gives them. One query for what is open in them."""
    counts = queries.counts_of([check for check in checks if check.state == State.DONE])
    return [
        {
            "number": check.number,
            "state": check.state,
            "trigger": check.trigger,
            "requested_by": check.requested_by.get_username() if check.requested_by else None,
            "created_at": check.created_at,
            "started_at": check.started_at,
            "finished_at": check.finished_at,
            "progress": {"done": check.progress_done, "total": check.progress_total},
            "error": check.error,
            "open": open_of(*counts[check.pk]) if check.pk in counts else None,
        }
        for check in checks
    ]


def detail_row(check: Check) -> dict[str, Any]:
    """A check with what it looked at, as the API gives it."""
    profile = profile_by(check)
    read = check.revisions.order_by().values_list("document__descriptor", "number")
    return check_rows([check])[0] | {
        "current": queries.snapshot(check).current,
        "revisions": [
            {"descriptor": name, "revision": revision}
            for name, revision in sorted(read, key=lambda each: catalogue.DESCRIPTORS.index(each[0]))
        ],
        "outcomes": check.outcomes,
        "profile": profile.told() if profile else None,
    }


def open_of(waiting: int, numbers: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {**numbers, "cannot_tell": waiting}
