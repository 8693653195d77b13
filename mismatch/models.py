"""Checks and what they found."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils import timezone

from descriptors.models import Revision
from mismatch import lifecycle
from mismatch.decisions.models import Baseline as Baseline  # Django looks for models here
from mismatch.decisions.models import Comment as Comment
from mismatch.decisions.models import Decision as Decision
from mismatch.decisions.models import SavedView as SavedView
from mismatch.own.models import DryRun as DryRun
from mismatch.own.models import OwnRule as OwnRule
from mismatch.own.models import OwnRuleVersion as OwnRuleVersion
from mismatch.profiles.models import Ruleset as Ruleset
from mismatch.profiles.models import RuleSettings as RuleSettings
from tec.projects.models import Project
from tec.work.models import State as State  # of checks, as everybody here calls it
from tec.work.models import Work, WorkQuerySet


class Trigger(models.TextChoices):
    BUTTON = "button", "Started by hand"
    API = "api", "API"
    SCHEDULE = "schedule", "Schedule"
    GIT = "git", "Change in Git"


class CheckQuerySet(WorkQuerySet["Check"]):
    """Questions about checks."""


class Check(Work):
    """One run of the rules over a snapshot of revisions."""

    task = "mismatch.tasks.execute_check"
    noun = "check"
    kept = "Nothing that was found before has changed."

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveIntegerField()
    trigger = models.CharField(max_length=10, choices=Trigger.choices, default=Trigger.BUTTON)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    # What was checked: the same digest means the same result.
    revisions: models.ManyToManyField[Revision, Any] = models.ManyToManyField(Revision, related_name="checks")
    rules_digest = models.CharField(max_length=64)
    ruleset = models.ForeignKey(
        Ruleset, null=True, on_delete=models.PROTECT, related_name="checks"
    )  # what was wanted otherwise of the rules; None: nothing
    input_digest = models.CharField(max_length=64, db_index=True)

    outcomes = models.JSONField(default=dict)  # rule code → outcome
    problems = models.JSONField(default=list)  # which plug-ins failed, and how, in words
    counts = models.JSONField(default=dict)  # {"mismatch": {severity: n}, "missing": {severity: n}}
    scores = models.JSONField(default=dict)  # how well everything fits; see mismatch.scores

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="check_once")]
        indexes = [models.Index(fields=["state", "lease_until"], name="check_unfinished")]

    def __str__(self) -> str:
        return f"check {self.number} of {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("check-detail", args=[self.project.slug, self.number])

    @property
    def day(self) -> date:
        """The day on which the check was asked for; rules that compare dates go by it."""
        return timezone.localtime(self.created_at).date()

    def looked_at(self, input_digest: str, rules_digest: str) -> bool:
        """Whether this check is about these revisions under these rules."""
        return (self.input_digest, self.rules_digest) == (input_digest, rules_digest)


class Finding(models.Model):
    """One thing wrong with a project, however many checks have seen it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=32)
    rule = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    first_seen = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="+")
    last_seen = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="+")
    fixed_in = models.ForeignKey(Check, null=True, on_delete=models.SET_NULL, related_name="+")

    # What people say; checks leave it alone. The newest decision that counts, kept by the services.
    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.SET_NULL, related_name="current_of", editable=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "fingerprint"], name="finding_once_per_project")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.fingerprint[:8]}"


class SightingQuerySet(models.QuerySet["Sighting"]):
    """Questions about sightings; *day* is the one that decisions expire by, today unless given."""

    def judged(self, day: date | None = None) -> Self:
        """Each with its `standing`, one of `lifecycle.STANDINGS`."""
        return self.annotate(standing=lifecycle.standing(day or lifecycle.today()))

    def open(self, day: date | None = None) -> Self:
        """Those that count: they fail, and no decision that holds says otherwise."""
        return self.judged(day).filter(standing__in=lifecycle.UNSETTLED)

    def standing_as(self, *standings: str, day: date | None = None) -> Self:
        """Those that stand like one of *standings*, of `lifecycle.STANDINGS`."""
        return self.judged(day).filter(standing__in=standings)

    def aged(self, reference: Check | None) -> Self:
        """Each with its `age` against the check *reference*; without one nothing is new."""
        if reference is None:
            return self.annotate(age=Value(lifecycle.SEEN))
        seen = Sighting.objects.filter(check_run=reference, finding=OuterRef("finding"))
        lesser = Exists(seen.filter(lifecycle.lesser()))
        return self.annotate(age=lifecycle.age(Exists(seen), lesser, reference.number))

    def new(self, reference: Check | None) -> Self:
        """Not seen by *reference* or any check before it."""
        return self.aged(reference).filter(age=lifecycle.NEW)

    def unknown_to(self, reference: Check) -> Self:
        """Not seen by *reference*: new, or reopened since it was fixed."""
        return self.aged(reference).filter(age__in=[lifecycle.NEW, lifecycle.REOPENED])

    def worse_than_in(self, reference: Check) -> Self:
        """Seen by *reference* at a lesser severity."""
        return self.aged(reference).filter(age=lifecycle.WORSE)


class Sighting(models.Model):
    """How a finding looked in one check."""

    check_run = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="sightings")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="sightings")
    position = models.PositiveIntegerField()  # the order of the report: worst first
    kind = models.CharField(max_length=10)
    outcome = models.CharField(max_length=15)
    severity = models.CharField(max_length=10)
    message = models.TextField()
    remedy = models.TextField()
    places = models.JSONField()
    values_digest = models.CharField(
        max_length=32, default=""
    )  # of the values in `places`; see mismatch.decisions.subject
    explains = models.JSONField(default=list)  # fingerprints of findings that this one explains
    spare = models.BooleanField(default=False)  # says once more what another one says: does not count

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["check_run", "finding"], name="sighting_once")]

    def __str__(self) -> str:
        return self.message
