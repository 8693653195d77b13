"""What requests consist of, declared: parameters and bodies that say what is wrong with them, and answers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from tec.api.problems import Fault
from tec.api.refused import faults_in, invalid
from tec.plain import quoted

if TYPE_CHECKING:
    from django.http import QueryDict
    from rest_framework.request import Request

    Serializer = serializers.Serializer[Any]
else:
    Serializer = serializers.Serializer

MOST = 200
"""Entries on one page of a list at most."""


class Text(serializers.CharField):
    """A text; a number or true is none."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("This is not a text. Write it in double quotes.")
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    """A whole number; a text that holds one is none."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            raise serializers.ValidationError("This is not a whole number.")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false and nothing like it."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            raise serializers.ValidationError("This is neither true nor false.")
        return data


class Choice(serializers.ChoiceField):
    """One of a few texts."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            known = ", ".join(str(choice) for choice in self.choices)
            given = quoted(data) if isinstance(data, str) else "This"
            raise serializers.ValidationError(f"{given} is not known here (known: {known}).")
        return data


class YesNo(Choice):
    """A switch in an address: true or false."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=["true", "false"], **options)


class Answer(Serializer):
    """What an answer holds; every member is always there."""


class Body(Serializer):
    """A JSON object that a request sends; a member nobody knows is a mistake, not a remark."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            known = ", ".join(self.fields)
            unknown = {
                name: [f"This member is not known (known: {known})."]
                for name in data
                if name not in self.fields
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class Query(Serializer):
    """The parameters of an address."""


class PageQuery(Query):
    """Which part of a list to give."""

    page = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=10_000_000, help_text="The page, from 1."
    )
    page_size = serializers.IntegerField(
        required=False,
        default=50,
        min_value=1,
        max_value=10_000_000,
        help_text=f"Entries on a page; more than {MOST} are not given at once.",
    )


@cache
def paged(answer: type[Answer]) -> type[Answer]:
    """The answer of a list of *answer*."""
    name = answer.__name__.removesuffix("Answer") + "PageAnswer"
    address: dict[str, Any] = {
        "allow_null": True,
        "help_text": "Address of that page; null if there is none.",
    }
    fields = {
        "count": serializers.IntegerField(help_text="Entries on all pages."),
        "next": serializers.URLField(**address),
        "previous": serializers.URLField(**address),
        "results": answer(many=True),
        "__doc__": f"One page of a list of {answer.__name__.removesuffix('Answer')}.",
        "__module__": answer.__module__,
    }
    return type(name, (Answer,), fields)


class FaultAnswer(Answer):
    """One thing wrong with a request."""

    pointer = serializers.CharField(
        allow_blank=True, help_text="JSON pointer into the body; empty for the whole."
    )
    parameter = serializers.CharField(required=False, help_text="The parameter of the address, if it is one.")
    detail = serializers.CharField()


class ProblemAnswer(Answer):
    """Why a request was not carried out (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do, for people.")
    errors = FaultAnswer(many=True)  # type: ignore[assignment]


def read_query(declared: type[Query] | None, given: QueryDict) -> dict[str, Any]:
    """The parameters of an address as *declared*; anything else is refused by name."""
    asked = (declared or Query)(data=given)
    many = {name for name, field in asked.fields.items() if isinstance(field, serializers.ListField)}
    faults = []
    for name, values in given.lists():
        if name not in asked.fields:
            known = ", ".join(asked.fields) or "none"
            faults.append(
                Fault(f"{quoted(name)} is no parameter here (known: {known}).", parameter=name[:100])
            )
        elif len(values) > 1 and name not in many:
            faults.append(Fault("It is given more than once.", parameter=name))
    if not asked.is_valid():
        faults += faults_in(asked.errors, parameters=True)
    if faults:
        raise invalid(faults)
    found: dict[str, Any] = asked.validated_data
    return found


def read_body(declared: type[Body] | None, request: Request, *, partial: bool = False) -> dict[str, Any]:
    """The body of a request as *declared*."""
    if declared is None:
        if has_body(request) and request.data != {}:
            raise invalid([Fault("This takes no body. Leave it out, or send {}.")])
        return {}
    if not has_body(request):
        raise invalid([Fault("The body is empty. Send a JSON object.")])
    sent = declared(data=request.data, partial=partial)
    if not sent.is_valid():
        raise invalid(list(faults_in(sent.errors)))
    found: dict[str, Any] = sent.validated_data
    return found


def has_body(request: Request) -> bool:
    length: str = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > 0
