"""Who takes values from whom."""

from __future__ import annotations

import pytest

from descriptors.links import links, uses, values_at


def test_every_choice_that_comes_from_another_descriptor_is_known() -> None:
    known = {(link.descriptor, link.path, link.source, link.source_path) for link in links()}

    assert {
        ("trained_model", "algorithm_metrics[].goal_mapping", "system_context", "goals[].id"),
        ("trained_model", "data_pipeline_identifier", "data_pipeline", "pipeline_identifier"),
        ("training_data", "raw_data_identifier", "raw_data", "dataset_identifier"),
        ("training_data", "schema[].mapping_production_data", "production_data", "schema[].field_name"),
        (
            "training_data",
            "distribution[].mapping_production_data",
            "production_data",
            "distribution[].label",
        ),
        ("production_environment", "model_logs[].log", "trained_model", "log_data[].log"),
        (
            "production_environment",
            "user_system_feedback[].feedback",
            "trained_model",
            "user_system_feedback[].short_name",
        ),
    } <= known


def test_links_inside_one_document_are_links_too() -> None:
    assert ("statistics[].field", "schema[].field_name") in {
        (link.path, link.source_path) for link in links() if link.descriptor == link.source == "training_data"
    }


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ({"goals": [{"id": "a"}, {"id": "b"}]}, "goals[].id", [("/goals/0/id", "a"), ("/goals/1/id", "b")]),
        ({"a": {"b": 1}}, "a.b", [("/a/b", 1)]),
        ({"l": ["x"]}, "l[]", [("/l/0", "x")]),
        ({"goals": {"id": "a"}}, "goals[].id", []),
        ({"goals": [None, 3, {"id": "a"}]}, "goals[].id", [("/goals/2/id", "a")]),
        (None, "goals[].id", []),
        ({}, "goals[].id", []),
    ],
)
def test_values_are_found_with_their_place(
    body: object, path: str, expected: list[tuple[str, object]]
) -> None:
    assert list(values_at(body, path)) == expected


def test_a_used_goal_is_found_where_it_is_used() -> None:
    documents = {
        "system_context": {"goals": [{"id": "G-01"}]},
        "trained_model": {"business_metrics": [{"goal_mapping": ""}, {"goal_mapping": "G-01"}]},
    }

    assert [(use.descriptor, use.pointer) for use in uses(documents, "system_context")] == [
        ("trained_model", "/business_metrics/1/goal_mapping")
    ]


def test_a_value_that_exists_nowhere_is_not_in_use() -> None:
    documents = {
        "system_context": {"goals": [{"id": "G-01"}]},
        "trained_model": {"business_metrics": [{"goal_mapping": "G-77"}]},
    }

    assert uses(documents, "system_context") == []


def test_nobody_uses_an_absent_document() -> None:
    assert (
        uses(
            {"system_context": None, "trained_model": {"business_metrics": [{"goal_mapping": ""}]}},
            "system_context",
        )
        == []
    )
