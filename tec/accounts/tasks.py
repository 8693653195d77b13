"""What workers do for accounts: send mail, throw away what is over."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from tec.accounts import letters
from tec.accounts.models import CacheEntry, LogIn
from tec.celery import app

KEPT = timedelta(seconds=settings.SESSION_COOKIE_AGE)


@app.task
def send_letter(number: int) -> None:
    letters.send(number)


@app.task
def send_letters() -> None:
    for number in letters.waiting():
        letters.send(number)


@app.task
def tidy() -> None:
    """Sessions that ran out, log-ins nobody uses any more, counts of failed attempts that are over."""
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    LogIn.objects.filter(seen_at__lt=now - KEPT).delete()
    CacheEntry.objects.filter(expires__lt=now).delete()
