"""The one door for YAML from outside: plain values only, every refusal with its line and what to do.

What comes out is what JSON could hold. Anchors, aliases, tags, several documents, keys that are no texts and
keys that occur twice are refused; `yes`, `no`, `on`, dates and numbers with leading zeros stay texts, as
people mean them. PyYAML splits the text into events and never builds anything; it is imported on first use.
"""

from __future__ import annotations

import re

from tec.named import NamedTuple
from tec.plain import quoted, shortened
from tec.pointers import pointer
from tec.strictjson import MAX_INTEGER, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, NoReturn

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_VALUES = 50_000  # in the whole text
MAX_TEXT = 20_000  # characters in one text or key

_WORDS: dict[str, bool | None] = {
    word: value
    for name, value in (("null", None), ("true", True), ("false", False))
    for word in (name, name.title(), name.upper())
} | {"": None, "~": None}
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+()", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class StrictYAMLError(Refused):
    """YAML that is refused."""


class Read(NamedTuple):
    """What a YAML text holds, and where."""

    value: Any
    lines: Mapping[tuple[str | int, ...], int]
    """Line of every key and list entry, counted from 1, by the way to it: ("rules", 0, "severity")."""

    def line(self, *tokens: str | int) -> int:
        """The line of the key or entry at *tokens*, or of the nearest one above it that is there."""
        while tokens and tokens not in self.lines:
            tokens = tokens[:-1]
        return self.lines.get(tokens, 1)


def load(data: bytes, *, name: str = "", max_bytes: int = MAX_BYTES, max_values: int = MAX_VALUES) -> Any:
    """The value in *data*, or a StrictYAMLError; *name* (a file name, say) introduces its message."""
    return read(data, name=name, max_bytes=max_bytes, max_values=max_values).value


def read(data: bytes, *, name: str = "", max_bytes: int = MAX_BYTES, max_values: int = MAX_VALUES) -> Read:
    """As `load`, with the line of everything in it."""
    try:
        return _Builder(max_values).built(_decoded(data, max_bytes))
    except StrictYAMLError as error:
        error.name = name
        raise


class _Builder:
    """Puts the value together from PyYAML's events, level by level, without recursion."""

    def __init__(self, max_values: int) -> None:
        self.max_values = max_values
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.path: list[str | int] = []  # per open container: the key or number we are at
        self.open: list[dict[str, Any] | list[Any]] = []
        self.key: list[str | None] = []  # per open container: the key that waits for its value
        self.values = 0
        self.top: Any = None
        self.documents = 0

    def built(self, text: str) -> Read:
        import yaml

        for event in _events(text):
            self.line, self.column = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._refuse("alias", "anchors (&) and aliases (*) are not taken", "Write the value out.")
            if isinstance(event, yaml.DocumentStartEvent):
                self._document()
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin({}, event.tag)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin([], event.tag)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.open.pop()
                self.key.pop()
                self.path.pop()
        if not self.documents:
            raise StrictYAMLError("empty", "it is empty", "Write what it is for, or remove the file.")
        return Read(self.top, self.lines)

    def _document(self) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("several", "a second document begins (---)", "Keep one document in a file.")

    def _begin(self, container: dict[str, Any] | list[Any], tag: str | None) -> None:
        self._untagged(tag)
        if self.open and isinstance(self.open[-1], dict) and self.key[-1] is None:
            self._refuse("bad_key", "a list or group stands where a key should be", "Write a text as key.")
        self._put(container)
        if len(self.open) >= MAX_DEPTH:
            self._refuse("too_deep", f"it is nested more than {MAX_DEPTH} deep", "Check how it was made.")
        self.open.append(container)
        self.key.append(None)
        self.path.append(0)

    def _scalar(self, event: Any) -> None:
        self._untagged(event.tag)
        text: str = event.value
        if len(text) > MAX_TEXT:
            what = f"a text has {len(text):,} characters, and {MAX_TEXT:,} is the limit"
            self._refuse("text_too_long", what, "Shorten it.")
        if "\0" in text:
            self._refuse("bad_character", "a text contains the character NUL", "Remove it.")
        if self.open and isinstance(self.open[-1], dict) and self.key[-1] is None:
            self._key(text)
        else:
            self._put(self._plain(text) if event.implicit[0] else text)

    def _key(self, text: str) -> None:
        self.path[-1] = text
        members = self.open[-1]
        if text in members:
            first = self.lines[tuple(self.path)]
            what = f"the key {quoted(text)} occurs twice; it stands in line {first} already"
            self._refuse("duplicate_key", what, "Keep one of the two.")
        self.key[-1] = text
        self._remember()

    def _put(self, value: Any) -> None:
        """Store *value* where we are."""
        self.values += 1
        if self.values > self.max_values:
            self._refuse("too_many_values", f"it has more than {self.max_values:,} values", "Split it.")
        if not self.open:
            self.top = value
            self.lines[()] = self.line
            return
        container = self.open[-1]
        if isinstance(container, list):
            self.path[-1] = len(container)
            self._remember()
            container.append(value)
        else:
            key = self.key[-1]
            assert key is not None  # a key came before
            container[key] = value
            self.key[-1] = None

    def _remember(self) -> None:
        self.lines[tuple(self.path)] = self.line

    def _plain(self, text: str) -> Any:
        """What a text without quotes means."""
        if text in _WORDS:
            return _WORDS[text]
        number = _NUMBER.fullmatch(text)
        if number:
            whole = not any(group is not None for group in number.groups())
            # int() refuses thousands of digits, and nothing that long fits.
            value = int(text) if whole and len(text) < 20 else float(text)
            if abs(value) == float("inf") or (whole and abs(value) > MAX_INTEGER):
                what = f"the number {quoted(text, 30)} is too large to be exact"
                self._refuse("number_too_large", what, "Write it in quotes, as a text.")
            return value
        if _NOT_FINITE.fullmatch(text):
            what = f"{quoted(text)} is not a number that can be stored"
            self._refuse("number_not_finite", what, "Write a finite number.")
        return text

    def _untagged(self, tag: str | None) -> None:
        if tag not in (None, "!"):
            what = f"tags ({quoted(str(tag))}) are not taken"
            self._refuse("tag", what, "Leave it out; values are plain texts, numbers, lists and groups.")

    def _refuse(self, code: str, what: str, remedy: str) -> NoReturn:
        where = shortened(pointer(*self.path), 120)
        raise StrictYAMLError(code, what, remedy, line=self.line, column=self.column, pointer=where)


