"""Goals with one id, names that stand twice."""

from __future__ import annotations

from typing import Any

from mismatch.engine import check
from tests.mismatch.rules.documents import component, environment, model, pipeline
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def goals(*rows: tuple[Any, Any]) -> Documents:
    return {"system_context": {"version": "1.2", "goals": [{"id": id, "goal": goal} for id, goal in rows]}}


WATER, POWER = ("G-01", "Save water"), ("G-02", "Save power")
IDS = "system_context/goals/1/id system_context/goals/0/id"

test_goals_silent = silent(
    "goal-id-repeated",
    {
        "each has its own": ("pass", goals(WATER, POWER)),
        "near miss: ids that differ in a digit": ("pass", goals(("G-1", "a"), ("G-11", "b"))),
        "near miss: points part digits": ("pass", goals(("1.1", "a"), ("11", "b"))),
        "near miss: the default row of the form has the id too": ("pass", goals(WATER, ("G-01", ""))),
        "goals without ids": ("cannot-tell", goals(("", "Save water"), ("", "Save power"))),
        "no goals": ("cannot-tell", goals()),
        "no system context": ("cannot-tell", {}),
    },
)

test_goals_firing = firing(
    "goal-id-repeated",
    {
        "two goals of one id": ([f"major {IDS}"], goals(WATER, ("G-01", "Save power"))),
        "a space does not make it another id": ([f"major {IDS}"], goals(WATER, (" G-01 ", "Save power"))),
        "one goal twice": ([f"minor {IDS}"], goals(WATER, WATER)),
        "ids that differ in spelling": ([f"minor {IDS}"], goals(WATER, ("g 01", "Save power"))),
        "three goals of one id": (
            [f"major {IDS}", "major system_context/goals/2/id system_context/goals/0/id"],
            goals(WATER, ("G-01", "Save power"), ("G-01", "Save time")),
        ),
    },
)


GOALS = "system_context/goals/1/goal system_context/goals/0/goal"

test_goal_once = silent(
    "goal-repeated",
    {
        "two goals": ("pass", goals(WATER, POWER)),
        "near miss: one word more": ("pass", goals(WATER, ("G-02", "Save hot water"))),
        "near miss: the same id": ("pass", goals(WATER, WATER)),
        "near miss: blank rows of the form": ("pass", goals(WATER, ("G-02", ""), ("G-03", ""))),
        "no goals": ("cannot-tell", goals()),
        "no system context": ("cannot-tell", {}),
    },
)

test_goal_twice = firing(
    "goal-repeated",
    {
        "under two ids": ([f"minor {GOALS}"], goals(WATER, ("G-02", "Save water"))),
        "in another spelling": ([f"minor {GOALS}"], goals(WATER, ("G-02", "save water."))),
    },
)


def rows(descriptor: str, name: str, field: str, *names: Any, **more: Any) -> Documents:
    """A list whose rows differ in nothing but the name and their number."""
    return {
        descriptor: {
            "version": "1.2",
            name: [{field: each, "remark": number} | more for number, each in enumerate(names)],
        }
    }


def metric(name: str, goal: str, operator: str = "less than") -> dict[str, Any]:
    return {"metric": name, "goal_mapping": goal, "operator": operator, "threshold": 1}


test_names_silent = silent(
    "name-repeated",
    {
        "all differ": ("pass", rows("raw_data", "schema", "field_name", "a", "b")),
        "near miss: numbered names": (
            "pass",
            rows("raw_data", "schema", "field_name", "x_1_2", "x_12", "x1"),
        ),
        "near miss: C, C++ and C#": (
            "pass",
            rows("training_data", "distribution", "label", "C", "C++", "C#"),
        ),
        "near miss: labels that differ in a sign": (
            "pass",
            rows("training_data", "distribution", "label", "<=50K", ">50K", "A+", "A-", "A", "-1", "1"),
        ),
        "near miss: blank rows": ("pass", rows("raw_data", "schema", "field_name", "a", "", " ", None)),
        "near miss: one name in two lists": (
            "pass",
            rows("raw_data", "schema", "field_name", "a")
            | rows("training_data", "schema", "field_name", "a"),
        ),
        "near miss: one metric for two goals, and with an alarm at either end": (
            "pass",
            {
                "trained_model": {
                    "output_spec": [{"item_name": "x"}],
                    "algorithm_metrics": [
                        metric("Recall", "G-01"),
                        metric("Recall", "G-02"),
                        metric("Recall", "G-01", "greater than"),
                    ],
                }
            },
        ),
        "near miss: one item of two components": (
            "pass",
            environment(down={"A": {"x": "Float"}, "B": {"x": "Float"}}),
        ),
        "no names": ("cannot-tell", rows("raw_data", "schema", "field_name", "", "")),
        "no descriptors": ("not-applicable", {}),
    },
)

