"""Documents that say one thing in TEC and another in Git: both sides, and the choice between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors import catalogue
from descriptors.api.answers import DIFFERENCES, ChangeAnswer, change_of
from descriptors.api.documents import DescriptorView, head_of
from descriptors.api.repositories import StandingAnswer, linked_or_404
from descriptors.differences import changes
from descriptors.repositories import queries
from descriptors.repositories.services.settle_difference import NothingToSettle, keep_ours, take_from_git
from descriptors.repositories.services.store_sync import digest, document_of
from descriptors.services.save_revision import StaleRevision
from tec.api.bodies import Answer, Body, Choice, Number, Text
from tec.api.operations import WRITE, operation
from tec.api.refused import Refused
from tec.projects.access import Right

if TYPE_CHECKING:
    from rest_framework.request import Request

    from descriptors.repositories.models import FollowedDocument

LOOK_AGAIN = "Read the difference again and choose anew; nothing was changed."


class GitDifferenceAnswer(Answer):
    """What TEC and Git say about one document, where somebody has to choose."""

    file = serializers.CharField(help_text="Name of the file in Git.")
    revision = serializers.IntegerField(help_text="Of the document in TEC; 0: there is none.")
    offered = serializers.CharField(help_text="SHA-256 of what Git says; a choice names it.")
    commit = serializers.CharField(help_text="Where Git says so; may be empty.")
    document = serializers.DictField(help_text="The document as it is in Git.")
    count = serializers.IntegerField(
        help_text=f"How many differences there are; at most {DIFFERENCES} are named."
    )
    changes = ChangeAnswer(many=True, help_text="From what TEC says to what Git says.")


class ChoiceBody(Body):
    """Which side wins, and which state of both sides that is about."""

    take = Choice(choices=["git", "tec"], help_text="“git”: its state becomes a revision. “tec”: stays.")
    revision = Number(
        min_value=0, max_value=999_999_999, help_text="The revision that was read with the difference."
    )
    offered = Text(min_length=64, max_length=64, help_text="As it was read with the difference.")


class GitDifferenceView(DescriptorView):
    group = "Git"

    @operation(right=Right.EDIT, answers={200: GitDifferenceAnswer})
    def get(self, request: Request, slug: str, descriptor: str) -> Response:
        """Read what TEC and Git say about a document that both have changed."""
        followed = self.followed()
        head = head_of(self.project, descriptor)
        document = document_of(followed.offered)
        found = changes(descriptor, head.body if head else None, document)
        return Response(
            {
                "file": followed.name,
                "revision": head.number if head else 0,
                "offered": digest(followed.offered),
                "commit": followed.offered_by.commit if followed.offered_by else "",
                "document": document,
                "count": len(found),
                "changes": [change_of(each) for each in found[:DIFFERENCES]],
            }
        )

    @operation(right=Right.EDIT, body=ChoiceBody, cost=WRITE, answers={200: StandingAnswer}, refusals=(409,))
    def post(self, request: Request, slug: str, descriptor: str) -> Response:
        """Choose which side wins.

        Nothing is lost by either choice: every state stays in the history. 409 means that Git or somebody
        else has moved on since the difference was read.
        """
        followed = self.followed()
        chosen = {"followed": followed, "by": self.user, "offered": self.sent["offered"]}
        try:
            if self.sent["take"] == "git":
                take_from_git(based_on=self.sent["revision"], **chosen)
            else:
                keep_ours(**chosen)
        except NothingToSettle as error:
            raise Refused(409, f"Git or somebody else was faster. {LOOK_AGAIN}") from error
        except StaleRevision as stale:
            raise Refused(409, f"{stale} {LOOK_AGAIN}") from stale
        standings = queries.standings(linked_or_404(self.project))
        return Response(
            next(StandingAnswer(each).data for each in standings if each.descriptor == descriptor)
        )

    def followed(self) -> FollowedDocument:
        documents = linked_or_404(self.project).documents.select_related("offered_by", "repository__project")
        found = documents.filter(descriptor=self.descriptor).exclude(offered="").first()
        if found is None:
            name = catalogue.NAMES[self.descriptor]
            raise Http404(f"{name} is settled: there is nothing to choose.")
        return found
