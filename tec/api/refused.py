"""Says that a request is not carried out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rest_framework import exceptions

from tec.api.problems import Fault
from tec.pointers import pointer

if TYPE_CHECKING:
    from django import forms


class Refused(exceptions.APIException):
    """A request that is not carried out, with everything its answer says."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.faults = list(faults)
        self.headers = headers or {}
        self.more = more


def refused_by(form: forms.BaseForm) -> Refused:
    """What a form of the pages objects to; its inputs are the members of the body."""
    faults = [
        Fault(str(message), "" if name == "__all__" else pointer(name))
        for name, messages in form.errors.items()
        for message in messages
    ]
    return invalid(faults)


def invalid(faults: list[Fault]) -> Refused:
    """A body or parameters that cannot be used; a single fault is told in the sentence itself."""
    if len(faults) == 1:
        fault = faults[0]
        place = fault.parameter or fault.pointer
        return Refused(400, f"{place}: {fault.detail}" if place else fault.detail, faults)
    return Refused(400, f"{len(faults)} things are wrong with this request; “errors” names each.", faults)


def faults_in(detail: Any, at: tuple[str | int, ...] = (), parameters: bool = False) -> Iterator[Fault]:
    """What a serializer objects to, one fault for each sentence."""
    if isinstance(detail, Mapping):
        for name, inside in detail.items():
            step = () if name == "non_field_errors" else (name,)
            yield from faults_in(inside, (*at, *step), parameters)
    elif isinstance(detail, list):
        for number, inside in enumerate(detail):
            nested = isinstance(inside, (Mapping, list))
            yield from faults_in(inside, (*at, number) if nested else at, parameters)
    elif parameters:
        yield Fault(str(detail), parameter=str(at[0]) if at else "")
    else:
        yield Fault(str(detail), pointer(*at))
