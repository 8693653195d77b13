"""What people say about findings. A check never writes here; see `mismatch.lifecycle` for what it means."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tec.projects.models import Project

LONGEST_QUERY = 1_000  # characters of the filters that are kept as a view
ACCEPTED_DAYS = 90
"""How long a risk is accepted unless somebody says otherwise."""


class DecisionKind(models.TextChoices):
    ACCEPT = "accept", "Accept the risk"
    DISMISS = "dismiss", "Not a problem"
    PLAN = "plan", "Fix planned"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def kept(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)

    def proposed(self) -> Self:
        """Waiting for somebody else's approval."""
        return self.kept().filter(needs_approval=True, approved_at=None)

    def effective(self) -> Self:
        """Kept, and approved where that is needed; the newest of a finding is the one that counts."""
        return self.kept().filter(Q(needs_approval=False) | Q(approved_at__isnull=False))

    def ending(self, first: date, last: date) -> Self:
        """Those that count and end within these days, so that people can be told before."""
        return self.filter(current_of__isnull=False, until__range=(first, last))


class Decision(models.Model):
    """What somebody decided about a finding, and the values it was decided about; only undo changes it."""

    finding = models.ForeignKey("mismatch.Finding", on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)  # accept: holds to that day, None for ever; plan: to be done by then
    who = models.ForeignKey(  # who is to do what is planned
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)  # the same for what was decided in one go

    # What it was made about.
    check_run = models.ForeignKey("mismatch.Check", null=True, on_delete=models.SET_NULL, related_name="+")
    severity = models.CharField(max_length=10)
    values_digest = models.CharField(max_length=32)
    places = models.JSONField()

    needs_approval = models.BooleanField(default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["until"], name="decision_ending")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.finding}"

    @property
    def proposed(self) -> bool:
        return self.needs_approval and self.approved_at is None and self.withdrawn_at is None


class Comment(models.Model):
    """A remark about a finding that decides nothing."""

    finding = models.ForeignKey("mismatch.Finding", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Baseline(models.Model):
    """The check of a project against which new and fixed are counted."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="baseline")
    check_run = models.ForeignKey("mismatch.Check", on_delete=models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"baseline of {self.project}"


class SavedView(models.Model):
    """Filters of a page of findings under a name."""

    PAGES = {"mismatch": "mismatch-list", "missing": "missing-list"}

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)  # of the findings the page shows
    query = models.CharField(max_length=LONGEST_QUERY)  # "severity=critical&state=new"
    shared = models.BooleanField(default=False)  # with everybody in the project

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "owner", "kind", "name"], name="saved_view_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(self.PAGES[self.kind], args=[self.project.slug])}?{self.query}"


def accepted_until(day: date) -> date:
    """The day a risk accepted on *day* is accepted to, unless somebody says otherwise."""
    return day + timedelta(days=ACCEPTED_DAYS)
