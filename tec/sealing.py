"""Keeps secrets that TEC has to use again: encrypted in the database, by a key made from SECRET_KEY."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(Exception):
    """A secret was sealed under another SECRET_KEY, or altered: it has to be entered again."""


def seal(secret: str) -> str:
    """*secret* as it may stand in the database; "" stays ""."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed. Raises Unsealable."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unsealable from error


def reseal(sealed: str) -> str:
    """*sealed* under the newest key; as it is if that has sealed it. Raises Unsealable."""
    if not sealed or _opens(_lock(settings.SECRET_KEY), sealed):
        return sealed
    return seal(unseal(sealed))


def _opens(lock: Fernet, sealed: str) -> bool:
    try:
        lock.decrypt(sealed.encode())
    except (InvalidToken, UnicodeError):
        return False
    return True


def _box() -> MultiFernet:
    """The first key seals; older ones that SECRET_KEY_FALLBACKS names still open."""
    return MultiFernet([_lock(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _lock(key: str | bytes) -> Fernet:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tec sealed secrets")
    derived = derivation.derive(key.encode() if isinstance(key, str) else key)
    return Fernet(base64.urlsafe_b64encode(derived))
