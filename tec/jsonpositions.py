"""Where things stand in a JSON text: every value, and the first thing that is not JSON.

Slow beside the C scanner and exact where that is mute; used for errors and for reports that name lines.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator

from tec.named import NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_TEXT = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_BARE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|NaN|-?Infinity")

Tokens = tuple[str | int, ...]


class Region(NamedTuple):
    """A piece of a text. Lines and columns count from 1; the end is the column after the last character.

    Lines end with a line feed, before which a carriage return may stand. A column is a code unit of UTF-16,
    as editors count: only characters beyond U+FFFF take two, and a tab takes one.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Event(NamedTuple):
    """One step through a JSON text."""

    kind: str  # "open", "close", "key" or "value" (a text, number or word)
    tokens: Tokens  # the way from the top to the value; a key has the tokens of its value
    start: int
    end: int


class Unexpected(ValueError):
    """The text is not JSON from `offset` on, where `expected` should stand (a phrase in words)."""

    def __init__(self, offset: int, expected: str, tokens: Tokens) -> None:
        super().__init__(expected)
        self.offset = offset
        self.expected = expected
        self.tokens = tokens


def scan(text: str) -> Iterator[Event]:
    """Every key and value of *text* in order, without recursion; Unexpected at the first fault of syntax."""
    path: list[str | int] = []  # per open container: the index or key we are at
    closers: list[str] = []
    state = "value"
    at = _skip(text, 0)
    while True:
        here = text[at : at + 1]
        if closers and here == closers[-1] and state in ("after", "first item", "first key"):
            closers.pop()
            path.pop()
            yield Event("close", tuple(path), at, at + 1)
            at += 1
            state = "after"
        elif state == "after":
            if not closers:
                if here:
                    raise Unexpected(at, "the end of the text", ())
                return
            if here != ",":
                raise Unexpected(at, f"a comma or “{closers[-1]}”", tuple(path))
            at += 1
            if closers[-1] == "]":
                path[-1] = int(path[-1]) + 1
                state = "value"
            else:
                state = "key"
        elif state in ("key", "first key"):
            end = _text_end(text, at, "a key in double quotes", path[:-1])
            path[-1] = decoded(text, at, end)
            yield Event("key", tuple(path), at, end)
            colon = _skip(text, end)
            if text[colon : colon + 1] != ":":
                raise Unexpected(colon, "a colon after the key", tuple(path))
            at = colon + 1
            state = "value"
        elif here == "{" or here == "[":
            yield Event("open", tuple(path), at, at + 1)
            closers.append("}" if here == "{" else "]")
            path.append(0)
            at += 1
            state = "first key" if here == "{" else "first item"
        else:
            end = _value_end(text, at, path)
            yield Event("value", tuple(path), at, end)
            at = end
            state = "after"
        at = _skip(text, at)


def extents(text: str) -> dict[Tokens, tuple[int, int]]:
    """Start and end of what shows a value, by its tokens: key and value of a member, a value in a list.

    Of an object or a list it is only its beginning, the key or the bracket, so that no mark covers pages.
    """
    found: dict[Tokens, tuple[int, int]] = {}
    for event in scan(text):
        if event.kind == "value" and event.tokens in found:
            found[event.tokens] = (found[event.tokens][0], event.end)
        elif event.kind != "close" and event.tokens not in found:
            found[event.tokens] = (event.start, event.end)
    return found


class Lines:
    """Finds lines and columns in one text again and again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def region(self, start: int, end: int) -> Region:
        """The piece of the text from offset *start* to *end*."""
        return Region(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        before = self._text[self._starts[line - 1] : offset]
        return line, len(before) + sum(char > "\uffff" for char in before) + 1


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both counted from 1, the column in characters."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def decoded(text: str, start: int, end: int) -> str:
    """The text that the quoted piece from *start* to *end* stands for."""
    raw = text[start + 1 : end - 1]
    return raw if "\\" not in raw else str(json.loads(text[start:end]))


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    assert space is not None  # matches the empty text, too
    return space.end()


def _value_end(text: str, at: int, path: list[str | int]) -> int:
    if text[at : at + 1] == '"':
        return _text_end(text, at, "", path)
    bare = _BARE.match(text, at)
    if bare is None:
        raise Unexpected(at, "a value", tuple(path))
    return bare.end()


def _text_end(text: str, at: int, expected: str, path: list[str | int]) -> int:
    match = _TEXT.match(text, at)
    if match is not None:
        return match.end()
    if text[at : at + 1] != '"':
        raise Unexpected(at, expected, tuple(path))
    raise Unexpected(_text_fault(text, at), "the end of a text", tuple(path))


def _text_fault(text: str, at: int) -> int:
    """Where the text that opens at *at* goes wrong: a control character, a bad escape or the end."""
    fault = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*').match(text, at)
    assert fault is not None  # the opening quote is there
    return fault.end()
