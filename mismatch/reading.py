"""Reads values out of documents in any state: what is missing, null or of the wrong kind reads as blank."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Doc: TypeAlias = dict[str, Any]
    """A document, a row or a group of fields: any JSON object, never changed by whoever reads it."""

NOTHING: Doc = {}
"""What an absent document, row or group reads as."""

ON = frozenset({"true", "yes", "on", "1"})
DIGITS = 300  # longer whole numbers are no measurement, and floats could not hold them


def rows(holder: Doc, name: str) -> list[Doc]:
    """The rows of a list field. What is no row reads as an empty one, so that row numbers stay true."""
    found = holder.get(name)
    if not isinstance(found, list):
        return []
    for row in found:
        if not isinstance(row, dict):
            return [row if isinstance(row, dict) else NOTHING for row in found]
    return found


def group(holder: Doc, name: str) -> Doc:
    """A group of fields, such as `component_mapping`."""
    found = holder.get(name)
    return found if isinstance(found, dict) else NOTHING


def text(holder: Doc, name: str) -> str:
    """The text of a field as it stands, untrimmed; "" if it is blank. A number reads as its digits."""
    found = holder.get(name)
    if isinstance(found, str):  # as in text_of; a call less counts here
        return "" if found.isspace() else found
    return text_of(found)


def text_of(value: Any) -> str:
    """*value* as text, untrimmed; "" for what is blank or neither text nor number."""
    if isinstance(value, str):
        return "" if value.isspace() else value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    try:
        return str(value)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        return ""


def texts(holder: Doc, name: str) -> list[str]:
    """The entries of a list of texts, "" for each that is blank, so that row numbers stay true."""
    found = holder.get(name)
    if isinstance(found, str):
        found = [found]  # one entry written without its list
    if not isinstance(found, list):
        return []
    return [text_of(entry) for entry in found]


def number(holder: Doc, name: str) -> int | float | None:
    """The number of a field, also if written as text; None if there is none. Never infinite or NaN."""
    return number_of(holder.get(name))


def number_of(value: Any) -> int | float | None:
    """*value* as a finite number, or None: " 12.50 " is 12.5; true, "12 GB" and "1_000" are no numbers."""
    if isinstance(value, str):
        if "_" in value or len(value) > DIGITS:
            return None
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**DIGITS else None
    if isinstance(value, float):
        return value if value - value == 0 else None
    return None


def truth(holder: Doc, name: str) -> bool:
    """Is a yes-or-no field on? Also if the yes is written as a number or in a word."""
    found = holder.get(name)
    if isinstance(found, bool):
        return found
    if isinstance(found, str):
        return found.strip().lower() in ON
    return isinstance(found, (int, float)) and found != 0


def blank(value: Any) -> bool:
    """Is there nothing to read: missing, null, white space only, an empty list or object?"""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, (list, dict)) and not value)


def loose(text: str) -> str:
    """*text* without what a careful reader overlooks: case, spacing and the Unicode form."""
    from unicodedata import normalize  # only needed once something differs

    return "".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())
