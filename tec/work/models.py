"""The rows that say what there is to do in the background, who listens, and what runs every so often."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

MAX_ATTEMPTS = 3
"""How often a piece of work is begun before it is given up."""

HEARD_WITHIN = timedelta(seconds=30)
"""A worker that was not heard for longer counts as gone."""


class State(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


W = TypeVar("W", bound="Work")


class WorkQuerySet(models.QuerySet[W]):
    """Questions about work; all times are compared by the database's clock, whatever the hosts' say."""

    def waiting(self) -> Self:
        """Nobody works on it yet."""
        return self.filter(state=State.QUEUED)

    def unfinished(self) -> Self:
        """Waits for a worker or is being worked on."""
        return self.filter(state__in=[State.QUEUED, State.RUNNING])

    def lapsed(self) -> Self:
        """Begun by a worker that has not been heard since its lease ended."""
        return self.filter(state=State.RUNNING, lease_until__lt=Now())

    def claimable(self) -> Self:
        """May be begun, or begun again."""
        lapsed = Q(state=State.RUNNING, lease_until__lt=Now())
        return self.filter(Q(state=State.QUEUED) | lapsed, attempts__lt=MAX_ATTEMPTS)

    def forgotten(self, patience: timedelta) -> Self:
        """Claimable, and no worker was told about it for longer than *patience*."""
        return self.claimable().filter(woken_at__lt=Now() - patience)

    def held(self, *, attempt: int) -> Self:
        """Being worked on in that very attempt; an older attempt finds nothing and must stop."""
        return self.filter(state=State.RUNNING, attempts=attempt)


class Work(models.Model):
    """One piece of background work; the row is the truth, the broker only wakes.

    A subclass names the task that does such a row, gives its manager the questions of WorkQuerySet, and an
    index on state and lease_until.
    """

    task: ClassVar[str]  # the full name of the Celery task; it gets the row's id
    noun: ClassVar[str]  # what people call it, for sentences: “check”
    kept: ClassVar[str]  # what people want to read when it failed: “Nothing … has changed.”

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # Who works on it. The attempt's number is the fence: an older attempt cannot write any more.
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(db_default=Now(), editable=False)  # when workers were last told
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def finished(self) -> bool:
        return self.state in {State.DONE, State.FAILED}

    @property
    def row(self) -> str:
        """How the logs call it."""
        return f"{self.noun} row {self.pk}"

    @classmethod
    def time_limit(cls) -> float:
        """Seconds after which one attempt is ended with the process it runs in."""
        return settings.CHECK_TIME_LIMIT


class WorkerQuerySet(models.QuerySet["Worker"]):
    def listening(self) -> Self:
        """Heard lately."""
        return self.filter(seen_at__gte=Now() - HEARD_WITHIN)

    def gone(self) -> Self:
        """Not heard for so long that nobody asks about them any more."""
        return self.filter(seen_at__lt=Now() - timedelta(days=1))


class Worker(models.Model):
    """A worker process that listens, and when it was last heard."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """A job that runs every so often, and when it last did; whoever moves the time runs it."""

    job = models.CharField(max_length=60, unique=True)
    last_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.job
