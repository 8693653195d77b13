"""One declaration for each thing the API does: it checks the request and documents it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from tec.api.bodies import Body, Query, read_body, read_query

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

    from tec.api.views import ApiView

Handler = TypeVar("Handler", bound=Callable[..., Any])

READ, WRITE, HEAVY = "read", "write", "heavy"
"""What an operation costs; see `tec.api.throttling`."""


@dataclass(frozen=True)
class Operation:
    """What one method of one address takes, does and answers."""

    answers: Mapping[Any, Any]  # status, or status and media type → an Answer, a schema or None
    query: type[Query] | None = None
    body: type[Body] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)  # media type → schema of a body that is no Body
    right: str = ""  # of a project, that it asks for
    even_archived: bool = False
    stores: bool = True  # False: a method that usually writes and here only reads, for read-only tokens too
    cost: str = READ
    refusals: tuple[int, ...] = ()  # statuses besides those that every operation of its kind may give
    takes: tuple[str, ...] = ()  # request headers, by name
    gives: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # answer header → statuses


def operation(**declared: Any) -> Callable[[Handler], Handler]:
    """Declares the method of a view below it.

    Before the method runs, the right is asked for, then the parameters and the body are read; the view finds
    them in `self.asked` and `self.sent`. Its docstring is its documentation: a line, then more.
    """
    what = Operation(**declared)

    def decorate(method: Handler) -> Handler:
        @wraps(method)
        def answer(view: ApiView, request: Request, **address: Any) -> Response:
            view.enter(what, **address)
            view.asked = read_query(what.query, request.GET)
            if request.method not in {"GET", "HEAD", "DELETE"} and not what.raw:
                view.sent = read_body(what.body, request, partial=request.method == "PATCH")
            response: Response = method(view, request, **address)
            return response

        answer.operation = what  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return decorate
