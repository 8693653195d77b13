"""The documents of a project, every state they ever had, and the vocabularies they draw from."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from descriptors import catalogue
from descriptors.authorship import Authorship as Authorship  # Django looks for models here
from descriptors.drafts import Draft as Draft  # Django looks for models here
from descriptors.repositories.models import FollowedDocument as FollowedDocument
from descriptors.repositories.models import Repository as Repository
from descriptors.repositories.models import RevisionCommit as RevisionCommit
from descriptors.repositories.models import Sync as Sync
from descriptors.repositories.models import SyncedFile as SyncedFile
from tec import strictjson
from tec.projects.models import Project

CLEARED = strictjson.digest(None)
"""The digest of a document that has no content."""

DESCRIPTOR_CHOICES = [(name, catalogue.NAMES[name]) for name in catalogue.DESCRIPTORS]


class Origin(models.TextChoices):
    """How a revision came about."""

    FORM = "form", "Edited"
    IMPORT = "import", "Imported"
    UPGRADE = "upgrade", "Upgraded"
    RESTORE = "restore", "Restored"
    CLEAR = "clear", "Cleared"
    API = "api", "API"
    RENAME = "rename", "Renamed"
    GIT = "git", "From Git"


class DocumentQuerySet(models.QuerySet["Document"]):
    def present(self) -> Self:
        """Documents that have content now."""
        return self.exclude(head=None).exclude(head__text=None)

    def bodies_of(self, project: Project) -> dict[str, dict[str, Any] | None]:
        """What every document of *project* says now, by descriptor; absent ones are None. One query."""
        heads = Revision.objects.filter(head_of__project=project).select_related("document")
        found = {head.document.descriptor: head.body for head in heads}
        return {name: found.get(name) for name in catalogue.DESCRIPTORS}


class Document(models.Model):
    """A project's content for one descriptor; the newest revision is its head."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    descriptor = models.CharField(max_length=30, choices=DESCRIPTOR_CHOICES)
    head = models.OneToOneField(
        "Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="head_of"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "descriptor"], name="document_once")]

    def __str__(self) -> str:
        return f"{catalogue.NAMES[self.descriptor]} of {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("descriptor-detail", args=[self.project.slug, self.descriptor])


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, project: Project) -> Self:
        """All revisions of *project*'s documents, with the document each belongs to."""
        return self.filter(document__project=project).select_related("document", "commit", "author")

    def at(self, project: Project, moment: datetime) -> Self:
        """The revision of each document that was the newest at *moment*; none of those begun later."""
        newest = Revision.objects.filter(document=OuterRef("pk"), created_at__lte=moment)
        then = newest.order_by("-created_at", "-number").values("pk")[:1]
        documents = Document.objects.filter(project=project).annotate(then=Subquery(then))
        return self.of(project).filter(pk__in=documents.values("then"))

    def numbers_of(self, project: Project) -> dict[str, int]:
        """The newest revision's number of every document of *project* that was ever saved."""
        heads = self.filter(head_of__project=project)
        return dict(heads.values_list("document__descriptor", "number"))


class Revision(models.Model):
    """One saved state of a document; never changed afterwards."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    # Text, not a JSON column: PostgreSQL's would reorder the keys. None means the document was cleared.
    text = models.TextField(null=True)  # noqa: DJ001
    schema_version = models.CharField(max_length=20, blank=True)
    schema_source = models.CharField(max_length=60, blank=True)  # "own" or the submodule's commit id
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="revisions"
    )
    author_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="revision_once")]
        indexes = [
            models.Index(fields=["-created_at"], name="revision_newest"),
            models.Index(fields=["document", "-created_at"], name="revision_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.document}"

    @property
    def cleared(self) -> bool:
        """Whether the document was made absent; asks for no text."""
        return self.digest == CLEARED

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The document as it was saved, keys in their order; None if it was cleared."""
        return None if self.text is None else json.loads(self.text)


class Vocabulary(models.TextChoices):
    """The lists of terms that forms offer."""

    ML_FRAMEWORKS = "ml_frameworks", "ML frameworks"
    PROGRAMMING_LANGUAGES = "programming_languages", "Programming languages"
    STATISTICS = "statistics", "Statistics"
    ITEM_TYPES = "item_types", "Item types"
    DEPLOYMENT_PLATFORMS = "deployment_platforms", "Deployment platforms"
    DEPLOYMENT_MECHANISMS = "deployment_mechanisms", "Deployment mechanisms"


class VocabularyTerm(models.Model):
    """One term of a list, shared by all projects."""

    list = models.CharField(max_length=30, choices=Vocabulary.choices)
    term = models.CharField(max_length=100)
    folded = models.CharField(
        max_length=200
    )  # the term without case, so that “python” is not added to “Python”

    class Meta:
        ordering = ["list", "id"]
        constraints = [models.UniqueConstraint(fields=["list", "folded"], name="term_once")]

    def __str__(self) -> str:
        return self.term
