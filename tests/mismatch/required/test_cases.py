"""Every required field reported where it is blank, and only there: silent and firing cases for each code.

A case is a complete document with one edit. The tables name the place of every field anew, so that a wrong path
in a guide shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS, PREFIXES
from mismatch.required import missing
from mismatch.required.checks import checks
from tec.pointers import tokens
from tests.mismatch.complete import GONE, complete, limits

# Texts: reported when blank in any way, whatever the text.
TEXTS = {
    "SC-01": "/task",
    "SC-03": "/goals/0/goal",
    "SC-04": "/available_data",
    "SC-05": "/usage_context",
    "SC-06": "/data_rights_policies",
    "SC-07": "/risks/risk_fp",
    "SC-08": "/risks/risk_fn",
    "RD-01": "/dataset_identifier",
    "RD-02": "/dataset_version",
    "RD-03": "/dataset_name",
    "RD-04": "/dataset_description",
    "RD-06": "/instance_type",
    "RD-08": "/labels_distribution/0/label",
    "RD-11": "/schema/0/field_name",
    "RD-12": "/schema/0/field_description",
    "RD-13": "/schema/0/field_type",
    "RD-14": "/schema/0/expected_values",
    "RD-15": "/schema/0/interpret_missing",
    "RD-16": "/schema/0/interpret_special",
    "RD-17": "/metadata/collection_date",
    "DP-01": "/pipeline_version",
    "DP-02": "/pipeline_description",
    "DP-04": "/input_spec/0/item_name",
    "DP-05": "/input_spec/0/item_description",
    "DP-06": "/input_spec/0/item_type",
    "DP-10": "/pipeline_code",
    "TD-01": "/dataset_version",
    "TD-02": "/dataset_name",
    "TD-03": "/dataset_description",
    "TD-05": "/schema/0/field_name",
    "TD-06": "/schema/0/field_description",
    "TD-07": "/schema/0/field_type",
    "TD-08": "/schema/0/expected_values",
    "TD-09": "/schema/0/missing_values",
    "TD-10": "/schema/0/mapping_production_data",
    "TD-12": "/preparation_code",
    "TM-01": "/model_version",
    "TM-02": "/model_name",
    "TM-03": "/model_description",
    "TM-04": "/training_date",
    "TM-06": "/model_components/0/learning_algorithm/algorithm",
    "TM-08": "/model_composition_details",
    "TM-11": "/output_spec/0/item_name",
    "TM-12": "/output_spec/0/item_description",
    "TM-13": "/output_spec/0/item_type",
    "TM-15": "/output_spec/0/component_mapping/component",
    "TM-16": "/output_spec/0/component_mapping/data_item",
    "TM-19": "/final_output_spec/0/item_name",
    "TM-20": "/final_output_spec/0/item_description",
    "TM-21": "/final_output_spec/0/item_type",
    "TM-23": "/final_output_spec/0/component_mapping/component",
    "TM-24": "/final_output_spec/0/component_mapping/data_item",
    "TM-26": "/evaluation_dataset/name",
    "TM-28": "/evaluation_dataset/algorithm",
    "TM-30": "/evaluation_metrics/0/metric",
    "TM-33": "/test_dataset/name",
    "TM-34": "/test_dataset/test_results",
    "TM-35": "/test_dataset/file",
    "TM-37": "/integration_test_dataset/name",
    "TM-38": "/integration_test_dataset/test_results",
    "TM-39": "/integration_test_dataset/file",
    "TM-41": "/test_metrics/0/metric",
    "TM-43": "/model_output_interpretation",
    "TM-44": "/default_model_output",
    "TM-46": "/algorithm_metrics/0/metric",
    "TM-47": "/algorithm_metrics/0/operator",
    "TM-49": "/algorithm_metrics/0/goal_mapping",
    "TM-51": "/business_metrics/0/metric",
    "TM-52": "/business_metrics/0/operator",
    "TM-54": "/business_metrics/0/goal_mapping",
    "TM-56": "/log_data/0/log",
    "TM-57": "/log_data/0/log_data_format",
    "TM-58": "/log_data/0/history",
    "TM-63": "/model_training_code",
    "TM-64": "/trained_model_code",
    "DE-04": "/upstream_components/0/component_name",
    "DE-06": "/upstream_components/0/output_spec/0/item_name",
    "DE-07": "/upstream_components/0/output_spec/0/item_description",
    "DE-08": "/upstream_components/0/output_spec/0/item_type",
    "DE-09": "/upstream_components/0/output_spec/0/expected_values",
    "DE-11": "/downstream_components/0/component_name",
    "DE-13": "/downstream_components/0/input_spec/0/item_name",
    "DE-14": "/downstream_components/0/input_spec/0/item_description",
    "DE-15": "/downstream_components/0/input_spec/0/item_type",
    "DE-16": "/downstream_components/0/input_spec/0/expected_values",
    "PD-01": "/data_sources",
    "PD-02": "/data_rates",
    "PD-04": "/schema/0/field_name",
    "PD-05": "/schema/0/field_description",
    "PD-06": "/schema/0/field_type",
    "PD-07": "/schema/0/expected_values",
}

# Numbers: 0 is as good as blank.
NUMBERS = {
    "RD-07": "/number_of_instances",
    "RD-09": "/labels_distribution/0/percentage",
    "TM-27": "/evaluation_dataset/holdout_percentage",
    "TM-31": "/evaluation_metrics/0/result",
    "TM-42": "/test_metrics/0/result",
    "TM-48": "/algorithm_metrics/0/threshold",
    "TM-53": "/business_metrics/0/threshold",
}

# Lists of texts: reported when they name nothing.
LISTS = {
    "TM-07": "/model_components/0/programming_languages",
    "TM-09": "/ml_frameworks",
    "DE-01": "/programming_languages",
    "DE-02": "/ml_frameworks",
}

# Lists of texts of which every entry counts.
ENTRIES = {
    "TM-17": "/post_processing_process",
    "TM-59": "/decisions_assumptions",
    "TM-62": "/system_dependencies",
}

# Choices: “Other” is an answer only with the text beside it.
CHOICES = {
    "SC-02": ("/ml_problem_type/ml_problem", "/ml_problem_type/other_problem"),
    "TM-06": (
        "/model_components/0/learning_algorithm/algorithm",
        "/model_components/0/learning_algorithm/other_algorithm",
    ),
    "TM-30": ("/evaluation_metrics/0/metric", "/evaluation_metrics/0/other_metric"),
    "TM-41": ("/test_metrics/0/metric", "/test_metrics/0/other_metric"),
}

ITEM = (
    "item_name",
    "item_description",
    "item_type",
    "component_mapping/component",
    "component_mapping/data_item",
)
FIELD = ("field_name", "field_description", "field_type", "expected_values")
STEP = ("data_processing_step", "data_processing_detail")
METRIC = ("metric", "operator", "threshold", "goal_mapping")
DELIVERED = ("item_name", "item_description", "item_type", "expected_values")

# Lists: reported when no row has any of these filled in.
ROWS = {
    "RD-10": ("/schema", (*FIELD, "interpret_missing", "interpret_special")),
    "DP-03": ("/input_spec", ITEM),
    "DP-09": ("/pipeline_steps", STEP),
    "TD-04": ("/schema", (*FIELD, "missing_values", "mapping_production_data")),
    "TD-11": ("/preparation_process", STEP),
    "TM-10": ("/output_spec", ITEM),
    "TM-18": ("/final_output_spec", ITEM),
    "TM-45": ("/algorithm_metrics", METRIC),
    "TM-50": ("/business_metrics", METRIC),
    "TM-55": ("/log_data", ("log", "log_data_format", "history")),
    "DE-05": ("/upstream_components/0/output_spec", DELIVERED),
    "DE-12": ("/downstream_components/0/input_spec", DELIVERED),
    "DE-17": ("/milestones", ("milestone", "milestone_date")),
    "PE-03": ("/algorithm_metrics", ("metric", "implementation")),
    "PE-04": ("/business_metrics", ("metric", "implementation")),
    "PE-05": ("/model_logs", ("log", "implementation")),
    "PD-03": ("/schema", FIELD),
}

# Groups: reported when nothing in them is filled in.
GROUPS = {
    "DP-08": ("/input_spec/0/component_mapping", ("component", "data_item")),
    "TM-25": ("/evaluation_dataset", ("name", "holdout_percentage", "seed", "algorithm", "file")),
    "TM-32": ("/test_dataset", ("name", "test_results", "file")),
    "TM-36": ("/integration_test_dataset", ("name", "test_results", "file")),
    "TM-60": ("/computing_resource_reqs", ("cpu", "memory", "storage")),
    "TM-61": ("/inference_time", ("time", "unit")),
    "DE-18": ("/computing_resources", ("cpu", "memory", "storage")),
    "PE-01": ("/required_inference_time", ("time", "unit")),
    "PE-02": ("/computing_resources", ("cpu", "memory", "storage")),
}

# Item specifications: reported when they leave the values of their type open.
LIMITS = {"DP-07": "/input_spec/0", "TM-14": "/output_spec/0", "TM-22": "/final_output_spec/0"}

# What is none of these, or needs more: code → edits that are reported and edits that are not.
FIRING: dict[str, list[dict[str, Any]]] = {
    "RD-05": [
        {"/data_sources": []},
        {"/data_sources": GONE},
        {"/data_sources/0/data_source": " "},
        {"/data_sources/0/data_source": "Other"},
    ],
    "TM-05": [
        {"/model_components": []},
        {"/model_components": [{}, None]},
        {"/model_components": [{"learning_algorithm": {"algorithm": "Other"}, "hyper_parameters": [{}]}]},
        {
            "/model_components": [
                {"programming_languages": [" "], "hyper_parameters": [{"parameter_name": ""}]}
            ]
        },
    ],
    "TM-29": [
        {"/evaluation_metrics": []},
        {"/evaluation_metrics/0": {"metric": "Other", "other_metric": " ", "result": 0}},
    ],
    "TM-40": [{"/test_metrics": []}, {"/test_metrics/0": {"metric": "", "result": None}}],
    "DE-03": [
        {"/upstream_components": []},
        {"/upstream_components/0": {"component_name": "", "output_spec": [{"item_name": " "}]}},
    ],
    "DE-10": [
        {"/downstream_components": []},
        {"/downstream_components/0": {"component_name": "", "input_spec": []}},
    ],
    "SC-03": [{"/goals": []}],
    "TM-06": [  # the last component is complete
        {
            "/model_components/1": {
                "learning_algorithm": {"algorithm": "Linear Regression"},
                "programming_languages": ["C"],
            },
            "/model_components/0/learning_algorithm": {},
        }
    ],
    "TD-10": [{"/schema/0/label_field": "no", "/schema/0/mapping_production_data": ""}],
    "TM-08": [{"/ensemble": 1, "/model_composition_details": ""}],
}

SILENT: dict[str, list[dict[str, Any]]] = {
    "RD-05": [
        {"/data_sources/0": {"data_source": "Other", "other_source": "Fishermen"}},
        {"/data_sources/1": {"data_source": ""}},
    ],
    "RD-08": [{"/labels_distribution": []}],
    "RD-09": [{"/labels_distribution": GONE}],
    "TM-05": [
        {"/model_components/0": {"programming_languages": ["C"]}},
        {"/model_components/0": {"hyper_parameters": [{"parameter_value": 3}]}},
        {"/model_components/0": {"learning_algorithm": {"algorithm": "Linear Regression"}}},
        {"/model_components/0": {"learning_algorithm": {"algorithm": "Other", "other_algorithm": "Rules"}}},
    ],
    "TM-29": [
        {"/evaluation_metrics/0": {"metric": "", "result": 0.1}},
        {"/evaluation_metrics/0": {"metric": "Other", "other_metric": "Gain", "result": 0}},
    ],
    "TM-40": [{"/test_metrics/0": {"metric": "Accuracy"}}],
    "DE-03": [
        {"/upstream_components/0/output_spec": []},
        {"/upstream_components/0": {"output_spec": [{}, {"expected_values": "0"}]}},
    ],
    "DE-05": [{"/upstream_components": []}, {"/upstream_components/1": {"component_name": "Mast"}}],
    "DE-06": [{"/upstream_components/0/output_spec": []}],
    "DE-10": [{"/downstream_components/0": {"input_spec": [{"item_type": "Float"}]}}],
    "TD-10": [{"/schema/0/label_field": True, "/schema/0/mapping_production_data": ""}],
    "TM-08": [{"/model_composition_details": ""}, {"/ensemble": None, "/model_composition_details": ""}],
    "TM-10": [{"/post_processing": True, "/output_spec": []}],
    "TM-11": [{"/post_processing": True, "/output_spec/0/item_name": ""}],
    "TM-17": [{"/post_processing_process": []}],
    "TM-18": [{"/final_output_spec": []}, {"/post_processing": None, "/final_output_spec": []}],
    "TM-19": [{"/final_output_spec/0/item_name": ""}],
    "TM-36": [{"/integration_test_dataset": {}}],
    "TM-37": [{"/integration_test_dataset/name": ""}],
    "TM-60": [{"/computing_resource_reqs": {"cpu": 0, "memory": 0, "storage": 1}}],
    "DE-18": [{"/computing_resources": {"cpu": "2"}}],
}

PROCESSED = {f"TM-{number}" for number in (*range(17, 25), *range(36, 40))}
SETUP: dict[str, dict[str, Any]] = {code: {"/post_processing": True} for code in PROCESSED}
SETUP["TM-08"] = {"/ensemble": True}

BLANK_TEXTS = ["", " \t\n ", "\u00a0", None, GONE, [], {}, False]
BLANK_NUMBERS = [0, 0.0, "0", " 0.0 ", "", "many", None, GONE, [], {}, False, float("nan")]
BLANK_LISTS = [[], [""], [" ", None], "", None, GONE, {}]
NO_ROWS = [[], None, GONE, "", {}, 7, [{}], [None, "x", []]]

UNLIMITED = [
    ("Integer", limits()),
    ("Float", limits(other_value="0 to 1", max_length=9, numeric=True)),
    ("String", limits(empty=True)),
    ("String", limits(min_value=1, other_value="old")),
    ("Image", limits(resolution_x=640, resolution_y=480)),
    ("Image", limits(resolution_x=640, channels=3)),
    ("Other", limits(max_value=9)),
    (" integer ", None),
    ("Boolean", limits()),
    ("Integer", []),
]
LIMITED = [
    ("Integer", limits(min_value=-5)),
    ("Float", limits(max_value="0.5")),
    ("String", limits(max_length=80)),
    ("String", limits(spaces=True)),
    ("Image", limits(resolution_x=640, resolution_y=480, channels=3)),
    ("Other", limits(other_value="list of labels")),
    ("Boolean", limits(other_value="true or false")),
]


def descriptor_of(code: str) -> str:
    return next(name for name, prefix in PREFIXES.items() if code.startswith(prefix))


def firing() -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Code, edits that have to be reported, and the places that the finding has to name ([]: any)."""
    for code, at in TEXTS.items():
        yield from ((code, {at: value}, [at]) for value in BLANK_TEXTS)
    for code, at in NUMBERS.items():
        yield from ((code, {at: value}, [at]) for value in BLANK_NUMBERS)
    for code, at in LISTS.items():
        yield from ((code, {at: value}, [at]) for value in BLANK_LISTS)
    for code, at in ENTRIES.items():
        yield from ((code, {at: value}, [at]) for value in ([], None, GONE))
        yield from ((code, {f"{at}/0": value}, [f"{at}/0"]) for value in ("", " ", None))
    for code, (at, beside) in CHOICES.items():
        yield from ((code, {at: value}, [at]) for value in ("", GONE))
        yield from ((code, {at: "Other", beside: value}, [beside]) for value in ("", GONE))
    for code, (at, _) in ROWS.items():
        yield from ((code, {at: value}, [at]) for value in NO_ROWS)
    for code, (at, fields) in GROUPS.items():
        yield from (
            (code, {at: value}, [f"{at}/{field}" for field in fields]) for value in ({}, None, [1], GONE)
        )
    for code, at in LIMITS.items():
        for kind, given in UNLIMITED:
            yield (
                code,
                {f"{at}/item_type": kind, f"{at}/item_specification": given},
                [f"{at}/item_specification"],
            )
        yield code, {f"{at}/item_specification": GONE}, [f"{at}/item_specification"]
    for code, many in FIRING.items():
        yield from ((code, edits, []) for edits in many)


