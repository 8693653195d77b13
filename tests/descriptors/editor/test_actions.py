"""The buttons of a form work without scripts, and lose nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.editor.actions import UnknownAction, act
from descriptors.editor.plan import plan_for
from descriptors.editor.posted import read_form

SAVED = {
    "version": "1.2",
    "goals": [{"id": "G-01", "goal": "a"}, {"id": "G-02", "goal": "b"}, {"id": "G-03", "goal": "c"}],
}
CONTEXT = plan_for("system_context")
ENVIRONMENT = plan_for("development_environment")


def goals(action: str, state: dict[str, str] | None = None, picked: tuple[str, ...] = ()) -> list[str]:
    done = act(CONTEXT, SAVED, state or {}, action, picked)
    return [goal["goal"] for goal in read_form(CONTEXT, SAVED, done.state).document["goals"]]


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("drop:/goals/1", ["a", "c"]),
        ("up:/goals/1", ["b", "a", "c"]),
        ("up:/goals/0", ["a", "b", "c"]),
        ("down:/goals/1", ["a", "c", "b"]),
        ("down:/goals/2", ["a", "b", "c"]),
        ("copy:/goals/0", ["a", "a", "b", "c"]),
        ("add:/goals", ["a", "b", "c"]),
        ("drop:/goals/9", ["a", "b", "c"]),
    ],
)
def test_a_button_moves_copies_or_deletes_its_row(action: str, found: list[str]) -> None:
    assert goals(action) == found


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("drop-picked:/goals", ["b"]),
        ("copy-picked:/goals", ["a", "a", "b", "c", "c"]),
        ("up-picked:/goals", ["a", "c", "b"]),
        ("down-picked:/goals", ["b", "a", "c"]),
    ],
)
def test_ticked_rows_are_dealt_with_together(action: str, found: list[str]) -> None:
    assert goals(action, picked=("/goals/0", "/goals/2", "/other/1")) == found


def test_a_deleted_row_returns_to_its_place_with_what_was_typed_in_it() -> None:
    gone = act(CONTEXT, SAVED, {"/goals/1/goal": "typed"}, "drop:/goals/1").state
    assert goals("back:/goals/1", gone) == ["a", "typed", "c"]


def test_a_new_row_keeps_its_number_and_what_is_typed() -> None:
    done = act(CONTEXT, SAVED, {"/task": "t"}, "add:/goals")
    assert done == ({"/task": "t", "/goals": "0-2,3+"}, "/goals/3")
    again = act(CONTEXT, SAVED, done.state | {"/goals/3/goal": "d"}, "add:/goals")
    assert again.state["/goals"] == "0-2,3+,4+"
    assert goals("up:/goals/3", again.state) == ["a", "b", "d", "c"]


def test_a_copy_has_what_was_typed_into_the_original_and_a_number_of_its_own() -> None:
    done = act(
        CONTEXT,
        SAVED,
        {"/goals/1/goal": "typed", "/goals/1/id": "G-2", "/goals/10/goal": "x"},
        "copy:/goals/1",
    )
    document = read_form(CONTEXT, SAVED, done.state).document
    assert [goal["goal"] for goal in document["goals"]] == ["a", "typed", "typed", "c"]
    assert [goal["id"] for goal in document["goals"]] == ["G-01", "G-2", "G-04", "G-03"]


def test_rows_inside_new_rows_can_be_added() -> None:
    state = act(ENVIRONMENT, None, {}, "add:/upstream_components").state
    state = act(ENVIRONMENT, None, state, "add:/upstream_components/0/output_spec").state
    state |= {"/upstream_components/0/output_spec/1/item_name": "x"}
    document = read_form(ENVIRONMENT, None, state).document
    assert [each["item_name"] for each in document["upstream_components"][0]["output_spec"]] == ["x"]


def test_an_offered_value_is_taken() -> None:
    assert act(CONTEXT, SAVED, {}, "use:/task=a=b").state == {"/task": "a=b"}


@pytest.mark.parametrize(
    "action", ["", "fly:/goals/1", "add:/task", "add:/nothing", "add:x", "drop:/goals/1/2", "add:/goals/7/x"]
)
def test_a_button_the_form_does_not_have_is_refused(action: str) -> None:
    with pytest.raises(UnknownAction):
        act(CONTEXT, SAVED, {}, action)


@pytest.mark.parametrize("saved", [None, {}, {"goals": None}])
def test_a_list_that_is_not_there_can_be_added_to(saved: Any) -> None:
    assert act(CONTEXT, saved, {}, "add:/goals").state == {"/goals": "0+,1+"}


def test_a_list_of_another_type_is_edited_as_json_only() -> None:
    with pytest.raises(UnknownAction):
        act(CONTEXT, {"goals": "many"}, {}, "add:/goals")
