"""What both maps of a project draw of an attribute: its line and its badges, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tec.pages.overview import Compared

TONES = ("critical", "major", "minor", "info", "wait", "ok")
"""Worst first; the first that an attribute has is how its line is drawn."""

VERDICTS = {"ok": "fits", "wait": "cannot tell yet", "off": "does not apply", "": "not checked yet"}


class Badge(NamedTuple):
    """A glyph with its number, or without one for a verdict that has no finding."""

    tone: str
    number: int | None
    x: float
    y: float  # of the middle

    @property
    def glyph_y(self) -> float:
        return self.y - 7

    @property
    def number_at(self) -> tuple[float, float]:
        return self.x + 18, self.y + 4.2

    @property
    def width(self) -> float:
        """With the gap to the next one."""
        return 22 if self.number is None else 26 + 7.5 * len(str(self.number))


class Plate(NamedTuple):
    """Badges with the patch that keeps lines away from them."""

    badges: list[Badge]
    x: float
    y: float
    width: float
    height: float


def tone_of(compared: Compared) -> str:
    """How the line of an attribute is drawn."""
    found = next((tone for tone in TONES if compared.counts.get(tone)), "")
    return found or compared.verdict or "plain"


def badges_of(compared: Compared) -> list[tuple[str, int | None]]:
    """Severities with their numbers; the glyph of the verdict where there is no finding."""
    return numbered(compared.counts) or [(tone, None) for tone in ("ok", "wait") if tone == compared.verdict]


def numbered(counts: Mapping[str, int]) -> list[tuple[str, int | None]]:
    return [(tone, counts[tone]) for tone in TONES if counts.get(tone)]


def in_a_row(found: Sequence[tuple[str, int | None]], y: float, *, start: float = 0, end: float = 0) -> Plate:
    """Badges side by side from *start* on, or up to *end*."""
    badges = [Badge(tone, number, 0, y) for tone, number in found]
    width = sum(badge.width for badge in badges)
    x = end - width if end else start
    placed = []
    for badge in badges:
        placed.append(badge._replace(x=x + 2))
        x += badge.width
    return Plate(placed, x - width - 4, y - 10, width + 4 if placed else 0, 20)


def stacked(found: Sequence[tuple[str, int | None]], x: float, y: float) -> Plate:
    """Badges one above the other, *x* and *y* in their middle."""
    widest = max((Badge(*each, 0, 0).width for each in found), default=0)
    top = y - 9 * len(found)
    badges = [Badge(*each, x - widest / 2 + 2, top + 9 + 18 * n) for n, each in enumerate(found)]
    return Plate(badges, x - widest / 2 - 2, top - 1, widest + 2, 18 * len(found) + 2)


def path(tone: str, *points: tuple[float, float]) -> str:
    """The line through *points*, which turns only by right angles; the one of critical is double."""
    if tone != "critical":
        return _through(points)
    return "".join(_through(_beside(points, shift)) for shift in (-2, 2))


def _through(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _beside(points: Sequence[tuple[float, float]], shift: float) -> list[tuple[float, float]]:
    """The line *shift* to the right of this one, seen along it."""
    moved = []
    for here, (x, y) in enumerate(points):
        for one, other in ((here - 1, here), (here, here + 1)):
            if one >= 0 and other < len(points):
                (x1, y1), (x2, y2) = points[one], points[other]
                if x1 == x2:
                    x = points[here][0] + (shift if y2 < y1 else -shift)
                else:
                    y = points[here][1] + (shift if x2 > x1 else -shift)
        moved.append((x, y))
    return moved


def said_of(compared: Compared) -> str:
    """What was found about an attribute, in words."""
    return in_words(compared.counts) or VERDICTS[compared.verdict]


def in_words(counts: Mapping[str, int]) -> str:
    """“2 critical, 1 cannot tell”; "" for nothing."""
    return ", ".join(
        f"{counts[tone]} {'cannot tell' if tone == 'wait' else tone}" for tone in TONES if counts.get(tone)
    )
