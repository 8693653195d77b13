"""Composes the dossier of a system: its eight descriptors as one document to read from front to back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from django.utils import timezone

from descriptors.catalogue import CONSUMERS, DESCRIPTORS, NAMES, PRODUCERS
from descriptors.guides import Guide, field_label, guide
from descriptors.models import Document
from mismatch.reading import blank
from mismatch.showing.evidence import nothing, plain
from tec.pages.completeness import Bar, bars_of
from tec.pointers import escape
from tec.projects.people import author_of
from tec.reports.composing.support import count, moment, tec_version, value_of
from tec.reports.gathering import audit_head_of, people_of
from tec.reports.paper import CODE, NUMBER, STRONG, Block, Column, Facts, Paper, Section, Table, Words
from tec.reports.steps import Tell, to_nobody

if TYPE_CHECKING:
    from tec.projects.models import Project

WIDEST = 6  # columns of a table
SHORT = 60  # characters of a cell; what is longer is written below each other
MOST_ROWS = 500
VERSION = "version"


class Part(NamedTuple):
    """One document of the dossier."""

    descriptor: str
    body: dict[str, Any] | None
    bar: Bar
    author: str
    saved: datetime | None
    schema_version: str
    digest: str

    @property
    def number(self) -> int:
        return self.bar.head.number if self.bar.head else 0


class Dossier(NamedTuple):
    """A project with all that its documents say now."""

    project: Project
    parts: tuple[Part, ...]  # all eight, in display order
    people: tuple[tuple[str, str], ...]
    audit_head: str

    @property
    def documents(self) -> dict[str, Any]:
        return {part.descriptor: part.body for part in self.parts if part.body}


def dossier_of(project: Project) -> Dossier:
    """Six queries at most."""
    bars = {bar.descriptor: bar for bar in bars_of([project])[project.pk]}
    documents = Document.objects.filter(project=project).select_related("head__author")
    heads = {document.descriptor: document.head for document in documents if document.head}
    parts = []
    for name in DESCRIPTORS:
        head = heads.get(name)
        body = head.body if head else None
        parts.append(
            Part(
                name,
                body or None,
                bars[name],
                author_of(head) if head else "",
                timezone.localtime(head.created_at) if head else None,
                head.schema_version if head else "",
                head.digest if head else "",
            )
        )
    return Dossier(project, tuple(parts), people_of(project), audit_head_of(project))


def compose(dossier: Dossier, tell: Tell = to_nobody) -> Paper:
    """The dossier as a document: an overview, then one chapter for each descriptor."""
    sections = [_overview(dossier)]
    for number, part in enumerate(dossier.parts):
        tell(number, len(dossier.parts))
        sections += _chapter(part)
    project = dossier.project
    return Paper(
        title="System dossier",
        subject=project.name,
        about=project.description,
        facts=(
            ("Documents", f"{len(dossier.documents)} of {len(DESCRIPTORS)}"),
            ("Printed", moment(timezone.now())),
            ("Contact", project.point_of_contact),
            ("People", ", ".join(f"{name} ({role.lower()})" for name, role in dossier.people)),
            ("TEC", tec_version()),
        ),
        sections=tuple(sections),
        running=f"TEC {tec_version()} · dossier of {project.name}",
    )


def _overview(dossier: Dossier) -> Section:
    columns = (
        Column("Descriptor", STRONG, 4),
        Column("Filled in", NUMBER, 2),
        Column("Revision", NUMBER, 2),
        Column("Schema", share=2),
        Column("Saved", share=5),
        Column("By", share=3),
        Column("Digest", CODE, 4),
    )
    rows = tuple(
        (
            NAMES[part.descriptor],
            f"{part.bar.filled} of {part.bar.total}" if part.body else "absent",
            str(part.number or "–"),
            part.schema_version or "–",
            moment(part.saved) or "–",
            part.author or "–",
            part.digest[:16] if part.body else "–",
        )
        for part in dossier.parts
    )
    blocks: tuple[Block, ...] = (Table(columns, rows, "The eight descriptors"),)
    if dossier.audit_head:
        blocks += (Facts((("Audit log", dossier.audit_head),)),)
    lede = "What each document is about, how much of what it has to say it says, and who saved it last."
    return Section("Overview", blocks, "overview", lede=lede)


def _chapter(part: Part) -> Iterator[Section]:
    name = part.descriptor
    known = guide(name)
    anchor = name.replace("_", "-")
    if not part.body:
        words = "This document was cleared." if part.bar.head else "This document has not been started."
        who = f"It is usually written by: {PRODUCERS[name][0].lower()}."
        yield Section(NAMES[name], (Words(f"{words} {who}", "wait"),), anchor, lede=known.summary)
        return
    facts = [
        ("Written by", ", ".join(PRODUCERS[name])),
        ("Read by", ", ".join(CONSUMERS[name])),
        ("Filled in", f"{part.bar.filled} of {part.bar.total} required fields that apply"),
        (
            "Revision",
            f"{part.number}, saved {moment(part.saved)}" + (f" by {part.author}" if part.author else ""),
        ),
        ("Schema", part.schema_version),
    ]
    yield Section(NAMES[name], (Facts(tuple(row for row in facts if row[1])),), anchor, lede=known.summary)
    for title, keys in sections_of(known, part.body):
        yield from _section(title, f"{anchor}-{title.lower().replace(' ', '-')}", keys, part)


def sections_of(known: Guide, body: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Titles and keys in the order of the form; keys that no form knows come last."""
    seen = {VERSION}
    for section in known.sections:
        keys = [key for key in section.fields if key != VERSION]
        seen.update(keys)
        if keys:
            yield section.title, keys
    rest = [key for key in body if key not in seen]
    if rest:
        yield "Further", rest


