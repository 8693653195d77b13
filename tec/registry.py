"""How parts plug in: ordered collections that refuse a second id, and a walk that imports a whole package."""

from __future__ import annotations

import os
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Generic, TypeVar

    T = TypeVar("T")
else:  # the command line does without `typing`, which takes longer to load than most of what it needs
    T = None

    class Generic:
        def __class_getitem__(cls, of):
            return cls


class Registry(Generic[T]):
    """Things by id, in the order they were added. *kind* is the word for one of them in messages."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}

    def add(self, id: str, item: T) -> T:
        """Keep *item* under *id* and return it. A second item of that id raises ValueError."""
        if id in self._items:
            raise ValueError(f"Two {self.kind}s are called “{id}”; an id belongs to one for ever.")
        self._items[id] = item
        return item

    def sort(self, key: Callable[[T], Any]) -> None:
        """Put the things into the order of *key*; what is added later comes after them."""
        self._items = dict(sorted(self._items.items(), key=lambda pair: key(pair[1])))

    def ids(self) -> list[str]:
        """All ids, in order."""
        return list(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items.values()))

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, id: object) -> bool:
        return id in self._items

    def __getitem__(self, id: str) -> T:
        if id not in self._items:
            known = ", ".join(self._items) or "none"
            raise KeyError(f"There is no {self.kind} called “{id}”; known: {known}.")
        return self._items[id]


def discover(package: str) -> None:
    """Import every module below *package* in name order; one that cannot be imported raises."""
    for folder in import_module(package).__path__:
        for name in sorted(os.listdir(folder)):
            stem, dot, extension = name.partition(".")
            if not stem.isidentifier() or stem == "__init__":
                continue
            if dot and extension == "py":
                import_module(f"{package}.{stem}")
            elif not dot and os.path.isfile(os.path.join(folder, name, "__init__.py")):
                discover(f"{package}.{stem}")
