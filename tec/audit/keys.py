"""The keys that seal the audit log. They are not in the database, so whoever can write there cannot seal."""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings

from tec import strictjson

PURPOSE = b"tec.audit seal 1"


class UnknownKey(Exception):
    """Something was sealed with a key that is not among the settings."""


def current() -> str:
    """The name of the key that seals from now on."""
    return next(iter(_ring(tuple(settings.AUDIT_KEYS))))


def seal(value: Any, key: str) -> str:
    """64 hex digits that only somebody with the key of that name can make for *value*."""
    ring = _ring(tuple(settings.AUDIT_KEYS))
    if key not in ring:
        raise UnknownKey(key)
    return hmac.new(ring[key], strictjson.canonical(value), sha256).hexdigest()


@lru_cache(maxsize=8)
def _ring(secrets: tuple[str, ...]) -> dict[str, bytes]:
    """Name → key. The name gives nothing away; it tells which of several keys was used."""
    keys = [hmac.new(secret.encode(), PURPOSE, sha256).digest() for secret in secrets]
    return {sha256(key).hexdigest()[:8]: key for key in keys}
