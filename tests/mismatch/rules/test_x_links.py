"""Metrics of unknown goals, mappings and statistics that lead nowhere."""

from __future__ import annotations

from typing import Any

from mismatch.engine import check
from tests.mismatch.rules.documents import environment, model, pipeline
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def goals(*ids: Any, text: str = "Save water") -> Documents:
    rows = [{"id": id, "goal": f"{text} {number}".removesuffix(" 0")} for number, id in enumerate(ids)]
    return {"system_context": {"version": "1.2", "goals": rows}}


def metrics(*mappings: Any, business: tuple[Any, ...] = ()) -> Documents:
    return {
        "trained_model": {
            "version": "1.2",
            "algorithm_metrics": [{"metric": "Recall", "goal_mapping": each} for each in mappings],
            "business_metrics": [{"metric": "Cost", "goal_mapping": each} for each in business],
        }
    }


def training(*fields: tuple[Any, Any], **lists: Any) -> Documents:
    """Training Data whose fields (name, production field) are mapped so; a third entry makes it a label."""
    rows = [{"field_name": name, "mapping_production_data": target} for name, target in fields]
    return {"training_data": {"version": "1.2", "schema": rows} | lists}


def production(*fields: Any, **lists: Any) -> Documents:
    rows = [{"field_name": name} for name in fields]
    return {"production_data": {"version": "1.2", "schema": rows} | lists}


def statistic(field: Any, kind: str = "Mean") -> dict[str, Any]:
    return {"property": kind, "field": field, "value": "5"}


METRIC = "trained_model/algorithm_metrics/0/goal_mapping"

test_metric_of_unknown_goal_silent = silent(
    "metric-of-unknown-goal",
    {
        "the goal is there": ("pass", goals("G-01") | metrics("G-01")),
        "near miss: only case and hyphen differ": ("pass", goals("G-01") | metrics("g01")),
        "near miss: an id written as a number": ("pass", goals(1) | metrics("1")),
        "near miss: two goals in one field": ("pass", goals("G-01", "G-02") | metrics("G-01, G-02")),
        "near miss: two goals, joined by a word": ("pass", goals("G-01", "G-02") | metrics("G-01 and g-02")),
        "no mapping at all": ("pass", goals("G-01") | metrics("", " ")),
        "no goal has an id": ("cannot-tell", goals("", None) | metrics("G-01")),
        "no goals and no mappings": ("not-applicable", goals() | metrics()),
        "no system context": ("cannot-tell", metrics("G-01")),
        "no trained model": ("cannot-tell", goals("G-01")),
    },
)

test_metric_of_unknown_goal_firing = firing(
    "metric-of-unknown-goal",
    {
        "an algorithm metric": ([f"major {METRIC} system_context/goals"], goals("G-01") | metrics("G-07")),
        "a business metric": (
            ["major trained_model/business_metrics/0/goal_mapping system_context/goals"],
            goals("G-01") | metrics("G-01", business=("G-2",)),
        ),
        "another digit is another goal": (
            [f"major {METRIC} system_context/goals"],
            goals("G-01", "G-02") | metrics("G-03"),
        ),
        "one of two goals in a field is unknown": (
            [f"major {METRIC} system_context/goals"],
            goals("G-01", "G-02") | metrics("G-01, G-03"),
        ),
        "the text of the goal in place of its id": (
            [f"minor {METRIC} system_context/goals/0/id"],
            goals("G-01") | metrics("Save Water"),
        ),
    },
)


def test_the_message_names_the_metric_and_the_goals_there_are():
    assert messages("metric-of-unknown-goal", goals("G-01", "G-02") | metrics("G-07")) == [
        "The metric “Recall” is mapped to the goal “G-07”, which is not among the goals “G-01” and “G-02”."
    ]


DOWN = environment(down={"Board": {"level": "Integer"}, "Log": {"line": "String"}})
UP = environment(up={"Monitor": {"hr": "Integer"}})
OUT = "trained_model/output_spec/0/component_mapping"
IN = "data_pipeline/input_spec/0/component_mapping"
THERE = "development_environment/downstream_components"

