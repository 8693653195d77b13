"""What the rules share that meet a name that does not exist where it should."""

from __future__ import annotations

from mismatch.reading import loose
from mismatch.wording import listing, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

SAME_BUT = "they differ only in case, spacing or the form of letters"


def nowhere(said: str, wrong: str, meant: str, known: Collection[str]) -> tuple[str, str]:
    """Message and severity for the name *wrong*: *said*, then what it was *meant* to be, if that is known.

    The severity is "" for the rule's own.
    """
    if not meant:
        return f"{said}; known: {listing(known)}." if known else f"{said}.", ""
    if loose(meant) == loose(wrong):
        return f"{said}; it has {quote(meant)}, and {SAME_BUT}.", "minor"
    return f"{said}; the nearest is {quote(meant)}.", ""
