"""Breaking text into lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tec.paragraphs import columns, columns_of, wrapped


def test_text_is_broken_at_spaces_and_indented() -> None:
    assert wrapped("one two  three four", 9, 1, 3) == [" one two", "   three", "   four"]


def test_a_long_word_stays_whole() -> None:
    assert wrapped("a /very/long/pointer b", 8, 2) == ["  a", "  /very/long/pointer", "  b"]


def test_nothing_is_an_indented_line() -> None:
    assert wrapped("", 20, 4) == ["    "]


def test_parts_share_a_line_while_they_fit() -> None:
    assert columns(["file.json:3", "/a/b"], 20, 2) == ["  file.json:3  /a/b"]
    assert columns(["file.json:3", "/a/b"], 18, 2) == ["  file.json:3", "  /a/b"]
    assert columns([], 18, 2) == []


def test_wide_and_combining_characters_are_counted_as_they_show() -> None:
    assert columns_of("abc") == 3
    assert columns_of("漢字") == 4
    assert columns_of("e\u0301") == 1
    assert wrapped("漢字 漢字 漢字", 9) == ["漢字 漢字", "漢字"]


@settings(max_examples=100, deadline=None)
@given(st.text(), st.integers(20, 100), st.integers(0, 10))
def test_no_word_is_lost_and_no_line_too_long_unless_one_word_is(text: str, width: int, indent: int) -> None:
    lines = wrapped(text, width, indent)
    assert " ".join(lines).split() == text.split()
    assert all(columns_of(line) <= width or len(line.split()) == 1 for line in lines)
