"""Tells the workers to look at a row; that this may fail is why the sweep exists."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kombu.exceptions import ChannelError, OperationalError

from tec.celery import app

if TYPE_CHECKING:
    from tec.work.models import Work

log = logging.getLogger(__name__)


def wake(row: Work) -> bool:
    """Send the row's number to the workers; False when the broker is away."""
    try:
        app.send_task(row.task, [row.pk])
    except (OperationalError, ChannelError) as error:
        log.warning("The broker cannot be reached, %s waits for the sweep: %s", row.row, error)
        return False
    return True
