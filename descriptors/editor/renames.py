"""Finds names that an edit changes or removes while others refer to them, and carries a new name along."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.links import Link, Use, links, texts_at
from tec.pointers import is_index, pointer, resolve, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def renames(
    descriptor: str, saved: Any, reading: Reading, documents: Documents
) -> tuple[list[Rename], list[Rename]]:
    """The names in *saved* that others use and that are changed, and those that are gone.

    *documents* are those of the project as they are now; that of *descriptor* is the one in *reading*. A name
    that another row still has is neither.
    """
    changed: list[Rename] = []
    gone: list[Rename] = []
    now = {**documents, descriptor: reading.document}
    for path, narrow in sources(descriptor):
        new = {reading.name_of(at): text for at, text in texts_at(reading.document, path)}
        kept = {(outer_row(name, path), text) for name, text in new.items()}
        for name, text in texts_at(saved, path):
            outer = outer_row(name, path)
            if new.get(name) == text or ((outer if narrow else "", text) in narrowed(kept, narrow=narrow)):
                continue
            within = resolve(saved, f"{outer}/{narrow}") if narrow else None
            if used := tuple(uses_of(descriptor, path, text, within, now)):
                label = guides.label(descriptor, reading.pointer_of(name) or name)
                found = Rename(name, label, text, new.get(name, ""), used)
                (changed if found.new else gone).append(found)
    return changed, gone


def narrowed(kept: set[tuple[str, str]], *, narrow: str) -> set[tuple[str, str]]:
    """The names still defined: by outer row where only that row counts, else anywhere."""
    return kept if narrow else {("", text) for _, text in kept}


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


def uses_of(descriptor: str, path: str, text: str, within: Any, documents: Documents) -> Iterable[Use]:
    """Where *documents* refer to *text* that *descriptor* defines at *path* (in the row called *within*)."""
    for link in links():
        if (link.source, link.source_path) != (descriptor, path):
            continue
        body = documents.get(link.descriptor)
        for at, found in texts_at(body, link.path):
            beside = resolve(body, f"{at.rpartition('/')[0]}/{link.within}") if link.within else within
            if found == text and beside == within:
                yield Use(link.descriptor, at, found, guides.label(link.descriptor, at))


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
            body = changed.setdefault(use.descriptor, deepcopy(documents[use.descriptor]))
            *outer, last = tokens(use.pointer)
            holder = resolve(body, pointer(*outer))
            holder[int(last) if isinstance(holder, list) else last] = rename.new
    return changed