test_interface_mapping_silent = silent(
    "interface-mapping-dangling",
    {
        "component and item are there": ("pass", model(("x", "Integer", "Board", "level")) | DOWN),
        "near miss: the component differs in case": (
            "pass",
            model(("x", "Integer", "board", "level")) | DOWN,
        ),
        "near miss: the item differs in case and signs": (
            "pass",
            pipeline(("x", "Integer", "Monitor", " H_R")) | UP,
        ),
        "near miss: two items in one field": (
            "pass",
            model(("x", "Integer", "Board", "level, ranking"))
            | environment(down={"Board": {"level": "Integer", "ranking": "Integer"}}),
        ),
        "near miss: raw outputs do not count after post-processing": (
            "pass",
            model(("x", "Integer", "Gone", "level"), final=(("y", "Integer", "Board", "level"),)) | DOWN,
        ),
        "a blank mapping is for other rules": ("pass", model(("x", "Integer", "", "")) | DOWN),
        "a component without its item": ("pass", model(("x", "Integer", "Board", "")) | DOWN),
        "no components to compare with": (
            "cannot-tell",
            model(("x", "Integer", "Board", "level")) | environment(),
        ),
        "a component without items": (
            "cannot-tell",
            model(("x", "Integer", "Board", "level")) | environment(down={"Board": {}}),
        ),
        "nothing is mapped": ("not-applicable", environment()),
        "no environment": ("cannot-tell", model(("x", "Integer", "Board", "level"))),
    },
)

test_interface_mapping_firing = firing(
    "interface-mapping-dangling",
    {
        "an unknown component": (
            [f"critical {OUT}/component {THERE}"],
            model(("x", "Integer", "Screen", "level")) | DOWN,
        ),
        "an unknown item": (
            [f"critical {OUT}/data_item {THERE}/0/input_spec"],
            model(("x", "Integer", "Board", "rank")) | DOWN,
        ),
        "the item belongs to another component": (
            [f"critical {OUT}/data_item {THERE}/0/input_spec"],
            model(("x", "Integer", "Board", "line")) | DOWN,
        ),
        "an input": (
            [f"critical {IN}/data_item development_environment/upstream_components/0/output_spec"],
            pipeline(("x", "Integer", "Monitor", "pulse")) | UP,
        ),
        "an input from a component that is downstream": (
            [f"critical {IN}/component development_environment/upstream_components"],
            pipeline(("x", "Integer", "Board", "level")) | UP,
        ),
        "a final output": (
            [f"critical {OUT.replace('output_spec', 'final_output_spec')}/component {THERE}"],
            model(final=(("y", "Integer", "Gone", "level"),)) | DOWN,
        ),
        "an unknown item of a component that differs in case": (
            [f"critical {OUT}/data_item {THERE}/0/input_spec"],
            model(("x", "Integer", "board", "rank")) | DOWN,
        ),
        "an item without a name": (
            [f"critical {OUT}/component {THERE}"],
            model(("", "Integer", "Screen", "level")) | DOWN,
        ),
    },
)


def test_a_dangling_mapping_is_one_thing_with_the_finding_of_the_original():
    report = check(model(("x", "Integer", "Screen", "level")) | DOWN, rules=["TEC-3B", "X104"])
    worse, explained = report.findings

    assert (worse.code, explained.code) == ("X104", "TEC-3B")
    assert worse.explains == (explained.fingerprint,)
    assert report.counts() == {"critical": 1, "major": 0, "minor": 0, "info": 0}


def test_what_was_not_found_is_not_explained():
    [finding] = check(model(("x", "Integer", "Screen", "level")) | DOWN, rules=["X104"]).findings

    assert finding.explains == ()


PRICE = "training_data/schema/0/mapping_production_data"
LABEL = "training_data/distribution/0/mapping_production_data"


def shares(*pairs: tuple[Any, Any]) -> list[dict[str, Any]]:
    return [{"label": label, "mapping_production_data": target, "percentage": 50} for label, target in pairs]


