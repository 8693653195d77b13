"""Finds names that an edit changes or removes while others refer to them, and carries a new name along."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.links import Link, Use, links, texts_at
from tec.pointers import is_index, pointer, resolve, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from descriptors.editor.posted import Reading

    Documents = Mapping[str, Any]


class Rename(NamedTuple):
    """A name that others refer to and that the edit changes; a removal if there is no new one."""

    name: str  # of the input, which tells it from all other renames of the edit
    label: str
    old: str
    new: str  # "" if the name is gone
    uses: tuple[Use, ...]

    @property
    def descriptors(self) -> set[str]:
        """The documents that refer to the name."""
        return {use.descriptor for use in self.uses}


class NameChange(NamedTuple):
    """A name in a list that others refer to, before and after an edit."""

    name: str  # of the input
    label: str
    path: str
    old: str
    new: str  # "" if the name is gone
    narrow: str  # where only names in one row of an outer list count: the key of what that row is called
    within: Any  # and what it was called; None elsewhere

    def as_rename(self, uses: tuple[Use, ...]) -> Rename:
        return Rename(self.name, self.label, self.old, self.new, uses)


def renames(
    descriptor: str, saved: Any, reading: Reading, documents: Documents
) -> tuple[list[Rename], list[Rename]]:
    """The names in *saved* that others use and that are changed, and those that are gone.

    *documents* are those of the project as they are now; that of *descriptor* is the one in *reading*. A name
    that another row still has is neither.
    """
    referring = Referring(descriptor, {**documents, descriptor: reading.document})
    found = [
        change.as_rename(uses)
        for change in name_changes(descriptor, saved, reading)
        if (uses := referring.to(change))
    ]
    return [each for each in found if each.new], [each for each in found if not each.new]


def merged_renames(
    descriptor: str, saved: Any, reading: Reading, merged: Any, documents: Documents
) -> list[Rename]:
    """The names that *reading* changed and that are changed in *merged* too, which others still use.

    *merged* is what became of *reading* and somebody else's edit of *saved*.
    """
    referring = Referring(descriptor, {**documents, descriptor: merged})
    names: dict[str, dict[str, list[str]]] = {}  # path → name in *merged* → where it stands
    return [
        change.as_rename(uses)
        for change in name_changes(descriptor, saved, reading)
        if change.new
        and prevails(
            change, merged, names.get(change.path) or names.setdefault(change.path, stands(merged, change))
        )
        and (uses := referring.to(change))
    ]


def stands(body: Any, change: NameChange) -> dict[str, list[str]]:
    """Where each name stands in the list that *change* is about."""
    found: dict[str, list[str]] = {}
    for at, text in texts_at(body, change.path):
        found.setdefault(text, []).append(at)
    return found


def prevails(change: NameChange, merged: Any, names: Mapping[str, list[str]]) -> bool:
    """Whether *merged*, with these *names*, has the new name, and the old one no more where it counted."""
    old = names.get(change.old, [])
    if change.narrow:
        outer = [f"{outer_row(at, change.path)}/{change.narrow}" for at in old]
        old = [at for at in outer if resolve(merged, at) == change.within]
    return not old and change.new in names


def name_changes(descriptor: str, saved: Any, reading: Reading) -> Iterator[NameChange]:
    """Every name in *saved* that others could refer to and that *reading* changes or removes."""
    for path, narrow in sources(descriptor):
        places = {reading.name_of(at): (at, text) for at, text in texts_at(reading.document, path)}
        new = {name: text for name, (_, text) in places.items()}
        # The names still defined: by outer row where only that row counts, else anywhere.
        kept = {(outer_row(name, path) if narrow else "", text) for name, text in new.items()}
        for name, text in texts_at(saved, path):
            outer = outer_row(name, path)
            if new.get(name) == text or (outer if narrow else "", text) in kept:
                continue
            within = resolve(saved, f"{outer}/{narrow}") if narrow else None
            now = places[name][0] if name in places else reading.pointer_of(name) or name
            label = guides.label(descriptor, now)
            yield NameChange(name, label, path, text, new.get(name, ""), narrow, within)


def sources(descriptor: str) -> dict[tuple[str, str], None]:
    """The paths in *descriptor* that others refer to, and the key of the outer row that narrows them down."""
    found: dict[tuple[str, str], None] = {}
    for link in links():
        if link.source == descriptor:
            found[link.source_path, narrowing_key(link)] = None
    return found


def narrowing_key(link: Link) -> str:
    """The key by which the outer row of a narrowed link is called: "component_name"; "" for other links."""
    if not link.within:
        return ""
    beside = f"{link.path.rpartition('.')[0]}.{link.within}"
    outer = next(
        (each for each in links() if each.descriptor == link.descriptor and each.path == beside), None
    )
    return outer.source_path.rpartition(".")[2] if outer else ""


class Referring:
    """Where *documents* refer to names that *descriptor* defines; each is read once for all names."""

    def __init__(self, descriptor: str, documents: Documents) -> None:
        self._descriptor, self._documents = descriptor, documents
        self._by_name: dict[str, dict[str, list[tuple[Link, str]]]] = {}

    def to(self, change: NameChange) -> tuple[Use, ...]:
        """The places that refer to the old name (in the row it was in, where only that row counts)."""
        if change.path not in self._by_name:
            self._by_name[change.path] = self._read(change.path)
        return tuple(
            Use(link.descriptor, at, change.old, guides.label(link.descriptor, at))
            for link, at in self._by_name[change.path].get(change.old, ())
            if not link.within or self._beside(link, at) == change.within
        )

    def _read(self, path: str) -> dict[str, list[tuple[Link, str]]]:
        found: dict[str, list[tuple[Link, str]]] = {}
        for link in links():
            if (link.source, link.source_path) == (self._descriptor, path):
                for at, text in texts_at(self._documents.get(link.descriptor), link.path):
                    found.setdefault(text, []).append((link, at))
        return found

    def _beside(self, link: Link, at: str) -> Any:
        return resolve(self._documents.get(link.descriptor), f"{at.rpartition('/')[0]}/{link.within}")


def outer_row(name: str, path: str) -> str:
    """The row of the outer list in which *name* lies: "/components/0" for "/components/0/inputs/2/name"."""
    if path.count("[]") < 2:
        return ""
    steps = tokens(name)
    first = next(number for number, step in enumerate(steps) if is_index(step))
    return pointer(*steps[: first + 1])


def carried(documents: Documents, chosen: Iterable[Rename]) -> dict[str, Any]:
    """The documents that change, by descriptor, with the new names in place of the old ones."""
    changed: dict[str, Any] = {}
    for rename in chosen:
        for use in rename.uses:
            if use.descriptor not in changed:
                changed[use.descriptor] = deepcopy(documents[use.descriptor])
            body = changed[use.descriptor]
            *outer, last = tokens(use.pointer)
            holder = resolve(body, pointer(*outer))
            holder[int(last) if isinstance(holder, list) else last] = rename.new
    return changed
