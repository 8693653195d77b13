"""Text made harmless for one line of a terminal."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tec.plain import UNPRINTABLE, one_line, quoted, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe – 漢字 🙂 ﷽", "Größe – 漢字 🙂 ﷽"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\r\nb\tc\0", "a\\r\\nb\\tc\\x00"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202egpj.exe", "abc\\u202egpj.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("half \ud800", "half \\ud800"),
        ("line\u2028separator", "line\\u2028separator"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_steers_or_hides_is_written_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_visible_text_is_one_line_that_any_output_can_carry(text: str) -> None:
    shown = visible(text)
    assert shown.splitlines() in ([shown], [])
    assert "\x1b" not in shown
    shown.encode()
    assert visible(shown) == shown


def test_long_text_is_cut_where_it_says_so() -> None:
    assert shortened("x" * 61) == "x" * 59 + "…"
    assert shortened("x" * 60) == "x" * 60
    assert shortened("abc def", 5) == "abc…"


def test_quotes_inside_quotes_are_single() -> None:
    assert quoted("say “no”") == "“say ‘no’”"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, ""),
        ("x\ny", "“x\\ny”"),
        (True, "true"),
        (False, "false"),
        (0.25, "0.25"),
        ([], "an empty list"),
        (["a", None, [1]], "“a”, null, 1"),
        ({}, "an empty object"),
        ({"gpu": 1, "cpu": None}, "gpu 1, cpu null"),
        ("x" * 200, "“" + "x" * 159 + "…”"),
    ],
)
def test_values_read_as_one_line(value: Any, line: str) -> None:
    assert one_line(value) == line


def test_every_character_of_the_pattern_is_escaped_wherever_it_stands():
    harmful = re.findall(UNPRINTABLE, "".join(map(chr, range(sys.maxunicode + 1))))
    assert "\ufffd" in harmful
    assert not [each for each in harmful if each in visible(f"a{each}b")]
