"""Compresses pages on their way out, so that a long form or list travels as a small one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

UNTOUCHED = "/api/"
"""Programs send the ETag of a document back as they got it, and compressing would make it a weak one."""


class CompressionMiddleware(GZipMiddleware):
    """As Django's, which pads what it compresses so that its length gives no secret away."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        page = response.headers.get("Content-Type", "").startswith("text/html")
        if (request.path.startswith(UNTOUCHED) and not page) or response.status_code == 206:
            return response
        return super().process_response(request, response)