test_field_mapping_silent = silent(
    "field-mapping-dangling",
    {
        "the field is there": ("pass", training(("p", "price")) | production("price")),
        "near miss: case and signs differ": (
            "pass",
            training(("p", "Unit price")) | production("unit_price"),
        ),
        "near miss: two fields in one": ("pass", training(("p", "x, y")) | production("x", "y")),
        "near miss: a label field": (
            "pass",
            {
                "training_data": {
                    "schema": [{"field_name": "y", "label_field": True, "mapping_production_data": "gone"}]
                }
            }
            | production("price"),
        ),
        "no mapping": ("pass", training(("p", "")) | production("price")),
        "production lists no fields": ("cannot-tell", training(("p", "price")) | production()),
        "production lists no labels": (
            "cannot-tell",
            training(("p", "price"), distribution=shares(("a", "a"))) | production("price"),
        ),
        "nothing is mapped to anything": ("not-applicable", training() | production()),
        "no production data": ("cannot-tell", training(("p", "price"))),
    },
)

test_field_mapping_firing = firing(
    "field-mapping-dangling",
    {
        "an unknown field": (
            [f"major {PRICE} production_data/schema"],
            training(("p", "cost")) | production("price"),
        ),
        "a field that differs by its number": (
            [f"major {PRICE} production_data/schema"],
            training(("p", "sensor1")) | production("sensor2"),
        ),
        "an unknown label": (
            [f"major {LABEL} production_data/distribution"],
            training(("p", "price"), distribution=shares(("a", "b")))
            | production("price", distribution=[{"label": "a"}]),
        ),
        "a label of another sign": (
            [f"major {LABEL} production_data/distribution"],
            training(("p", "price"), distribution=shares(("a", "A+")))
            | production("price", distribution=[{"label": "A-"}]),
        ),
    },
)


def test_a_dangling_field_is_counted_once_as_what_the_original_says():
    report = check(training(("p", "cost")) | production("price"), rules=["TEC-14B", "X105"])

    assert [finding.code for finding in report.findings] == ["TEC-14B", "X105"]
    assert report.counts() == {"critical": 1, "major": 0, "minor": 0, "info": 0}


MEAN = "training_data/statistics/0/field"
LIVE_MEAN = "production_data/statistics/0/field"

test_statistic_silent = silent(
    "statistic-of-unknown-field",
    {
        "the field is there": ("pass", training(("p", ""), statistics=[statistic("p")])),
        "near miss: case differs": ("pass", training(("Price", ""), statistics=[statistic(" price")])),
        "near miss: a correlation of two": (
            "pass",
            training(("x", ""), ("y", ""), statistics=[statistic("x and y")]),
        ),
        "near miss: the production name in Production Data": (
            "pass",
            training(("p", "price")) | production("price", statistics=[statistic("price")]),
        ),
        "a statistic without a field": ("pass", training(("p", ""), statistics=[statistic("")])),
        "no fields at all": ("cannot-tell", training(statistics=[statistic("p")])),
        "no statistics": ("pass", training(("p", ""))),
        "nothing is there": ("not-applicable", {}),
    },
)

test_statistic_firing = firing(
    "statistic-of-unknown-field",
    {
        "in Training Data": (
            [f"minor {MEAN} training_data/schema"],
            training(("p", ""), statistics=[statistic("q")]),
        ),
        "in Production Data": (
            [f"minor {LIVE_MEAN} production_data/schema"],
            production("price", statistics=[statistic("cost")]),
        ),
        "in Production Data, by the training name": (
            [f"minor {LIVE_MEAN} production_data/schema/0/field_name"],
            training(("p", "price")) | production("price", statistics=[statistic("p")]),
        ),
    },
)


def test_a_training_name_in_production_is_translated():
    documents = training(("p", "price")) | production("price", statistics=[statistic("p")])

    assert messages("statistic-of-unknown-field", documents) == [
        "Production Data gives the “Mean” of “p”, which is not among its fields, “price”; the training field of "
        "that name is mapped to “price”."
    ]
