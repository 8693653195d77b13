"""Checks set against each other, the baseline, the gates, and how well everything fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from mismatch import queries
from mismatch.api.answers import DESCRIPTOR_NAMES, PlaceAnswer, found_row
from mismatch.api.findings import last_check
from mismatch.comparing import SHOWN, pairs_of, still_open
from mismatch.findings import OUTCOMES, SEVERITIES
from mismatch.fit import CATEGORIES
from mismatch.gate import GATES, STATES
from mismatch.lifecycle import STANDINGS
from mismatch.models import Baseline, Check, Sighting, State
from mismatch.queries import KINDS
from mismatch.readiness import readiness
from mismatch.scores import scores_of
from mismatch.services.choose_baseline import choose_baseline
from tec.api.bodies import Answer, Body, Choice, Number, PageQuery, Query, YesNo
from tec.api.operations import HEAVY, WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from mismatch.comparing import Pair
    from tec.projects.models import Project

NUMBER: dict[str, Any] = {"required": False, "min_value": 1, "max_value": 999_999_999}


class FoundAnswer(Answer):
    """A finding as one check saw it."""

    code = serializers.CharField()
    rule = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    outcome = serializers.ChoiceField(choices=list(OUTCOMES))
    severity = serializers.ChoiceField(choices=list(SEVERITIES))
    message = serializers.CharField()
    remedy = serializers.CharField()
    fingerprint = serializers.CharField()
    places = PlaceAnswer(many=True)
    explains = serializers.ListField(child=serializers.CharField())


class ComparedAnswer(Answer):
    """What became of one finding."""

    fingerprint = serializers.CharField()
    standing = serializers.ChoiceField(choices=list(STANDINGS), allow_null=True, help_text="null: fixed.")
    then = FoundAnswer(allow_null=True)
    now = FoundAnswer(allow_null=True)


class ShownCountsAnswer(Answer):
    """How many there are of each."""

    new = serializers.IntegerField()
    worse = serializers.IntegerField(help_text="Still there, of a graver severity.")
    fixed = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()


class ComparisonAnswer(Answer):
    """What became of the findings of one check by another."""

    a = serializers.IntegerField(help_text="Number of the older check.")
    b = serializers.IntegerField(help_text="Number of the newer check.")
    counts = ShownCountsAnswer()
    open = ShownCountsAnswer(help_text="How many of them count as open now.")
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ComparedAnswer(many=True)


class CompareQuery(PageQuery):
    """Which checks to compare, and what of it to list."""

    a = serializers.IntegerField(**NUMBER, help_text="The older check; the baseline, else the one before.")
    b = serializers.IntegerField(**NUMBER, help_text="The newer check; the last one that is done.")
    show = Choice(choices=list(SHOWN), required=False, default="new", help_text="What to list.")


class BaselineAnswer(Answer):
    """The check that new and fixed are counted against."""

    check = serializers.IntegerField(allow_null=True, help_text="null: always the check before.")
    chosen_by = serializers.CharField(allow_null=True)
    chosen_at = serializers.DateTimeField(allow_null=True)


class BaselineBody(Body):
    """The check to count against."""

    check = Number(min_value=1, max_value=999_999_999)


class ReasonAnswer(Answer):
    """One thing that blocks a gate, or a condition under which it is open."""

    words = serializers.CharField()
    code = serializers.CharField()
    severity = serializers.CharField()
    fingerprint = serializers.CharField()
    descriptor = serializers.CharField()
    note = serializers.CharField(help_text="What was decided about it.")


class GateAnswer(Answer):
    """Whether the system may go on."""

    gate = serializers.ChoiceField(choices=list(GATES))
    state = serializers.ChoiceField(choices=list(STATES))
    blockers = ReasonAnswer(many=True)
    conditions = ReasonAnswer(many=True)
    check = serializers.IntegerField(allow_null=True, help_text="The check it rests on.")
    baseline = serializers.IntegerField(allow_null=True)


class GateQuery(Query):
    """How strict to be."""

    new = YesNo(
        required=False, help_text="“true”: what the baseline knew, and no less grave, does not block."
    )


class ScoreAnswer(Answer):
    """Two figures, always both: how much fits of what could be judged, and how much could be."""

    fit = serializers.IntegerField(allow_null=True, help_text="Per cent; null: nothing could be judged.")
    coverage = serializers.IntegerField(help_text="Per cent.")
    rules = serializers.IntegerField(help_text="Rules that could be judged.")
    failed = serializers.IntegerField(help_text="Those of them that object to something.")


class PairScoreAnswer(ScoreAnswer):
    descriptors = serializers.ListField(child=serializers.ChoiceField(choices=DESCRIPTOR_NAMES))


class CategoryScoreAnswer(ScoreAnswer):
    category = serializers.ChoiceField(choices=list(CATEGORIES))


class FitAnswer(ScoreAnswer):
    """How well the documents fit together: as a whole, by pair and by category."""

    check = serializers.IntegerField()
    pairs = PairScoreAnswer(many=True)
    categories = CategoryScoreAnswer(many=True)


class ComparisonView(ProjectView):
    group = "Comparison and gates"

    @operation(right=Right.SEE, query=CompareQuery, answers={200: ComparisonAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Compare two checks.

        What is new, still there but worse, fixed, still there with other values, still there as it was.
        """
        now = done_check(self.project, self.asked["b"]) if "b" in self.asked else last_check(self.project)
        if "a" in self.asked:
            then = done_check(self.project, self.asked["a"])
        else:
            then = queries.reference_of(now) or now
        lists = pairs_of(then, now)
        return self.page_of(
            lists[self.asked["show"]],
            pair_rows,
            a=then.number,
            b=now.number,
            counts={name: len(some) for name, some in lists.items()},
            open={name: still_open(some) for name, some in lists.items()},
        )


