"""Which repository a project is linked to, every sync with it, and how each document stands to its file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from descriptors import catalogue
from tec.projects.models import Project
from tec.work.models import Work, WorkQuerySet

DESCRIPTOR_CHOICES = [(name, catalogue.NAMES[name]) for name in catalogue.DESCRIPTORS]


class Trigger(models.TextChoices):
    BUTTON = "button", "Started by hand"
    PUSH = "push", "Push"
    SCHEDULE = "schedule", "Schedule"


class OnDifference(models.TextChoices):
    """What happens to a document that was changed in TEC and in Git since they last agreed."""

    ASK = "ask", "Stop for this document and let a person choose"
    GIT = "git", "Git wins: its state becomes a new revision, TEC’s stays in the history"


class Every(models.IntegerChoices):
    """Minutes between two looks at the branch."""

    NEVER = 0, "Never by itself"
    QUARTER = 15, "Every 15 minutes"
    HOUR = 60, "Every hour"
    DAY = 1440, "Every day"


class Repository(models.Model):
    """The branch and folder of a Git repository that a project's documents come from."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="repository")
    url = models.CharField(max_length=500)
    branch = models.CharField(max_length=200, blank=True)  # "" is the repository's main branch
    path = models.CharField(max_length=400, blank=True)  # "" is its root
    on_difference = models.CharField(max_length=10, choices=OnDifference.choices, default=OnDifference.ASK)
    every = models.PositiveIntegerField(choices=Every.choices, default=Every.HOUR)
    check_after = models.BooleanField(default=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    linked_at = models.DateTimeField(auto_now_add=True)

    # Secrets are sealed and never shown; of a key, people see the public half.
    username = models.CharField(max_length=100, blank=True)
    token = models.TextField(blank=True)
    key = models.TextField(blank=True)
    public_key = models.TextField(blank=True)
    host_key = models.TextField(blank=True)  # what the ssh server showed the first time
    hook = models.CharField(max_length=40, unique=True)  # in the address of the webhook
    hook_secret = models.TextField(blank=True)  # sealed; "" until somebody sets the webhook up

    # A sync stores only what it read under the same version and on top of the same commit.
    version = models.PositiveIntegerField(default=1)
    commit = models.CharField(max_length=64, blank=True)
    looked_at = models.DateTimeField(null=True)  # when the schedule last had its turn

    def __str__(self) -> str:
        return f"repository of {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("repository", args=[self.project.slug])

    @property
    def hook_address(self) -> str:
        """Where the Git host sends its messages."""
        return settings.PUBLIC_URL + reverse("repository-hook", args=[self.hook])

    @property
    def credential(self) -> str:
        """ "key", "token" or "" """
        return "key" if self.key else "token" if self.token else ""


class SyncQuerySet(WorkQuerySet["Sync"]):
    """Questions about syncs."""


class Sync(Work):
    """One look at the branch, and what it brought."""

    task = "descriptors.tasks.execute_sync"
    noun = "sync"
    kept = "No document has changed."

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="syncs")
    number = models.PositiveIntegerField()
    trigger = models.CharField(max_length=10, choices=Trigger.choices, default=Trigger.BUTTON)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked = models.CharField(max_length=64, blank=True)  # the commit that a push announced

    previous = models.CharField(max_length=64, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    history = models.CharField(max_length=10, blank=True)  # "first", "same", "follows" or "rewritten"
    author = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    committed_at = models.DateTimeField(null=True)
    page = models.CharField(max_length=700, blank=True)  # of the commit, if the host has one
    problem = models.CharField(max_length=20, blank=True)  # why it failed, as a word
    remedy = models.CharField(max_length=300, blank=True)

    objects = SyncQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["repository", "number"], name="sync_once")]
        indexes = [models.Index(fields=["state", "lease_until"], name="sync_unfinished")]

    def __str__(self) -> str:
        return f"sync {self.number} of {self.repository}"

    def get_absolute_url(self) -> str:
        return reverse("sync-detail", args=[self.repository.project.slug, self.number])

    @classmethod
    def time_limit(cls) -> float:
        """Git's own limit, which ends Git alone, and time to store what it brought."""
        return 2 * settings.GIT_SECONDS + 60


class Result(models.TextChoices):
    """How a document stood to its file after a sync."""

    SAVED = "saved", "Saved"
    SAME = "same", "In step"
    AHEAD = "ahead", "Newer in TEC"
    DIFFERS = "differs", "Differs"
    GONE = "gone", "Gone from Git"
    REFUSED = "refused", "Not readable"


class SyncedFile(models.Model):
    """One file in one sync, and what became of it."""

    sync = models.ForeignKey(Sync, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    descriptor = models.CharField(max_length=30, choices=DESCRIPTOR_CHOICES, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    revision = models.ForeignKey(
        "descriptors.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    message = models.CharField(max_length=1_000, blank=True)
    remedy = models.CharField(max_length=1_000, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class FollowedDocument(models.Model):
    """Where a document and its file last agreed, and what Git offers if they went apart since."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="documents")
    descriptor = models.CharField(max_length=30, choices=DESCRIPTOR_CHOICES)
    name = models.CharField(max_length=255)
    agreed = models.CharField(max_length=64, blank=True)  # digest of the file's text when they agreed
    revision = models.PositiveIntegerField(default=0)  # the number of the document's revision then
    result = models.CharField(max_length=10, choices=Result.choices)
    offered = models.TextField(blank=True)  # what Git says, while a person has to choose
    offered_by = models.ForeignKey(Sync, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["repository", "descriptor"], name="followed_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class RevisionCommit(models.Model):
    """The commit that a revision came from; it stays when the project is linked to something else."""

    revision = models.OneToOneField("descriptors.Revision", on_delete=models.CASCADE, related_name="commit")
    sha = models.CharField(max_length=64)
    author = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    committed_at = models.DateTimeField(null=True)
    page = models.CharField(max_length=700, blank=True)

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        return self.sha[:8]
