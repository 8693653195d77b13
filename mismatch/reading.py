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
HUGE = 1e300
"""Larger numbers are no measurement, and floating-point arithmetic could not hold them."""


def rows(holder: Doc, name: str) -> list[Doc]:
    """The rows of a list field. What is no row reads as an empty one, so that row numbers stay true."""
    found = holder.get(name)
    if not isinstance(found, list):
        return []
    for row in found:
        if row.__class__ is not dict:
            return [row if isinstance(row, dict) else NOTHING for row in found]
    return found


def group(holder: Doc, name: str) -> Doc:
    """A group of fields, such as `component_mapping`."""
    found = holder.get(name)
    return found if isinstance(found, dict) else NOTHING


def text(holder: Doc, name: str) -> str:
    """The text of a field as it stands, untrimmed; "" if it is blank. A number reads as its digits."""
    found = holder.get(name)
    # Almost every cell is filled in, and this is called for almost every cell.
    return found if found.__class__ is str and not found.isspace() else text_of(found)


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


def column(holder: Doc, name: str, field: str) -> list[str]:
    """The text of *field* in every row of a list, "" where it is blank."""
    cells = [row.get(field) for row in rows(holder, name)]
    return [cell if cell.__class__ is str and not cell.isspace() else text_of(cell) for cell in cells]


def texts(holder: Doc, name: str) -> list[str]:
    """The entries of a list of texts, "" for each that is blank, so that row numbers stay true."""
    found = holder.get(name)
    if isinstance(found, str):
        found = [found]  # one entry written without its list
    if not isinstance(found, list):
        return []
    return [entry if entry.__class__ is str and not entry.isspace() else text_of(entry) for entry in found]


def number(holder: Doc, name: str) -> int | float | None:
    """The number of a field, also if written as text; None if there is none. Never infinite or NaN."""
    return number_of(holder.get(name))


def number_of(value: Any) -> int | float | None:
    """*value* as a finite number, or None: " 12.50 " is 12.5; true, "12 GB" and "1_000" are no numbers."""
    if isinstance(value, str):
        if "_" in value:
            return None
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return value if -HUGE < value < HUGE else None  # NaN is not between anything


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
    if text.isascii():
        return "".join(text.lower().split())
    from unicodedata import normalize  # only needed once something differs

    return "".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())