class BaselineView(ProjectView):
    group = "Comparison and gates"

    @operation(right=Right.SEE, answers={200: BaselineAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read which check new and fixed are counted against."""
        return Response(baseline_row(self.project))

    @operation(right=Right.APPROVE, body=BaselineBody, cost=WRITE, answers={200: BaselineAnswer})
    def put(self, request: Request, slug: str) -> Response:
        """Choose the check to count against."""
        number = self.sent["check"]
        done = Check.objects.filter(project=self.project, state=State.DONE)
        check = done.filter(number=number).first()
        if check is None:
            said = f"There is no finished check {number}."
            raise Refused(400, said, [Fault(said, "/check")])
        choose_baseline(project=self.project, check=check, by=self.user)
        return Response(baseline_row(self.project))

    @operation(right=Right.APPROVE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Count against the check before, as without a baseline."""
        choose_baseline(project=self.project, check=None, by=self.user)
        return Response(status=204)


class GateDetailView(ProjectView):
    group = "Comparison and gates"

    @operation(right=Right.SEE, query=GateQuery, cost=HEAVY, answers={200: GateAnswer})
    def get(self, request: Request, slug: str, gate: str) -> Response:
        """Ask whether the system may be built, integrated or deployed.

        “blocked” and “open-with-conditions” come with the exact list of what stands in the way.
        """
        ready = readiness(self.project, gates=[GATES[gate]], only_new=self.asked.get("new") == "true")
        return Response(
            {
                **ready.verdicts[0].as_json(),
                "check": ready.check.number if ready.check else None,
                "baseline": ready.baseline.number if ready.baseline else None,
            }
        )


class FitView(ProjectView):
    group = "Comparison and gates"

    @operation(right=Right.SEE, cost=HEAVY, answers={200: FitAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read how well the documents fit together, by the last finished check."""
        check = last_check(self.project)
        figures = scores_of(check).as_json()
        figures["categories"] = [{"category": name, **score} for name, score in figures["categories"].items()]
        return Response({"check": check.number, **figures})


def done_check(project: Project, number: int) -> Check:
    return get_object_or_404(Check.objects.filter(project=project, state=State.DONE), number=number)


def pair_rows(pairs: list[Pair]) -> list[dict[str, Any]]:
    """Both sides of the findings of one page, in full. One query."""
    wanted = [each.pk for pair in pairs for each in pair if each]
    found = Sighting.objects.select_related("finding").in_bulk(wanted)
    rows = []
    for then, now in pairs:
        old, new = (found.get(each.pk) if each else None for each in (then, now))
        if seen := new or old:
            rows.append(
                {
                    "fingerprint": seen.finding.fingerprint,
                    "standing": now.standing if now else None,
                    "then": found_row(old) if old else None,
                    "now": found_row(new) if new else None,
                }
            )
    return rows


def baseline_row(project: Project) -> dict[str, Any]:
    chosen = Baseline.objects.filter(project=project).select_related("check_run", "chosen_by").first()
    return {
        "check": chosen.check_run.number if chosen else None,
        "chosen_by": chosen.chosen_by.get_username() if chosen and chosen.chosen_by else None,
        "chosen_at": chosen.chosen_at if chosen else None,
    }
