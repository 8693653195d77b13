"""What belongs to a person's account and to no project."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class Token(models.Model):
    """A personal API token: lets a program in as its owner until a day. Kept as a digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=12)  # its first characters, by which people recognise it
    digest = models.CharField(max_length=64, unique=True)
    writes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()


class LogIn(models.Model):
    """A browser that was let in, until it logs out, is ended or stays away for a week."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_ins")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} from {self.address}"


class CacheEntry(models.Model):
    """The table behind Django's cache. A model, so that migrations make it and tests empty it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "tec_cache"

    def __str__(self) -> str:
        return self.cache_key


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> Self:
        """Their time has come."""
        return self.filter(due_at__lte=timezone.now())


class Letter(models.Model):
    """A mail that is to be sent; the row goes when it is. Links are made then, or kept sealed until then."""

    kind = models.CharField(max_length=30)
    address = models.EmailField(max_length=254)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    sealed_link = models.TextField(blank=True)  # one that nobody can make again; see tec.sealing
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}, try {self.tries + 1}"
