"""Makes and reads keys for ssh."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

MAX_LENGTH = 20_000


class KeyRefused(ValueError):
    """A text that is no usable private key; the message says why, and never holds the key."""


def make() -> str:
    """A new private key."""
    made = Ed25519PrivateKey.generate()
    return made.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()


def cleaned(text: str) -> str:
    """*text* as ssh wants to read a private key. Raises KeyRefused."""
    text = text.replace("\r\n", "\n").strip() + "\n"
    try:
        public_half(text)
    except TypeError as error:
        raise KeyRefused(
            "The key is locked with a passphrase, which nobody could type during a sync. Make one without, "
            "for this purpose only."
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyRefused(
            "This is no private key that ssh uses. Paste the whole file, from “-----BEGIN” to “-----”."
        ) from error
    return text


def public_half(key: str) -> str:
    """The line to register with the Git host."""
    data = key.encode()
    load = (
        serialization.load_ssh_private_key if b"BEGIN OPENSSH" in data else serialization.load_pem_private_key
    )
    public = load(data, password=None).public_key()
    return f"{public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()} tec"
