"""What documents have to look like, and help with documents that are not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from descriptors import catalogue
from descriptors.api.answers import DOCUMENT, DescriptorField, ProblemOfDocumentAnswer
from descriptors.schema_store import UnknownSchema
from descriptors.upgrades import upgrade
from descriptors.validation import problems
from tec.api.bodies import Answer, PageQuery, Query, has_body, paged
from tec.api.operations import HEAVY, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.api.views import ApiView

if TYPE_CHECKING:
    from rest_framework.request import Request

SCHEMA = {"type": "object", "additionalProperties": True, "description": "A JSON Schema (draft 7)."}


class SchemaAnswer(Answer):
    """One schema that there is."""

    version = serializers.CharField()
    descriptor = DescriptorField()
    name = serializers.CharField(help_text="What people call the descriptor.")
    newest = serializers.BooleanField(help_text="Whether new documents are written in this version.")


class ValidationAnswer(Answer):
    """What a schema says about a document."""

    valid = serializers.BooleanField(help_text="Whether there is no error; warnings do not count.")
    version = serializers.CharField(allow_blank=True, help_text="The version that the document states.")
    problems = ProblemOfDocumentAnswer(many=True)


class ToCompleteAnswer(Answer):
    """A value that the older version did not ask for and nobody can guess."""

    pointer = serializers.CharField(help_text="In the upgraded document.")
    message = serializers.CharField()


class LossAnswer(Answer):
    """A value that is not where it was."""

    pointer = serializers.CharField(help_text="Where it was.")
    value = serializers.JSONField(allow_null=True)
    kept = serializers.CharField(allow_blank=True, help_text="Where it is now; empty: nowhere.")
    message = serializers.CharField()


class UpgradeAnswer(Answer):
    """A document in its new version, and what is left to people."""

    from_version = serializers.CharField(allow_null=True, help_text="null: not known, so nothing was done.")
    version = serializers.CharField(allow_null=True)
    document = serializers.DictField()
    to_complete = ToCompleteAnswer(many=True)
    losses = LossAnswer(many=True)


class ValidateQuery(Query):
    """Which schema to check against."""

    version = serializers.CharField(
        required=False, max_length=20, help_text="By default the one that the document states."
    )


class SchemaListView(ApiView):
    group = "Schemas"
    permission_classes = (AllowAny,)

    @operation(query=PageQuery, answers={200: paged(SchemaAnswer)})
    def get(self, request: Request) -> Response:
        """List the schemas, newest version first."""
        rows = [
            {
                "version": version,
                "descriptor": name,
                "name": catalogue.NAMES[name],
                "newest": version == catalogue.LATEST,
            }
            for version in reversed(catalogue.versions())
            for name in catalogue.DESCRIPTORS
            if version in catalogue.versions(name)
        ]
        return self.page_of(rows, lambda part: SchemaAnswer(part, many=True).data)


class SchemaDetailView(ApiView):
    group = "Schemas"
    permission_classes = (AllowAny,)

    @operation(answers={200: SCHEMA})
    def get(self, request: Request, version: str, descriptor: str) -> Response:
        """Read the JSON Schema of a descriptor in a version."""
        try:
            schema = catalogue.schema(descriptor, version)
        except UnknownSchema as error:
            raise Refused(404, str(error)) from error
        return Response(schema)


class ValidateView(ApiView):
    group = "Schemas"

    @operation(
        query=ValidateQuery,
        stores=False,
        cost=HEAVY,
        raw={"application/json": DOCUMENT},
        answers={200: ValidationAnswer},
    )
    def post(self, request: Request, descriptor: str) -> Response:
        """Check a document against its schema without storing it."""
        body = object_sent(request)
        try:
            found = problems(descriptor, body, self.asked.get("version"))
        except UnknownSchema as error:
            raise Refused(400, str(error), [Fault(str(error), parameter="version")]) from error
        version = body.get("version")
        return Response(
            {
                "valid": not any(each.severity == "error" for each in found),
                "version": version if isinstance(version, str) else "",
                "problems": [each._asdict() for each in found],
            }
        )


class UpgradeView(ApiView):
    group = "Schemas"

    @operation(stores=False, cost=HEAVY, raw={"application/json": DOCUMENT}, answers={200: UpgradeAnswer})
    def post(self, request: Request, descriptor: str) -> Response:
        """Bring a document to the newest version without storing it.

        Nothing is guessed: “to_complete” names what people have to fill in, “losses” what is not where it
        was.
        """
        done = upgrade(descriptor, object_sent(request))
        return Response(
            {
                "from_version": done.from_version,
                "version": done.version,
                "document": done.body,
                "to_complete": [each._asdict() for each in done.to_complete],
                "losses": [each._asdict() for each in done.losses],
            }
        )


def object_sent(request: Request) -> dict[str, Any]:
    """The JSON object in the body."""
    body = request.data if has_body(request) else None
    if not isinstance(body, dict) or body is None:
        raise Refused(
            400, "The body is not a document. Send a JSON object.", [Fault("It is not a JSON object.")]
        )
    return body
