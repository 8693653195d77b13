"""What somebody has typed into a form and not saved yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, user: User, project: Project, descriptor: str) -> Self:
        """The drafts of one person for one document, the one that was typed last in front."""
        mine = self.filter(user=user, project=project, descriptor=descriptor)
        return mine.order_by("-updated_at", "-pk")


class Draft(models.Model):
    """The inputs of one open form that differ from the revision it shows; one for each window.

    It holds texts as they were typed, not a document: what cannot be read yet must not be lost either.
    """

    key = models.CharField(max_length=40)  # made by the window that began it
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="drafts")
    descriptor = models.CharField(max_length=30)
    based_on = models.PositiveIntegerField()  # number of the revision shown, 0 for none
    text = models.TextField()  # JSON: text of each input by its name
    version = models.PositiveIntegerField()  # counts how often it was kept
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
        indexes = [models.Index(fields=["user", "project", "descriptor"], name="draft_of_document")]

    def __str__(self) -> str:
        return f"draft of {self.descriptor} by {self.user}"

    @property
    def state(self) -> dict[str, str]:
        """The text of each input by its name, and the order of each list."""
        state: dict[str, str] = json.loads(self.text)
        return state
