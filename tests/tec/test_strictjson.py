"""The JSON door: what it lets in, what it refuses, and how well it says why."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tec import jsonpositions, strictjson
from tec.jsonfaults import first_fault
from tec.strictjson import StrictJSONError
from tests.hostile.json_texts import REFUSED, Hostile

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.json"))

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
keys = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda hostile: hostile.id)
def test_a_hostile_text_is_refused_with_its_own_words(hostile: Hostile) -> None:
    with pytest.raises(StrictJSONError) as caught:
        strictjson.loads(hostile.data, name="goals.json")

    error = caught.value
    assert error.code == hostile.code
    assert str(error) == f"goals.json: {error.message}"
    assert [words for words in hostile.words if words not in error.message] == []
    assert error.message.endswith(".")
    assert error.message.isprintable()


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda hostile: hostile.id)
def test_no_hostile_text_costs_much_time(hostile: Hostile) -> None:
    before = time.process_time()
    with pytest.raises(StrictJSONError):
        strictjson.loads(hostile.data)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("data", "value"),
    [
        pytest.param(b"\xef\xbb\xbf{}", {}, id="a UTF-8 byte order mark is dropped"),
        pytest.param("\ufeff[]", [], id="a byte order mark in a str, too"),
        pytest.param(b' \r\n\t{"a": 1}\n', {"a": 1}, id="space around"),
        pytest.param(b"null", None, id="null"),
        pytest.param(b'"x"', "x", id="a text"),
        pytest.param(b"[9007199254740992, -9007199254740992]", [2**53, -(2**53)], id="2^53"),
        pytest.param(
            b"[1e300, -0.0, 12345678901234567890.0]", [1e300, -0.0, 12345678901234567890.0], id="floats"
        ),
        pytest.param(b'"\\ud83d\\ude00"', "\U0001f600", id="a character written as two escapes"),
        pytest.param(b'"\\\\u0000"', "\\u0000", id="an escaped backslash before u0000"),
        pytest.param(b'"\\\\ud800"', "\\ud800", id="an escaped backslash before ud800"),
        pytest.param(
            b'{"a": {"b": 1}, "c": {"b": 1}}', {"a": {"b": 1}, "c": {"b": 1}}, id="a key in two objects"
        ),
        pytest.param(b'["' + b"x" * 20_000 + b'"]', ["x" * 20_000], id="the longest text"),
        pytest.param(b"[" * 64 + b"]" * 64, json.loads("[" * 64 + "]" * 64), id="64 deep"),
        pytest.param(b"[" + b"0," * 9_999 + b"0]", [0] * 10_000, id="the longest list"),
        pytest.param(
            json.dumps({"x": ["," * 15_000] * 20}).encode(),
            {"x": ["," * 15_000] * 20},
            id="commas inside texts",
        ),
    ],
)
def test_unusual_but_sound_input_is_accepted(data: bytes | str, value: object) -> None:
    assert strictjson.loads(data) == value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_examples_read_as_the_standard_library_reads_them(path: Path) -> None:
    assert strictjson.loads(path.read_bytes()) == json.loads(path.read_bytes())


@settings(max_examples=150, deadline=None)
@given(values, st.booleans())
def test_whatever_is_written_is_read_back_with_its_key_order(value: Any, ascii_only: bool) -> None:
    assert list_of_items(strictjson.loads(strictjson.dumps(value))) == list_of_items(value)
    assert strictjson.loads(json.dumps(value, ensure_ascii=ascii_only).encode()) == value
    assert strictjson.loads(strictjson.canonical(value)) == value


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('{}[]",:\\u0d8 19.e-+ntrfalsN\n\ufeff')))
def test_the_fast_and_the_slow_reading_agree_on_any_text(text: str) -> None:
    try:
        strictjson.loads(text)
        fault = None
    except StrictJSONError as error:
        fault = error
    plain = text.removeprefix("\ufeff")
    if plain.strip():
        slow = first_fault(plain)
        assert (fault and str(fault)) == (slow and str(slow))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_give_a_value_or_a_strict_error(data: bytes) -> None:
    with contextlib.suppress(StrictJSONError):
        strictjson.canonical(strictjson.loads(data))


@settings(max_examples=60, deadline=None)
@given(values)
def test_extents_cover_every_value_and_the_key_before_it(value: Any) -> None:
    text = json.dumps(value, indent=1)
    for tokens, (start, end) in jsonpositions.extents(text).items():
        there = reached(value, tokens)
        piece = text[start:end]
        if tokens and isinstance(tokens[-1], str):
            key, at = json.JSONDecoder().raw_decode(piece)
            assert key == tokens[-1]
            piece = piece[at:].removeprefix(":").strip()
        if isinstance(there, dict | list):
            assert piece in ("", "{", "[")  # a mark over all of it would cover pages
        else:
            assert json.loads(piece) == there


def test_regions_count_lines_and_columns_from_one_and_end_after_the_last_character() -> None:
    text = '{\r\n\t"цели": [\r\n    {"🧪": "G-01🧪", "id":\n 5},\n    7\n  ]\n}\n'
    lines = jsonpositions.Lines(text)
    assert {
        tokens: tuple(lines.region(*extent)) for tokens, extent in jsonpositions.extents(text).items()
    } == {
        (): (1, 1, 1, 2),
        ("цели",): (2, 2, 2, 8),
        ("цели", 0): (3, 5, 3, 6),
        ("цели", 0, "🧪"): (3, 6, 3, 20),  # what lies beyond U+FFFF takes two columns
        ("цели", 0, "id"): (3, 22, 4, 3),
        ("цели", 1): (5, 5, 5, 6),
    }


def test_an_error_tells_its_place_to_programs_too() -> None:
    with pytest.raises(StrictJSONError) as caught:
        strictjson.loads(b'{"goals": [\n  {"id": 1e999}]}')
    error = caught.value
    assert (error.code, error.line, error.column, error.pointer) == (
        "number_not_finite",
        2,
        10,
        "/goals/0/id",
    )
    assert error.name == ""
    assert str(error).startswith("line 2, column 10, at /goals/0/id: “1e999” is not a number")


def test_a_character_that_steers_terminals_is_never_repeated_raw() -> None:
    with pytest.raises(StrictJSONError) as caught:
        strictjson.loads('{"\u202e\\u001b[31m": 1, "\u202e\\u001b[31m": 2}')
    assert "“\\u202e\\x1b[31m”" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_str_with_half_a_character_is_refused() -> None:
    with pytest.raises(StrictJSONError, match=r"line 2, column 2: half of a character \(\\ud800\)"):
        strictjson.loads('["x",\n"\ud800"]')


def test_canonical_ignores_the_order_of_keys_and_nothing_else() -> None:
    assert strictjson.canonical({"b": [1, 2], "a": "ä"}) == '{"a":"ä","b":[1,2]}'.encode()
    assert strictjson.digest({"a": 1, "b": 2}) == strictjson.digest({"b": 2, "a": 1})
    assert strictjson.digest({"a": [1, 2]}) != strictjson.digest({"a": [2, 1]})
    assert strictjson.digest(None) == "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"


def test_dumps_is_what_an_editor_would_show() -> None:
    assert strictjson.dumps({"b": ["ä"], "a": {}}) == '{\n  "b": [\n    "ä"\n  ],\n  "a": {}\n}\n'


@pytest.mark.parametrize("writer", [strictjson.canonical, strictjson.dumps])
def test_what_could_not_be_read_back_is_not_written(writer: Any) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        writer({"a": float("nan")})


def reached(value: Any, tokens: jsonpositions.Tokens) -> Any:
    """What *tokens* lead to inside *value*."""
    for token in tokens:
        value = value[token]
    return value


def list_of_items(value: Any) -> Any:
    """*value* with objects as lists of pairs, so that comparing it compares the order of keys."""
    if isinstance(value, dict):
        return [(key, list_of_items(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [list_of_items(item) for item in value]
    return value


def test_wider_limits_are_for_size_alone() -> None:
    wide = strictjson.Limits(bytes=40, items=3, values=8)
    assert strictjson.loads("[1, 2, 3]", limits=wide) == [1, 2, 3]
    for text, code in (
        ("[1, 2, 3, 4]", "too_many_items"),
        ("[[1, 2], [3, 4], [5, 6]]", "too_many_values"),
        ('["' + "x" * 40 + '"]', "too_large"),
        ("[" * 65 + "]" * 65, "too_large"),
        ('{"a": 1, "a": 2}', "duplicate_key"),
        ("[9007199254740993]", "number_too_large"),
    ):
        with pytest.raises(StrictJSONError) as refused:
            strictjson.loads(text, limits=wide)
        assert refused.value.code == code, text
    with pytest.raises(StrictJSONError, match="nested more than 64 deep"):
        strictjson.loads("[" * 65 + "]" * 65, limits=strictjson.RESULTS)
