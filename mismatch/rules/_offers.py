"""What the rules share that look up names one side needs among the names the other side offers."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit
from mismatch.reading import loose
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mismatch.declaration import At, Found, Hit

CLOSE = "which differs only in case, spacing or the form of letters"


def unmet(
    needed: Sequence[str],
    place_of: Callable[[int], At],
    offered: Sequence[str],
    where: At,
    said: str,
    field: tuple[str, ...] = (),
) -> Found:
    """A hit for each name that is needed and not offered, once however often it is needed.

    *place_of* gives the place of a needed name by its number; *where* is the list of what is offered, and
    *field* what leads from a row of it to the name. *said* is the message, with {name} in it.
    """
    known = set(offered)
    if not known.issuperset(needed):
        close = {loose(other): row for row, other in reversed(list(enumerate(offered))) if other}
        for number, name in enumerate(needed):
            if name and name not in known:
                known.add(name)  # said once is enough
                yield _hit(name, place_of(number), offered, close.get(loose(name)), where, said, field)
    if not needed or "" in needed:
        yield CANNOT_TELL


def _hit(
    name: str,
    place: At,
    offered: Sequence[str],
    near: int | None,
    where: At,
    said: str,
    field: tuple[str, ...],
) -> Hit:
    """The hit for a *name* that is not offered; *near* is the number of the one that looks the same."""
    message = said.format(name=quote(name))
    if near is None:
        return hit(f"{message}.", where, place, key=(name,))
    message = f"{message}; it has {quote(offered[near])}, {CLOSE}."
    return hit(message, (*where, near, *field), place, key=(name,), severity="minor")
