"""Rules that people write on the pages: each with a permanent code, every version of it, and its dry runs."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from tec.projects.models import Project
from tec.work.models import State, Work, WorkQuerySet


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


class DryRunQuerySet(WorkQuerySet["DryRun"]):
    def newest_of(self, rule: OwnRule, user: Any) -> DryRun | None:
        """What *user* last had tried of *rule*."""
        return self.filter(version__rule=rule, requested_by=user).select_related("version").first()


class DryRun(Work):
    """A version of a rule over the documents of all projects that somebody may see, and what it found."""

    task = "mismatch.tasks.dry_run"
    noun = "dry run"
    kept = "The rule and all projects are as they were."

    version = models.ForeignKey(OwnRuleVersion, on_delete=models.CASCADE, related_name="dry_runs")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    outcomes: models.JSONField[Any, Any] = models.JSONField(default=dict)  # outcome → number of projects
    found: models.JSONField[Any, Any] = models.JSONField(default=list)  # see mismatch.own.dry_run.Tally

    objects: Any = DryRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="dry_run_unfinished")]

    def __str__(self) -> str:
        return f"dry run of {self.version}"

    @property
    def done(self) -> bool:
        return self.state == State.DONE

    @property
    def projects(self) -> int:
        """How many projects were looked at."""
        return sum(self.outcomes.values())

    @property
    def firing(self) -> int:
        return int(self.outcomes.get("fail", 0))

    @property
    def waiting(self) -> int:
        """Projects of which the rule cannot tell."""
        return int(self.outcomes.get("cannot-tell", 0))
