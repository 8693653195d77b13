"""Small documents in which every required field is filled in, one row to a list."""

from __future__ import annotations

import copy
import json
from typing import Any

from tec.pointers import tokens

GONE = object()
"""As a value of an edit: the key is taken away."""


def limits(**given: Any) -> dict[str, Any]:
    """An item specification as an untouched form saves it, but for what is *given*."""
    flags = dict.fromkeys(("empty", "numeric", "slashes", "spaces", "special"), False)
    figures = dict.fromkeys(
        ("min_value", "max_value", "resolution_x", "resolution_y", "channels", "min_length", "max_length"), 0
    )
    return {"other_value": "", "image_format": "", **figures, **flags, **given}


def _item(name: str, component: str, item: str) -> dict[str, Any]:
    return {
        "item_name": name,
        "item_description": "Share of it",
        "item_type": "Float",
        "item_specification": limits(max_value=1),
        "component_mapping": {"component": component, "data_item": item},
    }


def _component(rows: str) -> dict[str, Any]:
    item = {
        "item_name": "level",
        "item_description": "In metres",
        "item_type": "Float",
        "expected_values": "0 to 4",
    }
    return {"component_name": "Gauge", rows: [item], "ml_component": False}


def _metric() -> dict[str, Any]:
    return {"metric": "Drift", "operator": "less than", "threshold": 0.2, "goal_mapping": "G-01"}


_STEP = {"data_processing_step": "Clean", "data_processing_detail": "Drop doubles"}
_DATASET = {"name": "Spring", "test_results": "All well", "file": "https://example.org/spring.csv"}
_RESOURCES = {"gpu": 0, "cpu": 4, "memory": 8, "storage": 20}
_RESULT = {"metric": "Accuracy", "other_metric": "", "result": 0.9}

_COMPLETE: dict[str, dict[str, Any]] = {
    "system_context": {
        "version": "1.2",
        "task": "Warn of floods",
        "ml_problem_type": {"ml_problem": "Forecasting", "other_problem": ""},
        "goals": [{"id": "G-01", "goal": "No flooded cellar", "metric": "", "baseline": ""}],
        "available_data": "Ten years of levels",
        "usage_context": "The control room sees the forecast",
        "data_rights_policies": "Public data",
        "risks": {"risk_fp": "Needless alarm", "risk_fn": "Flooded cellar", "risk_other": ""},
        "documentation": [],
    },
    "raw_data": {
        "version": "1.2",
        "dataset_identifier": "levels",
        "dataset_version": "1",
        "dataset_name": "Levels",
        "dataset_description": "River levels",
        "data_sources": [{"data_source": "Public Data Source", "other_source": ""}],
        "instance_type": "reading",
        "number_of_instances": 1000,
        "labels_distribution": [{"label": "flood", "percentage": 2.5}],
        "schema": [
            {
                "field_name": "level",
                "field_description": "In metres",
                "field_type": "Float",
                "expected_values": "0 to 4",
                "interpret_missing": "Gauge off",
                "interpret_special": "-999 is ice",
            }
        ],
        "metadata": {"collection_date": "2024-05-01", "known_issues": ""},
    },
    "data_pipeline": {
        "version": "1.2",
        "pipeline_version": "3",
        "pipeline_description": "Joins the gauges",
        "input_spec": [_item("level", "Gauge", "level")],
        "pipeline_steps": [_STEP],
        "pipeline_code": "https://example.org/pipeline",
    },
    "training_data": {
        "version": "1.2",
        "dataset_version": "2",
        "dataset_name": "Levels for training",
        "dataset_description": "Hourly means",
        "schema": [
            {
                "field_name": "level",
                "label_field": False,
                "field_description": "In metres",
                "field_type": "Float",
                "expected_values": "0 to 4",
                "missing_values": "Interpolated",
                "mapping_production_data": "level",
            }
        ],
        "preparation_process": [_STEP],
        "preparation_code": "https://example.org/preparation",
    },
    "trained_model": {
        "version": "1.2",
        "model_name": "Flood",
        "model_version": "7",
        "model_description": "Forecasts the level",
        "training_date": "2024-06-01",
        "ensemble": False,
        "model_components": [
            {
                "learning_algorithm": {"algorithm": "Random Forest", "other_algorithm": ""},
                "hyper_parameters": [{"parameter_name": "trees", "parameter_value": "200"}],
                "programming_languages": ["Python"],
            }
        ],
        "model_composition_details": "Mean of both",
        "ml_frameworks": ["scikit-learn"],
        "output_spec": [_item("risk", "Board", "risk")],
        "post_processing": False,
        "post_processing_process": ["Round"],
        "final_output_spec": [_item("level", "Board", "level")],
        "evaluation_dataset": {
            "name": "Winter",
            "holdout_percentage": 20,
            "seed": 7,
            "algorithm": "By year",
            "file": "https://example.org/winter.csv",
        },
        "evaluation_metrics": [_RESULT],
        "test_dataset": _DATASET,
        "integration_test_dataset": _DATASET,
        "test_metrics": [_RESULT],
        "model_output_interpretation": "Chance of a flood within a day",
        "default_model_output": "1",
        "algorithm_metrics": [_metric()],
        "business_metrics": [_metric()],
        "log_data": [{"log": "Forecasts", "log_data_format": "CSV", "history": "2 years"}],
        "decisions_assumptions": ["Gauges stay where they are"],
        "computing_resource_reqs": _RESOURCES,
        "inference_time": {"time": 20, "unit": "Milliseconds"},
        "system_dependencies": ["libgomp"],
        "model_training_code": "https://example.org/training",
        "trained_model_code": "https://example.org/model",
    },
    "development_environment": {
        "version": "1.2",
        "programming_languages": ["Python"],
        "ml_frameworks": ["scikit-learn"],
        "upstream_components": [_component("output_spec")],
        "downstream_components": [_component("input_spec")],
        "milestones": [{"milestone": "Pilot", "milestone_date": "2025-01-15"}],
        "computing_resources": _RESOURCES,
    },
    "production_environment": {
        "version": "1.2",
        "required_inference_time": {"time": 1, "unit": "Seconds"},
        "computing_resources": _RESOURCES,
        "algorithm_metrics": [{"metric": "Drift", "implementation": "Nightly job"}],
        "business_metrics": [{"metric": "Alarms", "implementation": "Count"}],
        "model_logs": [{"log": "Forecasts", "implementation": "File"}],
    },
    "production_data": {
        "version": "1.2",
        "data_sources": "Gauges",
        "data_rates": "Every minute",
        "schema": [
            {
                "field_name": "level",
                "field_description": "In metres",
                "field_type": "Float",
                "expected_values": "0 to 4",
            }
        ],
    },
}


def complete(descriptor: str, edits: dict[str, Any] | None = None) -> dict[str, Any]:
    """A fresh complete document with *edits* (pointer → value) made in order; GONE takes the key away.

    An index one past the end appends a row.
    """
    document = json.loads(json.dumps(_COMPLETE[descriptor]))  # shares nothing, unlike a deep copy
    for at, value in (edits or {}).items():
        *way, last = tokens(at)
        holder: Any = document
        for token in way:
            holder = holder[int(token)] if isinstance(holder, list) else holder[token]
        if isinstance(holder, list):
            holder[int(last) : int(last) + 1] = [] if value is GONE else [copy.deepcopy(value)]
        elif value is GONE:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(value)
    return document
