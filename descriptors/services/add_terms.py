"""Adds to the vocabularies what people have typed, once, whatever its case; administrators mend them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from descriptors.models import VocabularyTerm
from tec.audit.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import User

LONGEST = 100
MOST = 50  # new terms from one document


@transaction.atomic
def add_terms(*, terms: Mapping[str, Iterable[str]], by: User) -> list[VocabularyTerm]:
    """Offer *terms*, by vocabulary, to everybody; those that are there already are passed over."""
    wanted = {
        (name, term.strip().casefold()): term.strip()
        for name, found in terms.items()
        for term in reversed(list(found))
        if 0 < len(term.strip()) <= LONGEST
    }
    known = set(VocabularyTerm.objects.filter(list__in=list(terms)).values_list("list", "folded"))
    new = [
        VocabularyTerm(list=name, term=term, folded=folded)
        for (name, folded), term in reversed(wanted.items())
        if (name, folded) not in known
    ][:MOST]
    if new:
        VocabularyTerm.objects.bulk_create(new, ignore_conflicts=True)
        record("vocabulary.added", actor=by, terms=[[each.list, each.term] for each in new])
    return new


class TermThere(Exception):
    """The list has that term already, maybe in another case of its letters."""

    def __init__(self, term: str) -> None:
        super().__init__(f"“{term}” is on this list already.")


@transaction.atomic
def rename_term(*, term: VocabularyTerm, to: str, by: User) -> None:
    """Offer *to* in place of *term*; documents that use the old one stay as they are. Raises TermThere."""
    was, term.term, term.folded = term.term, to, to.casefold()
    if twin := VocabularyTerm.objects.filter(list=term.list, folded=term.folded).exclude(pk=term.pk).first():
        raise TermThere(twin.term)
    term.save()
    if was != to:
        record("vocabulary.changed", actor=by, target=to, changes={"term": [was, to]})


@transaction.atomic
def remove_term(*, term: VocabularyTerm, by: User) -> None:
    """Offer *term* no more; documents that use it stay as they are."""
    record("vocabulary.removed", actor=by, target=term.term, list=term.list)
    term.delete()
