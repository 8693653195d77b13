"""Second factors, as far as administrators have to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction

from tec.accounts import letters
from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

FACTOR_FIRST = (
    "Administrators of this site need a second factor. Set yours up on the page of your account; until then "
    "nothing else can be done, on the pages or with a token."
)


def lacks_factor(user: User | AnonymousUser) -> bool:
    """Whether *user* has to set a second factor up before doing anything else.

    Who only comes in by single sign-on has none here: what is asked of them there is up to the provider.
    """
    return (
        settings.ADMINS_NEED_FACTOR
        and (user.is_superuser or user.is_staff)
        and user.has_usable_password()
        and not is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
    )


@transaction.atomic
def remove_factors(*, user: User, by: User | None) -> bool:
    """Take all second factors off an account; False if it had none. *by* is None on the server's console."""
    number, _ = Authenticator.objects.filter(user=user).delete()
    if not number:
        return False
    record("account.factor_removed", actor=by, target=user.get_username(), factor="all")
    letters.tell(user, "factor")
    return True
