"""Required fields over whole projects: known verdicts, absent documents, places, words, completeness."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descriptors.catalogue import DESCRIPTORS, NAMES, PREFIXES, PRODUCERS
from mismatch.findings import Finding
from mismatch.required import Completeness, completeness, missing
from mismatch.required.checks import checks
from tec.pointers import resolve
from tests.mismatch.complete import complete
from tests.mismatch.corpus import cases, examples

MAJOR = {"DP-08", "TD-10", "TM-15", "TM-16", "TM-23", "TM-24", "TM-60", "TM-61", "DE-18", "PE-01", "PE-02"}
INFO = {"RD-08", "RD-09", "RD-16", "DP-07", "TM-14", "TM-22", "TM-27", "TM-31", "TM-42", "TM-48", "TM-53"}

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["Other", " "]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def codes(documents: dict[str, Any]) -> set[str]:
    return {finding.code for finding in missing(documents)}


def only(descriptor: str, edits: dict[str, Any]) -> Finding:
    """The one finding on the complete document with *edits*."""
    found = missing({descriptor: complete(descriptor, edits)})
    [finding] = [one for one in found if not one.code.endswith("-00")]
    return finding


@pytest.mark.parametrize("case", cases().values(), ids=cases())
def test_generated_projects_get_their_known_verdict(case: dict[str, Any]) -> None:
    assert codes(case["documents"]) ^ set(case["missing"]) <= set(case["debatable"])


@pytest.mark.parametrize("case", examples().values(), ids=examples())
def test_the_examples_get_their_known_verdict(case: dict[str, Any]) -> None:
    assert codes(case["documents"]) == set(case["missing"])


def test_the_codes_are_the_141_known_ones() -> None:
    counts = {"SC": 8, "RD": 17, "DP": 10, "TD": 12, "TM": 64, "DE": 18, "PE": 5, "PD": 7}
    known = {f"{prefix}-{number:02}" for prefix, count in counts.items() for number in range(1, count + 1)}

    assert known <= {check.code for name in DESCRIPTORS for check in checks(name)}


@pytest.mark.parametrize("absent", [None, {}, [], "text", 7])
def test_an_absent_document_is_reported_once_and_none_of_its_fields(absent: Any) -> None:
    found = list(missing(dict.fromkeys(DESCRIPTORS, absent)))

    assert [finding.code for finding in found] == [f"{PREFIXES[name]}-00" for name in DESCRIPTORS]
    for finding, name in zip(found, DESCRIPTORS, strict=True):
        assert (finding.kind, finding.outcome, finding.severity) == ("missing", "fail", "info")
        assert finding.rule == finding.code.lower()
        assert NAMES[name] in finding.message
        assert PRODUCERS[name][0].lower() in finding.message
        assert [tuple(place) for place in finding.places] == [(name, "", None, NAMES[name])]


def test_a_document_without_any_answer_is_not_absent() -> None:
    found = codes({"production_data": {"version": "1.2"}})

    assert {code for code in found if code.startswith("PD")} == {"PD-01", "PD-02", "PD-03"}


def test_severities_are_as_agreed() -> None:
    severities = {check.code: check.severity for name in DESCRIPTORS for check in checks(name)}

    assert {code for code, severity in severities.items() if severity == "major"} == MAJOR
    assert {code for code, severity in severities.items() if severity == "info"} == INFO
    assert set(severities.values()) == {"major", "minor", "info"}


def test_what_a_blank_parent_covers_is_not_reported() -> None:
    assert only("development_environment", {"/upstream_components": []}).code == "DE-03"
    assert only("development_environment", {"/upstream_components/0/output_spec": [{}]}).code == "DE-05"


def test_every_blank_row_is_a_place_of_the_same_finding() -> None:
    row = complete("trained_model")["output_spec"][0]
    finding = only(
        "trained_model",
        {
            "/output_spec/1": row,
            "/output_spec/2": row,
            "/output_spec/0/item_type": " ",
            "/output_spec/2/item_type": None,
        },
    )

    assert [(place.pointer, place.value, place.label) for place in finding.places] == [
        ("/output_spec/0/item_type", " ", "Output specification 1 › Item type"),
        ("/output_spec/2/item_type", None, "Output specification 3 › Item type"),
    ]


def test_a_blank_list_is_one_place() -> None:
    finding = only("raw_data", {"/schema": [{"field_name": ""}, {}]})

    assert [tuple(place) for place in finding.places] == [("raw_data", "/schema", None, "Schema")]


def test_the_fingerprint_stays_while_rows_come_and_go() -> None:
    first = only("system_context", {"/goals/0/goal": ""})
    later = only("system_context", {"/goals/1": {"id": "G-02", "goal": ""}})

    assert first.fingerprint == later.fingerprint
    assert first.message != later.message


def test_fingerprints_differ_between_codes() -> None:
    found = [one for name in DESCRIPTORS for one in missing({name: {"version": "1.2"}})]

    assert len({one.fingerprint for one in found}) == len({one.code for one in found})


@pytest.mark.parametrize(
    ("descriptor", "edits", "words"),
    [
        ("system_context", {"/task": ""}, "System Context: “Task” is blank. "),
        (
            "system_context",
            {"/ml_problem_type/ml_problem": "Other"},
            "System Context: “ML problem type › ML problem” is “Other” without saying which. ",
        ),
        (
            "system_context",
            {"/goals": []},
            "System Context: “Goals › Goal” is not stated: the list has no row. ",
        ),
        (
            "system_context",
            {"/goals/1": {"id": "G-02"}, "/goals/2": {"id": "G-03"}},
            "System Context: “Goals › Goal” is blank in row 2 (“G-02”) and row 3 (“G-03”). ",
        ),
        ("raw_data", {"/number_of_instances": 0}, "Raw Data: “Number of instances” is 0. "),
        ("raw_data", {"/schema": [{}]}, "Raw Data: “Schema” has only blank rows. "),
        ("raw_data", {"/schema": []}, "Raw Data: “Schema” lists nothing. "),
        (
            "training_data",
            {f"/schema/{row}": {"field_name": f"f{row}", "label_field": True} for row in range(5)}
            | {f"/schema/{row}/{key}": "x" for row in range(5) for key in ("field_type", "expected_values")}
            | {f"/schema/{row}/missing_values": "x" for row in range(5)},
            "Training Data: “Schema › Field description” is blank in row 1 (“f0”), row 2 (“f1”), row 3 (“f2”) and 2 more. ",
        ),
        ("trained_model", {"/ml_frameworks": [""]}, "Trained Model: “ML frameworks” lists nothing. "),
        (
            "trained_model",
            {"/computing_resource_reqs": {"cpu": 0, "gpu": 8}},
            "Trained Model: “Computing resource requirements” is not stated: CPUs, Memory and Storage are 0 or blank. ",
        ),
        (
            "trained_model",
            {"/output_spec/0/item_specification/max_value": 0},
            "Trained Model: “Output specification › Item specification” sets no limits in row 1 (“risk”). ",
        ),
        (
            "development_environment",
            {"/upstream_components/0/output_spec/0/item_type": ""},
            "Development Environment: “Upstream components › Output specification › Item type” is blank in row 1 (“level”) of “Gauge”. ",
        ),
        (
            "development_environment",
            {
                "/downstream_components/0/component_name": 7,
                "/downstream_components/0/input_spec/0": {"item_name": "x" * 99},
                "/downstream_components/0/input_spec/0/item_type": "Float",
                "/downstream_components/0/input_spec/0/item_description": "y",
            },
            f"Development Environment: “Downstream components › Input specification › Expected values” is blank in row 1 (“{'x' * 39}…”) of Downstream components 1. ",
        ),
    ],
)
def test_messages_say_what_is_blank_and_where(descriptor: str, edits: dict[str, Any], words: str) -> None:
    finding = only(descriptor, edits)

    assert finding.message.startswith(words), finding.message
    assert len(finding.message) > len(words) + 20


def test_a_zero_that_may_be_real_is_reported_with_the_doubt() -> None:
    zero = only("trained_model", {"/algorithm_metrics/0/threshold": 0})
    blank = only("trained_model", {"/algorithm_metrics/0/threshold": None})

    assert zero.severity == "info"
    assert zero.message.endswith("If 0 is the true value, accept this finding.")
    assert "accept" not in blank.message


def test_remedies_say_what_to_write_and_who_writes_it() -> None:
    assert only("trained_model", {"/output_spec/0/item_type": ""}).remedy == (
        "Fill in Item type, for example “Float”. Usually written by: model developer."
    )
    assert only("raw_data", {"/labels_distribution/1": {"label": " ", "percentage": 3}}).remedy.startswith(
        "Fill in"
    )
    assert (
        "Remove rows that are blank altogether." in only("system_context", {"/goals/1": {"goal": ""}}).remedy
    )
    assert only("production_data", {"/schema": []}).remedy.startswith(
        "Add at least one row with Field name, Field description, Field type and Expected values."
    )


def test_completeness_of_an_example_is_what_its_page_shows() -> None:
    documents = examples()["emergency-triage"]["documents"]

    assert {name: completeness(name, documents[name])[:2] for name in DESCRIPTORS} == {
        "system_context": (8, 8),
        "raw_data": (17, 17),
        "data_pipeline": (9, 10),
        "training_data": (11, 12),
        "trained_model": (50, 52),
        "development_environment": (18, 18),
        "production_environment": (0, 5),
        "production_data": (7, 7),
    }
    assert completeness("trained_model", documents["trained_model"]).blank_codes == ("TM-15", "TM-16")


def test_completeness_counts_what_a_blank_parent_covers() -> None:
    body = complete("production_data", {"/schema": []})

    assert completeness("production_data", body) == Completeness(
        2, 7, ("PD-03", "PD-04", "PD-05", "PD-06", "PD-07")
    )


def test_completeness_leaves_out_what_does_not_apply() -> None:
    plain, processed = complete("trained_model"), complete("trained_model", {"/post_processing": True})
    ensemble = complete("trained_model", {"/ensemble": True})

    assert completeness("trained_model", plain)[:2] == (51, 51)
    assert completeness("trained_model", ensemble)[:2] == (52, 52)
    assert completeness("trained_model", processed)[:2] == (56, 56)


@given(st.sampled_from(DESCRIPTORS), st.data())
@settings(max_examples=150, deadline=None)
def test_no_document_however_broken_makes_it_raise(descriptor: str, data: st.DataObject) -> None:
    body = complete(
        descriptor, {"/post_processing": data.draw(st.booleans())} if descriptor == "trained_model" else {}
    )
    for _ in range(data.draw(st.integers(1, 3))):
        _replace_somewhere(body, data)
    given_body = copy.deepcopy(body)

    found = list(missing({descriptor: body}))

    assert repr(body) == repr(given_body)
    assert {one.code for one in found if one.places[0].descriptor == descriptor} <= _codes_and_absence(
        descriptor
    )
    for finding in found:
        for place in finding.places:
            assert place.value is None or repr(place.value) == repr(resolve(body, place.pointer))
    share = completeness(descriptor, body)
    assert set(share.blank_codes) >= {one.code for one in found if not one.code.endswith("-00")}
    assert share.applicable == share.filled + len(share.blank_codes)


@given(st.sampled_from(DESCRIPTORS), ANY_JSON)
@settings(max_examples=100, deadline=None)
def test_no_document_of_any_shape_makes_it_raise(descriptor: str, body: Any) -> None:
    assert list(missing({descriptor: body}))
    assert completeness(descriptor, body).applicable >= 5


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_deep_nesting_in_the_place_of_any_field_is_survived(descriptor: str) -> None:
    deep: Any = []
    for _ in range(sys.getrecursionlimit() * 2):
        deep = [deep]

    found = list(missing({descriptor: dict.fromkeys(complete(descriptor), deep)}))

    assert len(found) > 7


def _codes_and_absence(descriptor: str) -> set[str]:
    return {check.code for check in checks(descriptor)} | {f"{PREFIXES[descriptor]}-00"}


def _replace_somewhere(holder: Any, data: st.DataObject) -> None:
    """Put any JSON value at any depth of *holder*, or take something away."""
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(holder[key], (dict, list)) and data.draw(st.booleans()):
            holder = holder[key]
            continue
        if data.draw(st.booleans()):
            holder[key] = data.draw(ANY_JSON)
        else:
            del holder[key]
        return
