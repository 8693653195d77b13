"""What happened, append-only; the entries of one chain vouch for each other by their seals."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from tec.audit import keys

SITE = "site"


def chain_of(project_id: int | None) -> str:
    """The chain of what happened in a project, or on the site."""
    return SITE if project_id is None else f"project:{project_id}"


class Chain(models.Model):
    """The end of one chain of entries; locked while an entry is appended.

    Its seal is replaced with every entry and kept nowhere else. So nobody can take off the newest entries
    and seal the end again, even if the end had once been there.
    """

    name = models.CharField(max_length=40, unique=True)  # "project:7" or "site"
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    key = models.CharField(max_length=8, default="")
    seal = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.name

    def sealed(self) -> str:
        """What the seal has to be."""
        return keys.seal([self.pk, self.name, self.number, self.hash, self.key], self.key)


class Event(models.Model):
    """One thing somebody did. Project and person are plain values, so that deleting them breaks nothing."""

    id = models.BigIntegerField(primary_key=True)  # follows from chain and number, so it is sealed too
    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)  # user name; "" when the system acted
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)  # "document.saved"
    project_id = models.BigIntegerField(null=True)
    project_slug = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, default="")
    address = models.CharField(max_length=45, default="", blank=True)
    token = models.CharField(max_length=100, default="", blank=True)
    # Text, not a JSON column: the seal is of these very characters, and no database may spell them anew.
    facts_text = models.TextField(db_column="facts", default="{}")
    key = models.CharField(max_length=8, default="")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_event_once")]
        indexes = [
            models.Index(fields=["project_id", "-at"], name="audit_event_project"),
            models.Index(fields=["-at", "-id"], name="audit_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.verb}"

    @property
    def facts(self) -> dict[str, Any]:
        """What there is to say beyond who, when, what and where."""
        found: dict[str, Any] = json.loads(self.facts_text)
        return found

    @facts.setter
    def facts(self, facts: dict[str, Any]) -> None:
        self.facts_text = json.dumps(facts)

    def sealed(self) -> str:
        """What the hash has to be: it seals every column of the entry and its predecessor's hash."""
        return seal_of({field: getattr(self, field) for field in SEALED} | {"at": self.at.isoformat()})


# Every column but the hash itself. A column added later needs a way to tell entries sealed without it.
SEALED = (
    "id",
    "chain",
    "number",
    "at",
    "actor",
    "actor_id",
    "verb",
    "project_id",
    "project_slug",
    "target",
    "channel",
    "address",
    "token",
    "facts_text",
    "key",
    "previous",
)


def seal_of(columns: dict[str, Any]) -> str:
    """The seal of an entry that holds *columns*: all but the hash, the time in ISO format."""
    return keys.seal(["event", columns], columns["key"])


def event_id(project_id: int | None, number: int) -> int:
    """The one id that an entry of this chain and number can have."""
    return ((project_id or 0) << 32) + number
