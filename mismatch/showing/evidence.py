"""Sets the values on the two sides of a finding against each other: how they relate, which part differs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from mismatch.reading import loose

LONG = 240  # characters of a value before what both sides share is left out
CONTEXT = 40  # characters kept on either side of the part that differs
WHOLE = 8_000  # characters a page carries of a clipped value; who wants more has to open the field
STEP = " › "  # between the parts of an entry; such entries stand on lines of their own
MOST = 12  # entries of a list before the rest is only counted


class Piece(NamedTuple):
    """A stretch of a shown value."""

    text: str
    marked: bool = False  # this is what differs
    kind: str = (
        "text"  # "gap": something was left out; "space", "code": an invisible character; "between": entries
    )


class Shown(NamedTuple):
    """A value as a page shows it."""

    pieces: tuple[Piece, ...] = ()
    nothing: str = ""  # the words for an absent or empty value; there are no pieces then
    whole: str = ""  # the value in full (up to WHOLE characters), if the pieces leave something out
    length: int = 0  # characters of the value in full


class Relation(NamedTuple):
    """How the left side relates to the right one."""

    sign: str
    words: str


class Comparison(NamedTuple):
    relation: Relation
    left: Shown
    right: Shown


DIFFERS = Relation("≠", "differs from")
LOOKS_LIKE = Relation("≈", "is written differently from")
EQUALS = Relation("=", "is the same as")
MORE = Relation(">", "is more than")
LESS = Relation("<", "is less than")
NO_COUNTERPART = Relation("∅", "has no counterpart in")
NOT_IN = Relation("∉", "is not in")
LACKS = Relation("∌", "does not have")
IN = Relation("∈", "is in")
HAS = Relation("∋", "has")

FITTING = frozenset({EQUALS, IN, HAS})
"""Relations that are no contradiction."""

NOTHING = "nothing there"
BLANK = "blank"
EMPTY_LIST = "no entries"
NOTHING_FILLED_IN = "nothing filled in"


def compare(left: Any, right: Any) -> Comparison:
    """The two values side by side. Any JSON value will do; None is a value that is not there."""
    relation = relate(left, right)
    if relation in FITTING:
        return Comparison(relation, show(left), show(right))
    if isinstance(left, list) or isinstance(right, list):
        return Comparison(relation, _entries(left, right), _entries(right, left))
    if isinstance(left, str) and isinstance(right, str) and left.strip() and right.strip():
        first, second = differing(left, right)
        return Comparison(relation, _shown(first, left), _shown(second, right))
    return Comparison(relation, show(left, marked=True), show(right, marked=True))


def relate(left: Any, right: Any) -> Relation:
    """How *left* relates to *right*, by the values alone."""
    if _absent(left) or _absent(right):
        return NO_COUNTERPART
    if left == right and isinstance(left, bool) == isinstance(right, bool):
        return EQUALS
    if isinstance(left, list) and isinstance(right, list):
        return NOT_IN if any(entry not in right for entry in left) else LACKS
    if isinstance(left, list):
        return HAS if right in left else LACKS
    if isinstance(right, list):
        return IN if left in right else NOT_IN
    if _is_number(left) and _is_number(right):
        return MORE if left > right else LESS
    return LOOKS_LIKE if loose(plain(left)) == loose(plain(right)) else DIFFERS


def show(value: Any, *, marked: bool = False) -> Shown:
    """One value by itself."""
    if words := nothing(value):
        return Shown(nothing=words)
    if isinstance(value, list):
        return _entries(value, None)
    text = plain(value)
    return _shown([Piece(text, marked)], text)


def nothing(value: Any) -> str:
    """What to say instead of a value that is absent or empty; "" if there is something to show."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return BLANK if not value.strip() else ""
    if value == []:
        return EMPTY_LIST
    return NOTHING_FILLED_IN if value == {} else ""


