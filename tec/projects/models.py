"""Who works on what: projects and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class Role(models.TextChoices):
    """What a member is to a project; every role may see it."""

    OWNER = "owner", "Owner"
    DATA_SCIENTIST = "data-scientist", "Data scientist"
    SOFTWARE_ENGINEER = "software-engineer", "Software engineer"
    OPERATOR = "operator", "Operator"
    REVIEWER = "reviewer", "Reviewer"
    VIEWER = "viewer", "Viewer"


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The projects *user* may read: their own, and for an admin of the site all."""
        if user.is_authenticated and user.is_active and user.is_superuser:
            return self.all()
        return self.joined_by(user)

    def joined_by(self, user: User | AnonymousUser) -> Self:
        """The projects *user* is a member of."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(memberships__user=user)

    def with_role_of(self, user: User | AnonymousUser) -> Self:
        """Each project with `role_of_user`: the role of *user* in it, None if they are no member."""
        own = Membership.objects.filter(project=models.OuterRef("pk"), user=user.pk)
        return self.annotate(role_of_user=models.Subquery(own.values("role")))

    def active(self) -> Self:
        return self.filter(archived_at=None)

    def locked(self) -> Self:
        """For us alone until the transaction ends; taken before the audit log, which everybody takes last.

        Rows that only refer to the project may be added meanwhile: whoever adds one may hold the log already.
        """
        return self.select_for_update(no_key=True)

    def lock(self, pk: int) -> Project:
        """The project as it is now, `locked`; 404 if somebody has deleted it meanwhile."""
        return get_object_or_404(self.locked(), pk=pk)


class Project(models.Model):
    """A system under development; its name is a label, its slug the address."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=5000)
    point_of_contact = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=0)  # counts the changes of the three texts
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    edit_deviations = models.JSONField(default=dict, blank=True)  # who edits what: see rights.Deviations
    members: models.ManyToManyField[models.Model, Membership] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="projects"
    )

    objects = ProjectQuerySet.as_manager()

    if TYPE_CHECKING:
        role_of_user: str | None  # after `with_role_of`

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project-detail", args=[self.slug])

    @cached_property
    def roles(self) -> dict[int, str]:
        """User id → role ("" for none), as far as this object was asked; kept by `tec.projects.access`."""
        return {}

    @property
    def archived(self) -> bool:
        return self.archived_at is not None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def by_role(self) -> Self:
        """With their people, the owners in front."""
        order = [models.When(role=role, then=place) for place, role in enumerate(Role)]
        return self.select_related("user").order_by(
            models.Case(*order, output_field=models.IntegerField()), "user__username"
        )


class Membership(models.Model):
    """That somebody belongs to a project, and as what."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.VIEWER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.project}: {self.role}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Those that still let somebody in; whoever made them may still say who comes in."""
        owns = models.Q(memberships__project=models.OuterRef("project"), memberships__role=Role.OWNER)
        makers = get_user_model().objects.filter(pk=models.OuterRef("created_by"), is_active=True)
        return self.filter(
            models.Exists(makers.filter(owns | models.Q(is_superuser=True))),
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        )


class Invitation(models.Model):
    """A link that makes one person a member, once. Who knows it may use it, so only its digest is kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    note = models.CharField(max_length=100, blank=True)  # for whom it is
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"Invitation {self.pk} to {self.project}: {self.role}"
