"""Suggested fixes of findings: read, accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.response import Response

from descriptors.api.answers import ChangeAnswer, RevisionAnswer, change_of
from descriptors.services.save_revision import StaleRevision
from mismatch.api.answers import DESCRIPTOR_NAMES
from mismatch.services.accept_fix import FixMoved, accept_fix
from mismatch.showing.suggestions import now
from tec.api.bodies import Answer, Body, Text
from tec.api.etags import etag
from tec.api.operations import HEAVY, operation
from tec.api.refused import Refused
from tec.projects.access import Right, demand
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from mismatch.showing.suggestions import Suggestion
    from tec.api.operations import Operation

MOVED = "Something was saved meanwhile, so this is not the fix that you looked at. Read the fix again."


class FixAnswer(Answer):
    """What would repair a finding."""

    title = serializers.CharField()
    descriptor = serializers.ChoiceField(choices=DESCRIPTOR_NAMES, help_text="The document it changes.")
    sure = serializers.BooleanField(help_text="Whether it can hardly be wrong.")
    helps = serializers.BooleanField(help_text="Whether the finding would go, and nothing as bad would come.")
    token = serializers.CharField(help_text="To accept exactly this fix.")
    changes = ChangeAnswer(many=True)


class AcceptFixBody(Body):
    """The fix that was looked at."""

    token = Text(max_length=200)


class FixView(ProjectView):
    group = "Decisions"
    offer: Suggestion

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.now = now(self.project)
        offer = self.now.suggestion(address["fingerprint"])
        if offer is None:
            raise Refused(404, "This finding is gone, or nothing mechanical would fix it.")
        self.offer = offer
        if self.request.method == "POST":
            demand(self.user, self.project, Right.EDIT, descriptor=offer.fix.descriptor)

    @operation(right=Right.SEE, cost=HEAVY, answers={200: FixAnswer})
    def get(self, request: Request, slug: str, fingerprint: str) -> Response:
        """Read what would repair a finding, as a difference."""
        fix = self.offer.fix
        return Response(
            {
                "title": fix.title,
                "descriptor": fix.descriptor,
                "sure": fix.sure,
                "helps": self.now.helps(self.offer),
                "token": self.offer.token,
                "changes": [change_of(each) for each in self.offer.differences],
            }
        )

    @operation(
        right=Right.SEE,
        body=AcceptFixBody,
        cost=HEAVY,
        answers={200: RevisionAnswer},
        gives={"ETag": (200,)},
        refusals=(409,),
    )
    def post(self, request: Request, slug: str, fingerprint: str) -> Response:
        """Save a suggested fix as the next revision.

        Needs the right to edit the document that it changes.
        """
        try:
            kept = accept_fix(
                project=self.project, by=self.user, fingerprint=fingerprint, token=self.sent["token"]
            )
        except (FixMoved, StaleRevision) as moved:
            raise Refused(409, MOVED) from moved
        return Response(RevisionAnswer(kept).data, headers={"ETag": etag(kept.number)})
