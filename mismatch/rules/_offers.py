"""What the rules share that look up names one side needs among the names the other side offers."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit
from mismatch.reading import loose, rows, text
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

CLOSE = "which differs only in case, spacing or the form of letters"


def names(holder: Doc, name: str, field: str) -> list[str]:
    """The text of *field* in every row of a list, "" where it is blank."""
    return [text(row, field) for row in rows(holder, name)]


def unmet(
    needed: Sequence[tuple[At, str]], offered: Sequence[str], where: At, said: str, field: Iterable[str] = ()
) -> Found:
    """A hit for each name that is needed and not offered, once however often it is needed.

    *said* is the message with {name} in it; *where* is the list of what is offered, and *field* what to add
    to a row of it to come to the name.
    """
    known = set(offered)
    close: dict[str, int] | None = None
    waiting = not needed
    for place, name in needed:
        if not name:
            waiting = True
        elif name not in known:
            known.add(name)  # said once is enough
            if close is None:
                close = {loose(other): row for row, other in reversed(list(enumerate(offered))) if other}
            near = close.get(loose(name))
            message = said.format(name=quote(name))
            if near is None:
                yield hit(f"{message}.", where, place, key=(name,))
            else:
                message = f"{message}; it has {quote(offered[near])}, {CLOSE}."
                yield hit(message, (*where, near, *field), place, key=(name,), severity="minor")
    if waiting:
        yield CANNOT_TELL
