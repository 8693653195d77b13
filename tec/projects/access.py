"""The one decision about who may see a project and what they may do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from tec.projects.models import Membership, Project, Role
from tec.projects.rights import EDITORS, doing, holders, listing, may_edit
from tec.projects.rights import Right as Right

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

ADMIN = "admin"
"""What somebody is who administers the site: to every project what an owner is, member or not."""


ARCHIVED = "“{}” is archived. Restore it from the archive to change it."


def project_for(
    user: User | AnonymousUser,
    slug: str,
    right: Right = Right.SEE,
    *,
    descriptor: str | None = None,
    even_archived: bool = False,
) -> Project:
    """The project, if *user* may see it (else 404) and has *right* in it (else 403, saying who has).

    An archived project is read-only for everybody until it is taken out of the archive; *even_archived* is
    for what is done to the project as a whole: its members, the archive, deleting it.
    """
    project = get_object_or_404(Project.objects.visible_to(user).with_role_of(user), slug=slug)
    remember(user, project)
    demand(user, project, right, descriptor=descriptor, even_archived=even_archived)
    return project


def remember(user: User | AnonymousUser, project: Project) -> Project:
    """Keep the role that `with_role_of` has found, so that nobody has to ask for it again."""
    project.roles[user.pk or 0] = project.role_of_user or ""
    return project


def demand(
    user: User | AnonymousUser,
    project: Project,
    right: Right,
    *,
    descriptor: str | None = None,
    even_archived: bool = False,
) -> None:
    """Raise PermissionDenied (403) with a sentence, unless *user* has *right* in *project*."""
    if why := refusal(user, project, right, descriptor, even_archived=even_archived):
        raise PermissionDenied(why)


def may(user: User | AnonymousUser, project: Project, right: Right, descriptor: str | None = None) -> bool:
    """Whether *user* has *right* in *project*; asks the database at most once per project."""
    return not refusal(user, project, right, descriptor)


def refusal(
    user: User | AnonymousUser,
    project: Project,
    right: Right,
    descriptor: str | None = None,
    *,
    even_archived: bool = False,
) -> str:
    """Why *user* may not, for people to read; "" if they may."""
    role = role_of(user, project)
    if not role:
        return "This is for members of the project."
    if right is not Right.SEE and project.archived and not even_archived:
        return ARCHIVED.format(project)
    allowed = holders(right, descriptor, project.edit_deviations)
    if role == ADMIN or role in allowed:
        return ""
    return (
        f"Your role in “{project}” is {Role(role).label.lower()}; {doing(right, descriptor)} is for "
        f"{listing(allowed)}. An owner of the project can give you another role."
    )


def role_of(user: User | AnonymousUser, project: Project) -> str:
    """What *user* is to *project*: a Role, ADMIN, or "" for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return ""
    if user.is_superuser:
        return ADMIN
    if user.pk not in project.roles:
        membership = project.memberships.filter(user=user).first()
        project.roles[user.pk] = membership.role if membership else ""
    return project.roles[user.pk]


def lock_to_change(project: Project) -> None:
    """Have *project* for us alone until the transaction ends; 403 if it is archived by now, 404 if gone."""
    now = Project.objects.lock(project.pk)
    if now.archived:
        raise PermissionDenied(ARCHIVED.format(now))


def administers(user: User | AnonymousUser) -> bool:
    """Whether *user* administers the site, and with it what holds for all projects."""
    return user.is_authenticated and user.is_active and user.is_superuser


def demand_editor(user: User | AnonymousUser) -> None:
    """Raise PermissionDenied (403) unless *user* may edit some document of some project. One query."""
    if administers(user):
        return
    own = Membership.objects.filter(user=user.pk, project__archived_at=None)
    roles = own.values_list("role", "project__edit_deviations")
    if not any(may_edit(role, each, theirs) for role, theirs in roles for each in EDITORS):
        raise PermissionDenied("This is for those who edit a document of some project.")


def demand_administrator(user: User | AnonymousUser) -> None:
    """Raise PermissionDenied (403) unless *user* administers the site."""
    if not administers(user):
        raise PermissionDenied("What holds for all projects is for administrators of the site.")
