"""From every goal to the log it is judged by, and from every raw field to production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.answers import DESCRIPTOR_NAMES
from mismatch.api.findings import last_check
from mismatch.lineage import lineage
from mismatch.stored import outlined
from mismatch.traceability import COLUMNS, trace
from tec.api.bodies import Answer
from tec.api.operations import HEAVY, operation
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request


class SpotAnswer(Answer):
    """Where in the documents something stands, and what a check found there."""

    descriptor = serializers.ChoiceField(choices=DESCRIPTOR_NAMES, allow_null=True)
    pointer = serializers.CharField(allow_null=True, help_text="JSON pointer inside the document.")
    codes = serializers.ListField(
        child=serializers.CharField(), help_text="Of the findings about it, minor or worse."
    )


class StationAnswer(SpotAnswer):
    """One station on the way of a goal."""

    text = serializers.CharField()
    gap = serializers.CharField(help_text="What is missing, for people; else empty.")
    guess = serializers.BooleanField(help_text="Nothing but the words suggests that it belongs here.")


class StopAnswer(SpotAnswer):
    """A field or item on its way; without a name it is one that nobody has stated."""

    name = serializers.CharField()
    type = serializers.CharField()
    values = serializers.CharField()
    component = serializers.CharField(help_text="To which it belongs; may be empty.")


class ThreadAnswer(Answer):
    """A goal and one metric that is to show whether it is met."""

    goal = serializers.CharField(help_text="Its id, or its words.")
    breaks_at = serializers.ChoiceField(choices=list(COLUMNS), allow_null=True)
    cells = serializers.DictField(child=StationAnswer(), help_text=f"By station: {', '.join(COLUMNS)}.")


class WaysAnswer(Answer):
    """Where fields and items come from and go to."""

    fields = serializers.ListField(  # type: ignore[assignment]
        child=StopAnswer(many=True), help_text="Raw data, training data, production data."
    )
    inputs = serializers.ListField(child=StopAnswer(many=True), help_text="Upstream component, pipeline.")
    outputs = serializers.ListField(child=StopAnswer(many=True), help_text="Model, downstream component.")


class TraceabilityAnswer(Answer):
    """What can be followed through the documents, by the last finished check."""

    check = serializers.IntegerField()
    goals = serializers.IntegerField()
    traced = serializers.IntegerField(help_text="Goals of which no thread breaks.")
    threads = ThreadAnswer(many=True)
    metrics_without_goal = StationAnswer(many=True)
    collectors_nobody_asked_for = StationAnswer(many=True)
    lineage = WaysAnswer()


class TraceabilityView(ProjectView):
    group = "Comparison and gates"

    @operation(right=Right.SEE, cost=HEAVY, answers={200: TraceabilityAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Follow every goal to its log and every field to production, by the last finished check."""
        check = last_check(self.project)
        found = outlined(check)
        traced = trace(found.documents, found.report.findings).as_json()
        ways = lineage(found.documents, found.report.findings).as_json()
        return Response({"check": check.number, **traced, "lineage": ways})
