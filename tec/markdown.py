"""Writes text that people typed into Markdown so that it stays text, on GitHub as well as elsewhere."""

from __future__ import annotations

import re

from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()!|~$&]|^[-+=#]|#(?=\w)|(?<=GH)-)")
_REFERENCE = re.compile(r"(@|\\#|GH\\-)(?=\w)")  # people, issues: GitHub would link and tell them
_ADDRESS = re.compile(r"\b(https?|ftp|www)(?=[:.])", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)([.)])")


def text(words: str) -> str:
    """*words* on one line, nothing of it meaning anything to Markdown, HTML or GitHub."""
    line = " ".join(visible(words.replace("\n", " ")).split())
    line = _SPECIAL.sub(r"\\\1", line)
    line = _REFERENCE.sub(r"\1<!-- -->", line)
    line = _ADDRESS.sub(r"\1<!-- -->", line)
    return _NUMBERED.sub(r"\1\\\2", line)


def code(words: str) -> str:
    """*words* as a piece of code, whatever backquotes they hold."""
    line = visible(words)
    if not line.strip():
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    # A bar ends a cell even inside code, unless it is escaped.
    return "| " + " | ".join(re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", cell) for cell in cells) + " |"
