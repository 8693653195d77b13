"""Checks and what they found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from descriptors.models import Revision
from tec.projects.models import Project


class State(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Trigger(models.TextChoices):
    BUTTON = "button", "Started by hand"
    API = "api", "API"
    SCHEDULE = "schedule", "Schedule"


class Check(models.Model):
    """One run of the rules over a snapshot of revisions; the row is the truth, the broker only wakes."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    trigger = models.CharField(max_length=10, choices=Trigger.choices, default=Trigger.BUTTON)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # What was checked: the same digest means the same result.
    revisions: models.ManyToManyField[Revision, Any] = models.ManyToManyField(Revision, related_name="checks")
    rules_digest = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64, db_index=True)

    # Who works on it. The attempt's number is the fence: an older attempt cannot write any more.
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    outcomes = models.JSONField(default=dict)  # rule code → outcome
    counts = models.JSONField(default=dict)  # {"mismatch": {severity: n}, "missing": {severity: n}}

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="check_once")]
        indexes = [models.Index(fields=["state", "lease_until"], name="check_unfinished")]

    def __str__(self) -> str:
        return f"check {self.number} of {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("check-detail", args=[self.project.slug, self.number])

    @property
    def finished(self) -> bool:
        return self.state in {State.DONE, State.FAILED}


class Finding(models.Model):
    """One thing wrong with a project, however many checks have seen it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=32)
    rule = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    first_seen = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="+")
    last_seen = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="+")
    fixed_in = models.ForeignKey(Check, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "fingerprint"], name="finding_once_per_project")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.fingerprint[:8]}"


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

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["check_run", "finding"], name="sighting_once")]

    def __str__(self) -> str:
        return self.message


class Worker(models.Model):
    """A worker process that listens, and when it was last heard."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
