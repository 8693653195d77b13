"""Whom single sign-on lets in, and as whom."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.contrib.auth.models import User
from django.shortcuts import render
from django.urls import reverse

from tec.accounts.addresses import confirmed
from tec.accounts.oidc import Untrusted
from tec.audit.record import record

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

REASONS = {
    "cancelled": "You did not finish logging in there, or the provider did not let you.",
    "failed": "What the provider answered does not hold. Try again; if it stays so, tell an administrator: "
    "the server’s log says what was wrong.",
    "away": "The provider cannot be reached at the moment. Try again in a minute, or log in with a password.",
    "unverified": "The provider does not vouch for your mail address. Confirm it there, then try again.",
    "domain": "Your mail address is not one of those that may log in here this way.",
    "inactive": "The account with your mail address is switched off. Ask an administrator to switch it on.",
    "several": "Several accounts here have your mail address, so it is not clear which is yours. "
    "Ask an administrator to change that.",
    "unknown": "Nobody here has your mail address. Ask an administrator for an account.",
    "unconfirmed": "There is an account with your mail address, but nobody confirmed yet that the address is "
    "its owner’s. If it is yours, log in with the password and connect the two on your account’s page.",
    "other": "That identity belongs to another account here already.",
}


def refusal(request: HttpRequest, reason: str, *, detail: str = "") -> HttpResponse:
    """A page that says why, and a line in both logs."""
    log.warning("Single sign-on refused (%s): %s", reason, detail[:300])
    record("account.sso_refused", reason=reason)
    status = {"away": 503, "failed": 400, "cancelled": 400}.get(reason, 403)
    context = {"reason": REASONS[reason], "name": settings.OIDC_NAME}
    return render(request, "accounts/sso_refused.html", context, status=status)


def said(error: BaseException | None) -> str:
    """What may stand in the log: our own words whole, of others only the kind, for they may quote secrets."""
    if isinstance(error, Untrusted):
        return str(error)
    return type(error).__name__ if error else ""


def refuse(request: HttpRequest, reason: str, *, detail: str = "") -> ImmediateHttpResponse:
    return ImmediateHttpResponse(refusal(request, reason, detail=detail))


class Decisions(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are known by issuer and subject; the first time, by an address that the provider vouches for."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        addresses = sociallogin.email_addresses
        address = addresses[0].email if addresses else ""
        if settings.OIDC_DOMAINS and address.rpartition("@")[2].lower() not in settings.OIDC_DOMAINS:
            raise refuse(request, "domain")
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            if sociallogin.is_existing and sociallogin.user != request.user:
                raise refuse(request, "other")
        elif sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise refuse(request, "inactive")
        elif not (addresses and addresses[0].verified):
            raise refuse(request, "unverified")
        else:
            self.find(request, sociallogin, address)

    def find(self, request: HttpRequest, sociallogin: Any, address: str) -> None:
        """Connect the account that has this address, if there is exactly one; new people if they may come."""
        found = list(User.objects.filter(email__iexact=address)[:2])
        if len(found) > 1:
            raise refuse(request, "several")
        if not found:
            if not settings.OIDC_CREATE:
                raise refuse(request, "unknown")
            return
        if not found[0].is_active:
            raise refuse(request, "inactive")
        # Whoever made an account may have given an address that is not theirs, to share it with its owner.
        if found[0].has_usable_password() and not confirmed(found[0]):
            raise refuse(request, "unconfirmed")
        sociallogin.connect(request, found[0])

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.OIDC_CREATE)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        record("account.created", actor=user, target=user.get_username(), by="single sign-on")
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **kwargs: Any
    ) -> None:
        reason = "cancelled" if error == AuthError.CANCELLED else "failed"
        raise refuse(request, reason, detail=said(exception) or "no such log-in")
