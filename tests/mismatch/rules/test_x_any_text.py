"""Whatever people write into the fields they read, the rules about results, times and policies end well."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mismatch.engine import RULES, check
from mismatch.findings import SEVERITIES
from tests.examples import example

CODES = [rule.code for rule in RULES if rule.pack == "x" and rule.code[1] in "56789"]
BASE = example("server-anomaly-alerts")
FIELDS = {
    "system_context": "ml_problem_type goals risks data_rights_policies",
    "raw_data": "labels_distribution number_of_instances metadata restrictions data_rights data_policies "
    "anonymization schema documentation",
    "data_pipeline": "test_cases pipeline_steps pipeline_code input_spec",
    "training_data": "distribution dataset_name preparation_process statistics preparation_code",
    "trained_model": "training_date evaluation_dataset evaluation_metrics test_dataset test_metrics "
    "algorithm_metrics business_metrics user_system_feedback log_data data_buffering_reqs "
    "computing_resource_reqs inference_time system_dependencies ml_frameworks model_components",
    "development_environment": "milestones computing_resources programming_languages ml_frameworks",
    "production_environment": "required_inference_time computing_resources deployment_platform "
    "deployment_mechanism algorithm_metrics user_system_feedback model_logs other_logs",
    "production_data": "data_rates statistics schema",
}
FRAGMENTS = (
    "recall precision accuracy RMSE MSE MAE kappa 0.9 92 -1 1e300 less than greater equal to 30 days 2 years "
    "kept forever cloud no only on-premises 2025-02-30 2025-04-02 since 2021-01 TBD ??? https://a:b@c/d /mnt/x "
    "100 records per second 1 image every 0 s ms batch JSON CSV numpy>=2 torch==1.13 CUDA 12 personal data "
    "none , . ; ( ) - # % ∞ ٣ \ud800 \x00"
)
WORDS = st.sampled_from(FRAGMENTS.split())
SAID = st.lists(WORDS, max_size=6).map(" ".join)
NUMBERS = st.sampled_from([0, 1, -1, 0.5, 92, 100, 10**300, 10**400, 1e308, float("nan"), float("inf")])
VALUE = SAID | NUMBERS | st.none() | st.booleans() | st.just([]) | st.just({})


def spots(value: Any, at: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *[spot for key, each in inner for spot in spots(each, (*at, key))]]


SPOTS = [
    spot
    for name, fields in FIELDS.items()
    for field in fields.split()
    for spot in spots(BASE[name].get(field), (name, field))
]


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(SPOTS), VALUE), min_size=1, max_size=12), st.dates())
def test_any_text_and_number_may_stand_anywhere(edits, today):
    documents = copy.deepcopy(BASE)
    for (*way, last), value in edits:
        holder: Any = documents
        for key in way:
            inside = isinstance(holder, dict) and key in holder
            inside = inside or (isinstance(holder, list) and isinstance(key, int) and key < len(holder))
            holder = holder[key] if inside else None
        if isinstance(holder, dict) or (isinstance(holder, list) and last in range(len(holder))):
            holder[last] = copy.deepcopy(value)

    report = check(documents, rules=CODES, today=today)

    assert set(report.outcomes) == set(CODES)
    assert all(finding.severity in SEVERITIES and finding.message for finding in report.findings)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_first_and_the_last_day_there_is_do_no_harm(today):
    assert check(BASE, rules=["X804"], today=today).outcomes.keys() == {"X804"}


def test_the_order_of_rows_does_not_matter():
    other = copy.deepcopy(BASE)
    for name, fields in FIELDS.items():
        for field in fields.split():
            if isinstance(other[name].get(field), list):
                other[name][field].reverse()

    assert found(other) == found(BASE)


def found(documents: dict[str, Any]) -> set[tuple[str, str, str]]:
    report = check(documents, rules=CODES)
    return {(finding.code, finding.severity, finding.fingerprint) for finding in report.findings}
