"""Mappings that look exchanged."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.documents import environment, model, pipeline
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def fields(pairs: dict[str, str], *theirs: str) -> Documents:
    """Training fields by the production field they are mapped to; production has these, or *theirs*."""
    ours = [{"field_name": name, "mapping_production_data": target} for name, target in pairs.items()]
    names = theirs or tuple(sorted(pairs.values()))
    return {
        "training_data": {"version": "1.2", "schema": ours},
        "production_data": {"version": "1.2", "schema": [{"field_name": name} for name in names]},
    }


def labels(pairs: dict[str, str]) -> Documents:
    ours = [{"label": name, "mapping_production_data": target} for name, target in pairs.items()]
    theirs: list[dict[str, Any]] = [{"label": name} for name in sorted(pairs.values())]
    return {
        "training_data": {"version": "1.2", "distribution": ours},
        "production_data": {"version": "1.2", "distribution": theirs},
    }


def mapped(descriptor: str, at: str, number: int) -> str:
    tail = "/mapping_production_data" if descriptor == "training_data" else "/component_mapping/data_item"
    return f"{descriptor}/{at}/{number}{tail}"


FIRST, SECOND = mapped("training_data", "schema", 0), mapped("training_data", "schema", 1)

test_silent = silent(
    "mappings-crossed",
    {
        "each to its like": ("pass", fields({"age": "age", "income": "income"})),
        "near miss: names with words in common": ("pass", fields({"temp": "temp_max", "lag": "units_lag_7"})),
        "near miss: names with nothing in common": ("pass", fields({"age": "birth_date", "x": "weight"})),
        "near miss: several fields from one": ("pass", fields({"lag_1": "units", "lag_7": "units"}, "units")),
        "near miss: one name begins with the other": ("pass", fields({"cpu": "cpus", "mem": "memory"})),
        "near miss: the like is taken by another, and the target has none": (
            "pass",
            fields({"temp": "outdoor", "indoor": "temp"}, "temp", "outdoor"),
        ),
        "near miss: mapped past a name that shares a word": (
            "pass",
            fields({"temp": "temp_max"}, "temp", "temp_max"),
        ),
        "near miss: ends that are right": (
            "pass",
            fields({"low": "lower_limit", "high": "upper_limit"}),
        ),
        "near miss: an end whose right one nobody has": ("pass", fields({"temp_min": "temp_max"})),
        "near miss: the ends of other things": (
            "pass",
            fields({"low_pressure": "max_flow", "high_pressure": "min_flow"}),
        ),
        "near miss: both ends in one name": ("pass", fields({"max_minus_min": "min_max", "x": "max_max"})),
        "nothing the mappings lead to": ("cannot-tell", fields({"age": "age"}, "other")),
        "no descriptors": ("not-applicable", {}),
    },
)

test_firing = firing(
    "mappings-crossed",
    {
        "two fields of the same names": (
            [
                f"major {FIRST} production_data/schema/0/field_name",
                f"major {SECOND} production_data/schema/1/field_name",
            ],
            fields({"age": "income", "income": "age"}, "age", "income"),
        ),
        "three fields in a circle": (
            [
                f"major {FIRST} production_data/schema/0/field_name",
                f"major {SECOND} production_data/schema/1/field_name",
                f"major {mapped('training_data', 'schema', 2)} production_data/schema/2/field_name",
            ],
            fields({"age": "income", "income": "weight", "weight": "age"}, "age", "income", "weight"),
        ),
        "two fields by the words of their targets": (
            [
                f"major {FIRST} production_data/schema/0/field_name",
                f"major {SECOND} production_data/schema/1/field_name",
            ],
            fields({"amount": "loan_term", "term": "loan_amount"}, "loan_amount", "loan_term"),
        ),
        "two labels, one name within the other": (
            [
                f"major {mapped('training_data', 'distribution', 0)} production_data/distribution/0/label",
                f"major {mapped('training_data', 'distribution', 1)} production_data/distribution/1/label",
            ],
            labels({"default": "no default", "no default": "default"}),
        ),
        "inputs of two components": (
            [
                f"major {mapped('data_pipeline', 'input_spec', 0)} "
                "development_environment/upstream_components/0/output_spec/0/item_name",
                f"major {mapped('data_pipeline', 'input_spec', 1)} "
                "development_environment/upstream_components/1/output_spec/0/item_name",
            ],
            pipeline(("cpu", "Float", "Balancer", "request_rate"), ("request", "Float", "Agent", "cpu_util"))
            | environment(up={"Agent": {"cpu_util": "Float"}, "Balancer": {"request_rate": "Float"}}),
        ),
        "outputs": (
            [
                f"major {mapped('trained_model', 'output_spec', 0)} "
                "development_environment/downstream_components/0/input_spec/0/item_name",
                f"major {mapped('trained_model', 'output_spec', 1)} "
                "development_environment/downstream_components/0/input_spec/1/item_name",
            ],
            model(("low", "Float", "Screen", "upper"), ("upper", "Float", "Screen", "low"))
            | environment(down={"Screen": {"low": "Float", "upper": "Float"}}),
        ),
        "low and high": (
            [
                f"major {FIRST} production_data/schema/0/field_name",
                f"major {SECOND} production_data/schema/1/field_name",
            ],
            fields({"low": "upper_limit", "high": "lower_limit"}, "lower_limit", "upper_limit"),
        ),
        "the wrong end, and nothing is mapped to the right one": (
            [f"minor {FIRST} production_data/schema/0/field_name"],
            fields({"start": "shift_end"}, "shift_start", "shift_end"),
        ),
        "past the field of the same name": (
            [f"minor {FIRST} production_data/schema/0/field_name"],
            fields({"age": "income"}, "age", "income"),
        ),
    },
)


def test_the_message_names_what_looks_meant():
    assert messages("mappings-crossed", fields({"age": "income", "income": "age"}, "age", "income")) == [
        "“age” is mapped to “income”, but “age” looks like what is meant.",
        "“income” is mapped to “age”, but “income” looks like what is meant.",
    ]
