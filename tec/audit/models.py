"""What happened, append-only; the entries of one chain vouch for each other by their hashes."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The end of one chain of entries; locked while an entry is appended."""

    name = models.CharField(max_length=40, unique=True)  # "project:7" or "site"
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing somebody did. Project and person are plain values, so that deleting them breaks nothing."""

    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)  # user name; "" when the system acted
    verb = models.CharField(max_length=60)  # "document.saved"
    project_id = models.BigIntegerField(null=True)
    project_slug = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_event_once")]
        indexes = [models.Index(fields=["project_id", "-at"], name="audit_event_project")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.verb}"
