"""How long somebody has to wait after too many failed log-ins."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

APP, ACTION = "allauth.account", "login_failed"


def seconds_left(request: HttpRequest, key: str) -> float:
    """Until the next attempt for *key* from where *request* comes is allowed; 0 if it is now."""
    waits = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        place = ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=key)
        attempts = cache.get(place, [])  # newest first
        if len(attempts) >= rate.amount:
            waits.append(attempts[rate.amount - 1] + rate.duration - time.time())
    return max(waits)


def spoken(seconds: float) -> str:
    """“40 seconds”, “3 minutes”."""
    if seconds <= 60:
        number, unit = max(1, math.ceil(seconds)), "second"
    else:
        number, unit = math.ceil(seconds / 60), "minute"
    return f"{number} {unit}{'' if number == 1 else 's'}"
