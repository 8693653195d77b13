"""The identity of a finding from one check to the next, so that decisions about it survive."""

from __future__ import annotations

SEPARATOR = "\x1f"  # U+001F, the unit separator: no one types it into a name


def fingerprint(slug: str, *keys: str, repeat: int = 1) -> str:
    """32 hex digits for the thing that rule *slug* found at *keys*: goal id, item name, field, resource.

    Nothing that may change while the thing stays the same belongs into *keys*: no row number, no value.
    The second thing with equal keys has *repeat* 2, and so on.
    """
    from hashlib import sha256  # loads OpenSSL, which a clean project can do without

    parts = (slug, *keys) if repeat == 1 else (slug, *keys, f"#{repeat}")
    # A lone surrogate is no text, but a document that holds one has to be checked all the same.
    return sha256(SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
