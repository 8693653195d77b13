"""Pointers survive any key, and resolving never fails on a document that is not what was expected."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tec.pointers import path_of, pointer, resolve, tokens

DOCUMENT = {"goals": [{"id": "G-01"}, {"id": None}], "a/b": {"m~n": 8}, "": 0}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((), ""),
        (("goals", 0, "id"), "/goals/0/id"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("~1",), "/~01"),
        (("",), "/"),
    ],
)
def test_a_pointer_is_written_as_the_standard_says(parts, text):
    assert pointer(*parts) == text
    assert tokens(text) == [str(part) for part in parts]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", DOCUMENT),
        ("/goals/0/id", "G-01"),
        ("/goals/1/id", None),
        ("/a~1b/m~0n", 8),
        ("/", 0),
    ],
)
def test_a_pointer_finds_its_value(text, value):
    assert resolve(DOCUMENT, text, "nothing") == value


@pytest.mark.parametrize(
    "text",
    [
        "/goals/2/id",
        "/goals/-",
        "/goals/00",
        "/goals/-1",
        "/goals/٣",
        "/goals/" + "9" * 5000,
        "/goals/id",
        "/goals/0/id/more",
        "/nowhere",
    ],
)
def test_a_pointer_to_nothing_gives_the_default(text):
    assert resolve(DOCUMENT, text, "nothing") == "nothing"


def test_text_that_is_no_pointer_is_refused():
    with pytest.raises(ValueError, match="“goals/0” is no JSON pointer"):
        tokens("goals/0")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ""),
        ("/task", "task"),
        ("/output_spec/12/component_mapping/data_item", "output_spec[].component_mapping.data_item"),
        ("/model_components/0/programming_languages/1", "model_components[].programming_languages[]"),
        ("/goals/-", "goals[]"),
    ],
)
def test_the_path_of_a_pointer_leaves_the_row_numbers_out(text, path):
    assert path_of(text) == path


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text()))
def test_any_keys_survive_the_way_there_and_back(keys):
    document: object = "found"
    for key in reversed(keys):
        document = {key: document}

    assert tokens(pointer(*keys)) == keys
    assert resolve(document, pointer(*keys)) == "found"
