"""The [[required]] tables: order, and that a table that means nothing is refused with what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS
from descriptors.guides import GuideError
from mismatch.required.checks import QuickLook, checks, planned
from tests.mismatch.complete import complete

TABLE = {"code": "SC-50", "at": "task", "why": "It matters."}


def test_one_table_is_all_it_takes_to_ask_for_one_more_field() -> None:
    [check] = planned(
        "system_context", [{"code": "SC-09", "at": "goals[].metric", "why": "Goals are measured by it."}]
    )

    assert check.search(complete("system_context")) == [("goals", 0, "metric")]
    assert check.search(complete("system_context", {"/goals/0/metric": "Cellars"})) == ()
    assert (check.slug, check.severity, check.applies) == ("sc-09", "minor", None)


def test_one_quick_look_leaves_only_what_may_be_blank_or_is_conditional() -> None:
    tables: list[dict[str, Any]] = [
        {**TABLE, "code": "SC-51"},
        {**TABLE, "code": "SC-52", "when": {"at": "usage_context", "is": "Ward"}},
        {**TABLE, "code": "SC-53", "at": "goals[].goal"},
        {**TABLE, "code": "SC-54", "at": "goals[].id", "when": {"at": "goals[].goal", "is": "Speed"}},
    ]
    look = QuickLook(planned("system_context", tables))

    assert look(complete("system_context")) == [1, 3]
    assert look(complete("system_context", {"/task": " "})) == [0, 1, 3]
    assert look(complete("system_context", {"/goals/0/goal": ""})) == [1, 2, 3]


def test_a_parent_comes_directly_before_all_that_it_covers() -> None:
    tables: list[dict[str, Any]] = [
        {**TABLE, "code": "SC-51"},
        {**TABLE, "code": "SC-52"},
        {**TABLE, "code": "SC-53", "parent": "SC-51"},
        {**TABLE, "code": "SC-54", "parent": "SC-53"},
        {**TABLE, "code": "SC-55", "parent": "SC-51"},
    ]

    plan = planned("system_context", tables)

    assert [(check.code, check.end) for check in plan] == [
        ("SC-51", 4),
        ("SC-53", 3),
        ("SC-54", 3),
        ("SC-55", 4),
        ("SC-52", 5),
    ]


def test_the_plan_of_a_descriptor_is_made_once() -> None:
    assert checks("raw_data") is checks("raw_data")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"whose": "mine"}, "SC-50 has unknown keys whose (known: at, code, columns"),
        ({"code": "TM-50"}, "TM-50 has to begin with SC-"),
        ({"severity": "bad"}, "SC-50 has the severity “bad” (known: critical, major, minor, info)"),
        ({"rows": "goals"}, "SC-50 needs either “at” or both “rows” and “columns”"),
        ({"at": [], "rows": "goals"}, "SC-50 needs either “at” or both “rows” and “columns”"),
        ({"at": "task:colour"}, "SC-50 asks for the test “colour” (known: text, number, list, limits)"),
        ({"at": ["goals[].id", "task"]}, "SC-50 names fields of different lists"),
        ({"when": {"at": "task"}}, "SC-50 needs a “when” with “at”"),
        (
            {"when": {"at": "goals[].id", "is": "G"}},
            "SC-50 needs a “when” with “at”, in the same list or in none",
        ),
        ({"parent": "SC-49"}, "SC-50 has the parent SC-49, which is not above it"),
    ],
)
def test_a_table_that_means_nothing_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(GuideError) as refused:
        planned("system_context", [{**TABLE, **change}])

    assert f"system_context.toml: {complaint}" in str(refused.value)


def test_a_code_stands_for_one_field() -> None:
    with pytest.raises(GuideError, match="SC-50 is declared twice"):
        planned("system_context", [TABLE, TABLE])


@pytest.mark.parametrize("key", ["code", "why"])
def test_what_every_table_needs_is_asked_for(key: str) -> None:
    with pytest.raises(GuideError, match=f"lacks '{key}'"):
        planned("system_context", [{name: value for name, value in TABLE.items() if name != key}])


def test_every_check_says_why_in_one_sentence_of_its_own() -> None:
    reasons = [check.why for name in DESCRIPTORS for check in checks(name)]

    assert len(set(reasons)) == len(reasons)
    for why in reasons:
        assert why[0].isupper() or not why[0].isalpha(), why
        assert why.endswith("."), why
