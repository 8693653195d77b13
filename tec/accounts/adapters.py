"""Where TEC decides differently from allauth: what is said, what is written down, how long a lock lasts."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tec.accounts import journal, lockout, qr
from tec.accounts.log_ins import address_of
from tec.sealing import Unsealable, seal, unseal

if TYPE_CHECKING:
    from django.http import HttpRequest

WRONG = (
    "This user name and password do not belong together. Both are case-sensitive: please type them again, "
    "or ask for a new password."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Log-in by user name and password; nobody can sign up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": "Too many wrong codes. Wait five minutes, then try again.",
        "rate_limited": "Too many wrong codes. Wait five minutes, then try again.",
        "incorrect_password": "This is not your password. Type it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The web server has put in what trusted proxies say, and nothing else."""
        return address_of(request) or "0.0.0.0"  # noqa: S104  # counts as one place, listens nowhere

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        key = self._get_login_attempts_cache_key(request, **credentials)
        if left := lockout.seconds_left(request, key):
            raise ValidationError(
                f"Too many failed log-ins with this name or from your network. For safety, no password is "
                f"looked at for now: try again in {lockout.spoken(left)}.",
                code="locked",
            )
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        key = self._get_login_attempts_cache_key(request, **credentials)
        locked = lockout.seconds_left(request, key) > 0
        journal.log_in_failed(credentials.get("username", ""), locked=locked)

    def unlock(self, request: HttpRequest, user: User) -> None:
        """Whoever proved to read the mail of the account need not wait."""
        key = self._get_login_attempts_cache_key(request, username=user.get_username())
        ratelimit.clear(request, app=lockout.APP, action=lockout.ACTION, key=key)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; their secrets are kept encrypted with a key that is not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right, or was used already. Wait for the next one and type that.",
    }

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return f"TEC ({settings.ALLOWED_HOSTS[0]})"

    def build_totp_svg(self, url: str) -> str:
        return qr.svg(url, "QR code for your authenticator app; the same as the key in letters below it")

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed under another key fits no code: as if a wrong one were typed."""
        try:
            return unseal(encrypted_text)
        except Unsealable:
            return base64.b32encode(secrets.token_bytes(20)).decode()
