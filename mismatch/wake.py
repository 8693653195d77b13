"""Tells the workers to look at a check; that this may fail is why the sweep exists."""

from __future__ import annotations

import logging

from kombu.exceptions import ChannelError, OperationalError

from tec.celery import app

log = logging.getLogger(__name__)

EXECUTE = "mismatch.tasks.execute_check"


def wake(check_id: int) -> bool:
    """Send the check's number to the workers; False when the broker is away."""
    try:
        app.send_task(EXECUTE, [check_id])
    except (OperationalError, ChannelError) as error:
        log.warning("The broker cannot be reached, check row %s waits for the sweep: %s", check_id, error)
        return False
    return True
