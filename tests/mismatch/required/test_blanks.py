"""The searches for blank places: what counts as blank, and that the short cuts change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.required import blanks
from mismatch.required.blanks import (
    BROKEN,
    blank_fields,
    blank_lists,
    condition,
    dig,
    path_of,
    split,
    sure_tests,
)

if TYPE_CHECKING:
    from mismatch.required.blanks import Search

CELL = st.none() | st.sampled_from(["", " ", "x", "Other", 0, 7, True]) | st.just({}) | st.just([])
ROW = CELL | st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["x", "Other"]) | CELL,
        "other": st.sampled_from(["x", " "]) | CELL,
        "item_type": st.just("Float"),
        "kind": st.fixed_dictionaries({"id": CELL}),
    },
)
ROWS = CELL | st.lists(ROW, max_size=3)
NESTED = CELL | st.lists(st.fixed_dictionaries({}, optional={"inner": ROWS}) | CELL, max_size=3)


TOGETHER = [
    "a",
    "a.b",
    "rows[].name",
    "rows[].kind.id",
    "rows[].name|other",
    "rows[].name:number",
    "rows[].name:list",
    "outer[].inner[].name",
    "rows[].kind:limits",
    "rows[]",
]


def searches(short_cut: bool) -> list[Search]:
    """A search for each of the slots, and for a list without any of them, with or without the short cut."""
    with pytest.MonkeyPatch.context() as patch:
        if not short_cut:
            patch.setattr(blanks, "_unless_sure", lambda slot, search: search)
        lists = [blank_lists("rows", ["name", "kind.id"]), blank_lists("outer[].inner", ["name"])]
        return [*lists, *[blank_fields([slot]) for slot in TOGETHER]]


QUICK, SLOW = searches(short_cut=True), searches(short_cut=False)


@given(
    st.fixed_dictionaries({}, optional={"a": CELL | st.just({"b": "x"}), "rows": ROWS, "outer": NESTED}),
)
@settings(max_examples=300, deadline=None)
def test_the_short_cut_finds_what_the_search_finds(body: dict[str, Any]) -> None:
    for quick, slow in zip(QUICK, SLOW, strict=True):
        assert list(quick(body)) == list(slow(body))


@given(
    st.fixed_dictionaries({}, optional={"a": CELL | st.just({"b": "x"}), "rows": ROWS, "outer": NESTED}),
)
@settings(max_examples=200, deadline=None)
def test_slots_that_are_found_filled_in_together_are_blank_nowhere(body: dict[str, Any]) -> None:
    for gather, tests in sure_tests(TOGETHER):
        try:
            rows = gather(body)
        except BROKEN:
            continue
        for numbers, sure in tests if rows else ():
            try:
                filled = sure(rows)
            except BROKEN:
                continue
            if filled:
                assert not any(list(blank_fields([TOGETHER[number]])(body)) for number in numbers)


def test_one_look_answers_for_all_columns_of_a_list() -> None:
    [(gather, [(numbers, sure), (others, limited), *_])] = sure_tests(
        ["rows[].name", "rows[].kind", "rows[].spec:limits", "rows[]"]
    )

    assert (numbers, others) == ((0, 1), (2,))
    assert gather({"rows": [{"name": "x"}]}) == [{"name": "x"}]
    assert sure([{"name": "x", "kind": "y"}])
    assert not sure([{"name": "x", "kind": "y"}, {"name": "x", "kind": " "}])
    assert limited([{"item_type": "Float", "spec": {"max_value": 1}}])
    assert not limited([{"item_type": "Float", "spec": {"max_value": 1}}, {"item_type": "Float", "spec": {}}])


def test_what_is_other_is_filled_in_only_with_what_it_is() -> None:
    [(_, [(_, named)])] = sure_tests(["rows[].kind|other"])

    assert named([{"kind": "Mean"}, {"kind": "Other", "other": "Mode"}])
    assert not named([{"kind": "Mean"}, {"kind": " Other ", "other": " "}])
    assert not named([{"kind": ""}])


def test_several_slots_are_blank_only_together() -> None:
    search = blank_fields(["rows[].kind.a", "rows[].kind.b"])

    assert search({"rows": [{"kind": {"a": "x"}}, {"kind": {"a": " "}}]}) == [
        ("rows", 1, "kind", "a"),
        ("rows", 1, "kind", "b"),
    ]


def test_rows_that_a_condition_leaves_out_may_be_blank() -> None:
    search = blank_fields(["rows[].name"], condition("label", [False]))

    assert search({"rows": [{"label": True}, {"label": "no"}, {"label": "yes"}]}) == [("rows", 1, "name")]


def test_a_list_without_rows_is_reported_unless_it_is_optional() -> None:
    assert blank_fields(["rows[].name"])({"rows": []}) == [("rows",)]
    assert blank_fields(["rows[].name"], optional=True)({"rows": []}) == []


def test_a_blank_inner_list_is_reported_for_every_outer_row() -> None:
    search = blank_lists("outer[].inner", ["name"])

    assert search({"outer": [{"inner": [{}]}, {}]}) == [("outer", 0, "inner"), ("outer", 1, "inner")]
    assert search({"outer": [{"inner": [{}]}, {"inner": [{"name": "x"}]}]}) == ()


@pytest.mark.parametrize(
    ("wanted", "value", "holds"),
    [
        ([True], "yes", True),
        ([True], 1, True),
        ([True], None, False),
        ([False], None, True),
        ([False], "off", True),
        (["Image", "Other"], " Image ", True),
        (["Image", "Other"], "image", False),
        (["Image"], None, False),
    ],
)
def test_conditions_read_switches_and_texts(wanted: list[Any], value: Any, holds: bool) -> None:
    assert condition("group.kind", wanted)({"group": {"kind": value}}) is holds
    assert condition("kind", wanted)({"kind": value}) is holds


def test_a_condition_on_a_broken_way_reads_as_blank() -> None:
    assert condition("group.kind", [False])({"group": [1]}) is True
    assert condition("group.kind", ["x"])("x") is False


def test_digging_ends_in_none_where_the_way_is_broken() -> None:
    body = {"rows": [{"a": 1}]}

    assert dig(body, ("rows", 0, "a")) == 1
    assert dig(body, ("rows", 1, "a")) is None
    assert dig(body, ("rows", "a")) is None
    assert dig(7, ("a",)) is None


def test_a_slot_has_a_path_a_list_and_a_test() -> None:
    assert path_of("a[].b|c:number") == "a[].b"
    assert split("a[].b[].c.d|e") == ("a[].b", "c.d")
    assert split("a[]") == ("a", "")
    assert split("a.b") == ("", "a.b")
    assert blanks.test_of("a[].b|c:number") == "number"
    assert blanks.test_of("a|b") == "text"
