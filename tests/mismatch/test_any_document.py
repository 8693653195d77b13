"""Whatever a document holds, a check ends with a report; and what must not matter does not matter."""

from __future__ import annotations

import copy
import json
import lzma
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from descriptors.catalogue import DESCRIPTORS
from descriptors.upgrades import upgrade
from mismatch.engine import RULES, check
from mismatch.findings import OUTCOMES, SEVERITIES, Report
from tec.pointers import resolve
from tests.effort import calls
from tests.examples import example

BASES = [
    example(name) for name in ("emergency-triage", "server-anomaly-alerts", "diecast-surface-inspection")
]

HARD = st.sampled_from(
    [
        *(None, True, False, 0, -1, 10**400, 1e308, -0.0, float("nan"), float("inf")),
        *("", " ", "\ud800", "\x00", "1_0", "nan", "1e999", "٣", "5 GB", "Text", "9" * 5000, "x" * 100_000),
        *("{name}", "{", "%s", "“”", "\n\t", "\u200b", "A\u030a", "Other", "yes", "Seconds", "G-01"),
        *([], [[]], [None], {}, {"": {}}, [{}], [[{"item_name": 1}]], {"0": 1}),
    ]
)
ANYTHING = st.recursive(
    HARD | st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def relaxed(max_examples: int) -> settings:
    """So many examples, however long one takes."""
    return settings(
        max_examples=max_examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )


def assert_is_sound(report: Report, documents: dict[str, Any]) -> None:
    """Every finding is complete, and every place is in the documents or says that nothing is there."""
    assert set(report.outcomes) == {rule.code for rule in RULES}
    assert set(report.outcomes.values()) <= set(OUTCOMES)
    for finding in report.findings:
        assert finding.severity in SEVERITIES
        assert finding.message
        assert len(finding.message) < 4000
        assert finding.remedy
        assert len(finding.fingerprint) == 32
        assert finding.places
        for place in finding.places:
            there = resolve(documents.get(place.descriptor), place.pointer)
            # Not a number equals nothing, itself included, but reads the same.
            assert place.value is None or place.value == there or repr(place.value) == repr(there)
    prints = [finding.fingerprint for finding in report.findings]
    assert len(prints) == len(set(prints))
    failing = {
        found.code for found in report.findings if found.kind == "mismatch" and found.outcome == "fail"
    }
    assert failing == {code for code, outcome in report.outcomes.items() if outcome == "fail"}


@relaxed(150)
@given(st.dictionaries(st.sampled_from(DESCRIPTORS), ANYTHING, max_size=8))
def test_any_value_may_stand_for_a_document(documents):
    assert_is_sound(check(documents), documents)


def spots(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *[spot for key, each in inner for spot in spots(each, (*at, key))]]


SPOTS = [[spot for spot in spots(base) if len(spot) > 1] for base in BASES]


@relaxed(400)
@given(st.data())
def test_any_value_may_stand_anywhere_in_a_document(data):
    number = data.draw(st.integers(0, len(BASES) - 1))
    documents = copy.deepcopy(BASES[number])
    for *way, last in data.draw(st.lists(st.sampled_from(SPOTS[number]), min_size=1, max_size=6)):
        holder: Any = documents
        for key in way:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(holder, dict) or (isinstance(holder, list) and last in range(len(holder))):
            holder[last] = data.draw(ANYTHING)

    assert_is_sound(check(documents), documents)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_any_document_may_claim_to_be_of_an_old_version(version):
    @relaxed(150)
    @given(st.data())
    def claim(data):
        documents = copy.deepcopy(BASES[0])
        descriptor = data.draw(st.sampled_from(sorted(documents)))
        documents[descriptor]["version"] = version
        for key in data.draw(st.lists(st.sampled_from(sorted(documents[descriptor])), max_size=3)):
            if key != "version":
                documents[descriptor][key] = data.draw(ANYTHING)

        report = check(documents)

        for finding in report.findings:
            for place in finding.places:
                assert resolve(documents.get(place.descriptor), place.pointer, KeyError) is not KeyError or (
                    place.value is None
                )

    claim()


def core(report: Report) -> Counter[tuple[str, ...]]:
    """What a report says about mismatches, without row numbers and order."""
    return Counter(
        (found.fingerprint, found.code, found.outcome, found.severity)
        for found in report.findings
        if found.kind == "mismatch"
    )


def shuffled(value: Any, chance: random.Random) -> Any:
    """*value* with the rows of every list in another order."""
    if isinstance(value, dict):
        return {key: shuffled(each, chance) for key, each in value.items()}
    if isinstance(value, list):
        mixed = [shuffled(each, chance) for each in value]
        chance.shuffle(mixed)
        return mixed
    return value


@relaxed(60)
@given(st.sampled_from(BASES), st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter_where_names_are_unique(base, seed):
    other = shuffled(base, random.Random(seed))

    assert core(check(other)) == core(check(base))
    assert check(other).outcomes == check(base).outcomes


@relaxed(40)
@given(st.sampled_from(BASES), st.integers(0, 10_000))
def test_the_order_of_keys_does_not_matter(base, seed):
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            pairs = [(key, turned(each)) for key, each in value.items()]
            random.Random(seed).shuffle(pairs)
            return dict(pairs)
        return [turned(each) for each in value] if isinstance(value, list) else value

    assert check(turned(base), packs=["tec"]) == check(base, packs=["tec"])


with lzma.open(Path(__file__).parents[1] / "data" / "upgrades.jsonl.xz", "rt", encoding="utf-8") as lines:
    OLD = [json.loads(line) for line in lines]


@pytest.mark.parametrize("row", OLD, ids=lambda row: f"{row['id']}")
def test_upgrading_first_changes_no_verdict(row):
    given, descriptor = row["document"], row["descriptor"]
    around = {**BASES[0], descriptor: given}
    upgraded = {**around, descriptor: upgrade(descriptor, given).body}

    before, after = check(around), check(upgraded)

    assert before.outcomes == after.outcomes
    assert [found._replace(places=()) for found in before.findings] == [
        found._replace(places=()) for found in after.findings
    ]
    assert_is_sound(before, around)


def test_numbers_of_thousands_of_digits_are_no_numbers():
    huge = 10**5000
    documents = {
        "trained_model": {
            "computing_resource_reqs": {"cpu": huge, "gpu": -huge, "memory": 1},
            "ml_frameworks": [huge],
            "inference_time": {"time": huge, "unit": "Hours"},
        },
        "production_environment": {"computing_resources": {"memory": huge}, "required_inference_time": huge},
    }

    assert_is_sound(check(documents), documents)


def test_a_check_changes_no_document():
    for base in BASES:
        before = copy.deepcopy(base)
        check(base)
        assert base == before


def test_the_same_documents_give_the_same_report():
    for base in BASES:
        assert check(copy.deepcopy(base)) == check(base)


def full_of_wrong_names(size: int) -> dict[str, Any]:
    """Documents in which *size* rows of each list name something that is called otherwise."""
    rows = [
        {
            "item_name": f"in {n}",
            "item_type": "Float",
            "component_mapping": {"component": f"gauge number {n}", "data_item": "level"},
        }
        for n in range(size)
    ]
    items = [{"item_name": f"level {n}", "item_type": "Float"} for n in range(size)]
    components = [{"component_name": f"Gauge Number {n}x", "output_spec": items[:2]} for n in range(size)]
    fields = [
        {"field_name": f"field {n}", "field_type": "a", "mapping_production_data": f"feld {n}"}
        for n in range(size)
    ]
    names = [{"metric": f"metric {n}", "goal_mapping": f"g {n}"} for n in range(size)]
    return {
        "system_context": {"goals": [{"id": f"G {n}", "goal": "g"} for n in range(size)]},
        "data_pipeline": {"input_spec": rows},
        "trained_model": {"output_spec": rows, "algorithm_metrics": names, "business_metrics": names},
        "development_environment": {
            "upstream_components": components,
            "downstream_components": [
                {"component_name": "gauge", "input_spec": items},
                *components,
            ],
        },
        "production_environment": {"business_metrics": [{"metric": f"Metric{n}"} for n in range(size)]},
        "training_data": {"schema": fields},
        "production_data": {
            "schema": [{"field_name": f"fields {n}", "field_type": "b"} for n in range(size)]
        },
    }


def test_the_effort_for_documents_full_of_wrong_names_grows_with_their_rows():
    few, many = full_of_wrong_names(150), full_of_wrong_names(750)

    assert len(check(many).findings) > 6 * 750
    assert calls(lambda: check(many)) < 7 * calls(lambda: check(few))
