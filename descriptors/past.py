"""Who last changed each field of a document, as pages and the API list it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import guides
from descriptors.models import Revision
from descriptors.services.keep_authorship import authorship_of
from tec.pointers import resolve

if TYPE_CHECKING:
    from tec.projects.models import Project


class Field(NamedTuple):
    """One value of a document, and the revision that last changed it."""

    pointer: str
    label: str
    value: Any
    number: int
    revision: Revision | None


class Leaves(NamedTuple):
    """The values that are listed, and from which revision on it is known who changed them."""

    lines: list[tuple[str, int]]  # pointer, and number of the revision
    since: int


def leaves_of(project: Project, descriptor: str, body: Any, asked: str) -> Leaves:
    """The single values of the newest revision, at or below *asked* if that is a pointer."""
    kept = authorship_of(project, descriptor)
    lines = kept.lines if kept else {}
    return Leaves([each for each in lines.items() if shown(each[0], asked, body)], kept.since if kept else 0)


def shown(pointer: str, asked: str, body: Any) -> bool:
    """Whether a value is listed: single values at or below what is asked for, and that itself."""
    if pointer == asked and asked:
        return True
    below = not asked or pointer.startswith(f"{asked}/")
    return below and not isinstance(resolve(body, pointer), (dict, list))


def fields(project: Project, descriptor: str, body: Any, lines: Iterable[tuple[str, int]]) -> list[Field]:
    """One query, for the revisions of one page."""
    page = list(lines)
    numbers = {number for _, number in page}
    revisions = Revision.objects.of(project).filter(document__descriptor=descriptor, number__in=numbers)
    by_number = {each.number: each for each in revisions.defer("text")}
    return [
        Field(
            at, guides.label(descriptor, at) or "Document", resolve(body, at), number, by_number.get(number)
        )
        for at, number in page
    ]
