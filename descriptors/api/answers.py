"""What the API says about documents and their revisions, and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from descriptors import catalogue
from descriptors.models import Origin
from tec.api.bodies import Answer, PageQuery, Query
from tec.api.problems import Fault

if TYPE_CHECKING:
    from descriptors.differences import Change
    from descriptors.reading import ReadProblem

DOCUMENT = {"type": "object", "additionalProperties": True, "description": "A document, as its schema says."}
ANYTHING: dict[str, Any] = {}
DIFFERENCES = 200
"""Differences named at most."""


class DescriptorField(serializers.ChoiceField):
    """One of the eight."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=list(catalogue.DESCRIPTORS), **options)


class RevisionAnswer(Answer):
    """One saved state of a document, without its content."""

    descriptor = DescriptorField(source="document.descriptor")
    revision = serializers.IntegerField(source="number")
    cleared = serializers.BooleanField(help_text="Whether the document was made absent.")
    schema_version = serializers.CharField()
    schema_source = serializers.CharField(help_text="Where the schema came from: “own” or a commit.")
    digest = serializers.CharField(help_text="SHA-256 of the content.")
    author = serializers.CharField(source="author_name", help_text="User name; empty: the system.")
    created_at = serializers.DateTimeField()
    reason = serializers.CharField()
    origin = serializers.ChoiceField(choices=Origin.values)


class ProblemOfDocumentAnswer(Answer):
    """Something that the schema says against a document. It can be kept all the same."""

    pointer = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    message = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning"])
    code = serializers.CharField()


class SavedAnswer(RevisionAnswer):
    """The newest revision of a document after it was saved."""

    changed = serializers.BooleanField(help_text="False: it said the same already, and no revision was made.")
    problems = ProblemOfDocumentAnswer(many=True)


class DocumentAnswer(Answer):
    """One of the eight in a project."""

    descriptor = DescriptorField()
    name = serializers.CharField(help_text="What people call it.")
    present = serializers.BooleanField(help_text="Whether it has content now.")
    revision = serializers.IntegerField(allow_null=True, help_text="The newest; null: never saved.")
    schema_version = serializers.CharField(allow_null=True)
    digest = serializers.CharField(allow_null=True)
    author = serializers.CharField(allow_null=True)
    saved_at = serializers.DateTimeField(allow_null=True)


class DocumentsAnswer(Answer):
    """The eight documents of a project."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = DocumentAnswer(many=True)


class ChangeAnswer(Answer):
    """One field, or one row, that differs."""

    kind = serializers.ChoiceField(choices=["added", "removed", "changed", "moved"])
    pointer = serializers.CharField(help_text="In the newer state; in the older one for what was removed.")
    label = serializers.CharField()  # type: ignore[assignment]
    was = serializers.JSONField(allow_null=True)
    now = serializers.JSONField(allow_null=True)


class ReasonQuery(Query):
    """Why a document is changed."""

    reason = serializers.CharField(required=False, max_length=500, help_text="Stands in the history.")


class RevisionsQuery(PageQuery):
    """Which revisions to list."""

    descriptor = serializers.ChoiceField(
        choices=list(catalogue.DESCRIPTORS), required=False, help_text="Only of this document."
    )


def fault_of(problem: ReadProblem) -> list[Fault]:
    return [Fault(f"{problem.message}. {problem.remedy}", problem.pointer)]


def change_of(change: Change) -> dict[str, Any]:
    return change._asdict()