def silent() -> Iterator[tuple[str, dict[str, Any]]]:
    """Code and edits after which the code must not be reported."""
    for code, at in TEXTS.items():
        yield from ((code, SETUP.get(code, {}) | {at: value}) for value in ("x", " \u200d x ", 0, 7.5))
    for code, at in NUMBERS.items():
        yield from ((code, {at: value}) for value in (1, -0.5, "12", " 1e3 "))
    for code, at in LISTS.items():
        yield from ((code, {at: value}) for value in (["", "C"], "C"))
    for code, at in ENTRIES.items():
        yield from ((code, SETUP.get(code, {}) | {at: value}) for value in (["a", "b"], [7], "a"))
    for code, (at, beside) in CHOICES.items():
        yield code, {at: "Other", beside: "mine"}
    for code, (at, columns) in ROWS.items():
        for column in columns:
            outer, _, inner = column.partition("/")
            row = {outer: {inner: "x"} if inner else 1}
            yield code, SETUP.get(code, {}) | {at: [{}, row]}
    for code, (at, fields) in GROUPS.items():
        yield from ((code, SETUP.get(code, {}) | {at: {field: "5"}}) for field in fields)
    for code, at in LIMITS.items():
        for kind, given in LIMITED:
            yield code, SETUP.get(code, {}) | {f"{at}/item_type": kind, f"{at}/item_specification": given}
        yield code, SETUP.get(code, {}) | {f"{at}/item_type": "", f"{at}/item_specification": GONE}
    for code, many in SILENT.items():
        yield from ((code, edits) for edits in many)


