"""Lets the audit log know from where a request comes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from tec.audit import where


class WhereMiddleware:
    """The address is the connection's; our server puts there what trusted proxies say, and nobody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        channel = where.API if request.path.startswith("/api/") else where.WEB
        with where.doing(channel, address=request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)
