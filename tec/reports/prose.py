"""Writes a paper as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mismatch.reports.markdown import SIGNS
from tec import markdown
from tec.reports.paper import CODE, SEVERITY, Bullets, Card, Facts, Picture, Table, Tally, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tec.reports.paper import Block, Paper

MARKS = SIGNS | {"wait": "…", "ok": "✓", "": ""}


def as_markdown(paper: Paper) -> bytes:
    """Title, facts, contents, sections."""
    return ("\n".join(_lines(paper)).rstrip("\n") + "\n").encode()


def _lines(paper: Paper) -> Iterator[str]:
    yield f"# {markdown.text(paper.subject)}: {markdown.text(paper.title)}"
    yield ""
    if paper.about:
        yield markdown.text(paper.about)
        yield ""
    yield from _block(Facts(paper.facts))
    for section in paper.sections:
        yield f"{'#' * (section.level + 1)} {markdown.text(section.title)}"
        yield ""
        if section.lede:
            yield markdown.text(section.lede)
            yield ""
        for block in section.blocks:
            yield from _block(block)
    yield "---"
    yield ""
    yield markdown.text(paper.running)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            yield (
                f"> {MARKS[block.tone]} {markdown.text(block.text)}"
                if block.tone
                else markdown.text(block.text)
            )
        case Facts():
            rows = [[markdown.text(name), markdown.text(value)] for name, value in block.rows]
            yield from markdown.table(["", ""], rows)
        case Table():
            if block.title:
                yield f"**{markdown.text(block.title)}**"
                yield ""
            looks = [column.look for column in block.columns]
            rows = [[_cell(look, text) for look, text in zip(looks, row, strict=True)] for row in block.rows]
            yield from markdown.table([markdown.text(column.title) for column in block.columns], rows)
        case Tally():
            heads = ["Open", *(f"{sign} {severity}" for severity, sign in SIGNS.items())]
            yield from markdown.table(heads, [[name, *map(str, numbers)] for name, numbers in block.rows])
        case Picture():
            yield markdown.text(block.words)
        case Bullets():
            yield from (_bullet(*row) for row in block.rows)
        case Card():
            yield from _card(block)
    yield ""


def _cell(look: str, text: str) -> str:
    if look == SEVERITY:
        return f"{MARKS.get(text, '')} {text}".strip()
    return (markdown.code(text) or "–") if look == CODE else markdown.text(text)


def _bullet(severity: str, code: str, text: str) -> str:
    return "- " + " ".join(part for part in (MARKS.get(severity, ""), code, markdown.text(text)) if part)


def _card(card: Card) -> Iterator[str]:
    marks = "".join(f" **{markdown.text(mark)}**" for mark in card.marks)
    yield f"#### {MARKS.get(card.severity, '')} {card.code}{marks} {markdown.text(card.title)}"
    yield ""
    rows = []
    for side in card.sides:
        where = f"{side.document} › {side.where}" if side.where else side.document
        pointer = f"<br>{markdown.code(side.pointer)}" if side.pointer else ""
        first = "**changes first** " if side.first else ""
        rows.append([first + markdown.text(where) + pointer, markdown.code(side.value) or "–", side.owner])
    if rows:
        yield from markdown.table(["Where", "What is there", "Owner"], rows)
    if card.more:
        yield ""
        yield f"… and {card.more} more places."
    yield ""
    if card.remedy:
        yield f"→ {markdown.text(card.remedy)}"
    for name, words in card.notes:
        yield ""
        yield f"{name}: {markdown.text(words)}"
