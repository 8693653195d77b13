"""Remembers what was found in projects, so that one that has not changed is not checked again.

People look at the same project again and again: a form compares what is typed with what is stored after every
pause, and a fix is proved against the project as it is. What the rules find follows from nothing but the
documents, so what they found in the very same ones is still true.
"""

from __future__ import annotations

import marshal
from itertools import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import Any, TypeVar

    T = TypeVar("T")

LARGEST = 250_000
"""Bytes of a project that is remembered, ten times a usual one; the findings of a larger take much room."""

MOST_BYTES = 5_000_000
MOST_RESULTS = 1_000

UNKNOWN = 0
"""The token of a project that is not remembered."""


class Memory:
    """Results by the content of the documents they follow from, up to a limit; then it starts anew.

    Documents are told apart by every byte of what they say, not by identity: one that is changed in place is
    another one. Safe to share between threads: at worst two of them work out the same.
    """

    def __init__(self) -> None:
        self._tokens: dict[bytes, int] = {}
        self._results: dict[Hashable, Any] = {}
        self._bytes = 0
        self._next = count(1)

    def token(self, documents: dict[str, Any]) -> int:
        """A number for what *documents* say, the same for the same; UNKNOWN if they are not remembered."""
        try:
            said = marshal.dumps(documents, 2)  # the version without references: equal content, equal bytes
        except ValueError:  # nested too deeply, or not plain JSON
            return UNKNOWN
        known = self._tokens.get(said)
        if known is not None:
            return known
        if len(said) > LARGEST:
            return UNKNOWN
        if self._bytes + len(said) > MOST_BYTES:
            self.forget()
        self._bytes += len(said)
        return self._tokens.setdefault(said, next(self._next))

    def result(self, key: Hashable, work: Callable[[], T]) -> T:
        """What *work* gives, worked out only once for *key*, which holds tokens and whose work it is.

        Whoever gets it must not change it.
        """
        known: T | None = self._results.get(key)
        if known is None:
            if len(self._results) >= MOST_RESULTS:
                self.forget()
            self._results[key] = known = work()
        return known

    def forget(self) -> None:
        """Start anew. Tokens are never used again, so no result is taken for one of another document."""
        self._tokens, self._results, self._bytes = {}, {}, 0


MEMORY = Memory()
