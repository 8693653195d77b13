"""Which mail addresses are known to be somebody's own: people may type any when they join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def confirm(user: User) -> None:
    """*user* read a mail sent to their address, or an administrator vouches for it."""
    if user.email and not confirmed(user):
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def confirmed(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())
