"""Links and names of any kind: nothing makes the rules on them raise, and their effort grows with the rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mismatch.engine import RULES, check
from mismatch.findings import SEVERITIES
from tests.effort import calls

OURS = [rule.code for rule in RULES if rule.code.startswith(("X1", "X2"))]

NAME = (
    st.text(max_size=6)
    | st.text(alphabet="aAbB12 _-.+#", max_size=8)
    | st.sampled_from(
        ["Python", "python ", "Pyhton", "Python 3.8", "Python==2", "sklearn", "scikit-learn", "G-01"]
    )
    | st.sampled_from(
        [None, 7, 1.5, True, float("nan"), 10**400, [], {}, "\ud800", "\u200b", "x" * 5000, "G-01, G-02"]
    )
)


def lists(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Rows with these fields; or something else where the list belongs."""
    rows = st.lists(st.fixed_dictionaries({}, optional=fields) | NAME, max_size=4)
    return rows | NAME


ITEM = lists(
    item_name=NAME, component_mapping=st.fixed_dictionaries({"component": NAME, "data_item": NAME}) | NAME
)
FIELDS = lists(field_name=NAME, mapping_production_data=NAME, label_field=NAME)
LABELS = lists(label=NAME, mapping_production_data=NAME)
METRICS = lists(metric=NAME, goal_mapping=NAME, operator=NAME)
STATISTICS = lists(property=NAME, field=NAME, value=NAME)


def document(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=fields)


DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "system_context": document(goals=lists(id=NAME, goal=NAME), ml_problem_type=NAME),
        "raw_data": document(dataset_identifier=NAME, dataset_version=NAME, schema=FIELDS),
        "data_pipeline": document(pipeline_identifier=NAME, pipeline_version=NAME, input_spec=ITEM),
        "training_data": document(
            dataset_identifier=NAME,
            raw_data_identifier=NAME,
            schema=FIELDS,
            distribution=LABELS,
            statistics=STATISTICS,
        ),
        "trained_model": document(
            data_pipeline_identifier=NAME,
            training_data_identifier=NAME,
            post_processing=NAME,
            ml_frameworks=st.lists(NAME, max_size=3) | NAME,
            model_components=lists(programming_languages=st.lists(NAME, max_size=3) | NAME),
            output_spec=ITEM,
            final_output_spec=ITEM,
            algorithm_metrics=METRICS,
            business_metrics=METRICS,
            log_data=lists(log=NAME),
        ),
        "development_environment": document(
            ml_frameworks=st.lists(NAME, max_size=3) | NAME,
            programming_languages=st.lists(NAME, max_size=3) | NAME,
            upstream_components=lists(component_name=NAME, output_spec=ITEM),
            downstream_components=lists(component_name=NAME, input_spec=ITEM),
        ),
        "production_environment": document(algorithm_metrics=METRICS, model_logs=lists(log=NAME)),
        "production_data": document(schema=FIELDS, distribution=LABELS, statistics=STATISTICS),
    },
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_no_names_make_the_rules_raise(documents):
    report = check(documents, rules=OURS)

    assert set(report.outcomes) == set(OURS)
    for finding in report.findings:
        assert finding.severity in SEVERITIES
        assert finding.places
        assert len(finding.message) < 2000
    assert sum(report.counts().values()) <= len(report.findings)


def crowded(count: int, theirs: str) -> dict[str, Any]:
    """A project in which *count* fields, items, labels, metrics and goals are named; *theirs* spells the targets."""
    ours = [f"name {number:06d}" for number in range(count)]
    there = [theirs.format(name) for name in ours]
    mapping = [{"component": "Board", "data_item": name} for name in there]
    return {
        "system_context": {"goals": [{"id": name, "goal": name} for name in ours]},
        "data_pipeline": {
            "input_spec": [
                {"item_name": name, "component_mapping": each}
                for name, each in zip(ours, mapping, strict=True)
            ]
        },
        "training_data": {
            "schema": [{"field_name": name, "mapping_production_data": there[0]} for name in ours],
            "statistics": [{"property": "Mean", "field": name} for name in there],
        },
        "trained_model": {
            "ml_frameworks": ours,
            "algorithm_metrics": [{"metric": name, "goal_mapping": name} for name in there],
        },
        "development_environment": {
            "ml_frameworks": there,
            "upstream_components": [
                {"component_name": "Board", "output_spec": [{"item_name": name} for name in ours]}
            ],
        },
        "production_environment": {"algorithm_metrics": [{"metric": name} for name in ours]},
        "production_data": {"schema": [{"field_name": name} for name in ours]},
    }


@pytest.mark.parametrize("theirs", ["{}", "{} ", "{}x", "other {}", "same", "Python {}.1"])
def test_the_effort_grows_with_the_number_of_rows(theirs):
    small, large = crowded(200, theirs), crowded(2000, theirs)
    check(small, rules=OURS)

    few, many = calls(lambda: check(small, rules=OURS)), calls(lambda: check(large, rules=OURS))

    assert many < 20 * few  # ten times the rows; a hundred times would be quadratic
