"""Comparing two states of a document."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.differences import changes

ROWS = [{"id": "G-01", "goal": "a"}, {"id": "G-02", "goal": "b"}, {"id": "G-03", "goal": "c"}]


def said(old: Any, new: Any) -> list[tuple[str, str]]:
    return [(change.kind, change.pointer) for change in changes("system_context", old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"task": "a"}, {"task": "a"}, []),
        (None, None, []),
        ({"task": "a", "x": 1}, {"x": 1, "task": "a"}, []),  # the order of keys is no change of content
        ({"task": "a"}, {"task": "b"}, [("changed", "/task")]),
        ({}, {"task": "b"}, [("added", "/task")]),
        ({"task": "b"}, {}, [("removed", "/task")]),
        (None, {"task": "b"}, [("added", "")]),
        ({"task": "b"}, None, [("removed", "")]),
        ({"n": 1}, {"n": True}, [("changed", "/n")]),  # Python calls these equal
        ({"n": 1}, {"n": 1.0}, [("changed", "/n")]),
        (
            {"goals": ROWS},
            {"goals": [*ROWS[:2], {"id": "G-03", "goal": "z"}]},
            [("changed", "/goals/2/goal")],
        ),
        ({"goals": ROWS}, {"goals": ROWS[1:]}, [("removed", "/goals/0")]),
        ({"goals": ROWS[1:]}, {"goals": ROWS}, [("added", "/goals/0")]),
        ({"goals": ROWS}, {"goals": [ROWS[2], ROWS[0], ROWS[1]]}, [("moved", "/goals/0")]),
        (
            {"goals": ROWS},
            {"goals": [ROWS[0], {"id": "G-09", "goal": "b"}, ROWS[2]]},
            [("changed", "/goals/1/id")],
        ),
        ({"l": ["a", "b"]}, {"l": ["a", "c"]}, [("changed", "/l/1")]),
        ({"l": ["a", "b"]}, {"l": ["b"]}, [("removed", "/l/0")]),
        ({"a/b": 1}, {"a/b": 2}, [("changed", "/a~1b")]),
    ],
)
def test_a_change_is_named_where_it_happened(old: Any, new: Any, expected: list[tuple[str, str]]) -> None:
    assert said(old, new) == expected


def test_a_moved_row_tells_its_old_and_new_place() -> None:
    (moved,) = changes("system_context", {"goals": ROWS}, {"goals": [ROWS[2], ROWS[0], ROWS[1]]})

    assert (moved.was, moved.now) == (3, 1)


def test_a_moved_and_edited_row_is_both() -> None:
    edited = {"id": "G-03", "goal": "z"}

    assert said({"goals": ROWS}, {"goals": [edited, *ROWS[:2]]}) == [
        ("moved", "/goals/0"),
        ("changed", "/goals/0/goal"),
    ]


def test_labels_are_the_words_of_the_form() -> None:
    (change,) = changes(
        "system_context", {"goals": ROWS}, {"goals": [*ROWS[:2], {"id": "G-03", "goal": "z"}]}
    )

    assert change.label.startswith("Goals 3")


def test_many_rows_are_compared_in_a_blink() -> None:
    rows = [{"field_name": f"f{number}", "field_type": "Float"} for number in range(10_000)]
    shuffled = [*rows[5000:], *rows[:5000]]

    assert len(changes("training_data", {"schema": rows}, {"schema": shuffled})) == 5000


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "label", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(json_values, json_values)
def test_any_two_values_can_be_compared(old: Any, new: Any) -> None:
    same = json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)

    assert (changes("raw_data", old, new) == []) is same


@pytest.mark.parametrize(
    "path", sorted(Path("examples").glob("*/trained_model.json")), ids=lambda p: p.parent.name
)
def test_nothing_differs_between_equal_documents(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))

    assert changes("trained_model", document, copy.deepcopy(document)) == []


def test_long_lists_without_names_are_compared_in_reasonable_time():
    rows = [[number % 7] for number in range(3000)]
    started = time.perf_counter()

    assert changes("raw_data", {"x": rows}, {"x": [*rows[1:], ["new"]]})
    assert time.perf_counter() - started < 10  # in order of likeness it would be minutes


def test_in_long_lists_rows_that_occur_once_are_known_again():
    rows = [[number] for number in range(500)]

    assert said({"x": rows}, {"x": [rows[-1], *rows[:-1]]}) == [("moved", "/x/0")]