def plain(value: Any) -> str:
    """*value* as text: a text as it is, a figure with its unit, everything else as JSON writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, dict) and len(value) == 2 and isinstance(unit := value.get("unit"), str):
        return " ".join([plain(figure) for key, figure in value.items() if key != "unit"] + [unit])
    try:
        return json.dumps(value, ensure_ascii=False)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        return "a number of thousands of digits"


def on_one_line(text: str) -> str:
    """*text* for a place where nothing can be explained: one line, invisible characters as “�”."""
    return _UNSEEN.sub("�", " ".join(text.split()))


def differing(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """The words of two texts, marked between the first and the last that differ.

    Where one side only has more than the other, the word after (or before) the gap is marked in both, so that
    each side shows a mark: “ED [Board]” against “ED [Tracking Board]”.
    """
    first, second = _words(left), _words(right)
    shorter = min(len(first), len(second))
    start = 0
    while start < shorter and first[start] == second[start]:
        start += 1
    end = 0
    while end < shorter - start and first[-1 - end] == second[-1 - end]:
        end += 1
    if start + end == shorter:
        start, end = _widened(first if len(first) == shorter else second, start, end)
    return _cut_out(first, start, end), _cut_out(second, start, end)


def _widened(words: list[str], start: int, end: int) -> tuple[int, int]:
    """*start* and *end* moved outwards until one word that is no space lies between them."""
    for offset in range(end, 0, -1):
        if words[-offset].strip():
            return start, offset - 1
    while start:
        start -= 1
        if words[start].strip():
            break
    return start, end


def _cut_out(words: list[str], start: int, end: int) -> list[Piece]:
    stop = len(words) - end
    parts = (words[:start], False), (words[start:stop], True), (words[stop:], False)
    return [Piece("".join(part), marked) for part, marked in parts if part]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _entries(value: Any, other: Any) -> Shown:
    """A list, or a value set against one: what the *other* side does not have is marked."""
    if words := nothing(value):
        return Shown(nothing=words)
    entries = value if isinstance(value, list) else [value]
    flags = [_is_wanting(entry, value, other) for entry in entries]
    chosen = sorted(sorted(range(len(entries)), key=lambda at: not flags[at])[:MOST])
    between = "\n" if any(STEP in plain(entry) for entry in entries) else ", "
    pieces: list[Piece] = []
    for at in chosen:
        if pieces:
            pieces.append(Piece(between, kind="between"))
        pieces.append(Piece(nothing(entries[at]) or plain(entries[at]), flags[at]))
    left_out = len(entries) - len(chosen)
    if left_out:
        pieces.append(Piece(f" and {left_out} more", kind="gap"))
    return _shown(pieces, between.join([plain(entry) for entry in entries]))


def _is_wanting(entry: Any, value: Any, other: Any) -> bool:
    """Is *entry* of *value* to be marked, being what *other* does not have (or has written differently)?"""
    if not isinstance(value, list):
        return not (isinstance(other, list) and entry in other)
    if isinstance(other, list):
        return bool(other) and entry not in other
    return other is not None and entry != other and loose(plain(entry)) == loose(plain(other))


def _shown(pieces: Sequence[Piece], text: str) -> Shown:
    """*pieces* with what is too long left out and what is invisible made visible."""
    clipped = list(pieces)
    if sum(len(piece.text) for piece in pieces) > LONG:
        clipped = [part for at, piece in enumerate(pieces) for part in _clipped(piece, at, len(pieces))]
    cut = any(piece.kind == "gap" for piece in clipped)
    visible = tuple([part for piece in clipped for part in _visible(piece)])
    return Shown(visible, whole=text[:WHOLE] if cut else "", length=len(text))


def _clipped(piece: Piece, at: int, count: int) -> list[Piece]:
    """*piece* with its middle left out, or, if it only leads to or follows what differs, its far end."""
    text, marked, kind = piece
    alone = marked or count == 1
    head = LONG // 2 if alone else CONTEXT if at else 0
    tail = CONTEXT if alone or at < count - 1 else 0
    if kind != "text" or len(text) <= head + tail + CONTEXT:
        return [piece]
    gap = Piece("…", kind="gap")
    parts = [Piece(text[: _whole_letter(text, head)], marked), gap, Piece(_tail(text, tail), marked)]
    return [part for part in parts if part.text]


def _tail(text: str, length: int) -> str:
    return text[_whole_letter(text, len(text) - length) :]


def _whole_letter(text: str, at: int) -> int:
    """*at* moved left until it does not part a letter from the marks that belong to it."""
    while 0 < at < len(text) and (
        unicodedata.combining(text[at]) or text[at] in _JOINED or text[at - 1] == _JOINER
    ):
        at -= 1
    return at


def _visible(piece: Piece) -> list[Piece]:
    """*piece* with what nobody can see as pieces of their own: controls, spaces at the ends of a mark."""
    if piece.kind != "text":
        return [piece]
    parts: list[Piece] = []
    for index, text in enumerate(_UNSEEN.split(piece.text)):
        if index % 2:
            parts.append(Piece(f"U+{ord(text):04X}", piece.marked, "code"))
        elif text:
            parts += _spaced(text, piece.marked)
    return parts


def _spaced(text: str, marked: bool) -> list[Piece]:
    core = text.strip(" \u00a0")
    if not marked or core == text:
        return [Piece(text, marked)]
    before = len(text) - len(text.lstrip(" \u00a0"))
    after = len(text) - before - len(core)
    parts = [Piece("␣" * before, True, "space"), Piece(core, True), Piece("␣" * after, True, "space")]
    return [part for part in parts if part.text]


def _absent(value: Any) -> bool:
    return bool(nothing(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_JOINER = "\u200d"
_JOINED = "\u200d\ufe0f"
# Controls and what turns the direction of the text behind it; not the joiners that scripts and emoji need.
_UNSEEN = re.compile(
    "([\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff])"
)
