"""Who belongs to a project and as what, who is invited, and which team edits which document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from tec.api.bodies import Answer, Body, Choice, Number, PageQuery, Text, paged
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused, invalid
from tec.plain import quoted
from tec.projects.access import Right, demand
from tec.projects.api.base import ProjectView
from tec.projects.models import Invitation, Membership, Role
from tec.projects.rights import EDITORS, TEAMS, may_edit
from tec.projects.services.change_editors import change_editors
from tec.projects.services.change_members import (
    MemberRefused,
    add_member,
    change_role,
    lock,
    remove_member,
)
from tec.projects.services.invite import DAYS, invite, link_with, withdraw_invitation

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from tec.api.operations import Operation
    from tec.projects.models import Project


class MemberAnswer(Answer):
    """Somebody who belongs to a project."""

    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.get_full_name", help_text="Full name; empty if none is given.")
    role = serializers.ChoiceField(choices=Role.values)
    since = serializers.DateTimeField(source="created_at")


class NewMemberBody(Body):
    """Somebody with an account, and what they are to be."""

    username = Text(max_length=150)
    role = Choice(choices=Role.values)


class RoleBody(Body):
    """What a member is to be."""

    role = Choice(choices=Role.values)


class InvitationAnswer(Answer):
    """A link that lets somebody in, once."""

    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.values)
    note = serializers.CharField()
    expires_at = serializers.DateTimeField()


class NewInvitationAnswer(InvitationAnswer):
    """A new invitation with its link, which is told this once."""

    link = serializers.CharField()


class InvitationBody(Body):
    """Whom to invite."""

    role = Choice(choices=Role.values)
    note = Text(required=False, default="", allow_blank=True, max_length=100, help_text="Who it is for.")
    email = serializers.EmailField(
        required=False,
        default="",
        allow_blank=True,
        max_length=254,
        help_text="Where the link is mailed; empty: you pass it on yourself.",
    )
    days = Number(required=False, default=DAYS, min_value=1, max_value=30, help_text="How long it works.")


class EditorsAnswer(Answer):
    """Which team may edit one document; an owner may edit all."""

    descriptor = serializers.ChoiceField(choices=list(EDITORS))
    teams = serializers.ListField(child=serializers.ChoiceField(choices=[str(team) for team in TEAMS]))


class EditorsBody(Body):
    """Which team may edit one document."""

    descriptor = Choice(choices=list(EDITORS))
    teams = serializers.ListField(child=Choice(choices=[str(team) for team in TEAMS]), max_length=len(TEAMS))


class RightsAnswer(Answer):
    """Which teams may edit which documents."""

    editors = EditorsAnswer(many=True)


class RightsBody(Body):
    """The documents whose editors change; the others keep theirs."""

    editors = EditorsBody(many=True)


class MemberListView(ProjectView):
    group = "Members"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(MemberAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List who belongs to a project."""
        people = self.project.memberships.by_role()
        return self.page_of(people, lambda part: MemberAnswer(part, many=True).data)

    @operation(
        right=Right.MANAGE,
        even_archived=True,
        body=NewMemberBody,
        cost=WRITE,
        answers={201: MemberAnswer},
        refusals=(409,),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make somebody who has an account a member."""
        name = self.sent["username"]
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            said = f"There is no account {quoted(name)}. Invite them by a link: POST to …/invitations/."
            raise Refused(400, said, [Fault(said, "/username")])
        made = done(lambda: add_member(project=self.project, user=user, role=self.sent["role"], by=self.user))
        return Response(MemberAnswer(made).data, 201)


class MemberDetailView(ProjectView):
    group = "Members"
    membership: Membership

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        if address["username"] != self.user.get_username():
            demand(self.user, self.project, Right.MANAGE, even_archived=True)
        members = self.project.memberships.select_related("user", "project")
        self.membership = get_object_or_404(members, user__username=address["username"])

    @operation(
        right=Right.MANAGE,
        even_archived=True,
        body=RoleBody,
        cost=WRITE,
        answers={200: MemberAnswer},
        refusals=(409,),
    )
    def patch(self, request: Request, slug: str, username: str) -> Response:
        """Give a member another role."""
        if "role" in self.sent:
            done(lambda: change_role(membership=self.membership, role=self.sent["role"], by=self.user))
            self.membership.refresh_from_db(fields=["role"])
        return Response(MemberAnswer(self.membership).data)

    @operation(right=Right.SEE, cost=WRITE, answers={204: None}, refusals=(409,))
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """End a membership: your own, or as an owner somebody else’s."""
        done(lambda: remove_member(membership=self.membership, by=self.user))
        return Response(status=204)


class InvitationListView(ProjectView):
    group = "Members"

    @operation(
        right=Right.MANAGE, even_archived=True, query=PageQuery, answers={200: paged(InvitationAnswer)}
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the invitations that still let somebody in."""
        found = self.project.invitations.open().order_by("-pk")
        return self.page_of(found, lambda part: InvitationAnswer(part, many=True).data)

    @operation(
        right=Right.MANAGE,
        even_archived=True,
        body=InvitationBody,
        cost=WRITE,
        answers={201: NewInvitationAnswer},
        refusals=(409,),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make a link that lets somebody in, once.

        The link is told in this answer and never again.
        """
        if self.sent["email"] and not settings.MAIL:
            raise invalid([Fault("This TEC sends no mail. Leave it out and send the link.", "/email")])
        made, token = done(lambda: invite(project=self.project, by=self.user, **self.sent))
        return Response({**InvitationAnswer(made).data, "link": link_with(token)}, 201)


class InvitationDetailView(ProjectView):
    group = "Members"

    @operation(right=Right.MANAGE, even_archived=True, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str, invitation: int) -> Response:
        """Withdraw an invitation."""
        found = get_object_or_404(Invitation, project=self.project, pk=invitation)
        withdraw_invitation(invitation=found, by=self.user)
        return Response(status=204)


class RightsView(ProjectView):
    group = "Members"

    @operation(right=Right.SEE, answers={200: RightsAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read which teams may edit which documents."""
        return Response(rights_of(self.project))

    @operation(right=Right.MANAGE, body=RightsBody, cost=WRITE, answers={200: RightsAnswer})
    def patch(self, request: Request, slug: str) -> Response:
        """Change which teams may edit which documents."""
        sent = {row["descriptor"]: row["teams"] for row in self.sent.get("editors", ())}
        with transaction.atomic():  # the others keep what somebody else may be giving them right now
            project = lock(self.project)
            now = {row["descriptor"]: row["teams"] for row in rights_of(project)["editors"]}
            allowed = {(descriptor, team) for descriptor, some in (now | sent).items() for team in some}
            change_editors(project=project, allowed=allowed, by=self.user)
        return Response(rights_of(project))


def rights_of(project: Project) -> dict[str, Any]:
    deviations = project.edit_deviations
    return {
        "editors": [
            {
                "descriptor": descriptor,
                "teams": [str(team) for team in TEAMS if may_edit(team, descriptor, deviations)],
            }
            for descriptor in EDITORS
        ]
    }


def done(act: Callable[[], Any]) -> Any:
    """What *act* gives; what the service refuses is in the way of the present state."""
    try:
        return act()
    except MemberRefused as refused:
        raise Refused(409, str(refused)) from refused
