"""What checks found: filtered as on the pages, one by one, with their whole life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors.api.answers import RevisionAnswer
from mismatch import queries
from mismatch.api.answers import (
    DESCRIPTOR_NAMES,
    DecisionAnswer,
    FindingAnswer,
    decision_row,
    finding_row,
)
from mismatch.api.checks import check_of
from mismatch.findings import SEVERITIES
from mismatch.guesses import nearest
from mismatch.models import Check, Decision, Finding, Sighting
from mismatch.own.facts import names_of
from mismatch.showing.filters import KINDS, LONGEST_TEXT, ROLES, STATES, Filters
from mismatch.showing.history import episodes
from mismatch.showing.listing import matched
from tec.api.bodies import Answer, Choice, PageQuery
from tec.api.operations import operation
from tec.api.problems import Fault
from tec.api.refused import Refused, invalid
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from descriptors.models import Revision
    from mismatch.showing.history import Episode
    from mismatch.showing.listing import Entry
    from tec.projects.models import Project

UNCHECKED = "Nothing has been checked yet. POST to …/checks/ to start a check."


class FindingsQuery(PageQuery):
    """Which findings to list; several severities are any of them, several descriptors all of them."""

    severity = serializers.ListField(
        child=Choice(choices=list(SEVERITIES)), required=False, help_text="May be given several times."
    )
    rule = serializers.ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        help_text="Slug or code of a rule; may be given several times.",
    )
    descriptor = serializers.ListField(
        child=Choice(choices=DESCRIPTOR_NAMES),
        required=False,
        help_text="What the finding is about; given several times, all of them.",
    )
    kind = Choice(choices=list(KINDS), required=False, help_text="All kinds unless given.")
    state = Choice(choices=list(STATES), required=False, help_text="Everything open unless given.")
    owner = Choice(
        choices=list(ROLES), required=False, help_text="The role that has to change something first."
    )
    assignee = serializers.CharField(
        required=False, max_length=LONGEST_TEXT, help_text="User name; “-” for findings nobody looks after."
    )
    q = serializers.CharField(required=False, max_length=LONGEST_TEXT, help_text="Words that must all occur.")


class FindingPageAnswer(Answer):
    """One page of findings, and the check that found them."""

    check = serializers.IntegerField(help_text="Number of the check.")
    current = serializers.BooleanField(help_text="Whether documents and rules are still those it looked at.")
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FindingAnswer(many=True)


class CommentAnswer(Answer):
    """A remark about a finding."""

    author = serializers.CharField(source="author_name")
    created_at = serializers.DateTimeField()
    text = serializers.CharField()


class EpisodeAnswer(Answer):
    """A stretch of checks that all saw the finding."""

    opened = serializers.IntegerField(help_text="Number of the first check of them.")
    last = serializers.IntegerField()
    fixed = serializers.IntegerField(allow_null=True, help_text="The first check that saw it no more.")
    opened_by = RevisionAnswer(many=True, help_text="What was saved just before it was there.")
    fixed_by = RevisionAnswer(many=True)


class FindingDetailAnswer(FindingAnswer):
    """A finding with its whole life."""

    check = serializers.IntegerField(help_text="Number of the check that saw it last.")
    gone = serializers.BooleanField(help_text="Whether the last check saw it no more.")
    episodes = EpisodeAnswer(many=True)
    decisions = DecisionAnswer(many=True)
    comments = CommentAnswer(many=True)


class FindingListView(ProjectView):
    """Findings of the last check that is done."""

    group = "Findings"

    @operation(right=Right.SEE, query=FindingsQuery, answers={200: FindingPageAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """List what the last finished check found.

        Mismatches first, then missing fields; each worst first. Without filters everything that is open,
        and what cannot be told yet.
        """
        return findings_of(self, last_check(self.project))


class CheckFindingListView(ProjectView):
    """Findings of one check."""

    group = "Findings"

    @operation(right=Right.SEE, query=FindingsQuery, answers={200: FindingPageAnswer}, refusals=(409,))
    def get(self, request: Request, slug: str, number: int) -> Response:
        """List what a check found."""
        check = check_of(self.project, number)
        if check.state != "done":
            raise Refused(409, f"Check {number} is {check.state}. Ask again when its state is “done”.")
        return findings_of(self, check)


class FindingDetailView(ProjectView):
    group = "Findings"

    @operation(right=Right.SEE, answers={200: FindingDetailAnswer})
    def get(self, request: Request, slug: str, fingerprint: str) -> Response:
        """Read a finding with its whole life.

        When it was there and which edits opened and fixed it, what people decided and said.
        """
        return Response(life_of(self.project, finding_of(self.project, fingerprint)))


def last_check(project: Project) -> Check:
    """The last check that is done; 404 before there is one."""
    done = queries.standing(project).done
    if done is None:
        raise Refused(404, UNCHECKED)
    return done


def finding_of(project: Project, fingerprint: str) -> Finding:
    found = Finding.objects.select_related("project", "assignee", "first_seen")
    return get_object_or_404(found, project=project, fingerprint=fingerprint)


def findings_of(view: ProjectView, check: Check) -> Response:
    """The page of the findings of *check* that is asked for."""
    filters = filters_in(view.asked, check)
    reference = queries.reference_of(check)
    kinds = [filters.kind] if filters.kind in queries.KINDS else queries.KINDS
    entries = [
        entry
        for kind in kinds
        for entry in queries.entries_of(check, kind, reference=reference, searched=bool(filters.text))
    ]
    chosen = [entry for entry in matched(entries, filters) if of_kind(entry, filters.kind)]
    return view.page_of(chosen, rows_of, check=check.number, current=queries.snapshot(check).current)


def of_kind(entry: Entry, kind: str) -> bool:
    return not kind or (entry.waits if kind == "cannot-tell" else entry.kind == kind and not entry.waits)


def rows_of(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The findings of one page in full. Two queries."""
    found = queries.sightings(entries)
    proposals = queries.proposals_of(found.values())
    return [
        finding_row(sighting, entry, proposals.get(sighting.finding_id), sighting.finding.first_seen.number)
        for entry in entries
        if (sighting := found.get(entry.pk))
    ]


