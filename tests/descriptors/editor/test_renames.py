"""A new name is offered to everything that refers to the old one; a name that goes says who still uses it."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from descriptors.editor.plan import plan_for
from descriptors.editor.posted import read_form
from descriptors.editor.renames import carried, merged_renames, renames
from tec.pointers import resolve
from tests.descriptors.editor.forms import EXAMPLES, example

PROJECT = {
    path.stem: example("consumer-loan-default", path.stem)
    for path in (EXAMPLES / "consumer-loan-default").glob("*_*.json")
}
ENVIRONMENT = {
    "downstream_components": [
        {"component_name": "A", "input_spec": [{"item_name": "x"}, {"item_name": "y"}]},
        {"component_name": "B", "input_spec": [{"item_name": "x"}]},
    ]
}
MODEL = {
    "output_spec": [
        {"component_mapping": {"component": "A", "data_item": "x"}},
        {"component_mapping": {"component": "B", "data_item": "x"}},
    ],
    "final_output_spec": [{"component_mapping": {"component": "A", "data_item": "y"}}],
}


def found(
    descriptor: str, saved: Any, documents: Any, **state: str
) -> tuple[list[Any], list[Any], dict[str, Any]]:
    texts = {"/" + name.replace("__", "/"): text for name, text in state.items()}
    reading = read_form(plan_for(descriptor), saved, texts)
    changed, gone = renames(descriptor, saved, reading, documents)
    return changed, gone, {**documents, descriptor: reading.document}


def test_what_many_new_names_take_grows_in_step_with_them() -> None:
    few, many = (min(seconds(size) for _ in range(2)) for size in (100, 1_000))

    assert many < 40 * few  # ten times as many; each name beside each use would be 100


def seconds(size: int) -> float:
    """How long it takes to find that many new names with their uses, to carry them along, and after a merge."""
    numbers = range(size)
    saved = {"version": "1.2", "schema": [{"field_name": f"field {number}"} for number in numbers]}
    used = {"schema": [{"mapping_production_data": f"field {number}"} for number in numbers]}
    texts = {f"/schema/{number}/field_name": f"new {number}" for number in numbers}
    reading = read_form(plan_for("production_data"), saved, texts)
    documents = {"training_data": used}
    start = process_time()
    changed, _ = renames("production_data", saved, reading, documents)
    merged = merged_renames("production_data", saved, reading, reading.document, documents)
    follower = carried(documents, changed)["training_data"]
    took = process_time() - start
    assert merged == changed
    assert follower["schema"][-1] == {"mapping_production_data": f"new {size - 1}"}
    return took


@pytest.mark.parametrize(
    ("descriptor", "path"),
    [
        ("system_context", "goals/0/id"),
        ("development_environment", "downstream_components/0/component_name"),
        ("development_environment", "downstream_components/0/input_spec/0/item_name"),
        ("development_environment", "upstream_components/0/component_name"),
        ("development_environment", "upstream_components/0/output_spec/0/item_name"),
        ("trained_model", "algorithm_metrics/0/metric"),
        ("trained_model", "business_metrics/0/metric"),
        ("trained_model", "user_system_feedback/0/short_name"),
        ("trained_model", "log_data/0/log"),
        ("production_data", "schema/0/field_name"),
        ("production_data", "distribution/0/label"),
        ("training_data", "schema/0/field_name"),
        ("data_pipeline", "pipeline_identifier"),
        ("training_data", "dataset_identifier"),
        ("raw_data", "dataset_identifier"),
    ],
)
def test_every_kind_of_name_is_followed(descriptor: str, path: str) -> None:
    changed, gone, documents = found(
        descriptor, PROJECT[descriptor], PROJECT, **{path.replace("/", "__"): "Other name"}
    )
    assert [(each.name, each.new) for each in changed] == [(f"/{path}", "Other name")]
    assert gone == []
    after = documents | carried(documents, changed)
    assert changed[0].uses
    assert {resolve(after[use.descriptor], use.pointer) for use in changed[0].uses} == {"Other name"}


def test_an_item_is_followed_only_where_its_component_is_meant() -> None:
    [rename], _, documents = found(
        "development_environment",
        ENVIRONMENT,
        {"trained_model": MODEL},
        downstream_components__0__input_spec__0__item_name="z",
    )
    assert [use.pointer for use in rename.uses] == ["/output_spec/0/component_mapping/data_item"]
    model = carried(documents, [rename])["trained_model"]
    assert model["output_spec"][0]["component_mapping"] == {"component": "A", "data_item": "z"}
    assert model["output_spec"][1] == MODEL["output_spec"][1]
    assert MODEL["output_spec"][0]["component_mapping"]["data_item"] == "x", (
        "the document itself is untouched"
    )


def test_a_component_and_its_item_can_be_renamed_together() -> None:
    changed, _, documents = found(
        "development_environment",
        ENVIRONMENT,
        {"trained_model": MODEL},
        downstream_components__0__component_name="C",
        downstream_components__0__input_spec__0__item_name="z",
    )
    model = carried(documents, changed)["trained_model"]
    assert model["output_spec"][0]["component_mapping"] == {"component": "C", "data_item": "z"}
    assert model["final_output_spec"][0]["component_mapping"] == {"component": "C", "data_item": "y"}


def test_moving_a_row_is_no_rename() -> None:
    assert found(
        "development_environment", ENVIRONMENT, {"trained_model": MODEL}, downstream_components="1,0"
    )[:2] == ([], [])


def test_a_deleted_row_says_who_uses_it() -> None:
    changed, gone, _ = found(
        "development_environment", ENVIRONMENT, {"trained_model": MODEL}, downstream_components="1"
    )
    assert changed == []
    assert [(each.old, [use.pointer for use in each.uses]) for each in gone] == [
        (
            "A",
            [
                "/output_spec/0/component_mapping/component",
                "/final_output_spec/0/component_mapping/component",
            ],
        ),
        ("x", ["/output_spec/0/component_mapping/data_item"]),
        ("y", ["/final_output_spec/0/component_mapping/data_item"]),
    ]


def test_a_name_that_another_row_still_has_is_not_gone() -> None:
    saved = {"goals": [{"id": "G-01"}, {"id": "G-01"}]}
    model = {"algorithm_metrics": [{"goal_mapping": "G-01"}]}
    assert found("system_context", saved, {"trained_model": model}, goals="1")[:2] == ([], [])


def test_names_nobody_uses_are_free() -> None:
    assert found("system_context", {"goals": [{"id": "G-01"}]}, {}, goals__0__id="G-02")[:2] == ([], [])


def test_a_field_renamed_in_a_document_is_followed_in_the_same_document() -> None:
    saved = {"schema": [{"field_name": "age"}], "statistics": [{"field": "age"}, {"field": "income"}]}
    [rename], _, documents = found("production_data", saved, {}, schema__0__field_name="years")
    assert carried(documents, [rename])["production_data"]["statistics"] == [
        {"field": "years"},
        {"field": "income"},
    ]


@pytest.mark.parametrize("broken", [None, [], "x", {"output_spec": "x"}, {"output_spec": [None, 3]}])
def test_a_broken_document_refers_to_nothing(broken: Any) -> None:
    assert found("development_environment", ENVIRONMENT, {"trained_model": broken}, downstream_components="")[
        :2
    ] == ([], [])
