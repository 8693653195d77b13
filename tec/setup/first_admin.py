"""Lets whoever installed TEC become its first administrator, by a link that works once and for a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.urls import reverse

from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User as UserType

VALID_FOR = timedelta(hours=24)
SALT = "tec.setup.first-admin"


class SetupClosed(Exception):
    """There is an administrator already."""


def has_admin() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def new_link() -> str:
    """The full address at which the first administrator is made. Raises SetupClosed when there is one."""
    if has_admin():
        raise SetupClosed
    return settings.PUBLIC_URL + reverse("setup", args=[signing.dumps("first admin", salt=SALT)])


def opens(token: str) -> bool:
    """Whether a link with this token works: ours, not older than a day, and nobody is administrator yet."""
    try:
        signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return False
    return not has_admin()


@transaction.atomic
def create_first_admin(*, username: str, password: str) -> UserType:
    """The first administrator. Raises SetupClosed if somebody else was quicker."""
    # Writing it down locks the site's log: of two who come at once, the second finds the first's account.
    record("admin.created", target=username)
    if has_admin():
        raise SetupClosed
    return User.objects.create_superuser(username=username, password=password)
