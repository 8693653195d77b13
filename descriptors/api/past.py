"""The past of a project: all documents as they were at a moment, and who last changed each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework import serializers
from rest_framework.response import Response

from descriptors import catalogue
from descriptors.api.answers import DocumentAnswer
from descriptors.api.documents import DescriptorView, head_of, row_of
from descriptors.api.exchange import ARCHIVE, ZipRenderer
from descriptors.forms import MomentForm
from descriptors.models import Revision
from descriptors.past import fields, leaves_of
from descriptors.services.export_project import export_state
from tec.api.bodies import Answer, PageQuery, Query, paged
from tec.api.operations import HEAVY, operation
from tec.api.problems import Fault
from tec.api.refused import invalid
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from datetime import datetime

    from rest_framework.request import Request

    from descriptors.past import Field


class MomentQuery(Query):
    """A moment in the past."""

    at = serializers.CharField(
        max_length=32, help_text="UTC, like 2026-11-29 (the end of that day) or 2026-11-29T14:30."
    )


class StateAnswer(Answer):
    """The eight documents of a project as they were."""

    at = serializers.DateTimeField(help_text="The moment, to the microsecond.")
    documents = DocumentAnswer(many=True)


class FieldsQuery(PageQuery):
    """Which fields to list."""

    field = serializers.CharField(
        required=False, max_length=500, help_text="JSON pointer: only that value and what lies below it."
    )


class FieldAnswer(Answer):
    """One value of a document, and the revision that last changed it."""

    pointer = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.JSONField(allow_null=True)
    revision = serializers.IntegerField()
    author = serializers.CharField(allow_null=True, help_text="User name; empty: the system.")
    changed_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_null=True)


class StateView(ProjectView):
    group = "Revisions"

    @operation(right=Right.SEE, query=MomentQuery, answers={200: StateAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read what was the newest revision of every document at a moment in the past."""
        at = moment(self.asked)
        then = {
            each.document.descriptor: each for each in Revision.objects.at(self.project, at).defer("text")
        }
        rows = [row_of(name, then.get(name)) for name in catalogue.DESCRIPTORS]
        return Response({"at": at, "documents": DocumentAnswer(rows, many=True).data})


class StateExportView(ProjectView):
    group = "Revisions"
    renderer_classes = (ZipRenderer,)

    @operation(right=Right.SEE, query=MomentQuery, cost=HEAVY, answers={(200, "application/zip"): ARCHIVE})
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Export all documents as they were at a moment in the past; the project's own texts are of now."""
        at = moment(self.asked)
        name = f"{slug}-{at:%Y-%m-%dT%H-%M}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        data = export_state(self.project, at=at, by=self.user)
        return HttpResponse(data, content_type="application/zip", headers=headers)


class FieldListView(DescriptorView):
    group = "Revisions"

    @operation(right=Right.SEE, query=FieldsQuery, answers={200: paged(FieldAnswer)})
    def get(self, request: Request, slug: str, descriptor: str) -> Response:
        """List which revision last changed each field of a document, and whose that was.

        Where the past is too long to be looked through, what is older has the oldest revision looked at.
        """
        head = head_of(self.project, descriptor)
        body = head.body if head else None
        leaves = leaves_of(self.project, descriptor, body, self.asked.get("field", ""))
        return self.page_of(
            leaves.lines,
            lambda part: [field_row(each) for each in fields(self.project, descriptor, body, part)],
        )


def moment(asked: dict[str, Any]) -> datetime:
    """The moment that is asked for, as the form of the pages reads it."""
    form = MomentForm(asked)
    if not form.is_valid():
        raise invalid([Fault(str(said), parameter="at") for said in form.errors["at"]])
    return form.moment()


def field_row(field: Field) -> dict[str, Any]:
    revision = field.revision
    return {
        "pointer": field.pointer,
        "label": field.label,
        "value": field.value,
        "revision": field.number,
        "author": revision and revision.author_name,
        "changed_at": revision and revision.created_at,
        "reason": revision and revision.reason,
    }
