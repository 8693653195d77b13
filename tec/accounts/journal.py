"""Writes to the audit log who came in, who did not, and what became of an account; never a secret."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from tec.accounts import letters
from tec.accounts.log_ins import note
from tec.accounts.models import LogIn
from tec.audit.record import record

WAYS = {"password": "password", "socialaccount": "single sign-on", "mfa": "second factor"}
FACTORS = {"totp": "authenticator app", "recovery_codes": "recovery codes"}


@receiver(user_logged_in)
def logged_in(request: Any, user: User, **kwargs: Any) -> None:
    """Without a record of how, it was a link: for the first administrator, or an invitation."""
    ways = [WAYS.get(step["method"], step["method"]) for step in get_authentication_records(request, user)]
    record("account.logged_in", actor=user, target=user.get_username(), by=ways or ["link"])
    note(request)


@receiver(user_logged_out)
def logged_out(request: Any, user: User | None, **kwargs: Any) -> None:
    if user:
        record("account.logged_out", actor=user, target=user.get_username())
        LogIn.objects.filter(session_key=request.session.session_key or "").delete()


def log_in_failed(username: str, *, locked: bool) -> None:
    """What was typed is kept only if it is somebody's name: sometimes people type the password there."""
    user = User.objects.filter(username=username).first()
    target = user.get_username() if user else ""
    record("account.log_in_failed", target=target, known=user is not None)
    if locked:
        record("account.locked", target=target, known=user is not None)
        if user:
            letters.tell(user, "locked")


@receiver(factors.authenticator_added)
@receiver(factors.authenticator_removed)
@receiver(factors.authenticator_reset)
def factor_changed(
    signal: Any, request: Any, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    verb = {
        factors.authenticator_added: "account.factor_added",
        factors.authenticator_removed: "account.factor_removed",
        factors.authenticator_reset: "account.factor_renewed",
    }[signal]
    record(verb, actor=user, target=user.get_username(), factor=FACTORS[authenticator.type])
    if authenticator.type == Authenticator.Type.TOTP:
        letters.tell(user, "factor")


@receiver(factors.authenticator_used)
def factor_used(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """That an app was used is part of the log-in; a recovery code is worth a line of its own."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record("account.recovery_code_used", actor=user, target=user.get_username())


@receiver(factors.authentication_failed)
def factor_failed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("account.factor_failed", target=user.get_username(), factor=FACTORS[authenticator.type])


@receiver(social.social_account_added)
def sign_on_connected(sociallogin: Any, **kwargs: Any) -> None:
    user = sociallogin.user
    record("account.sso_connected", actor=user, target=user.get_username())


@receiver(social.social_account_removed)
def sign_on_disconnected(socialaccount: Any, **kwargs: Any) -> None:
    user = socialaccount.user
    record("account.sso_disconnected", actor=user, target=user.get_username())
