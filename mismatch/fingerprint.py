"""The identity of a finding from one check to the next, so that decisions about it survive."""

from __future__ import annotations

from functools import cache, lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEPARATOR = "\x1f"  # U+001F, the unit separator: no one types it into a name


@lru_cache(maxsize=4096)  # a project is checked again and again
def fingerprint(slug: str, *keys: str, repeat: int = 1) -> str:
    """32 hex digits for the thing that rule *slug* found at *keys*: goal id, item name, field, resource.

    Nothing that may change while the thing stays the same belongs into *keys*: no row number, no value.
    The second thing with equal keys has *repeat* 2, and so on.
    """
    parts = (slug, *keys) if repeat == 1 else (slug, *keys, f"#{repeat}")
    # A lone surrogate is no text, but a document that holds one has to be checked all the same.
    name = SEPARATOR.join(parts).encode("utf-8", "surrogatepass")
    digest: str = _sha256()(name).hexdigest()
    return digest[:32]


@cache
def _sha256() -> Any:
    try:
        # Python's own: hashlib loads OpenSSL first, which takes longer than a check.
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:  # it is called otherwise in Python 3.12
        from hashlib import sha256
    return sha256