TWICE = "{0}/1/{1} {0}/0/{1}"

test_names_firing = firing(
    "name-repeated",
    {
        "fields": (
            ["major " + TWICE.format("production_data/schema", "field_name")],
            rows("production_data", "schema", "field_name", "temp", "temp"),
        ),
        "inputs": (
            ["major " + TWICE.format("data_pipeline/input_spec", "item_name")],
            pipeline(("x", "Float", "A", "a"), ("x", "Float", "B", "b")),
        ),
        "outputs": (
            ["major " + TWICE.format("trained_model/output_spec", "item_name")],
            model(("x", "Float", "A", "a"), ("x ", "Float", "B", "b")),
        ),
        "components": (
            ["major " + TWICE.format("development_environment/upstream_components", "component_name")],
            {
                "development_environment": {
                    "upstream_components": [
                        component("A", "output_spec", {"x": "Float"}),
                        component("A", "output_spec", {"y": "Float"}),
                    ]
                }
            },
        ),
        "items of one component": (
            [
                "major "
                + TWICE.format("development_environment/downstream_components/0/input_spec", "item_name")
            ],
            {
                "development_environment": {
                    "downstream_components": [
                        {
                            "component_name": "A",
                            "input_spec": [
                                {"item_name": "x", "item_type": "Float"},
                                {"item_name": "x", "item_type": "String"},
                            ],
                        }
                    ]
                }
            },
        ),
        "labels": (
            ["minor " + TWICE.format("production_data/distribution", "label")],
            rows("production_data", "distribution", "label", "a", "a"),
        ),
        "logs": (
            ["minor " + TWICE.format("trained_model/log_data", "log")],
            rows("trained_model", "log_data", "log", "a", "a"),
        ),
        "metrics with one goal and operator": (
            ["minor " + TWICE.format("trained_model/business_metrics", "metric")],
            {
                "trained_model": {
                    "output_spec": [{"item_name": "x"}],
                    "business_metrics": [metric("Cost", "G-01"), metric("Cost", "G-01") | {"threshold": 2}],
                }
            },
        ),
        "fields that differ in case": (
            ["minor " + TWICE.format("raw_data/schema", "field_name")],
            rows("raw_data", "schema", "field_name", "Temp", "temp"),
        ),
        "labels that differ in spacing": (
            ["info " + TWICE.format("raw_data/labels_distribution", "label")],
            rows("raw_data", "labels_distribution", "label", "cold shut", "cold-shut"),
        ),
        "a row that is there twice as it stands": (
            ["minor " + TWICE.format("raw_data/schema", "field_name")],
            {"raw_data": {"schema": [{"field_name": "a", "field_type": "int"}] * 2}},
        ),
    },
)


def test_the_message_shows_both_spellings():
    assert messages("name-repeated", rows("raw_data", "schema", "field_name", "Temp", "temp")) == [
        "The fields “Temp” and “temp” differ in spelling only."
    ]


def test_the_same_repeat_in_two_components_is_two_findings_for_ever():
    twice = [{"item_name": "x", "remark": 1}, {"item_name": "x", "remark": 2}]
    parts = [{"component_name": name, "input_spec": twice} for name in ("A", "B")]

    def prints(components: list[dict[str, Any]]) -> set[str]:
        documents = {"development_environment": {"downstream_components": components}}
        return {finding.fingerprint for finding in check(documents, rules=["X107"]).findings}

    assert len(prints(parts)) == 2
    assert prints(parts) == prints(parts[::-1])
