"""Bounds how often somebody asks. A cache that is away bounds nothing: nobody is locked out by it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from rest_framework.throttling import BaseThrottle

from tec.api.operations import READ

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

log = logging.getLogger(__name__)
cache = ConnectionProxy(caches, "quick")

WINDOW = 60
"""Seconds over which requests are counted."""


class Throttle(BaseThrottle):
    """So many requests a minute for each account, or address without one, and each kind of operation."""

    def __init__(self) -> None:
        self.now = time.time()

    def allow_request(self, request: Request, view: APIView) -> bool:
        operation = getattr(view, "operation", None)
        cost = operation.cost if operation else READ
        who = f"user-{request.user.pk}" if request.user.is_authenticated else self.get_ident(request)
        limit = settings.API_LIMITS[cost if request.user.is_authenticated else "anonymous"]
        return counted(f"api:{cost}:{who}:{int(self.now // WINDOW)}") <= limit

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW - self.now % WINDOW + 1


def counted(key: str) -> int:
    """How often *key* was counted, this time included; 0 if the cache cannot say."""
    try:
        if cache.add(key, 1, 2 * WINDOW):
            return 1
        return int(cache.incr(key))
    except Exception as error:
        log.warning("Requests are not counted, the cache is away: %s", error)
        return 0
