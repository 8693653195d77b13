"""Second factors, as far as administrators have to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction

from tec.accounts import letters
from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def remove_factors(*, user: User, by: User | None) -> bool:
    """Take all second factors off an account; False if it had none. *by* is None on the server's console."""
    number, _ = Authenticator.objects.filter(user=user).delete()
    if not number:
        return False
    record("account.factor_removed", actor=by, target=user.get_username(), factor="all")
    letters.tell(user, "factor")
    return True
