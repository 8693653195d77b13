"""The lists of terms that forms offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from descriptors.models import Vocabulary, VocabularyTerm
from descriptors.services.add_terms import LONGEST, TermThere, add_terms, remove_term, rename_term
from tec.api.bodies import Answer, Body, PageQuery, Text, paged
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.api.views import ApiView
from tec.projects.access import Right, demand_editor
from tec.projects.api.base import SiteView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.api.operations import Operation


class VocabularyAnswer(Answer):
    """One list of terms."""

    list = serializers.ChoiceField(choices=Vocabulary.values)
    name = serializers.CharField(help_text="What people call it.")
    terms = serializers.IntegerField(help_text="How many there are.")


class TermAnswer(Answer):
    """One term."""

    id = serializers.IntegerField()
    term = serializers.CharField()


class TermsQuery(PageQuery):
    """Which terms to list."""

    q = serializers.CharField(
        required=False, max_length=LONGEST, help_text="A part of the term, in any case."
    )


class TermBody(Body):
    """A term to offer to everybody."""

    term = Text(max_length=LONGEST)


class VocabularyListView(ApiView):
    group = "Vocabularies"

    @operation(query=PageQuery, answers={200: paged(VocabularyAnswer)})
    def get(self, request: Request) -> Response:
        """List the vocabularies."""
        counted = VocabularyTerm.objects.order_by().values_list("list").annotate(Count("pk"))
        numbers = dict(counted)
        rows = [
            {"list": each.value, "name": each.label, "terms": numbers.get(each, 0)} for each in Vocabulary
        ]
        return self.page_of(rows, lambda part: VocabularyAnswer(part, many=True).data)


class VocabularyDetailView(ApiView):
    group = "Vocabularies"

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        if self.request.method == "POST":
            demand_editor(self.user)

    @operation(query=TermsQuery, answers={200: paged(TermAnswer)})
    def get(self, request: Request, vocabulary: str) -> Response:
        """List the terms of a vocabulary, in the order in which forms offer them."""
        terms = VocabularyTerm.objects.filter(list=vocabulary)
        if q := self.asked.get("q"):
            terms = terms.filter(folded__contains=q.casefold())
        return self.page_of(terms, lambda part: TermAnswer(part, many=True).data)

    @operation(body=TermBody, cost=WRITE, answers={200: TermAnswer, 201: TermAnswer})
    def post(self, request: Request, vocabulary: str) -> Response:
        """Offer a term to everybody; for those who may edit some document of some project.

        One that is there already, in any case of its letters, is given back as it is, with 200.
        """
        term = self.sent["term"]
        added = add_terms(terms={vocabulary: [term]}, by=self.user)
        there = VocabularyTerm.objects.filter(list=vocabulary, folded=term.strip().casefold()).first()
        if there is None:
            raise Refused(400, "The term says nothing.", [Fault("It says nothing.", "/term")])
        return Response(TermAnswer(there).data, 201 if added else 200)


class TermDetailView(SiteView):
    group = "Vocabularies"
    term: VocabularyTerm

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.term = get_object_or_404(VocabularyTerm, list=address["vocabulary"], pk=address["term"])

    @operation(right=Right.MANAGE, body=TermBody, cost=WRITE, answers={200: TermAnswer}, refusals=(409,))
    def put(self, request: Request, vocabulary: str, term: int) -> Response:
        """Offer another term in its place; documents that use the old one stay as they are."""
        wanted = self.sent["term"].strip()
        if not wanted:
            raise Refused(400, "The term says nothing.", [Fault("It says nothing.", "/term")])
        try:
            rename_term(term=self.term, to=wanted, by=self.user)
        except TermThere as there:
            raise Refused(409, str(there)) from there
        return Response(TermAnswer(self.term).data)

    @operation(right=Right.MANAGE, cost=WRITE, answers={204: None})
    def delete(self, request: Request, vocabulary: str, term: int) -> Response:
        """Offer a term no more; documents that use it stay as they are."""
        remove_term(term=self.term, by=self.user)
        return Response(status=204)
