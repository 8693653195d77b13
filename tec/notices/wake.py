"""Tells a worker that something waits to be sent; that this may fail is why the schedule looks as well."""

from __future__ import annotations

import logging

from kombu.exceptions import ChannelError, OperationalError

from tec.celery import app

log = logging.getLogger(__name__)


def wake() -> None:
    try:
        app.send_task("tec.notices.tasks.send")
    except (OperationalError, ChannelError) as error:
        log.warning("The broker cannot be reached, messages wait for the schedule: %s", error)
