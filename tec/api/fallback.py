"""Refusals of requests that reach no view of the API: unknown addresses, errors, a database away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from tec.api.problems import MEDIA_TYPE, problem

if TYPE_CHECKING:
    from django.http import HttpRequest

ROOT = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, which wants no page."""
    return request.path_info.startswith(ROOT)


def refusal(status: int, detail: str) -> HttpResponse:
    """The refusal; it asks the database and the framework for nothing."""
    return as_response(problem(status, detail))


def as_response(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A problem document on its way out; it is JSON, whatever the address gives otherwise."""
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text.encode(), MEDIA_TYPE, body["status"], headers=headers)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
