"""Finds the first fault in a JSON text and words it: what is wrong, where exactly, and what to do."""

from __future__ import annotations

import re

from tec import jsonpositions, strictjson
from tec.jsonpositions import Event, Tokens, Unexpected
from tec.plain import quoted, shortened
from tec.pointers import pointer
from tec.strictjson import DOCUMENTS, Limits, StrictJSONError

_LONE = re.compile("[\ud800-\udfff]")

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive (or an Office document)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)


def first_fault(text: str, limits: Limits = DOCUMENTS) -> StrictJSONError | None:
    """The first thing in *text*, in reading order, that the door refuses; None if it refuses nothing."""
    search = _Search(text, limits)
    try:
        for event in jsonpositions.scan(text):
            fault = search.visit(event)
            if fault is not None:
                return fault
    except Unexpected as problem:
        return _syntax_fault(text, problem)
    return None


class _Search:
    """Counts and remembers what the checks need while the events pass."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.values = 0
        self.members: list[set[str] | int] = []  # per open container: the keys seen, or the number of items

    def visit(self, event: Event) -> StrictJSONError | None:
        """What is wrong with this event, if anything."""
        if event.kind == "close":
            self.members.pop()
            return None
        if event.kind == "key":
            return self._text(event) or self._key(event)
        self.values += 1
        if self.values > self.limits.values:
            return self._fault(
                event,
                "too_many_values",
                f"more than {self.limits.values:,} values",
                "Split it into several files.",
            )
        fault = self._item(event)
        if fault is not None:
            return fault
        if event.kind == "open":
            self.members.append(set() if self.text[event.start] == "{" else 0)
            return self._depth(event)
        return self._text(event) if self.text[event.start] == '"' else self._number(event)

    def _key(self, event: Event) -> StrictJSONError | None:
        keys = self.members[-1]
        assert isinstance(keys, set)
        key = str(event.tokens[-1])
        if key in keys:
            return self._fault(
                event,
                "duplicate_key",
                f"the key {quoted(key)} occurs twice in one object",
                "Keep one of the two.",
            )
        keys.add(key)
        if len(keys) > strictjson.MAX_KEYS:
            return self._fault(
                event,
                "too_many_keys",
                f"more than {strictjson.MAX_KEYS:,} keys in one object",
                "Check where the file comes from; a descriptor needs some thirty.",
            )
        return None

    def _item(self, event: Event) -> StrictJSONError | None:
        if not self.members or isinstance(self.members[-1], set):
            return None
        self.members[-1] += 1
        if self.members[-1] > self.limits.items:
            return self._fault(
                event,
                "too_many_items",
                f"more than {self.limits.items:,} items in one list",
                "Shorten the list.",
            )
        return None

    def _depth(self, event: Event) -> StrictJSONError | None:
        if len(self.members) <= strictjson.MAX_DEPTH:
            return None
        return self._fault(
            event,
            "too_deep",
            f"lists and objects are nested more than {strictjson.MAX_DEPTH} deep",
            "Check how the file was made; descriptors nest at most 8 deep.",
        )

    def _text(self, event: Event) -> StrictJSONError | None:
        value = jsonpositions.decoded(self.text, event.start, event.end)
        if len(value) > strictjson.MAX_TEXT:
            return self._fault(
                event,
                "text_too_long",
                f"a text of {len(value):,} characters; {strictjson.MAX_TEXT:,} is the limit",
                "Shorten it, or link to a document that holds it.",
            )
        if "\0" in value:
            return self._fault(
                event,
                "bad_character",
                "a text contains the character NUL (\\u0000)",
                "Remove it; databases refuse it.",
            )
        lone = _LONE.search(value)
        if lone is not None:
            return self._fault(
                event,
                "bad_character",
                f"a text contains half of a character (\\u{ord(lone[0]):04x})",
                "Write the whole character; as an escape it takes two, \\ud83d\\ude00 for example.",
            )
        return None

    def _number(self, event: Event) -> StrictJSONError | None:
        number = self.text[event.start : event.end]
        if number in ("true", "false", "null"):
            return None
        digits = number.lstrip("-")
        if digits[0] in "NI" or (not digits.isdigit() and abs(float(number)) == float("inf")):
            return self._fault(
                event,
                "number_not_finite",
                f"{quoted(number, 30)} is not a number that can be stored",
                "Write a finite number, or null for “not known”.",
            )
        # int() refuses thousands of digits, and nothing that long fits.
        if digits.isdigit() and (len(digits) > 20 or abs(int(number)) > strictjson.MAX_INTEGER):
            return self._fault(
                event,
                "number_too_large",
                f"{quoted(number, 30)} is beyond ±2^53, where whole numbers stop being exact",
                "Write it as a text, or with an exponent: 1e20.",
            )
        return None

    def _fault(self, event: Event, code: str, what: str, remedy: str) -> StrictJSONError:
        return _at(self.text, event.start, event.tokens, code, what, remedy)


def encoding_fault(data: bytes, error: UnicodeDecodeError) -> StrictJSONError:
    """For bytes that are not UTF-8: says what they probably are."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return StrictJSONError(
                "not_json", f"it is {kind}, not JSON", "Choose the descriptor's .json file."
            )
    wide = _wide_encoding(data)
    if wide:
        return StrictJSONError("bad_encoding", f"it is encoded as {wide}", "Save it as UTF-8.")
    offset = error.start
    line = data.count(b"\n", 0, offset) + 1
    return StrictJSONError(
        "bad_encoding",
        f"it is not UTF-8: the byte 0x{data[offset]:02X} at offset {offset:,} cannot stand there",
        "Save it as UTF-8; it may have been saved as Latin-1 or Windows-1252.",
        line=line,
    )


