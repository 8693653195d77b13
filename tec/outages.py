"""What people see when the site cannot answer: 503 if the database is away or full, else 500."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as broken

RETRY_AFTER = 10
"""Seconds."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the error. The page asks the database for nothing."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return broken(request)
    headers = {"Retry-After": str(RETRY_AFTER)}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
