"""Rules that people write on the pages: each with a permanent code, and every version of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from tec.projects.models import Project


class OwnRuleQuerySet(models.QuerySet["OwnRule"]):
    def of(self, project: Project | None) -> Self:
        """Those of a project; None: those of all projects."""
        return self.filter(project=project, everywhere=project is None)


class OwnRule(models.Model):
    """A rule of one's own; its code is given once, for all projects, and never again."""

    number = models.PositiveIntegerField(unique=True)  # U1, U2 …
    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="own_rules"
    )  # None: for all projects
    everywhere = models.BooleanField(default=False)  # tells a rule of all from one whose project is gone
    active = models.ForeignKey(
        "OwnRuleVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # None: in no check

    objects = OwnRuleQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"U{self.number}"


class OwnRuleVersion(models.Model):
    """What a rule says in one version; never changed."""

    rule = models.ForeignKey(OwnRule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()  # the YAML as it was typed
    definition = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="own_rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule} version {self.number}"
