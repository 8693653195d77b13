"""Asks the site's pages as somebody signed in, in an empty database, and measures what each answer takes."""

from __future__ import annotations

import logging
import sys
from time import perf_counter
from typing import Any


def signed_in() -> tuple[Any, Any]:
    """Sets Django up and fills the tables; returns a new user and a client that has logged in as them."""
    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("benchmark")
    client = Client()
    client.force_login(owner)
    return owner, client


def measured(client: Any, path: str, rounds: int) -> tuple[int, float]:
    """Queries of the page and the milliseconds of the fastest of *rounds* calls."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answered {response.status_code}")
    count = len(queries)  # the next request clears the record
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        client.get(path)
        best = min(best, perf_counter() - start)
    return count, 1000 * best
