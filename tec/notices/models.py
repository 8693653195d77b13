"""What somebody was told, what they want to be told, and what is sent to other systems."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DIGEST_HOUR = 7
"""When the mail of a day is sent, by the site's clock."""

NOT_SENT_YET = Q(send_at__isnull=False)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> Self:
        """Those of *user* about projects they still see."""
        return self.filter(user=user, project__in=Project.objects.visible_to(user))

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def due(self) -> Self:
        """Waiting to be sent by mail, and their time has come."""
        return self.filter(send_at__lte=timezone.now())


class Notice(models.Model):
    """What one person was told about one event."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    event = models.CharField(max_length=120)  # what happened; nobody is told of it twice
    text = models.CharField(max_length=500)  # one sentence
    address = models.CharField(max_length=500)  # path of the page that shows it
    severity = models.CharField(max_length=10, blank=True)  # the worst of what it is about
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    send_at = models.DateTimeField(null=True)  # by mail; None once that is done, or not wanted
    tries = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "read_at"], name="notice_unread"),
            models.Index(fields=["send_at"], name="notice_due", condition=NOT_SENT_YET),
        ]

    def __str__(self) -> str:
        return self.text


class Mail(models.TextChoices):
    NEVER = "never", "No mail"
    EACH = "each", "A mail for each event"
    DAILY = "daily", "One mail a day, in the morning"


class Wishes(models.Model):
    """What somebody wants to be told, and how; without a row, what the defaults say."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.DAILY)
    link_only = models.BooleanField(default=False)  # a mail says that something happened, and where; not what
    off = models.JSONField(default=list)  # kinds that are not told
    least = models.CharField(max_length=10, default="minor")  # of findings: the least severity that is told
    descriptors = models.JSONField(default=list)  # of findings: told only if about one of these; [] = all
    rules = models.JSONField(default=list)  # of findings: told only if of one of these codes; [] = all
    muted: models.ManyToManyField[Project, models.Model] = models.ManyToManyField(Project, related_name="+")

    def __str__(self) -> str:
        return f"wishes of {self.user}"

    def first_send(self) -> datetime | None:
        """When a notice of now is sent by mail."""
        now = timezone.localtime()
        if self.mail == Mail.NEVER or not settings.MAIL or not self.user.email:
            return None
        if self.mail == Mail.EACH:
            return now
        today = datetime.combine(now.date(), time(DIGEST_HOUR), now.tzinfo)
        return today if now < today else today + timedelta(days=1)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address of another system that is told what happens in a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    sealed_secret = models.TextField()  # with which messages are signed; see tec.sealing
    kinds = models.JSONField(default=list)
    link_only = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)  # counts the changes, so that a stale form is noticed
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Given up"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> Self:
        """Waiting, and the time of the next try has come."""
        return self.filter(outcome=Outcome.WAITING, next_at__lte=timezone.now(), webhook__active=True)


class Delivery(models.Model):
    """One message to one address: what is sent, how often it was tried, and what was answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=40)
    event = models.CharField(max_length=120)  # what happened; it is sent once to each address
    body = models.TextField()  # JSON, exactly as it is sent and signed
    created_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer
    said = models.CharField(max_length=500, blank=True)  # what was answered, or what went wrong

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once")]
        indexes = [models.Index(fields=["outcome", "next_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook}"
