"""The typefaces of PDF reports: those that packages bring, and Debian's where they are installed."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("fontpkg_source_sans_3", "manimgx_fonts")
SUFFIXES = {".ttf", ".otf", ".ttc"}
NOTHING_TO_SEE = "\t\n \u00a0\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f"
"""Characters that need no glyph."""


@cache
def folders() -> tuple[str, ...]:
    """Where fonts are looked for; only these count, so that the same data gives the same pages."""
    packages = [Path(spec.origin).parent for name in PACKAGES if (spec := find_spec(name)) and spec.origin]
    return tuple(str(each) for each in (*packages, *map(Path, settings.FONT_DIRS)) if each.is_dir())


class Coverage:
    """Which characters the fonts can show, as sorted ranges."""

    def __init__(self, ranges: Iterator[tuple[int, int]]) -> None:
        self._starts, self._ends = array("I"), array("I")
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1] + 1:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, char: str) -> bool:
        code = ord(char)
        at = bisect_right(self._starts, code) - 1
        return (at >= 0 and code <= self._ends[at]) or char in NOTHING_TO_SEE

    def __len__(self) -> int:
        return sum(end - start + 1 for start, end in zip(self._starts, self._ends, strict=True))


@cache
def coverage() -> Coverage:
    """What the fonts cover together; read once per process, in a fraction of a second."""
    return Coverage(each for path in files() for each in ranges_of(path))


def files() -> list[Path]:
    return sorted(
        path for folder in folders() for path in Path(folder).rglob("*") if path.suffix.lower() in SUFFIXES
    )


def ranges_of(path: Path) -> Iterator[tuple[int, int]]:
    """The characters of the font file at *path*, as ranges. A file that is no font has none."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            starts = [0]
            if head[:4] == b"ttcf":  # a collection: the fonts in it mostly share their characters
                starts = list(struct.unpack(">I", file.read(4)))
            for start in starts:
                file.seek(start + 4)
                tables = struct.unpack(">H", file.read(2))[0]
                file.seek(start + 12)
                directory = file.read(16 * tables)
                for number in range(tables):
                    tag, _, offset, length = struct.unpack_from(">4sIII", directory, 16 * number)
                    if tag == b"cmap":
                        file.seek(offset)
                        yield from _character_map(file.read(length))
    except (OSError, struct.error):
        return


def _character_map(table: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of the Unicode subtables of a `cmap` table; formats 4 and 12 are all that is in use."""
    count = struct.unpack_from(">H", table, 2)[0]
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        if platform != 0 and (platform, encoding) not in ((3, 1), (3, 10)):
            continue
        format_ = struct.unpack_from(">H", table, offset)[0]
        if format_ == 4:
            yield from _segments(table, offset)
        elif format_ == 12:
            groups = struct.unpack_from(">I", table, offset + 12)[0]
            for group in range(groups):
                start, end, _ = struct.unpack_from(">III", table, offset + 16 + 12 * group)
                yield start, end


def _segments(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Format 4. A character inside a segment may still have no glyph; few fonts do that, and none of ours."""
    count = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, offset + 14)
    starts = struct.unpack_from(f">{count}H", table, offset + 16 + 2 * count)
    yield from ((start, end) for start, end in zip(starts, ends, strict=True) if start != 0xFFFF)