def _decoded(data: bytes, max_bytes: int) -> str:
    if len(data) > max_bytes:
        what = f"it has {len(data):,} bytes, and {max_bytes:,} is the limit"
        raise StrictYAMLError("too_large", what, "Split it, or remove what is not needed.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"it is not UTF-8: the byte 0x{data[error.start]:02X} cannot stand there"
        raise StrictYAMLError("bad_encoding", what, "Save it as UTF-8.", line=line) from None


def _events(text: str) -> Iterator[Any]:
    """PyYAML's events, and its faults in our words."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        what, remedy = _words(f"{error.context or ''} {error.problem or ''}".strip(), text, line)
        raise StrictYAMLError("not_yaml", what, remedy, line=line, column=column) from None
    except yaml.YAMLError as error:  # a character that YAML does not take
        at = getattr(error, "position", None)
        line = text.count("\n", 0, at) + 1 if isinstance(at, int) else None
        what = "it contains a control character or half of a character"
        raise StrictYAMLError("bad_character", what, "Remove it.", line=line) from None


_FAULTS = (
    (
        "mapping values are not allowed",
        "a second “: ” stands on the line, or the line is indented too far",
        "Put texts that contain “: ” in quotes, and indent entries of one group alike.",
    ),
    (
        "cannot start any token",
        "a character stands there that cannot begin a value: a tab, @, ` or %",
        "Indent with spaces, and put texts that begin with such a character in quotes.",
    ),
    (
        "quoted scalar",
        "a quote is not closed, or a backslash begins no escape",
        "Close it; in '…' nothing is.",
    ),
    ("expected ':'", "a key has no colon after it", "Write “key: value”, with a space after the colon."),
    (
        "block collection",
        "a list entry is not aligned with the others",
        "Begin all entries of one list in the same column, with “- ”.",
    ),
    (
        "block mapping",
        "a line is not aligned with the keys of its group",
        "Indent all keys of one group alike, and put texts with special characters in quotes.",
    ),
    ("flow", "a bracket is not closed, or a comma is missing in it", "Close [ ] and { }."),
    ("document start", "something stands where the text should end", "Indent it, or remove it."),
)


def _words(problem: str, text: str, line: int | None) -> tuple[str, str]:
    """What is wrong with the syntax and what to do, for PyYAML's words for it."""
    for sign, what, remedy in _FAULTS:
        if sign in problem:
            return f"not YAML: {what}", remedy
    return f"not YAML: {shortened(problem, 120)}", "Correct it there; most editors mark such a place."
