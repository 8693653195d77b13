"""The rule pages as readers look for them: searched, and grouped by what they compare or describe."""

from __future__ import annotations

from functools import cache

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.own.models import OwnRule
from mismatch.showing.rule_pages import RulePage, pages
from tec.named import NamedTuple

KINDS = {"mismatch": "Rules", "missing": "Required fields"}


class Group(NamedTuple):
    """Rules that read the same one or two descriptors, or (`reads` is empty) more than two."""

    reads: tuple[str, ...]
    pages: list[RulePage]

    @property
    def name(self) -> str:
        return " — ".join(NAMES[name] for name in self.reads) or "Three or more descriptors"

    @property
    def places(self) -> list[int]:
        """Where its descriptors stand in display order; more than two come last."""
        return [DESCRIPTORS.index(name) for name in self.reads] or [len(DESCRIPTORS)]

    @property
    def prefix(self) -> str:
        """How the titles of a group's required fields begin; under its heading that goes without saying."""
        return f"{self.name}: "

    @property
    def anchor(self) -> str:
        return "-".join(self.reads).replace("_", "-") or "several"


class Neighbours(NamedTuple):
    before: RulePage | None
    after: RulePage | None


@cache
def all_pages() -> tuple[RulePage, ...]:
    """Every page; what is declared does not change while the process runs."""
    return tuple(pages())


def counted() -> list[tuple[str, str, int]]:
    """Kind, its name and how many pages it has."""
    return [(kind, name, sum(page.kind == kind for page in all_pages())) for kind, name in KINDS.items()]


def groups(kind: str, q: str = "") -> list[Group]:
    """The pages of *kind* in which every word of *q* occurs, by the descriptors they read."""
    wanted = q.casefold().split()
    found = [page for page in all_pages() if page.kind == kind and _has(page, wanted)]
    together: dict[tuple[str, ...], list[RulePage]] = {}
    for page in found:
        together.setdefault(page.reads if len(page.reads) <= 2 else (), []).append(page)
    return sorted((Group(*item) for item in together.items()), key=lambda group: group.places)


def neighbours(page: RulePage) -> Neighbours:
    """The pages before and after one of the same kind."""
    row = [each for each in all_pages() if each.kind == page.kind]
    at = row.index(page)
    return Neighbours(row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)


def own_rules(q: str = "") -> list[OwnRule]:
    """The rules of one's own that take part in the checks of all projects and have every word of *q*."""
    wanted = q.casefold().split()
    active = OwnRule.objects.of(None).exclude(active=None).select_related("active")
    return [rule for rule in active if rule.active and _says(_own_words(rule), wanted)]


def _own_words(rule: OwnRule) -> str:
    said = rule.active.definition if rule.active else {}
    return " ".join([rule.code, "own", *(str(said.get(field, "")) for field in ("title", "why"))])


def _has(page: RulePage, wanted: list[str]) -> bool:
    text = [page.code, page.slug, page.title, page.why, page.plugin, *(NAMES[name] for name in page.reads)]
    return _says(" ".join(text), wanted)


def _says(text: str, wanted: list[str]) -> bool:
    return all(word in text.casefold() for word in wanted)
