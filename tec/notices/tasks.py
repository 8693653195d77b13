"""What workers do so that people and other systems are told."""

from __future__ import annotations

from tec.celery import app
from tec.notices.services.deliver import deliver_due
from tec.notices.services.mail import mail_due
from tec.notices.services.tidy import tidy_notices
from tec.work.schedule import due

HOUR = 3600


@app.task
def send() -> None:
    """Send what is due: by mail, and to other systems."""
    mail_due()
    deliver_due()
    if due("notices.tidy", every=HOUR):
        tidy_notices()
