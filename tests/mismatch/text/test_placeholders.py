"""Texts that keep a place, and answers that there is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.placeholders import placeholder, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        *(
            "TBD",
            "tbd.",
            "T.B.D.",
            "TODO",
            "To-Do",
            "To be defined",
            "to be determined",
            "fill in",
            "xxx",
            "XXX!",
        ),
        *(
            "???",
            "?",
            "...",
            "…",
            "____",
            "asdf",
            "lorem ipsum dolor sit amet",
            "TBD (ask Ann)",
            "TODO: write this",
        ),
        *("to follow", "later", "noch offen", "Wird noch ergänzt", "not yet implemented", "À définir"),
        *(
            "to be measured",
            "To be estimated.",
            "TODO ask Jan",
            "TBD, see ticket 12",
            "Pending",
            "to be clarified",
        ),
        *("to be defined by marketing", "<placeholder>", "[TBD]", "foo", "Not yet defined"),
    ],
)
def test_a_text_that_keeps_a_place_is_a_placeholder(text):
    assert placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-",
            "–",
            "/",
            "none",
            "n/a",
            "test",
            "x",
            "XX-1",
            "Xxx Ltd",
            "0",
            "todos",
            "Todo lists of users",
        ),
        *(
            "Later deliveries are dropped",
            "Pending tickets",
            "to be confirmed by phone",
            "to be expected values",
            "to be precise",
            "Not yet 18 years old",
            "offen",
            "Foo Fighters",
            "To be decided entries are dropped",
            "Barcode",
            "The task is to be done by 5 pm",
            "*",
            "+",
        ),
        "TBD entries are removed before training",
    ],
)
def test_an_answer_is_no_placeholder(text):
    assert not placeholder(text)


@pytest.mark.parametrize(
    "text", ["none", "None.", "N/A", "n.a.", "-", "–", "not applicable", "none (see wiki)", "No", "null"]
)
def test_an_answer_may_say_that_there_is_nothing(text):
    assert says_nothing(text)
    assert not placeholder(text)


@pytest.mark.parametrize(
    "text", ["", " ", "TBD", "none of the above is certain", "nonexistent", "no data for 2020", "Norway"]
)
def test_other_answers_say_something(text):
    assert not says_nothing(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_it_raise_and_none_is_both(text):
    assert not (placeholder(text) and says_nothing(text))
    assert placeholder(f" {text}\n") == placeholder(text)
