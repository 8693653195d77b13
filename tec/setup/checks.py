"""Settings that fit each other badly, as Django system checks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def https_needs_a_proxy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """TEC speaks http; whoever comes by https came through a proxy, which it must be told to believe."""
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        return [
            Warning(
                "TEC_PUBLIC_URL is https, but TEC_TRUSTED_PROXIES is 0.",
                hint="Set it to the number of proxies in front, or every request is sent to https again.",
                id="tec.W001",
            )
        ]
    return []


@register(deploy=True)
def data_is_not_for_everybody(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The folder may hold the database, the key and the demo password."""
    if settings.VAR_DIR.exists() and settings.VAR_DIR.stat().st_mode & 0o007:
        return [
            Warning(
                f"Every user of this machine may look into {settings.VAR_DIR}.",
                hint=f"chmod 700 {settings.VAR_DIR}",
                id="tec.W002",
            )
        ]
    return []