def _section(title: str, anchor: str, keys: Iterable[str], part: Part) -> Iterator[Section]:
    assert part.body is not None
    blocks: list[Block] = []
    further: list[Section] = []
    facts: list[tuple[str, str]] = []
    empty: list[str] = []

    def settle() -> None:
        if facts:
            blocks.append(Facts(tuple(facts)))
            facts.clear()

    for key in keys:
        value = part.body.get(key)
        name = field_label(part.descriptor, key)
        if blank(value):
            empty.append(name)
        elif _is_rows(value):
            settle()
            table, rows = _rows(part.descriptor, key, name, value)
            blocks += table
            further += rows
        else:
            facts += leaves(part.descriptor, key, value)
    settle()
    if empty:
        blocks.append(Words(f"Not filled in: {', '.join(empty)}."))
    yield Section(title, tuple(blocks), anchor, level=2)
    yield from further


def _is_rows(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _rows(descriptor: str, path: str, name: str, value: list[Any]) -> tuple[list[Block], list[Section]]:
    """A list of groups: a table if that fits on a page, else each of them under a title of its own."""
    rows = [dict(leaves(descriptor, f"{path}[]", each, top=True)) for each in value[:MOST_ROWS]]
    left_out = [Words(f"{count(len(value) - MOST_ROWS, 'more row')} in the spreadsheet and the JSON.")]
    more: list[Block] = [*left_out] if len(value) > MOST_ROWS else []
    heads = list(dict.fromkeys(head for row in rows for head in row))
    longest = max((len(text) for row in rows for text in row.values()), default=0)
    if len(heads) <= WIDEST and longest <= SHORT:
        columns = tuple(Column(head) for head in heads)
        cells = tuple(tuple(row.get(head, "–") for head in heads) for row in rows)
        return [Table(columns, cells, name), *more], []
    one = field_label(descriptor, f"{path}[]") if f"{path}[]" in guide(descriptor).fields else name
    sections = []
    for number, row in enumerate(rows, 1):
        called = _name_of(value[number - 1])
        title = f"{one} {number}: {called}" if called else f"{one} {number}"
        sections.append(Section(title, (Facts(tuple(row.items())),), level=3))
    return more, sections


def _name_of(row: Any) -> str:
    """What people call the row: its first text that is short and called a name or an id."""
    if isinstance(row, dict):
        for key, value in row.items():
            if isinstance(value, str) and value.strip() and ("name" in key or key in ("id", "metric")):
                return value.strip()[:80]
    return ""


def leaves(descriptor: str, path: str, value: Any, *, top: bool = False) -> Iterator[tuple[str, str]]:
    """Labels and words of everything that *value* says; *top*: its own name goes without saying."""
    yield from _leaves(descriptor, path, value, "" if top else field_label(descriptor, path))


def _leaves(descriptor: str, path: str, value: Any, name: str) -> Iterator[tuple[str, str]]:
    if blank(value):
        return
    if isinstance(value, dict):
        for key, each in value.items():
            inner = field_label(descriptor, f"{path}.{key}")
            yield from _leaves(descriptor, f"{path}.{key}", each, f"{name} › {inner}" if name else inner)
    elif _is_rows(value):
        for number, each in enumerate(value, 1):
            yield from _leaves(descriptor, f"{path}[]", each, f"{name} {number}")
    elif isinstance(value, list):
        yield name, value_of(", ".join(nothing(each) or plain(each) for each in value))
    else:
        yield name, f"{value_of(value)}{_unit(descriptor, path)}"


def _unit(descriptor: str, path: str) -> str:
    field = guide(descriptor).fields.get(path)
    return f" {field.unit}" if field and field.unit else ""


def flat(part: Part) -> Iterator[tuple[str, str, str, Any]]:
    """Section, label, pointer and value of every single value of a document, for tables."""
    if not part.body:
        return
    for title, keys in sections_of(guide(part.descriptor), part.body):
        for key in keys:
            if key in part.body:
                name = field_label(part.descriptor, key)
                yield from _flat(part.descriptor, title, key, f"/{escape(key)}", part.body[key], name)


def _flat(
    descriptor: str, title: str, path: str, at: str, value: Any, name: str
) -> Iterator[tuple[str, str, str, Any]]:
    if isinstance(value, dict) and value:
        for key, each in value.items():
            inner = f"{name} › {field_label(descriptor, f'{path}.{key}')}"
            yield from _flat(descriptor, title, f"{path}.{key}", f"{at}/{escape(key)}", each, inner)
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from _flat(descriptor, title, f"{path}[]", f"{at}/{number}", each, f"{name} {number + 1}")
    else:
        yield title, name, at, value
