"""Writes the OpenAPI document from the declarations of the operations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.permissions import AllowAny

from tec.api.bodies import Body, ProblemAnswer
from tec.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from tec.api.operations import Operation

REFUSALS = {
    400: "The parameters or the body cannot be used; “errors” says what is wrong where.",
    401: "Nobody is logged in, or the token does not work.",
    403: "You have not the right; or the token may only read; or you have to set up a second factor first.",
    404: "There is nothing at this address, or it is not yours to see.",
    406: "“Accept” names nothing that this can be given as.",
    409: "It cannot be done in the present state; the sentence says why.",
    412: "It was changed since what “If-Match” names. Of a document, “current” says by whom and when; of "
    "settings, “since” says what others changed; of a rule of one’s own, “current” is its newest version.",
    413: "The body is too large.",
    415: "The body is of a kind that is not taken here.",
    428: "It is there already: say in “If-Match” which revision or version the change started from.",
    429: "Too many requests; “Retry-After” says how many seconds to wait.",
    500: "An error in TEC; it is in the server’s log.",
    503: "The database does not answer; “Retry-After” says when to try again.",
}

PATH = {
    "slug": "The project’s address, as in “credit-scoring”.",
    "descriptor": "system_context, raw_data, data_pipeline, training_data, trained_model, "
    "development_environment, production_environment or production_data.",
    "number": "A number, from 1.",
    "revision": "Number of a revision, from 1.",
    "report": "The id of a report that a worker makes.",
    "fingerprint": "What the finding is known by, 32 hexadecimal digits.",
    "version": "Version of the schema, as in “1.2”.",
    "name": "Slug or code of a rule, as in “TEC-3A”.",
    "term": "Id of a term, as its list names it.",
    "vocabulary": "A vocabulary, as /api/vocabularies/ names it.",
    "own": "Number of a rule of one’s own: 7 of “U7”.",
    "gate": "build, integrate or deploy.",
    "username": "User name of a member.",
    "webhook": "Id of a webhook.",
    "delivery": "Id of a message to a webhook.",
    "invitation": "Id of an invitation.",
    "saved_view": "Id of kept filters.",
}

HEADERS = {
    "If-Match": 'What the change started from, as its ETag: “"3"”. “*” stands for any.',
    "If-None-Match": "An ETag. Reading: 304 if it is still the one. Writing: “*” only makes a new document.",
    "ETag": "The number of the revision or version in double quotes.",
    "Location": "The address of what was made.",
    "Retry-After": "Seconds.",
}


class ApiSchema(AutoSchema):
    """Reads the operation that a view declares."""

    @property
    def what(self) -> Operation:
        operation: Operation = getattr(self.view, self.method.lower()).operation
        return operation

    def get_operation_id(self) -> str:
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self.view).__name__.removesuffix("View")).lower()
        return f"{name}_{self.method.lower()}"

    def get_tags(self) -> list[str]:
        return [self.view.group]  # type: ignore[attr-defined]

    def get_summary(self) -> str:
        return self._documentation()[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return self._documentation()[1]

    def _documentation(self) -> tuple[str, str]:
        """The first line of the method's docstring, and the paragraphs below it."""
        text = getattr(self.view, self.method.lower()).__doc__ or ""
        first, _, rest = text.partition("\n")
        paragraphs = [" ".join(part.split()) for part in rest.split("\n\n") if part.strip()]
        return first.strip(), "\n\n".join(paragraphs)

    def get_extensions(self) -> dict[str, Any]:
        right = self.view.right_to(self.what)  # type: ignore[attr-defined]
        return {"x-right": right} if right else {}

    def get_override_parameters(self) -> list[Any]:
        what = self.what
        parameters: list[Any] = [what.query] if what.query else []
        for name in what.takes:
            parameters.append(OpenApiParameter(name, str, OpenApiParameter.HEADER, description=HEADERS[name]))
        given = {**what.gives, "Retry-After": (429, 503), "WWW-Authenticate": (401,)}
        for name, statuses in given.items():
            parameters.append(
                OpenApiParameter(
                    name,
                    str,
                    OpenApiParameter.HEADER,
                    description=HEADERS.get(name, ""),
                    response=list(statuses),
                )
            )
        return parameters

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for each in parameters:
            if each["in"] == "path" and each["name"] in PATH:
                each["description"] = PATH[each["name"]]
        return parameters

    def get_request_serializer(self) -> Any:
        return dict(self.what.raw) or self.what.body

    def _get_request_body(self, direction: str = "request") -> Any:
        if not self.what.raw and not self.what.body:
            return None
        body = super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        return body and {**body, "required": True}

    def get_response_serializers(self) -> Any:
        answers = {
            status: answer
            if isinstance(answer, OpenApiResponse)
            else OpenApiResponse(answer, DONE[code(status)])
            for status, answer in self.what.answers.items()
        }
        problems = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemAnswer, REFUSALS[status])
            for status in self.refusals()
        }
        return {**answers, **problems}

    def refusals(self) -> list[int]:
        """Every status of a problem that this operation may give."""
        what = self.what
        found = {400, 406, 429, 500, 503, *what.refusals}
        if AllowAny not in self.view.permission_classes:
            found |= {401, 403}
        if "{" in self.path or (what.query and "page" in what.query().fields):
            found |= {404}
        if self.method in {"POST", "PUT", "PATCH"}:
            found |= {413, 415}
        return sorted(found)

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Body):
            schema["additionalProperties"] = False
        return schema

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return type(serializer).__name__.removesuffix("Answer")


def code(status: Any) -> int:
    return int(status[0] if isinstance(status, tuple) else status)


DONE = {
    200: "Here it is.",
    201: "It is made.",
    202: "It is begun, and will be done in a moment.",
    204: "Done; there is nothing to say.",
    304: "Nothing has changed since.",
}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tec.accounts.tokens.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal API token."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tec.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        from django.conf import settings

        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of a browser; changes also need the header X-CSRFToken.",
        }
