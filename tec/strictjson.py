"""The one door for JSON from outside: takes what all of TEC can keep, and says exactly what it refuses.

Good input is parsed by the C scanner and walked over once; only input that is refused pays for the slow
search for the place and the words (`tec.jsonfaults`).
"""

from __future__ import annotations

import json

from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeAlias

    JSONValue: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_ITEMS = 10_000  # in one array
MAX_KEYS = 2_000  # in one object
MAX_VALUES = 200_000  # in the whole text
MAX_TEXT = 20_000  # characters in one text or key
MAX_INTEGER = 2**53  # beyond it, JavaScript and many databases silently round

_INFINITY = float("inf")


class Limits(NamedTuple):
    """How much one text may hold; all other bounds are the same for everything."""

    bytes: int = MAX_BYTES
    items: int = MAX_ITEMS
    values: int = MAX_VALUES


DOCUMENTS = Limits()
RESULTS = Limits(bytes=60_000_000, items=100_000, values=2_000_000)
"""For what TEC itself wrote about documents: the findings of a check, as a file or as a server's answer."""


class Refused(ValueError):
    """Input from outside that is refused: what is wrong, where, and what to do about it.

    `code` is a stable word for programs; `what` and `remedy` are for people; `line` and `column` count from 1
    and `pointer` is RFC 6901, each None where it is not known. `message` has all of it in one text.
    """

    def __init__(
        self,
        code: str,
        what: str,
        remedy: str,
        *,
        line: int | None = None,
        column: int | None = None,
        pointer: str | None = None,
        name: str = "",
    ) -> None:
        self.code = code
        self.what = what
        self.remedy = remedy
        self.line = line
        self.column = column
        self.pointer = pointer
        self.name = name
        super().__init__(self.message)

    @property
    def place(self) -> str:
        """ "line 3, column 5, at /goals/0/id", as far as it is known; else empty."""
        parts = [f"line {self.line}"] if self.line is not None else []
        parts += [f"column {self.column}"] if self.column is not None else []
        parts += [f"at {self.pointer}"] if self.pointer else []
        return ", ".join(parts)

    @property
    def message(self) -> str:
        """One text for people: place, what is wrong and what to do."""
        where = f"{self.place}: " if self.place else ""
        what = self.what if where or self.name else self.what[:1].upper() + self.what[1:]
        return f"{where}{what}. {self.remedy}"

    def __str__(self) -> str:
        return f"{self.name}: {self.message}" if self.name else self.message


class StrictJSONError(Refused):
    """JSON that is refused."""


def loads(data: bytes | str, *, name: str = "", limits: Limits = DOCUMENTS) -> JSONValue:
    """The value that *data* holds, or a StrictJSONError; *name* (a file name, say) introduces its message.

    A UTF-8 byte order mark is dropped. The result holds no duplicate keys, no infinities or NaN, no integer
    beyond ±2^53, no NUL and no lone surrogate, and stays within *limits* and those of this module.
    """
    try:
        text = _decoded(data, limits)
        return _parsed(text, limits)
    except StrictJSONError as error:
        error.name = name
        raise


def canonical(value: JSONValue) -> bytes:
    """The one spelling of *value* in bytes: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(value: JSONValue) -> str:
    """64 hex digits (SHA-256) that differ when the content does; the order of keys does not count."""
    from hashlib import sha256  # costs more to import than everything else here

    return sha256(canonical(value)).hexdigest()


def dumps(value: JSONValue) -> str:
    """*value* as TEC writes files: indented by two, keys in their own order, with a final newline."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _decoded(data: bytes | str, limits: Limits) -> str:
    if len(data) > limits.bytes:
        _refuse_size(len(data), "characters" if isinstance(data, str) else "bytes", limits.bytes)
    if isinstance(data, str):
        text = data
        if not text.isascii():
            _refuse_surrogates(text)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            from tec.jsonfaults import encoding_fault

            raise encoding_fault(data, error) from None
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise StrictJSONError("empty", "it is empty", "Give a JSON document; the smallest is {}.")
    return text


def _parsed(text: str, limits: Limits) -> JSONValue:
    escapes = "\\u" in text
    if (escapes and "\\u0000" in text) or _may_have_too_many_values(text, limits.values):
        _refuse_first_fault(text, limits)
    try:
        value: JSONValue = _decode(text)
    except (ValueError, RecursionError) as error:
        _refuse_first_fault(text, limits)
        raise error
    if not _acceptable(value, limits.items, long=len(text) > MAX_TEXT) or (escapes and not _encodable(value)):
        _refuse_first_fault(text, limits)
        raise AssertionError("The two readings of a JSON text disagree.")
    return value


def _may_have_too_many_values(text: str, most: int) -> bool:
    """Every value but the first follows a comma or an opening bracket, so few of those mean few values."""
    return len(text) > most and text.count(",") + text.count("[") + text.count("{") >= most


def _acceptable(value: JSONValue, most_items: int, *, long: bool) -> bool:
    """Whether depth, sizes and numbers are within the limits, and (if *long*) texts. Goes level by level."""
    level: list[Any] = [[value]]
    depth = -1
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return False
        below: list[Any] = []
        for container in level:
            if type(container) is dict:
                if len(container) > MAX_KEYS:
                    return False
                if long and any(len(key) > MAX_TEXT for key in container):
                    return False
                values = container.values()
            else:
                if len(container) > most_items:
                    return False
                values = container
            for item in values:
                kind = type(item)
                if kind is str:
                    if long and len(item) > MAX_TEXT:
                        return False
                elif kind is dict or kind is list:
                    below.append(item)
                elif kind is int:
                    if not -MAX_INTEGER <= item <= MAX_INTEGER:
                        return False
                elif kind is float and not -_INFINITY < item < _INFINITY:
                    return False
        level = below
    return True


def _encodable(value: JSONValue) -> bool:
    """Whether every surrogate that was written as an escape found its other half."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


class _Fault(ValueError):
    """Something the scanner accepts and TEC does not; the search for its place tells the rest."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Fault
    return members


def _no_constant(name: str) -> NoReturn:
    raise _Fault(name)


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode


def _refuse_first_fault(text: str, limits: Limits) -> None:
    """Raise what a slow, exact reading objects to; return if it finds nothing."""
    from tec.jsonfaults import first_fault

    fault = first_fault(text, limits)
    if fault is not None:
        raise fault


def _refuse_size(size: int, unit: str, most: int) -> NoReturn:
    raise StrictJSONError(
        "too_large",
        f"it has {size:,} {unit}, and {most:,} is the limit",
        "Move long texts into documents of their own and link to them.",
    )


def _refuse_surrogates(text: str) -> None:
    """Text in memory can hold half a character; in a file, decoding would have failed."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise StrictJSONError(
            "bad_character",
            f"half of a character (\\u{ord(text[error.start]):04x}) stands alone",
            "Remove it, or write the whole character.",
            line=line,
            column=error.start - text.rfind("\n", 0, error.start),
        ) from None
