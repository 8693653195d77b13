"""Texts of inputs as values, and values as texts of inputs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.editor.plan import Plan
from descriptors.editor.values import ABSENT, Unreadable, is_neutral, mistyped, read, shown


def plan(kind: str, **more: Any) -> Plan:
    return Plan(kind, "key", "key", "Label", **more)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("integer", " -3 ", -3),
        ("integer", "+4", 4),
        ("integer", "0", 0),
        ("integer", "9007199254740992", 2**53),
        ("number", "12", 12),
        ("number", "0.95", 0.95),
        ("number", "0.10", 0.1),
        ("number", "-0.5", -0.5),
        ("number", ".5", 0.5),
        ("number", "5.", 5.0),
        ("number", "1e-3", 0.001),
        ("number", "0.30000000000000004", 0.30000000000000004),
    ],
)
def test_a_number_is_kept_as_it_was_typed(kind: str, text: str, value: Any) -> None:
    found = read(plan(kind), kind, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_cleared_number_is_absent_never_a_blank_text(kind: str, text: str) -> None:
    assert read(plan(kind), kind, text) is ABSENT


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("integer", "abc", "“abc” is not a number. Type digits only"),
        ("number", "0,5", "“0,5” is not a number. Use a point for decimals, as in 0.5"),
        ("number", "1_000", "not a number"),
        ("number", "1e", "not a number"),
        ("number", "NaN", "not a number"),
        ("number", "Infinity", "not a number"),
        ("number", "٣", "not a number"),
        ("number", "0x10", "not a number"),
        ("number", "1e999", "too large"),
        ("number", "1e-99999999999999999999", "more digits than can be kept"),
        ("number", "0e99999999999999999999", "more digits than can be kept"),
        ("integer", "9" * 30, "too large: ±9,007,199,254,740,992 is the limit"),
        ("number", "9" * 5000, "not a number"),
        ("integer", "1.5", "“1.5” is not a whole number. Round it, or choose a smaller unit."),
        ("integer", "1e3", "not a whole number"),
        (
            "number",
            "0.12345678901234567890",
            "more digits than can be kept; the nearest number is 0.12345678901234568",
        ),
        ("text", "a\x00b", "NUL"),
        ("area", "\ud800", "half of a character"),
        ("text", "x" * 20_001, "20,001 characters; at most 20,000 are kept"),
        ("json", "{", "not valid JSON"),
        ("json", '{"a": 1, "a": 2}', "not valid JSON"),
        ("json", "1e999", "not valid JSON"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(kind: str, text: str, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(plan(kind), kind, text)
    assert words in str(refused.value)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53))
def test_every_number_can_be_typed_as_it_is_shown(value: float) -> None:
    field = plan("number")
    assert json.dumps(read(field, "number", shown(field, value))) == json.dumps(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6))
def test_no_decimal_is_cut_off(typed: Any) -> None:
    assert f"{read(plan('number'), 'number', str(typed)):.6f}" == f"{typed:.6f}" or typed == 0


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("false", False), ("", False), ("on", True), ('"yes"', True)]
)
def test_a_box_is_ticked_or_not(text: str, value: bool) -> None:
    assert read(plan("flag"), "flag", text) is value


def test_a_choice_taken_back_is_absent_unless_blank_is_one_of_the_choices() -> None:
    assert read(plan("choice", choices=("JPG", "PNG")), "choice", "") is ABSENT
    assert read(plan("choice", choices=("", "JPG")), "choice", "") == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", "a\r\nb\rc", "a\nb\nc"),
        ("text", 5, "5"),
        ("text", None, ""),
        ("number", "5 or so", "5 or so"),
        ("number", 0.1, "0.1"),
        ("number", 1e22, "1e+22"),
        ("flag", ABSENT, "false"),
        ("flag", "yes", '"yes"'),
        ("group", [1], "[\n  1\n]"),
        ("list", {}, "{}"),
        ("text", {"a": "ü"}, '{\n  "a": "ü"\n}'),
        ("json", ABSENT, ""),
    ],
)
def test_any_value_can_be_shown(kind: str, value: Any, text: str) -> None:
    assert shown(plan(kind), value) == text


def test_the_neutral_value_of_a_hidden_field_is_not_shown_once_it_appears() -> None:
    assert shown(plan("number"), 0, dormant=True) == ""
    assert shown(plan("number"), 7, dormant=True) == "7"
    assert shown(plan("number"), 0) == "0"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", 5, "holds a number where a text belongs"),
        ("text", None, "holds null"),
        ("number", "5", "holds a text where a number belongs"),
        ("integer", 1.5, "holds a fraction where a whole number belongs"),
        ("flag", "yes", "holds a text where true or false belongs"),
        ("list", {}, "holds an object where a list belongs"),
        ("group", True, "holds true or false where an object belongs"),
        ("choice", 3, "holds a number where a text belongs"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(kind: str, value: Any, words: str) -> None:
    assert words in mistyped(plan(kind), value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "a"),
        ("number", 1),
        ("number", 1.5),
        ("number", ""),
        ("integer", 2.0),
        ("flag", False),
        ("list", []),
    ],
)
def test_a_value_of_the_right_type_is_not_remarked_on(kind: str, value: Any) -> None:
    assert mistyped(plan(kind), value) == ""


@pytest.mark.parametrize("value", ["", 0, 0.0, False, None, [], {}, {"a": [""]}, [0, {"b": ""}], ABSENT])
def test_blank_zero_and_false_say_nothing(value: Any) -> None:
    assert is_neutral(value)


@pytest.mark.parametrize("value", [" ", "0", 1, True, [1], {"a": "b"}])
def test_anything_else_says_something(value: Any) -> None:
    assert not is_neutral(value)
