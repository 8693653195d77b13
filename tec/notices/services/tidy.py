"""Throws away what nobody looks at any more."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tec.notices.models import Delivery, Notice, Outcome

KEPT = timedelta(days=180)  # a notice
LOGGED = timedelta(days=30)  # a message to another system


def tidy_notices() -> None:
    now = timezone.now()
    Notice.objects.filter(created_at__lt=now - KEPT).delete()
    over = Delivery.objects.exclude(outcome=Outcome.WAITING)
    over.filter(created_at__lt=now - LOGGED).delete()
