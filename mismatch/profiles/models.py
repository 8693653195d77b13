"""What is wanted otherwise of the rules: what people set now, and what checks went by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from mismatch.profiles.profile import Profile, profile_from
from tec.projects.models import Project

ORGANISATION = "organisation"


class RuleSettings(models.Model):
    """The deviations that a project, or for all projects the organisation, wants now."""

    scope = models.CharField(max_length=40, unique=True)  # "organisation", or the project's id
    project = models.OneToOneField(
        Project, null=True, on_delete=models.CASCADE, related_name="rule_settings"
    )  # None: the organisation's
    rules = models.JSONField(default=dict)  # code → what is wanted, in the shape of tec.toml
    version = models.PositiveIntegerField(default=0)  # counts the changes, so that a stale form is noticed
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"rules of {self.project or 'the organisation'}"


class Ruleset(models.Model):
    """What checks went by, kept once by its digest and never changed."""

    digest = models.CharField(max_length=64, unique=True)
    body = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def profile(self) -> Profile:
        """The profile as it was."""
        body: dict[str, Any] = self.body
        return profile_from(body)


def scope_of(project: Project | None) -> str:
    return str(project.pk) if project else ORGANISATION
