"""Collects the values a form offers: from other documents, this one, and the shared vocabularies."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.links import values_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from descriptors.editor.plan import Plan

MOST = 2_000  # offered values of one list
LONGEST_HINT = 60
HINTS = ("goal", "item_type", "field_type", "details", "log_data_format", "operator", "percentage")
"""Neighbours of a value that help to choose it, the first that is filled in."""


class Option(NamedTuple):
    """A value to choose, and what helps to tell it from the others."""

    value: str
    hint: str = ""


class ChoiceList(NamedTuple):
    """The values offered to one kind of field."""

    id: str
    options: tuple[Option, ...]
    group: str = ""  # lists of one group take turns: which is offered depends on a neighbouring field
    of: str = ""  # the value of that field this list belongs to
    own: str = ""  # path in this very document that the values come from


class Offer(NamedTuple):
    """What is offered at one input."""

    list: str  # id of the choice list, or of the group
    values: tuple[str, ...]
    known: frozenset[str]  # the same, to look one up
    source: str  # the descriptor the values come from; "" for a vocabulary
    where: str  # the path there


NO_OFFER = Offer("", (), frozenset(), "", "")


class Choices:
    """All choice lists of a form, made when first asked for."""

    def __init__(
        self,
        descriptor: str,
        documents: Mapping[str, Any],
        document: Any,
        vocabularies: Mapping[str, Sequence[str]],
    ) -> None:
        self.descriptor = descriptor
        self.documents = {**documents, descriptor: document}
        self.vocabularies = vocabularies
        self.lists: dict[str, list[ChoiceList]] = {}  # by id or group, in the order they were asked for
        self.offers: dict[tuple[str, Any], Offer] = {}

    def offer(self, plan: Plan, row: Any) -> Offer:
        """What is offered at the input of *plan* in the object *row*."""
        chosen = row.get(plan.within) if plan.narrowed_by and isinstance(row, dict) else None
        at = (plan.link or plan.vocabulary, chosen if isinstance(chosen, str) else None)
        found = self.offers.get(at)
        if found is None:
            found = self.offers[at] = self._offer(plan, at[1])
        return found

    def _offer(self, plan: Plan, chosen: str | None) -> Offer:
        source, _, path = plan.link.partition(":")
        id = f"l-{plan.link.translate(_SIMPLE)}" if plan.link else f"v-{plan.vocabulary}"
        if id not in self.lists:
            made = self._linked(id, source, path, plan.narrowed_by) if plan.link else self._terms(id, plan)
            self.lists[id] = list(made)
        lists = [each for each in self.lists[id] if not plan.narrowed_by or each.of == chosen]
        values = tuple(option.value for option in lists[0].options) if lists else ()
        return Offer(id, values, frozenset(values), source, path)

    def prepare(self, plan: Plan) -> None:
        """Make every list that the form of *plan* can offer, whether it has rows or not."""
        if plan.link or plan.vocabulary:
            self.offer(plan, {})
        for child in plan.children if plan.item is None else (plan.item,):
            self.prepare(child)

    def all(self) -> list[ChoiceList]:
        return [each for lists in self.lists.values() for each in lists]

    def source_value(self, plan: Plan) -> str:
        """The identifier that the field of *plan* repeats; "" if it is blank there."""
        source, _, path = plan.source.partition(":")
        found = [value for _, value in values_at(self.documents.get(source), path)]
        return found[0] if found and isinstance(found[0], str) else ""

    def _terms(self, id: str, plan: Plan) -> Iterator[ChoiceList]:
        terms = self.vocabularies.get(plan.vocabulary, ())
        yield ChoiceList(id, tuple(Option(term) for term in terms))

    def _linked(self, id: str, source: str, path: str, narrowed_by: str) -> Iterator[ChoiceList]:
        body = self.documents.get(source)
        own = path if source == self.descriptor else ""
        if not narrowed_by:
            yield ChoiceList(id, _options(body, path), own=own)
            return
        outer, _, inner = path.partition("[].")
        seen: set[str] = set()
        for _, row in values_at(body, f"{outer}[]"):
            name = row.get(narrowed_by) if isinstance(row, dict) else None
            if isinstance(name, str) and name.strip() and name not in seen:
                seen.add(name)
                yield ChoiceList(f"{id}-{len(seen)}", _options(row, inner), group=id, of=name)


_SIMPLE = str.maketrans({":": "-", ".": "-", "[": "", "]": ""})


def nearest(text: str, values: Sequence[str]) -> str:
    """The one of *values* that *text* was probably meant to be; "" if none comes close."""
    folded = {value.casefold().strip(): value for value in reversed(values)}
    found = difflib.get_close_matches(text.casefold().strip(), list(folded), n=1, cutoff=0.5)
    return folded[found[0]] if found else ""


def _options(body: Any, path: str) -> tuple[Option, ...]:
    """The texts at *path*, each once, blank ones left out."""
    parent, _, key = path.rpartition(".")
    found: dict[str, Option] = {}
    for _, row in values_at(body, parent):
        value = row.get(key) if isinstance(row, dict) else None
        if isinstance(value, str) and value.strip() and value not in found and len(found) < MOST:
            found[value] = Option(value, _hint(row))
    return tuple(found.values())


def _hint(row: dict[str, Any]) -> str:
    texts = (row.get(key) for key in HINTS)
    text = next(
        (str(text) for text in texts if isinstance(text, (str, int, float)) and str(text).strip()), ""
    )
    return text if len(text) <= LONGEST_HINT else text[: LONGEST_HINT - 1] + "…"
