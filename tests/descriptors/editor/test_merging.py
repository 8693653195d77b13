"""Two people edit one document: whatever only one of them changed is kept, the rest is for a person to decide."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from descriptors import catalogue
from descriptors.editor.merging import merge
from descriptors.editor.values import ABSENT
from tests.descriptors.editor.documents import documents

WAS = {
    "version": "1.2",
    "task": "Predict",
    "usage_context": "Ward",
    "goals": [{"id": "G-01", "goal": "a"}, {"id": "G-02", "goal": "b"}, {"id": "G-03", "goal": "c"}],
    "risks": {"risk_fp": "x", "risk_fn": "y"},
}


def changed(**over: Any) -> dict[str, Any]:
    return json.loads(json.dumps(WAS)) | over


def goals(*ids: str, **texts: str) -> list[dict[str, str]]:
    known = {row["id"][-1]: row["goal"] for row in WAS["goals"]}  # type: ignore[index]
    return [{"id": f"G-0{each}", "goal": texts.get(f"g{each}", known.get(each, ""))} for each in ids]


def merged(mine: Any, theirs: Any, **choices: str) -> Any:
    return merge("system_context", WAS, mine, theirs, choices)


def test_changes_in_different_fields_are_both_kept() -> None:
    found = merged(changed(task="mine"), changed(usage_context="theirs"))
    assert (found.document["task"], found.document["usage_context"]) == ("mine", "theirs")
    assert [(each.label, each.by, each.choice) for each in found.differences] == [
        ("Task", "mine", "mine"),
        ("Usage context", "theirs", "theirs"),
    ]
    assert not found.undecided


def test_a_field_that_both_changed_has_to_be_decided() -> None:
    found = merged(changed(task="mine"), changed(task="theirs"))
    [difference] = found.undecided
    assert (difference.was, difference.mine, difference.theirs) == ("Predict", "mine", "theirs")
    assert merged(changed(task="mine"), changed(task="theirs"), d0="theirs").document["task"] == "theirs"
    assert merged(changed(task="mine"), changed(task="theirs"), d0="mine").document["task"] == "mine"


def test_a_change_can_be_given_up() -> None:
    assert merged(changed(task="mine"), changed(usage_context="t"), d0="theirs").document["task"] == "Predict"


def test_the_same_change_on_both_sides_is_no_difference() -> None:
    assert merged(changed(task="same"), changed(task="same")).differences == ()


def test_rows_are_paired_by_name_wherever_they_stand() -> None:
    found = merged(
        changed(goals=goals("1", "2", "3", g3="mine")), changed(goals=goals("3", "1", "2", g1="theirs"))
    )
    assert found.document["goals"] == goals("3", "1", "2", g1="theirs", g3="mine")
    assert not found.undecided


def test_rows_added_on_both_sides_are_all_kept() -> None:
    found = merged(changed(goals=goals("1", "4", "2", "3")), changed(goals=goals("1", "2", "3", "5")))
    assert [row["id"] for row in found.document["goals"]] == ["G-01", "G-04", "G-02", "G-03", "G-05"]


def test_a_row_deleted_on_one_side_goes() -> None:
    assert merged(changed(goals=goals("1", "3")), changed()).document["goals"] == goals("1", "3")
    assert merged(changed(), changed(goals=goals("1", "3"))).document["goals"] == goals("1", "3")


def test_a_row_deleted_here_and_changed_there_has_to_be_decided() -> None:
    found = merged(changed(goals=goals("1", "3")), changed(goals=goals("1", "2", "3", g2="theirs")))
    [difference] = found.undecided
    assert difference.mine is ABSENT
    kept = merged(
        changed(goals=goals("1", "3")), changed(goals=goals("1", "2", "3", g2="theirs")), d0="theirs"
    )
    assert kept.document["goals"] == goals("1", "2", "3", g2="theirs")


def test_my_order_is_kept_if_only_i_moved_rows() -> None:
    found = merged(changed(goals=goals("2", "1", "3")), changed(goals=goals("1", "2", "3", "4", g1="theirs")))
    assert [row["id"][-1] for row in found.document["goals"]] == ["2", "1", "3", "4"]
    assert [(each.label, each.by) for each in found.differences if "order" in each.label] == [
        ("Goals: order of rows", "mine")
    ]


def test_two_orders_have_to_be_decided() -> None:
    mine, theirs = changed(goals=goals("2", "1", "3")), changed(goals=goals("3", "2", "1"))
    assert [each.label for each in merged(mine, theirs).undecided] == ["Goals: order of rows"]
    assert merged(mine, theirs, d0="theirs").document == theirs


def test_a_document_cleared_by_somebody_else_has_to_be_decided() -> None:
    found = merge("system_context", WAS, changed(task="mine"), None, {})
    assert [each.label for each in found.undecided] == ["Whole document"]
    assert merge("system_context", WAS, changed(task="m"), None, {"d0": "theirs"}).document is ABSENT


states = documents(catalogue.schema("system_context"), faulty=True).filter(
    lambda body: isinstance(body, dict)
)


@settings(max_examples=60, deadline=None)
@given(was=states, mine=states, theirs=states)
def test_taking_one_side_everywhere_gives_that_side(was: Any, mine: Any, theirs: Any) -> None:
    for side, wanted in (("mine", mine), ("theirs", theirs)):
        choices = {f"d{number}": side for number in range(2_000)}
        found = merge("system_context", was, mine, theirs, choices).document
        assert sorted_keys(found) == sorted_keys(wanted)


@settings(max_examples=60, deadline=None)
@given(was=states, now=states)
def test_what_only_one_side_changed_needs_no_decision(was: Any, now: Any) -> None:
    for found in (merge("system_context", was, now, was, {}), merge("system_context", was, was, now, {})):
        assert not found.undecided
        assert sorted_keys(found.document) == sorted_keys(now)


def sorted_keys(body: Any) -> str:
    return json.dumps(body, sort_keys=True)
