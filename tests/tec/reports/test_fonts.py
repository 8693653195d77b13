"""The typefaces: what they cover without anything being installed, and how that is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tec.reports import fonts
from tec.reports.fonts import Coverage, ranges_of

SCRIPTS = {
    "Latin": "Příliš žluťoučký kůň úpěl ďábelské ódy ßẞÆøłŐ",
    "Vietnamese": "Tiếng Việt",
    "Greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ἀρχή",
    "Cyrillic": "Съешь ещё этих мягких французских булок їґў",
    "Arabic": "العربية",
    "Hebrew": "עברית",
    "Devanagari": "हिन्दी",
    "Thai": "ไทย",
    "signs": "≠≤≥≈∞∑√→←↑↓✓✗⚠■▲◆●○½⅓€£¥₹‰†…–—“”„«»",
    "emoji": "🧪🚀👍",
}


@pytest.fixture
def packaged(settings):
    """Only what packages bring, as on a machine without Debian's fonts."""
    settings.FONT_DIRS = []
    for cached in (fonts.folders, fonts.coverage):
        cached.cache_clear()
    yield fonts.coverage()
    for cached in (fonts.folders, fonts.coverage):
        cached.cache_clear()


@pytest.mark.parametrize("script", SCRIPTS)
def test_packages_bring_what_most_people_write(script, packaged):
    assert [char for char in SCRIPTS[script] if char not in packaged] == []


def test_what_nothing_covers_is_known_to_be_uncovered(packaged):
    assert "日" not in packaged
    assert "\U000f0000" not in packaged
    assert "\u200b" in packaged
    assert 5_000 < len(packaged) < 200_000


def test_ranges_are_merged_and_searched():
    covered = Coverage(iter([(65, 70), (71, 75), (10, 20), (15, 30), (100, 100)]))
    inside = [code for code in (9, 14, 31, 64, 65, 75, 76, 99, 100, 101) if chr(code) in covered]
    assert inside == [9, 14, 65, 75, 100]  # a tab needs no glyph
    assert len(covered) == 21 + 11 + 1


@pytest.mark.parametrize("content", [b"", b"no font", b"\0\1\0\0" + b"\xff" * 400, b"ttcf\0\0\0\0"])
def test_a_file_that_is_no_font_covers_nothing(content: bytes, tmp_path: Path):
    (tmp_path / "x.ttf").write_bytes(content)
    assert list(ranges_of(tmp_path / "x.ttf")) == []
    assert list(ranges_of(tmp_path / "absent.ttf")) == []