def filters_in(asked: dict[str, Any], check: Check) -> Filters:
    """The filters of the pages, as the parameters say."""
    names = names_of(check, asked.get("rule", ()))
    unknown = [name for name in asked.get("rule", []) if name.lower() not in names]
    if unknown:
        raise invalid([Fault(_no_rule(name, list(names)), parameter="rule") for name in unknown])
    return Filters(
        severities=tuple(asked.get("severity", ())),
        rules=tuple(names[name.lower()] for name in asked.get("rule", ())),
        descriptors=tuple(asked.get("descriptor", ())),
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        owner=asked.get("owner", ""),
        assignee=asked.get("assignee", ""),
        text=asked.get("q", ""),
    )


def _no_rule(name: str, known: list[str]) -> str:
    hint = nearest(name.lower(), known)
    return f"There is no rule “{name}”." + (
        f" Did you mean “{hint}”?" if hint else " /api/rules/ lists them."
    )


def life_of(project: Project, found: Finding) -> dict[str, Any]:
    """Everything there is to say about a finding."""
    sighting = Sighting.objects.select_related("check_run").get(finding=found, check_run=found.last_seen_id)
    check = sighting.check_run
    reference = queries.reference_of(check)
    entry = next(
        each
        for each in queries.entries_of(check, sighting.kind, reference=reference)
        if each.pk == sighting.pk
    )
    newest = queries.standing(project).done
    decisions = Decision.objects.filter(finding=found).select_related(
        "author", "who", "approved_by", "withdrawn_by"
    )
    return {
        **rows_of([entry])[0],
        "check": check.number,
        "gone": newest is not None and newest.pk != check.pk,
        "episodes": [episode_row(each) for each in episodes(found, sighting)],
        "decisions": [decision_row(each, found) for each in decisions],
        "comments": CommentAnswer(found.comments.all(), many=True).data,
    }


def episode_row(episode: Episode) -> dict[str, Any]:
    return {
        "opened": episode.opened.number,
        "last": episode.last.number,
        "fixed": episode.fixed.number if episode.fixed else None,
        "opened_by": _revisions(episode.opened_by),
        "fixed_by": _revisions(episode.fixed_by),
    }


def _revisions(revisions: list[Revision]) -> Any:
    return RevisionAnswer(revisions, many=True).data
