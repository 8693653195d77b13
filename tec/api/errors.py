"""Turns whatever a request runs into, into problem details with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions
from rest_framework.views import set_rollback

from tec.api.fallback import as_response
from tec.api.problems import problem
from tec.api.refused import Refused, faults_in, invalid

if TYPE_CHECKING:
    from rest_framework.views import APIView

TOO_LARGE = "The body is larger than this server accepts. Send less at once."
NOTHING_HERE = (
    "There is nothing at this address, or it is not yours to see. Check the address and your account."
)
LOG_IN = "Log in, or send “Authorization: Bearer <token>”. Tokens are made on the page of your account."
FORBIDDEN = "You may not do this. Ask an owner of the project for the right to it."


def answer(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Django REST framework's exception handler. None: an error of ours, which becomes a 500 or 503."""
    refused = as_refused(error, context["view"])
    if refused is None:
        return None
    set_rollback()
    body = problem(refused.status_code, str(refused.detail), refused.faults, **refused.more)
    return as_response(body, refused.headers)


def as_refused(error: Exception, view: APIView) -> Refused | None:
    if isinstance(error, Refused):
        return error
    if isinstance(error, exceptions.ValidationError):
        return invalid(list(faults_in(error.detail)))
    for kind, make in KNOWN.items():
        if isinstance(error, kind):
            return make(error, view)
    if isinstance(error, exceptions.APIException):
        return Refused(error.status_code, str(error.detail))
    return None


def _missing(error: Exception, view: APIView) -> Refused:
    said = str(error)
    ours = said and "matches the given query" not in said
    return Refused(404, said if ours else NOTHING_HERE)


def _unknown(error: Exception, view: APIView) -> Refused:
    said = str(error) if isinstance(error, exceptions.AuthenticationFailed) else ""
    header = view.get_authenticate_header(view.request)
    return Refused(401, f"{said} {LOG_IN}".strip(), headers={"WWW-Authenticate": header})


def _forbidden(error: Exception, view: APIView) -> Refused:
    said = str(error)
    return Refused(403, said if said and said != exceptions.PermissionDenied.default_detail else FORBIDDEN)


def _method(error: Exception, view: APIView) -> Refused:
    allowed = ", ".join(view.allowed_methods)
    return Refused(405, f"{view.request.method} does nothing here; possible are {allowed}.")


def _media_type(error: Exception, view: APIView) -> Refused:
    taken = " or ".join(dict.fromkeys(str(parser.media_type) for parser in view.get_parsers()))
    sent = str(view.request.content_type or "")[:60]
    return Refused(415, f"“{sent}” is not taken here. Send the body with “Content-Type: {taken}”.")


def _not_acceptable(error: Exception, view: APIView) -> Refused:
    given = " or ".join(dict.fromkeys(str(each.media_type) for each in view.get_renderers()))
    return Refused(406, f"This is given as {given} only. Name that in “Accept”, or leave the header out.")


def _throttled(error: Exception, view: APIView) -> Refused:
    wait = max(1, int(getattr(error, "wait", None) or 1))
    return Refused(429, f"Too many requests. Wait {wait} seconds.", headers={"Retry-After": str(wait)})


def _too_large(error: Exception, view: APIView) -> Refused:
    return Refused(413, TOO_LARGE)


def _senseless(error: Exception, view: APIView) -> Refused:
    return Refused(400, "This request cannot be read. Check how its body is put together and send it again.")


# The narrower class of two stands first.
KNOWN: dict[type[Exception], Callable[[Exception, APIView], Refused]] = {
    Http404: _missing,
    exceptions.NotFound: _missing,
    exceptions.NotAuthenticated: _unknown,
    exceptions.AuthenticationFailed: _unknown,
    PermissionDenied: _forbidden,
    exceptions.PermissionDenied: _forbidden,
    exceptions.MethodNotAllowed: _method,
    exceptions.UnsupportedMediaType: _media_type,
    exceptions.NotAcceptable: _not_acceptable,
    exceptions.Throttled: _throttled,
    RequestDataTooBig: _too_large,
    SuspiciousOperation: _senseless,
    BadRequest: _senseless,
    MultiPartParserError: _senseless,
    UnreadablePostError: _senseless,
    exceptions.ParseError: _senseless,
}
