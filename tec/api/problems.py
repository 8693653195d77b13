"""The one shape of every refusal of the API: RFC 9457 problem details."""

from __future__ import annotations

from http import HTTPStatus

from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MEDIA_TYPE = "application/problem+json"

LISTED = 100
"""How many faults of one request are named."""


class Fault(NamedTuple):
    """One thing wrong with a request: what, and where in the body (RFC 6901) or in which parameter."""

    detail: str
    pointer: str = ""
    parameter: str = ""

    def as_json(self) -> dict[str, str]:
        where = {"pointer": self.pointer}
        if self.parameter:
            where["parameter"] = self.parameter
        return {**where, "detail": self.detail}


def problem(status: int, detail: str, faults: Iterable[Fault] = (), **more: Any) -> dict[str, Any]:
    """The body of a refusal; *more* are further members that its documentation names."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [fault.as_json() for fault in list(faults)[:LISTED]],
        **more,
    }
