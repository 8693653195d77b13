"""Makes text from documents, file names and users harmless to show on one line of a terminal or a message."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

UNPRINTABLE = (
    "[\x00-\x1f\x7f-\x9f"  # control characters, and with them every ANSI escape sequence
    "\u00ad\u180e\u200b\u2060-\u2065\ufeff\ufff9-\uffff"  # invisible
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # break lines, or turn text round
    "\ud800-\udfff"  # lone surrogates, which no output encoding can carry
    "\U000e0000-\U000e007f]"  # invisible tags
)
_CURLY = str.maketrans({"“": "‘", "”": "’"})


def visible(text: str) -> str:
    """*text* with every character that would steer a terminal or hide itself escaped: `\\x1b`."""
    if text.isprintable() and "\ufffc" not in text and "\ufffd" not in text:
        return text  # to Python only these two of them are printable, and asking is quicker than the pattern
    return _unprintable().sub(_escaped, text)


def shortened(text: str, limit: int = 60) -> str:
    """*text*, visible and at most *limit* characters long; what was cut is marked with an ellipsis."""
    cut = text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    return visible(cut)


def quoted(text: str, limit: int = 60) -> str:
    """*text* in “ ”, visible and shortened, for naming a user's words in a message."""
    return f"“{shortened(text, limit).translate(_CURLY)}”"


def one_line(value: Any, limit: int = 160) -> str:
    """A JSON value on one line: texts in “ ”, lists and objects by what is in them; "" for null."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(value, limit)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        entries = ", ".join(one_line(entry, limit) or "null" for entry in value)
        return shortened(entries, limit) or "an empty list"
    if isinstance(value, dict):
        members = ", ".join(f"{key} {one_line(item, limit) or 'null'}" for key, item in value.items())
        return shortened(members, limit) or "an empty object"
    return shortened(str(value), limit)


@cache
def _unprintable() -> re.Pattern[str]:
    import re

    return re.compile(UNPRINTABLE)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    known = {9: "\\t", 10: "\\n", 13: "\\r"}
    if code in known:
        return known[code]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
