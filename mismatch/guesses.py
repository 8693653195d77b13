"""Guesses which known name a wrong one was meant to be, with as much effort as any document may cost."""

from __future__ import annotations

from functools import lru_cache

from mismatch.reading import loose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 50  # characters of a name that is compared letter by letter
MOST = 400  # names it is compared with
MOST_ONCE = 2000  # names that the name in a single question is compared with
TRIES = 40  # wrong names that are compared so; all others have to match loosely


class Guesses:
    """The guesses of one run of a rule, which share their effort and remember what they know."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._tries = TRIES
        self._loosely: dict[int, dict[str, str]] = {}
        self._found: dict[tuple[int, str], str] = {}

    def nearest(self, name: str, known: Collection[str]) -> str:
        """The one of *known* that *name* was probably meant to be, or "".

        *known* has to be the same object, unchanged, whenever the same names are meant.
        """
        key = id(known), name
        if key not in self._found:
            self._found[key] = self._same(name, known) or self._alike(name, known)
        return self._found[key]

    def _same(self, name: str, known: Collection[str]) -> str:
        """The first of *known* that differs from *name* only in case, spacing or the form of letters."""
        loosely = self._loosely.get(id(known))
        if loosely is None:
            loosely = self._loosely[id(known)] = {loose(other): other for other in reversed(list(known))}
        return loosely.get(loose(name), "")

    def _alike(self, name: str, known: Collection[str]) -> str:
        if self._tries == 0 or len(name) > LONGEST or len(known) > self._most:
            return ""
        self._tries -= 1
        return _closest(name, tuple([other for other in known if len(other) <= LONGEST]))


@lru_cache(maxsize=64)  # one renaming is met again in every check until it is repaired
def _closest(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # slow to load, and only wrong names need it

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), "")


def nearest(name: str, known: Collection[str]) -> str:
    """The one of *known* that *name* was probably meant to be, or ""; for a single question."""
    return Guesses(MOST_ONCE).nearest(name, known)
