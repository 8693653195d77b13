"""Every state a document ever had: list, read, compare, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors.api.answers import (
    DIFFERENCES,
    DOCUMENT,
    ChangeAnswer,
    ReasonQuery,
    RevisionAnswer,
    RevisionsQuery,
    change_of,
)
from descriptors.api.documents import DescriptorView, head_of, stale_refused
from descriptors.differences import changes
from descriptors.models import Revision
from descriptors.services.save_revision import StaleRevision, restore_revision
from tec.api.bodies import Answer, PageQuery, Query, paged
from tec.api.etags import based_on, etag
from tec.api.operations import WRITE, operation
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.projects.models import Project


class DifferenceAnswer(Answer):
    """What differs between two revisions of a document."""

    since = serializers.IntegerField(help_text="The older state; 0 is none.")
    revision = serializers.IntegerField(help_text="The newer state.")
    count = serializers.IntegerField(
        help_text=f"How many differences there are; at most {DIFFERENCES} are named."
    )
    changes = ChangeAnswer(many=True)


class DifferenceQuery(Query):
    """What to compare with."""

    since = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=999_999_999,
        help_text="The older revision; the one before if left out.",
    )


class ProjectRevisionListView(ProjectView):
    group = "Revisions"

    @operation(right=Right.SEE, query=RevisionsQuery, answers={200: paged(RevisionAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List every revision of every document of a project, newest first."""
        revisions = Revision.objects.of(self.project)
        if descriptor := self.asked.get("descriptor"):
            revisions = revisions.filter(document__descriptor=descriptor)
        return self.page_of(revisions.order_by("-created_at", "-pk").defer("text"), as_list)


class RevisionListView(DescriptorView):
    group = "Revisions"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(RevisionAnswer)})
    def get(self, request: Request, slug: str, descriptor: str) -> Response:
        """List the revisions of a document, newest first."""
        revisions = Revision.objects.of(self.project).filter(document__descriptor=descriptor)
        return self.page_of(revisions.order_by("-number").defer("text"), as_list)


class RevisionDetailView(DescriptorView):
    group = "Revisions"

    @operation(right=Right.SEE, answers={200: RevisionAnswer})
    def get(self, request: Request, slug: str, descriptor: str, revision: int) -> Response:
        """Read who saved a revision, when and why."""
        return Response(RevisionAnswer(revision_of(self.project, descriptor, revision)).data)


class RevisionDocumentView(DescriptorView):
    group = "Revisions"

    @operation(right=Right.SEE, answers={200: DOCUMENT}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str, descriptor: str, revision: int) -> HttpResponseBase:
        """Read a document as it was in a revision."""
        found = revision_of(self.project, descriptor, revision)
        if found.text is None:
            raise Refused(404, f"Revision {revision} cleared the document, so it has no content.")
        return HttpResponse(
            found.text.encode(), content_type="application/json", headers={"ETag": etag(found.number)}
        )


class RevisionDifferenceView(DescriptorView):
    group = "Revisions"

    @operation(right=Right.SEE, query=DifferenceQuery, answers={200: DifferenceAnswer})
    def get(self, request: Request, slug: str, descriptor: str, revision: int) -> Response:
        """Compare a revision with an older one, field by field."""
        now = revision_of(self.project, descriptor, revision)
        since = self.asked.get("since", revision - 1)
        was = revision_of(self.project, descriptor, since) if since else None
        found = changes(descriptor, was.body if was else None, now.body)
        return Response(
            {
                "since": since,
                "revision": revision,
                "count": len(found),
                "changes": [change_of(each) for each in found[:DIFFERENCES]],
            }
        )


class RevisionRestoreView(DescriptorView):
    group = "Revisions"

    @operation(
        right=Right.EDIT,
        cost=WRITE,
        query=ReasonQuery,
        takes=("If-Match",),
        gives={"ETag": (200,)},
        answers={200: RevisionAnswer},
        refusals=(409, 412, 428),
    )
    def post(self, request: Request, slug: str, descriptor: str, revision: int) -> Response:
        """Make an old revision the newest.

        It becomes a revision of its own, so the history keeps both. Send the ETag of the document as it is
        now as If-Match.
        """
        wanted = revision_of(self.project, descriptor, revision)
        head = head_of(self.project, descriptor)
        number = based_on(
            request, head.number if head else 0, exists=head is not None and head.text is not None
        )
        try:
            kept = restore_revision(
                revision=wanted, by=self.user, based_on=number, reason=self.asked.get("reason", "")
            )
        except StaleRevision as stale:
            raise stale_refused(stale, descriptor, wanted.body) from stale
        return Response(RevisionAnswer(kept).data, headers={"ETag": etag(kept.number)})


def revision_of(project: Project, descriptor: str, number: int) -> Revision:
    revisions = Revision.objects.of(project).filter(document__descriptor=descriptor)
    return get_object_or_404(revisions, number=number)


def as_list(revisions: list[Revision]) -> Any:
    return RevisionAnswer(revisions, many=True).data
