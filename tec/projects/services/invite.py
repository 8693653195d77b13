"""Invites people to a project by a link that works once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tec.accounts.letters import write
from tec.audit.record import record
from tec.projects.models import Invitation, Project
from tec.projects.services.change_members import MemberRefused, add_member, lock

if TYPE_CHECKING:
    from typing import Any

    from django.contrib.auth.models import User as UserType

DAYS = 7
MOST_OPEN = 50
"""Invitations of one project that are open at the same time."""


@transaction.atomic
def invite(
    *, project: Project, role: str, by: UserType, note: str = "", days: int = DAYS, email: str = ""
) -> tuple[Invitation, str]:
    """A new invitation and the token of its link, which nobody can find out afterwards.

    The link is mailed to *email*, if there is a mail server.
    """
    lock(project)
    if project.invitations.open().count() >= MOST_OPEN:
        raise MemberRefused(f"{MOST_OPEN} invitations are open already; withdraw some of them first.")
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        project=project,
        role=role,
        note=note,
        digest=digest_of(token),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    mailed = {"mailed_to": email} if email else {}
    record(
        "invitation.created",
        actor=by,
        project=project,
        target=note,
        number=made.pk,
        role=role,
        days=days,
        **mailed,
    )
    write("invitation", address=email, user=by, link=link_with(token))
    return made, token


def link_with(token: str) -> str:
    return settings.PUBLIC_URL + reverse("join", args=[token])


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: UserType) -> None:
    """Close an invitation that nobody has used."""
    if Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        record(
            "invitation.withdrawn",
            actor=by,
            project=invitation.project,
            target=invitation.note,
            number=invitation.pk,
            role=invitation.role,
        )


def opened_by(token: str) -> Invitation | None:
    """The invitation whose link has this token, if it still lets somebody in."""
    open_ones = Invitation.objects.open().select_related("project", "created_by")
    return open_ones.filter(digest=digest_of(token)).first()


@transaction.atomic
def accept(*, invitation: Invitation, user: UserType) -> None:
    """Make *user* a member. Raises MemberRefused if they are one, or if somebody else was quicker."""
    use(invitation)
    add_member(project=invitation.project, user=user, role=invitation.role, by=user, invited=True)


@transaction.atomic
def accept_as_new(*, invitation: Invitation, account: dict[str, Any], password: str) -> UserType:
    """Make an account and let it be a member; both or nothing."""
    use(invitation)
    user = User.objects.create_user(**account, password=password)
    add_member(project=invitation.project, user=user, role=invitation.role, by=user, invited=True)
    record("account.created", actor=user, target=user.get_username(), by="invitation")
    return user


def use(invitation: Invitation) -> None:
    """Close the link; of two who come at once, the second finds it closed."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now()):
        raise MemberRefused("This invitation was used or withdrawn meanwhile. Ask for another one.")


def digest_of(token: str) -> str:
    """No salt and no slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
