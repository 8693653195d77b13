"""What people see when the site cannot answer: 503 if the database is away or full, else 500."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tec.api.fallback import is_api, refusal

RETRY_AFTER = 10
"""Seconds."""

AWAY = "The database does not answer. Nothing was changed; try again in a moment."
BROKEN = "An error in TEC. It is in the server’s log; tell an administrator when it happened."


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the error. The page asks the database for nothing."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    if is_api(request):
        response = refusal(503, AWAY) if away else refusal(500, BROKEN)
    else:
        status = 503 if away else 500
        response = HttpResponse(
            render_to_string(f"{status}.html", {"cookies": request.COOKIES}), status=status
        )
    if away:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
