"""Adds members to a project, changes what they are, and removes them; an owner always remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tec.audit.record import record
from tec.projects.models import Membership, Project, Role
from tec.projects.people import called

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class MemberRefused(ValueError):
    """What is asked for cannot be done; the message says why and what to do."""


@transaction.atomic
def add_member(*, project: Project, user: User, role: str, by: User, invited: bool = False) -> Membership:
    """Make *user* a member; somebody who is one already keeps their role and is refused."""
    lock(project)
    made, new = Membership.objects.get_or_create(project=project, user=user, defaults={"role": Role(role)})
    if not new:
        raise MemberRefused(
            f"“{called(user)}” is a member already, as {made.get_role_display().lower()}. "
            "An owner can change the role on the page of members."
        )
    more = {"invited": True} if invited else {}
    record("member.added", actor=by, project=project, target=user.get_username(), role=role, **more)
    return made


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    """Give a member another role."""
    project = lock(membership.project)
    now = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if now is None:
        raise MemberRefused(f"“{called(membership.user)}” is no member any more.")
    if now.role == role:
        return
    keep_an_owner(project, now)
    changes = {"role": [now.role, Role(role)]}
    now.role = role
    now.save(update_fields=["role"])
    record(
        "member.changed",
        actor=by,
        project=project,
        target=now.user.get_username(),
        role=role,
        changes=changes,
    )


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """End a membership: somebody else's, or one's own by leaving."""
    project = lock(membership.project)
    now = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if now is None:
        return
    keep_an_owner(project, now)
    now.delete()
    verb = "member.left" if now.user_id == by.pk else "member.removed"
    record(verb, actor=by, project=project, target=now.user.get_username(), role=now.role)


def lock(project: Project) -> Project:
    """Members of a project change one after the other, so that two owners cannot leave at the same time."""
    return Project.objects.lock(project.pk)


def keep_an_owner(project: Project, going: Membership) -> None:
    """Refuse that the last owner who can log in goes."""
    others = project.memberships.filter(role=Role.OWNER, user__is_active=True).exclude(pk=going.pk)
    if going.role == Role.OWNER and not others.exists():
        raise MemberRefused(
            f"“{called(going.user)}” is the only owner. Make somebody else an owner first: a project "
            "without one could not be managed any more."
        )
