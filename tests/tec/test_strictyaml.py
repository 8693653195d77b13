"""The YAML door: what it lets in, what it refuses, and how well it says why."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tec import strictyaml
from tec.strictyaml import StrictYAMLError

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
words = st.text("abc äß:-#'\"", min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: 1.5\nb: -2\nc: +3\nd: 1e3\ne: .5", {"a": 1.5, "b": -2, "c": 3, "d": 1000.0, "e": 0.5}),
        ("a: true\nb: False\nc: NULL\nd: ~\ne:", {"a": True, "b": False, "c": None, "d": None, "e": None}),
        ("on: no\nyes: off", {"on": "no", "yes": "off"}),
        ("day: 2026-01-31", {"day": "2026-01-31"}),
        ("id: 007\ntime: 12:30\nhex: 0x1f", {"id": "007", "time": "12:30", "hex": "0x1f"}),
        ("a: '1'\nb: \"true\"", {"a": "1", "b": "true"}),
        ("1: one\ntrue: two", {"1": "one", "true": "two"}),
        ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("\ufeffa: é", {"a": "é"}),
        ("--- # a comment\na: b\n...\n", {"a": "b"}),
        ("just words", "just words"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(text: str, value: Any) -> None:
    assert strictyaml.load(text.encode()) == value


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate_key", "rules.yaml: line 3, column 1, at /a: the key “a” occurs twice; it stands in line 1"),
        ("a: &x 1", "alias", "line 1"),
        ("a: [1]\nb: *x", "alias", "line 2"),
        ("a: !!python/object:os.system ls", "tag", "line 1"),
        ("a: !x 1", "tag", "tags (“!x”)"),
        ("? [a, b]\n: c", "bad_key", "line 1"),
        ("a: 1\n---\nb: 2", "several", "line 2"),
        ("a: b: c", "not_yaml", "line 1, column 5: not YAML: a second “: ”"),
        ("a:\n\t- b", "not_yaml", "line 2"),
        ("a: 'b", "not_yaml", "quote is not closed"),
        ("a: [1, 2", "not_yaml", "line"),
        ("rules:\n  - a\n - b", "not_yaml", "line 3"),
        ("a: 1\n  b: 2\nc", "not_yaml", "line 2"),
        ("a: 12345678901234567890123", "number_too_large", "line 1"),
        ("a: 1e999", "number_too_large", "line 1"),
        ("a: .inf", "number_not_finite", "line 1"),
        ('a: "\\0"', "bad_character", "NUL"),
        ("a: \x01", "bad_character", "control character"),
        ("", "empty", "it is empty"),
        ("# only a comment\n", "empty", "it is empty"),
        ("a: " + "x" * 20_001, "text_too_long", "20,001 characters"),
        ("[" * 100 + "]" * 100, "too_deep", "more than 24 deep"),
        ("- a\n" * 60_000, "too_many_values", "more than 50,000 values"),
        ("a" * 1_000_001, "too_large", "1,000,001 bytes"),
    ],
)  # fmt: skip
def test_the_rest_is_refused_with_its_line_and_what_to_do(text: str, code: str, words: str) -> None:
    before = time.process_time()
    with pytest.raises(StrictYAMLError) as caught:
        strictyaml.load(text.encode(), name="rules.yaml")

    error = caught.value
    assert error.code == code
    assert words in str(error)
    assert str(error).startswith("rules.yaml: ")
    assert error.message.endswith(".")
    assert error.message.isprintable()
    assert time.process_time() - before < 3


def test_bytes_that_are_no_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(StrictYAMLError, match="line 2: it is not UTF-8: the byte 0xE9"):
        strictyaml.load("a: b\nc: é".encode("latin-1"))


def test_everything_in_it_has_a_line() -> None:
    found = strictyaml.read(b"version: 1\n\nrules:\n  - code: U1\n    to:\n      - a\n  - code: U2\n")

    assert found.line("version") == 1
    assert found.line("rules", 0, "code") == 4
    assert found.line("rules", 0, "to", 0) == 6
    assert found.line("rules", 1) == 7


def test_what_is_not_there_has_the_line_of_what_is_above_it() -> None:
    found = strictyaml.read(b"rules:\n  - code: U1\n")

    assert found.line("rules", 0, "severity") == 2
    assert found.line("nothing") == 1
    assert found.line() == 1


@given(values)
def test_json_is_read_as_what_it_says(value: Any) -> None:
    assert strictyaml.load(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.lists(st.dictionaries(words, words | st.booleans(), min_size=1, max_size=4), max_size=4))
def test_what_pyyaml_writes_comes_back(value: Any) -> None:
    assert strictyaml.load(yaml.safe_dump(value, allow_unicode=True).encode()) == value


@given(st.text(alphabet="ab:-[]{}\"'|>#&*!?,. \n\t\\0", max_size=40) | st.binary(max_size=40))
def test_nothing_else_than_a_refusal_comes_of_any_text(text: str | bytes) -> None:
    with contextlib.suppress(StrictYAMLError):
        strictyaml.load(text.encode() if isinstance(text, str) else text)


def test_pyyaml_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys; import tec.strictyaml; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
