"""Rows keep their number while a list is edited."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.editor.rows import Row, next_key, parsed, saved_rows, untouched, written


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([Row(0, 0)], "0"),
        ([Row(0, 0), Row(1, 1), Row(2, 2), Row(5, 5)], "0-2,5"),
        ([Row(2, 2), Row(1, 1)], "2,1"),
        ([Row(1, 1), Row(3, None), Row(4, 1)], "1,3+,4+1"),
    ],
)
def test_an_order_is_written_shortly(rows: list[Row], text: str) -> None:
    assert written(rows) == text
    assert parsed(text, 3 if not any(row.origin == 5 for row in rows) else 6) == rows


def test_an_order_that_names_rows_again_and_again_takes_no_time() -> None:
    start = process_time()

    rows = parsed("0-9999," * 100_000 + "2", 10_000)

    assert rows == saved_rows(10_000)
    assert process_time() - start < 2


@given(st.data())
def test_any_order_is_read_as_it_was_written(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 30))
    old = data.draw(st.lists(st.integers(0, count - 1), unique=True)) if count else []
    new = data.draw(st.lists(st.integers(count, count + 40), unique=True))
    origins = st.none() | st.integers(0, count - 1) if count else st.none()
    rows = [Row(key, key) for key in old] + [Row(key, data.draw(origins)) for key in new]
    rows = data.draw(st.permutations(rows))
    assert parsed(written(rows), count) == rows


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("0,0,0", [0]),
        ("0-99999", [0, 1, 2]),
        ("7", []),
        ("1+", []),
        ("-1", []),
        ("²", []),
        ("1;2", []),
        ("999999+", []),
        ("x,1,", [1]),
        ("5+9", [5]),
        ("3-1", []),
    ],
)
def test_a_tampered_order_breaks_nothing(text: str, keys: list[int]) -> None:
    assert [row.key for row in parsed(text, 3)] == keys


def test_a_copy_of_a_row_that_is_not_there_is_a_new_row() -> None:
    assert parsed("5+9", 3) == [Row(5, None)]


def test_an_endless_order_is_cut_off() -> None:
    assert len(parsed(",".join(f"{key}+" for key in range(20_000)), 0)) == 10_000


def test_a_new_row_gets_a_number_that_was_never_used() -> None:
    assert next_key(saved_rows(3), 3) == 3
    assert next_key([Row(0, 0)], 3) == 3
    assert next_key([Row(0, 0), Row(8, None)], 3) == 9
    assert next_key([], 0) == 0


def test_a_list_that_must_not_be_empty_begins_with_a_blank_row() -> None:
    assert untouched(0, 1) == [Row(0, None)]
    assert untouched(0, 0) == []
    assert untouched(2, 1) == [Row(0, 0), Row(1, 1)]
