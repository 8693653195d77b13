"""Writes a paper as PDF: the words go in as data, so that nothing in them can be an instruction."""

from __future__ import annotations

import json
import logging
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tec.reports.fonts import coverage, folders
from tec.reports.paper import mapped, plain
from tec.reports.steps import Tell, to_nobody

if TYPE_CHECKING:
    from datetime import datetime

    from tec.reports.paper import Paper

log = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("paper.typ")
STYLE = Path(__file__).with_name("map.css")
STANDARDS = ["ua-1", "a-2a"]
"""For readers who cannot see the page, and for archives."""

LAYOUT = {
    "page": "page {} of {all}",
    "contents": "Contents",
    "open": "Open",
    "first": "changes first",
    "more": "and {} more places",
}
LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
AFTER = re.compile(r"([/_.,:;=&?\-]+)(?=[^\s])")
STEP = 24  # characters of a word without a place to break it


def as_pdf(paper: Paper, made: datetime | None = None, tell: Tell = to_nobody) -> bytes:
    """The paper on A4, tagged. The same paper made at the same time gives the same bytes."""
    data = mapped(plain(paper), printable)
    data["head"] = printable(f"{paper.subject[:90].rstrip()}…" if len(paper.subject) > 90 else paper.subject)
    data["words"] = LAYOUT
    for section in data["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "picture":
                block["svg"] = styled(block["svg"])
    import typst

    tell(1, 8)  # what is left is most of the work and tells nothing
    try:
        return _compiled(data, made, STANDARDS)
    except typst.TypstError as error:
        log.warning("The PDF does not meet its standards, so it is made without them: %s", error)
        return _compiled(data, made, [])


def printable(text: str) -> str:
    """*text* with every character that no font shows as [U+XXXX], and long words made breakable."""
    covered = coverage()
    if not text.isascii() or not text.isprintable():
        text = text.expandtabs(4).replace("\r\n", "\n")
        text = "".join(char if char in covered else f"[U+{ord(char):04X}]" for char in text)
    return LONG_WORD.sub(_breakable, text)


def styled(svg: str) -> str:
    """The picture with its colours in it, and only characters that can be shown."""
    covered = coverage()
    svg = "".join(char if char in covered else f"[U+{ord(char):04X}]" for char in svg)
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}<style>{STYLE.read_text('utf-8')}</style>{svg[start:]}"


def _breakable(match: re.Match[str]) -> str:
    word = AFTER.sub("\\1\u200b", match[0])
    return re.sub(rf"[^\u200b]{{{STEP}}}(?=[^\u200b])", "\\g<0>\u200b", word)


def _compiled(data: dict[str, Any], made: datetime | None, standards: Any) -> bytes:
    import typst

    pdf = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standards,
        timestamp=made,
    )
    return bytes(pdf)


@cache
def _fonts() -> Any:
    """Found once per process."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[Path(each) for each in folders()]
    )