def reported(code: str, edits: dict[str, Any]) -> dict[str, list[str]]:
    """Codes reported for the complete document with *edits*, each with the pointers of its places."""
    descriptor = descriptor_of(code)
    found = missing({descriptor: complete(descriptor, edits)})
    return {
        one.code: [place.pointer for place in one.places] for one in found if not one.code.endswith("-00")
    }


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_a_complete_document_has_no_findings(descriptor: str) -> None:
    assert reported(PREFIXES[descriptor], {}) == {}


@pytest.mark.parametrize(("code", "edits", "places"), list(firing()))
def test_a_blank_field_is_reported_alone_and_in_its_place(
    code: str, edits: dict[str, Any], places: list[str]
) -> None:
    found = reported(code, SETUP.get(code, {}) | edits)

    assert list(found) == [code]
    assert not places or found[code] == places


@pytest.mark.parametrize(("code", "edits"), list(silent()))
def test_a_filled_or_inapplicable_field_is_not_reported(code: str, edits: dict[str, Any]) -> None:
    assert code not in reported(code, edits)


@pytest.mark.parametrize(("code", "at"), [(code, at) for code, at in TEXTS.items() if "/0/" in at])
def test_the_place_is_the_row_that_is_blank(code: str, at: str) -> None:
    head, _, tail = at.rpartition("/0/")
    way = tokens(head)
    row: Any = complete(descriptor_of(code))
    for token in [*way, "0"]:
        row = row[int(token)] if isinstance(row, list) else row[token]

    found = reported(code, SETUP.get(code, {}) | {f"{head}/1": row, f"{head}/1/{tail}": ""})

    assert found == {code: [f"{head}/1/{tail}"]}


def test_every_declared_code_has_firing_and_silent_cases() -> None:
    declared = {check.code for name in DESCRIPTORS for check in checks(name)}

    assert {code for code, _, _ in firing()} == declared
    assert {code for code, _ in silent()} == declared
    assert len(declared) >= 141
