"""What a change started from, as HTTP says it: ETag, If-Match, If-None-Match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.http import parse_etags

from tec.api.refused import Refused

if TYPE_CHECKING:
    from rest_framework.request import Request

ANY = "*"
FIRST = "Send the ETag you got when you read it as If-Match, so that nothing is overwritten unseen."


def etag(number: int) -> str:
    """The ETag of a document, its revision's number, or of settings, their version."""
    return f'"{number}"'


def project_etag(numbers: Mapping[str, int]) -> str:
    """The ETag of all documents of a project together: which revision each is at."""
    return '"{}"'.format(";".join(f"{name}={number}" for name, number in sorted(numbers.items())))


def tags(request: Request, header: str) -> list[str]:
    """What a header names, without quotes; none if it is absent. `W/` is added by proxies that compress."""
    given = request.headers.get(header, "")
    if not given.strip():
        return []
    found = [tag.removeprefix("W/").strip('"') for tag in parse_etags(given)]
    if not found:
        raise Refused(
            400, f'{header} does not hold an ETag. Write it as it was given, in double quotes: "3".'
        )
    return found


def unchanged(request: Request, number: int) -> bool:
    """Whether the asker has this revision already."""
    held = tags(request, "If-None-Match")
    return ANY in held or str(number) in held


def based_on(request: Request, current: int, *, exists: bool) -> int:
    """The revision that a change of a document at *current* started from. Refuses one that names none.

    What it names may be stale: the service finds out, and lets the same content pass all the same.
    """
    held = tags(request, "If-Match")
    if ANY in tags(request, "If-None-Match") and exists:
        raise Refused(412, "The document is there already, and “If-None-Match: *” only makes a new one.")
    if not held:
        if exists:
            raise Refused(428, f"The document is there already, at revision {current}. {FIRST}")
        return current
    if ANY in held:
        if not exists:
            raise Refused(412, "There is no document yet. Leave If-Match out to make it.")
        return current
    return _named(held, current)


def version_held(request: Request, current: int, *, exists: bool = True) -> int | None:
    """The version that a change of settings at *current* started from; None: any.

    Refuses one that names none, unless they were never set (not *exists*).
    """
    held = tags(request, "If-Match")
    if not held and exists:
        raise Refused(428, f"This is at version {current}. {FIRST}", headers={"ETag": etag(current)})
    return None if ANY in held else _named(held, current) if held else current


def _named(held: list[str], current: int) -> int:
    """The version that is named, the present one if it is among them; -1 for what is none."""
    if str(current) in held:
        return current
    numbers = [int(tag) for tag in held if tag.isascii() and tag.isdecimal() and len(tag) < 10]
    return max(numbers, default=-1)


def all_based_on(request: Request, numbers: Mapping[str, int]) -> dict[str, int] | None:
    """The revision of each document that an import started from; None if the request names none."""
    held = tags(request, "If-Match")
    if not held:
        return None
    if ANY in held:
        return dict(numbers)
    based: dict[str, int] = {}
    for part in held[0].split(";"):
        name, _, number = part.partition("=")
        if number.isascii() and number.isdecimal() and len(number) < 10:
            based[name] = int(number)
    return based
