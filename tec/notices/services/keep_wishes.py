"""Keeps what somebody wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from tec.audit.record import record
from tec.notices.models import Notice, Wishes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


@transaction.atomic
def keep_wishes(
    *,
    user: User,
    mail: str,
    link_only: bool,
    off: list[str],
    least: str,
    descriptors: list[str],
    rules: list[str],
    muted: Iterable[Project],
) -> Wishes:
    """From now on *user* is told accordingly; what waits to be mailed goes the new way too."""
    wishes, _ = Wishes.objects.update_or_create(
        user=user,
        defaults={
            "mail": mail,
            "link_only": link_only,
            "off": off,
            "least": least,
            "descriptors": descriptors,
            "rules": rules,
        },
    )
    wishes.muted.set(muted)
    record("account.wishes_changed", actor=user, target=user.get_username(), mail=mail, link_only=link_only)
    Notice.objects.filter(user=user, send_at__isnull=False).update(send_at=wishes.first_send())
    return wishes
