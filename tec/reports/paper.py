"""What a report says, apart from how it looks: sections made of a few kinds of blocks, all plain text.

A report is composed into a `Paper` once; HTML, PDF and Markdown are written from the same one, so that they
cannot disagree. Nothing in it is markup: whatever stands in a text is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias

SEVERITY, STRONG, NUMBER, CODE, TEXT = "severity", "strong", "number", "code", "text"
"""How a column of a table looks."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; with a tone it stands out as a notice."""

    kind: ClassVar[str] = "words"
    text: str
    tone: str = ""  # a severity, "wait" or "ok"


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what they are."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    look: str = TEXT
    share: int = 1  # of the width


@dataclass(frozen=True, slots=True)
class Table:
    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""  # what it shows, for those who cannot see it, too


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers by severity, a row for each kind of thing."""

    kind: ClassVar[str] = "tally"
    rows: tuple[tuple[str, tuple[int, ...]], ...]  # critical, major, minor, info


@dataclass(frozen=True, slots=True)
class Picture:
    kind: ClassVar[str] = "picture"
    svg: str
    words: str  # all of it in words
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a finding: where something stands, and whose it is."""

    document: str
    owner: str
    where: str
    pointer: str
    value: str
    first: bool = False  # has to change first


@dataclass(frozen=True, slots=True)
class Card:
    """One finding with both its sides."""

    kind: ClassVar[str] = "card"
    severity: str  # or "wait"
    code: str
    title: str
    marks: tuple[str, ...]  # “new”, “fix planned”
    sides: tuple[Side, ...]
    more: int  # sides left out
    remedy: str
    notes: tuple[tuple[str, str], ...] = ()  # what it is → its words: decision, who, said again by


@dataclass(frozen=True, slots=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    rows: tuple[tuple[str, str, str], ...]  # severity or "", code or "", text


Block: TypeAlias = Words | Facts | Table | Tally | Picture | Card | Bullets


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    level: int = 1
    lede: str = ""  # a sentence under the title


@dataclass(frozen=True, slots=True)
class Paper:
    title: str  # “What does not fit”
    subject: str  # the project's name
    about: str  # a sentence about the project
    facts: tuple[tuple[str, str], ...]  # of the title page
    sections: tuple[Section, ...]
    running: str  # what every page says at its foot


def plain(value: Any) -> Any:
    """*value*, a paper or a part of one, as plain lists and dictionaries, blocks with their kind."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    members = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return {"kind": value.kind, **members} if hasattr(value, "kind") else members


def mapped(value: Any, change: Any) -> Any:
    """What `plain` gave, every text of it changed by *change*; the names of members stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [mapped(each, change) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in ("kind", "svg") else mapped(each, change) for name, each in value.items()
        }
    return value


def texts(value: Any) -> Iterator[str]:
    """Every text of what `plain` gave."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("kind", "svg"):
                yield from texts(each)
