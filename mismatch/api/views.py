"""Filters of findings that people keep under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.answers import name_of
from mismatch.decisions.models import LONGEST_QUERY, SavedView
from mismatch.services.keep_view import ViewRefused, forget_view, keep_view
from tec.api.bodies import Answer, Body, Choice, Flag, PageQuery, Text, paged
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView
from tec.projects.forms import one_line

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.api.operations import Operation


class SavedViewAnswer(Answer):
    """Filters under a name."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(SavedView.PAGES))
    query = serializers.CharField(help_text="The filters, as in an address.")
    shared = serializers.BooleanField(help_text="Whether everybody in the project sees it.")
    owner = serializers.CharField(allow_null=True)


class SavedViewBody(Body):
    """Filters to keep; the same name again replaces them."""

    name = Text(max_length=60)
    kind = Choice(choices=list(SavedView.PAGES), help_text="Of the findings it shows.")
    query = Text(allow_blank=True, max_length=LONGEST_QUERY, help_text="The filters, as “severity=critical”.")
    shared = Flag(required=False, default=False)


class SavedViewListView(ProjectView):
    group = "Findings"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(SavedViewAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the kept filters: your own, and those that others share."""
        found = SavedView.objects.filter(project=self.project).filter(Q(owner=self.user) | Q(shared=True))
        return self.page_of(found.select_related("owner"), lambda part: [view_row(each) for each in part])

    @operation(
        right=Right.SEE, body=SavedViewBody, cost=WRITE, answers={200: SavedViewAnswer}, refusals=(409,)
    )
    def post(self, request: Request, slug: str) -> Response:
        """Keep filters under a name."""
        name = one_line(self.sent["name"])
        if not name:
            raise Refused(400, "The name says nothing.", [Fault("It says nothing.", "/name")])
        query = QueryDict(self.sent["query"], mutable=True)
        query.pop("page", None)
        try:
            kept = keep_view(
                project=self.project,
                by=self.user,
                kind=self.sent["kind"],
                name=name,
                query=query.urlencode(),
                shared=self.sent["shared"],
            )
        except ViewRefused as refused:
            raise Refused(409, str(refused)) from refused
        return Response(view_row(kept))


class SavedViewDetailView(ProjectView):
    group = "Findings"
    kept: SavedView

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.kept = get_object_or_404(
            SavedView, project=self.project, owner=self.user, pk=address["saved_view"]
        )

    @operation(right=Right.SEE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str, saved_view: int) -> Response:
        """Forget filters that you kept."""
        forget_view(view=self.kept, by=self.user)
        return Response(status=204)


def view_row(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.pk,
        "name": view.name,
        "kind": view.kind,
        "query": view.query,
        "shared": view.shared,
        "owner": name_of(view.owner),
    }