def _wide_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return ""


def _syntax_fault(text: str, problem: Unexpected) -> StrictJSONError:
    start = text[:16].encode(errors="replace")
    for signature, kind in _SIGNATURES:
        if problem.offset == 0 and start.startswith(signature):
            return StrictJSONError(
                "not_json", f"it is {kind}, not JSON", "Choose the descriptor's .json file."
            )
    what, remedy = _syntax_words(text, problem)
    return _at(text, problem.offset, problem.tokens, "not_json", what, remedy)


def _syntax_words(text: str, problem: Unexpected) -> tuple[str, str]:
    """What is wrong and what to do, from what stands where something else was expected."""
    here = text[problem.offset : problem.offset + 20]
    if here.startswith("\0") or text[1:2] == "\0":
        return "it contains NUL bytes, as UTF-16 and UTF-32 do", "Save it as UTF-8."
    if problem.expected == "the end of a text":
        return _text_words(here)
    if not here:
        return (
            f"not JSON: the text ends where {problem.expected} should stand",
            "The file may be cut off; get it whole.",
        )
    before = text[: problem.offset].rstrip(" \t\r\n")[-1:]
    what = f"not JSON: {problem.expected} should stand where {quoted(_word(here), 20)} is"
    if here[0] in "}]" and before == ",":
        return what, "Remove the comma before it."
    if here[0] in "'‘’“”":
        return what, 'Keys and texts stand in straight double quotes: "…".'
    if here.startswith(("//", "/*", "#")):
        return what, "JSON knows no comments; remove it."
    if here[0] == "<" and not before:
        return what, "This looks like HTML or XML; choose the descriptor's .json file."
    if here.startswith(("True", "False", "None", "undefined")):
        return what, "Write true, false or null."
    if problem.expected.startswith("a comma"):
        return what, "Something is missing before it, most likely a comma or a quote."
    if problem.expected == "the end of the text":
        return what, "A file holds one value; remove what follows it."
    return what, "Correct it there; most editors mark such a place."


def _text_words(here: str) -> tuple[str, str]:
    if not here:
        return (
            "not JSON: a text has no closing quote before the file ends",
            'Close it with "; the file may be cut off.',
        )
    if here[0] == "\\":
        return (
            f"not JSON: {quoted(here[:2])} is no escape",
            'Write a backslash as \\\\; allowed are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.',
        )
    kind = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}.get(here[0], "a control character")
    return (
        f"not JSON: {kind} stands inside a text",
        "Write \\n for a line break, \\t for a tab; or close the text before.",
    )


def _word(here: str) -> str:
    """The word or sign at the beginning of *here*."""
    match = re.match(r"\w+|//|/\*|.", here, re.DOTALL)
    return match[0] if match else ""


def _at(text: str, offset: int, tokens: Tokens, code: str, what: str, remedy: str) -> StrictJSONError:
    line, column = jsonpositions.line_and_column(text, offset)
    where = shortened(pointer(*tokens), 120)
    return StrictJSONError(code, what, remedy, line=line, column=column, pointer=where)
