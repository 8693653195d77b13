"""How much of each document is filled in and what it says in short, computed once for every content."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from descriptors import catalogue
from descriptors.models import Document, Revision
from descriptors.upgrades import upgrade
from mismatch.required import Completeness, completeness
from tec.pages.excerpts import NOTHING_SAID, Excerpt, excerpt

if TYPE_CHECKING:
    from tec.projects.models import Project

REMEMBERED = 5_000  # contents, some ten megabytes

# (descriptor, digest) → what is blank and what is said. A digest names one content for ever, so nothing here
# grows stale.
_known: dict[tuple[str, str], tuple[Completeness, Excerpt]] = {}


class Bar(NamedTuple):
    """One descriptor of a project: the required fields that apply, and how many of them say something."""

    descriptor: str
    head: Revision | None
    filled: int
    total: int
    blank_codes: tuple[str, ...]
    excerpt: Excerpt = NOTHING_SAID

    @property
    def name(self) -> str:
        return catalogue.NAMES[self.descriptor]

    @property
    def absent(self) -> bool:
        return self.head is None or self.head.cleared


def bars_of(projects: Iterable[Project]) -> dict[int, list[Bar]]:
    """Project id → its eight bars in display order. One query; a second for contents not met before."""
    ids = [project.pk for project in projects]
    documents = Document.objects.filter(project__in=ids).select_related("head__author").defer("head__text")
    heads = {(document.project_id, document.descriptor): document.head for document in documents}
    _meet(heads)
    return {pk: [_bar(name, heads.get((pk, name))) for name in catalogue.DESCRIPTORS] for pk in ids}


def _bar(descriptor: str, head: Revision | None) -> Bar:
    if head is None or head.cleared:
        found, said = _of_nothing(descriptor), NOTHING_SAID
    else:
        found, said = _known[descriptor, head.digest]
    return Bar(descriptor, head, found.filled, found.applicable, found.blank_codes, said)


def _meet(heads: dict[tuple[int, str], Revision | None]) -> None:
    """Learn the contents that are not known yet, reading the texts of those only."""
    if len(_known) > REMEMBERED:
        _known.clear()
    new = {
        head.pk: descriptor
        for (_, descriptor), head in heads.items()
        if head and not head.cleared and (descriptor, head.digest) not in _known
    }
    for revision in Revision.objects.filter(pk__in=new).only("digest", "text").iterator(50) if new else ():
        descriptor = new[revision.pk]
        body = upgrade(descriptor, revision.body).body
        _known[descriptor, revision.digest] = completeness(descriptor, body), excerpt(descriptor, body)


@cache
def _of_nothing(descriptor: str) -> Completeness:
    return completeness(descriptor, None)
