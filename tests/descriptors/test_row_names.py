"""The words of a row that it is called by."""

from __future__ import annotations

import pytest

from descriptors.editor.gist import part_gist, row_gist, title_of
from descriptors.editor.plan import Plan, plan_for
from descriptors.row_names import texts_of


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ({}, {}),
        ({"a": 1, "b": None, "c": ["x"], "d": " \n", "e": "f"}, {"e": "f"}),
        ({"metric": "Other", "other_metric": "Gini"}, {"metric": "Gini"}),
        ({"data_source": " Other ", "other_source": "Leased line"}, {"data_source": "Leased line"}),
        ({"other_problem": "Ranking", "ml_problem": "Other"}, {"ml_problem": "Ranking"}),
        ({"metric": "Other", "other_metric": " "}, {"metric": "Other"}),
        ({"metric": "Other", "other_metric": None}, {"metric": "Other"}),
        (
            {"metric": "Recall", "other_metric": "left over"},
            {"metric": "Recall", "other_metric": "left over"},
        ),
        ({"metric": "another", "other_metric": "Gini"}, {"metric": "another", "other_metric": "Gini"}),
        ({"item_type": "Other", "other_value": "x"}, {"item_type": "Other", "other_value": "x"}),
    ],
)
def test_other_stands_for_what_the_field_beside_it_says(row, texts):
    assert texts_of(row) == texts


def top(descriptor: str, key: str) -> Plan:
    """The plan of a top-level field."""
    return plan_for(descriptor).root.by_key[key]


COMPONENT = {
    "learning_algorithm": {"algorithm": "Other", "other_algorithm": "Kernel ridge regression"},
    "hyper_parameters": [],
    "programming_languages": ["Python"],
}


def test_a_component_of_another_algorithm_is_called_by_that():
    components = top("trained_model", "model_components")
    assert components.item is not None

    assert title_of(components.item, COMPONENT) == "Kernel ridge regression"
    assert row_gist(components.item, COMPONENT) == "Programming languages: 1"
    assert part_gist([components], {"model_components": [COMPONENT, COMPONENT]}) == ", ".join(
        ["Kernel ridge regression"] * 2
    )


def test_a_component_of_another_algorithm_that_nobody_named_stays_other():
    components = top("trained_model", "model_components")
    assert components.item is not None
    unnamed = COMPONENT | {"learning_algorithm": {"algorithm": "Other", "other_algorithm": ""}}

    assert title_of(components.item, unnamed) == "Other"


def test_a_part_says_which_other_problem_it_is_about():
    plan = top("system_context", "ml_problem_type")

    assert (
        part_gist([plan], {"ml_problem_type": {"ml_problem": "Other", "other_problem": "Ranking"}})
        == "Ranking"
    )
