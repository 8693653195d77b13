"""Tells machines whether this process answers (`healthz`) and whether the site can do its work (`readyz`)."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tec.celery import app
from tec.work.heartbeat import workers_listening
from tec.work.models import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every check is “ok”, else 503; what is wrong is said without names of hosts or people."""
    checks = {name: result_of(name, check) for name, check in CHECKS.items()}
    ready = all(result == "ok" for result in checks.values())
    response = JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # or Django calls it an error each time
    return response


def result_of(name: str, check: Callable[[], str]) -> str:
    """What the check says; an error is told to the log only."""
    try:
        return check()
    except Exception as error:
        log.warning("The site is not ready: %s: %s", name, error)
        return FAILURES[name]


def database() -> str:
    """Reads and writes; what is written is taken back at once."""
    with transaction.atomic():
        Worker.objects.create(name=f"readyz {os.urandom(8).hex()}", seen_at=Now()).delete()
    return "ok"


def migrations() -> str:
    connection = connections[DEFAULT_DB_ALIAS]
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return f"{len(waiting)} migrations are not applied; run “manage.py migrate”"
    return "ok"


def broker() -> str:
    if settings.REDIS_URL:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    else:
        settings.BROKER_DIR.mkdir(parents=True, exist_ok=True)
        probe = settings.BROKER_DIR / f"{os.urandom(8).hex()}.probe"
        probe.touch()
        probe.unlink()
    return "ok"


def worker() -> str:
    return "ok" if workers_listening() else "no worker was heard in the last 30 seconds"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "worker": worker,
}

FAILURES = {
    "database": "the database cannot be read and written",
    "migrations": "the database cannot be read",
    "broker": "the broker cannot be reached",
    "worker": "the database cannot be read",
}
