"""Keeps the list of log-ins up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tec.accounts.log_ins import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class NoteLogIn:
    """Notes a session that is in use. A page that did not look at its session does not pay for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 500 and request.session.accessed:
            note(request)
        return response
