"""Personal API tokens: made, recognised, revoked. The secret itself is shown once and stored nowhere."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

from tec.accounts.factors import FACTOR_FIRST, lacks_factor
from tec.accounts.models import Token
from tec.audit import where
from tec.audit.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from rest_framework.request import Request

PREFIX = "tec_"
"""Lets people and secret scanners see what it is."""

LONGEST = 100
NOTED_EVERY = timedelta(minutes=5)
"""How exact the time of last use is: noting each request would make every reading one a writing one."""


@transaction.atomic
def create_token(*, user: User, name: str, days: int, writes: bool) -> tuple[Token, str]:
    """A new token of *user* and its secret, which nobody can find out afterwards."""
    raw = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        start=raw[: len(PREFIX) + 4],
        digest=digest_of(raw),
        writes=writes,
        expires_at=timezone.now() + timedelta(days=days),
    )
    record("token.created", actor=user, target=name, token=token.start, writes=writes, days=days)
    return token, raw


@transaction.atomic
def revoke_token(*, token: Token, by: User) -> None:
    """End a token at once; the audit log remembers that it was there."""
    token.delete()
    record("token.revoked", actor=by, target=token.name, token=token.start, owner=token.user.get_username())


def digest_of(raw: str) -> str:
    """No salt and no slow hash: 256 random bits cannot be guessed, and each request has to find its row."""
    return hashlib.sha256(raw.encode()).hexdigest()


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; `request.auth` is the token. 403 if it only reads and should write."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, raw = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = token_of(raw.strip())
        if not token.writes and writes(request):
            raise PermissionDenied(
                "This token may only read. Make one that may also write on the page of your account."
            )
        if lacks_factor(token.user):
            raise PermissionDenied(FACTOR_FIRST)
        where.with_token(str(token))
        note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="TEC"'


def writes(request: Request) -> bool:
    """Whether the request may change anything: by its method, unless its operation says it only reads."""
    operation = getattr(request.parser_context.get("view"), "operation", None)
    return request.method not in SAFE_METHODS and getattr(operation, "stores", True)


def token_of(raw: bytes) -> Token:
    """The token with this secret, if it still works. Raises AuthenticationFailed, which never repeats it."""
    if not raw.isascii() or len(raw) > LONGEST:
        raise AuthenticationFailed("This is not a token of TEC.")
    token = Token.objects.select_related("user").filter(digest=digest_of(raw.decode("ascii"))).first()
    if token is None:
        raise AuthenticationFailed("This token does not exist or was revoked.")
    if token.expired:
        raise AuthenticationFailed(f"This token expired on {token.expires_at:%Y-%m-%d}. Make a new one.")
    if not token.user.is_active:
        raise AuthenticationFailed("The account of this token is switched off.")
    return token


def note_use(token: Token) -> None:
    """Keep when the token was last used; the audit log gets the first use of each day."""
    now, before = timezone.now(), token.last_used_at
    if before and before > now - NOTED_EVERY:
        return
    with transaction.atomic():
        # Of many requests at once, one notes it.
        stale = Token.objects.filter(pk=token.pk, last_used_at=before)
        if stale.update(last_used_at=now) and not same_day(before, now):
            record("token.used", actor=token.user, target=token.name, token=token.start)
    token.last_used_at = now


def same_day(before: datetime | None, now: datetime) -> bool:
    return before is not None and before.date() == now.date()
