"""Values set against each other: the relation, what is marked, what is left out, what is made visible."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.showing.evidence import (
    DIFFERS,
    EQUALS,
    HAS,
    IN,
    LACKS,
    LESS,
    LONG,
    LOOKS_LIKE,
    MORE,
    MOST,
    NO_COUNTERPART,
    NOT_IN,
    WHOLE,
    Shown,
    compare,
    differing,
    plain,
    relate,
    show,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


def text(shown: Shown) -> str:
    return "".join(piece.text for piece in shown.pieces)


def marked(shown: Shown) -> list[str]:
    return [piece.text for piece in shown.pieces if piece.marked]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Integer", "String", DIFFERS),
        ("Python", "python", LOOKS_LIKE),
        ("ED Board", " ED  Board", LOOKS_LIKE),
        ("é", "e\u0301", LOOKS_LIKE),
        ("Float", "Float", EQUALS),
        (120, 100, MORE),
        (0, 1, LESS),
        (0.5, 0.75, LESS),
        ("88", "84", DIFFERS),
        ("Julia", ["C#", "Python"], NOT_IN),
        ("Python", ["C#", "Python"], IN),
        (["C#", "Python"], "Julia", LACKS),
        (["C#", "Python"], "C#", HAS),
        (["scikit-learn", "Flux"], ["scikit-learn"], NOT_IN),
        (["scikit-learn"], ["scikit-learn", "Flux"], LACKS),
        (None, "spo2", NO_COUNTERPART),
        ("", "spo2", NO_COUNTERPART),
        ("  ", "spo2", NO_COUNTERPART),
        ("spo2", [], NO_COUNTERPART),
        ("spo2", {}, NO_COUNTERPART),
        (1, True, DIFFERS),
        (True, False, DIFFERS),
        ({"time": 5}, {"time": 6}, DIFFERS),
    ],
)
def test_the_relation_follows_from_the_values(left, right, relation):
    assert relate(left, right) == relation
    assert compare(left, right).relation == relation


@pytest.mark.parametrize(
    ("left", "right", "marks"),
    [
        ("Integer", "String", (["Integer"], ["String"])),
        ("ED Board", "ED Tracking Board", (["Board"], ["Tracking Board"])),
        ("ED Tracking Board", "ED Board", (["Tracking Board"], ["Board"])),
        ("to ED Board › level", "to ED Tracking Board › level", (["Board"], ["Tracking Board"])),
        ("Mean of age", "Median of age", (["Mean"], ["Median"])),
        ("date", "datetime", (["date"], ["datetime"])),
        ("level", "level two", (["level"], ["level two"])),
        (120, 100, (["120"], ["100"])),
        ("Julia", ["C#", "Python"], (["Julia"], [])),
        (["C#", "Python"], "Julia", ([], ["Julia"])),
        ("python", ["C#", "Python"], (["python"], ["Python"])),
        (["a", "Flux"], ["a"], (["Flux"], [])),
        (None, "spo2", ([], ["spo2"])),
        ("", ["spo2", "age"], ([], [])),
        ("Float", "Float", ([], [])),
        (
            {"time": 5, "unit": "Seconds"},
            {"time": 2000, "unit": "Milliseconds"},
            (["5 Seconds"], ["2000 Milliseconds"]),
        ),
    ],
)
def test_the_part_that_differs_is_marked_on_both_sides(left, right, marks):
    comparison = compare(left, right)

    assert (marked(comparison.left), marked(comparison.right)) == marks


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "nothing there"), ("", "blank"), (" \n", "blank"), ([], "no entries"), ({}, "nothing filled in")],
)
def test_what_is_not_there_is_said_in_words(value, words):
    assert show(value) == Shown(nothing=words)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (21.1, "21.1"),
        (40000.0, "40000"),
        (["C#", "Python"], "C#, Python"),
        ([1, None, "x"], "1, nothing there, x"),
        ({"a": 1, "b": [True]}, '{"a": 1, "b": [true]}'),
        ({"time": 5, "unit": "Seconds"}, "5 Seconds"),
        (["Board › level", "Board › limit"], "Board › level\nBoard › limit"),
        ("Größe 分诊", "Größe 分诊"),
    ],
)
def test_no_value_looks_like_python(value, shown):
    assert text(show(value)) == shown


def test_a_number_of_thousands_of_digits_does_not_break_the_page():
    assert text(show(10**5000)) == "a number of thousands of digits"


def test_of_a_long_text_the_part_that_differs_is_kept():
    shared = "same words " * 60
    comparison = compare(f"{shared}Integer {shared}", f"{shared}String {shared}")

    assert marked(comparison.left) == ["Integer"]
    assert len(text(comparison.left)) < LONG
    assert comparison.left.whole == f"{shared}Integer {shared}"
    assert comparison.left.length == 2 * len(shared) + 8


def test_a_long_value_keeps_both_ends_and_can_be_read_whole():
    value = "begin " + "x" * 1000 + " end"

    shown = show(value)

    assert text(shown).startswith("begin x")
    assert text(shown).endswith(" end")
    assert "…" in text(shown)
    assert shown.whole == value


def test_a_page_carries_only_so_much_of_a_huge_value():
    shown = show("x" * 1_000_000)

    assert len(shown.whole) == WHOLE
    assert shown.length == 1_000_000


def test_of_a_long_list_what_is_marked_is_shown_first():
    left = [f"Language {number}" for number in range(50)]

    shown = compare([*left, "Julia"], left).left

    assert marked(shown) == ["Julia"]
    assert text(shown).endswith("Julia and 39 more")
    assert text(shown).count(", ") == MOST - 1
    assert shown.whole.count(", ") == 50


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\x00", "\x1b", "\ufeff"])
def test_a_character_nobody_sees_is_shown_by_its_number(character):
    shown = show(f"py{character}thon")

    assert [piece.text for piece in shown.pieces] == ["py", f"U+{ord(character):04X}", "thon"]
    assert [piece.kind for piece in shown.pieces] == ["text", "code", "text"]


def test_joiners_that_scripts_need_are_left_alone():
    assert text(show("می\u200cخواهم 👩\u200d⚕️")) == "می\u200cخواهم 👩\u200d⚕️"


def test_a_space_that_makes_the_difference_is_shown():
    shown = compare("Mean ", "Mean").left

    assert [piece.text for piece in shown.pieces] == ["Mean", "␣"]


def test_a_cut_never_parts_a_letter_from_its_marks():
    value = ("e\u0301" * 400).rjust(900, "a")

    pieces = show(value).pieces

    assert not any(piece.text.startswith("\u0301") for piece in pieces)


@settings(max_examples=150, deadline=None)
@given(JSON, JSON)
def test_any_two_values_can_be_compared(left, right):
    comparison = compare(left, right)

    for value, shown in ((left, comparison.left), (right, comparison.right)):
        assert bool(shown.nothing) != bool(shown.pieces)
        assert len(text(shown)) < 8 * LONG or isinstance(value, (list, dict))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab c-\n"), st.text(alphabet="ab c-\n"))
def test_the_pieces_of_two_texts_are_the_texts(left, right):
    first, second = differing(left, right)

    assert "".join(piece.text for piece in first) == left
    assert "".join(piece.text for piece in second) == right
    if left.strip() and right.strip() and left != right:
        assert any(piece.marked for piece in first)
        assert any(piece.marked for piece in second)


@settings(max_examples=100, deadline=None)
@given(JSON.filter(lambda value: not isinstance(value, str)))
def test_what_is_no_text_is_written_as_json(value):
    written = plain(value)

    if not (isinstance(value, dict) and "unit" in value):
        assert json.loads(written) == value
