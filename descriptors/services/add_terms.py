"""Adds to the vocabularies what people have typed, once, whatever its case."""

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
