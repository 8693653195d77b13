from __future__ import annotations

import json
import lzma
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from descriptors import catalogue
from descriptors.catalogue import DESCRIPTORS
from descriptors.schema_store import SchemaStore
from descriptors.upgrades import Loss, ToComplete, steps, upgrade
from descriptors.upgrades.steps import STEPS, Change, Step
from descriptors.upgrades.v1_2 import SPECIFICATION
from tec.pointers import pointer, resolve
from tests.descriptors.generated import ANY_JSON, places, spoilt, valid
from tests.descriptors.schema_repositories import commit, next_schema, own_schema

DATA = Path(__file__).parents[1] / "data" / "upgrades.jsonl.xz"
ROWS = [json.loads(line) for line in lzma.decompress(DATA.read_bytes()).splitlines()]

OLD = [(descriptor, version) for version in ("1.0", "1.1") for descriptor in DESCRIPTORS]

every_row = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
every_old_schema = pytest.mark.parametrize(("descriptor", "version"), OLD)


def upgraded(row):
    return upgrade(row["descriptor"], row["document"])


def faults(descriptor, body):
    """Pointer and keyword of everything that the newest schema, its errata repaired, finds."""
    errors = Draft7Validator(catalogue.schema(descriptor)).iter_errors(body)
    return {(pointer(*error.absolute_path), error.validator) for error in errors}


def leaves(value):
    """Every text and number inside *value* that says something."""
    return [
        leaf
        for _, leaf in places(value)
        if not isinstance(leaf, dict | list | bool | None) and str(leaf).strip() and leaf != 0
    ]


# The corpus: documents of older versions, what the original TEC makes of them, and what has to be true of a good result


@every_row
def test_a_converted_document_has_what_it_must(row):
    body = upgraded(row).body
    for demand in row.get("corrected", {}).get("must_hold", []):
        found = resolve(body, demand["path"])
        if "equals" in demand:
            assert found == demand["equals"]
        elif "in" in demand:
            assert found in demand["in"]
        else:
            assert demand["contains"] in json.dumps(found)


@every_row
def test_the_result_is_the_one_thought_through_for_this_document(row):
    # Where nothing had to be thought through, the original's own result is good.
    wanted = row.get("corrected", {}).get("document") or row["tec"]["result"]
    assert upgraded(row).body == wanted


@every_row
def test_only_what_a_person_has_to_fill_in_is_left_to_complain_about(row):
    result = upgraded(row)
    asked = {item.pointer for item in result.to_complete}
    assert asked == set(row.get("corrected", {}).get("needs_user_input", []))
    if row["source_valid"]:
        assert {place for place, _ in faults(row["descriptor"], result.body)} == asked
    assert all(resolve(result.body, place) == "" for place in asked)


@every_row
def test_every_value_is_kept_or_listed(row):
    result = upgraded(row)
    texts = [str(leaf) for leaf in leaves(result.body)] + [
        str(leaf) for loss in result.losses for leaf in leaves(loss.value)
    ]
    for leaf in leaves(row["document"]):
        if leaf != row["from_version"]:
            assert any(str(leaf) in text for text in texts), leaf


@every_row
def test_every_value_that_the_original_keeps_is_kept(row):
    result = upgraded(row)
    texts = [str(leaf) for leaf in leaves(result.body)]
    rewritten = [leaf for loss in result.losses for leaf in leaves(loss.value)]
    given = leaves(row["document"])
    for leaf in leaves(row["tec"].get("result")):
        if leaf in given and leaf not in rewritten:
            assert any(str(leaf) in text for text in texts), leaf


@every_row
def test_keys_keep_their_order(row):
    if "result" in row["tec"]:
        assert order_of(upgraded(row).body) == order_of(row["tec"]["result"])


def order_of(value):
    return [list(inner) for _, inner in places(value) if isinstance(inner, dict)]


@every_row
def test_the_given_document_is_not_changed(row):
    before = deepcopy(row["document"])
    upgraded(row)
    assert row["document"] == before
    assert order_of(row["document"]) == order_of(before)


@every_row
def test_upgrading_again_changes_nothing(row):
    body = upgraded(row).body
    again = upgrade(row["descriptor"], body)
    assert again.body is body
    assert (again.from_version, again.to_complete, again.losses) == ("1.2", (), ())


@every_row
def test_two_small_steps_lead_to_the_same_as_one_large(row):
    halfway = upgrade(row["descriptor"], row["document"], to="1.1")
    assert upgrade(row["descriptor"], halfway.body).body == upgraded(row).body


# Step by step


def context(**further):
    return {"version": "1.0", "task": "t", "business_goals": [{"id": "BG-01", "goal": "g"}], **further}


def test_business_goals_become_goals_with_a_metric():
    result = upgrade("system_context", context(success_criteria=["a", " ", "b"], risks={}))
    assert result.body == {
        "version": "1.2",
        "task": "t",
        "goals": [{"id": "G-01", "goal": "g", "metric": "a, b", "baseline": ""}],
        "risks": {},
    }
    assert list(result.body) == ["version", "task", "goals", "risks"]
    assert result.losses == (
        Loss("/business_goals/0/id", "BG-01", "/goals/0/id", "“BG-01” is now “G-01”."),
        Loss(
            "/success_criteria",
            ["a", " ", "b"],
            "/goals/0/metric",
            "The success criteria are the metric of the first goal now; move each to where it belongs.",
        ),
    )


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        (["BG-01", "BG-02"], ["G-01", "G-02"]),
        (["A1", "B1", "1", ""], ["A1", "B1", "1", ""]),
        (["BG-", "BGX", "bg-01"], ["BG-", "BGX", "bg-01"]),
        ([None, 5, ["BG-01"]], [None, 5, ["BG-01"]]),
    ],
)
def test_only_ids_of_the_old_scheme_are_shortened(ids, wanted):
    goals = [{"id": id, "goal": "g"} for id in ids]
    result = upgrade("system_context", context(business_goals=goals))
    assert [goal["id"] for goal in result.body["goals"]] == wanted


def test_goals_that_get_the_same_number_are_pointed_out():
    goals = [{"id": "G-01", "goal": "a"}, {"id": "BG-01", "goal": "b"}]
    (loss,) = upgrade("system_context", context(business_goals=goals)).losses
    assert loss.message == (
        "“BG-01” is now “G-01”. A goal before it has that number already; give one of them another."
    )


def test_success_criteria_without_a_goal_are_listed():
    result = upgrade("system_context", context(business_goals=[], success_criteria=["a"]))
    assert result.body == {"version": "1.2", "task": "t", "goals": []}
    assert result.losses == (
        Loss(
            "/success_criteria",
            ["a"],
            "",
            "There is no goal that could take the success criteria as its metric.",
        ),
    )


def test_a_metric_that_a_goal_has_already_comes_before_the_criteria():
    goals = [{"id": "1", "goal": "g", "metric": "own"}]
    result = upgrade("system_context", context(business_goals=goals, success_criteria=["a"]))
    assert result.body["goals"][0]["metric"] == "own, a"


def test_goals_that_are_there_besides_business_goals_are_listed_and_not_dropped_silently():
    result = upgrade("system_context", context(goals="others"))
    assert result.body["goals"][0]["goal"] == "g"
    assert Loss("/goals", "others", "", "The name “goals” was needed for “business_goals”.") in result.losses


def test_operators_are_left_for_a_person_to_fill_in():
    model = {
        "version": "1.0",
        "algorithm_metrics": [{"metric": "m", "threshold": 1}],
        "business_metrics": [{"metric": "b", "threshold": 2, "business_goal_mapping": "BG-02"}],
    }
    result = upgrade("trained_model", model)
    assert result.body["algorithm_metrics"] == [
        {"metric": "m", "operator": "", "threshold": 1, "goal_mapping": ""}
    ]
    assert result.body["business_metrics"] == [
        {"metric": "b", "operator": "", "threshold": 2, "goal_mapping": "G-02"}
    ]
    message = "Say how the metric is compared with its threshold; version 1.0 did not record it."
    assert result.to_complete == (
        ToComplete("/algorithm_metrics/0/operator", message),
        ToComplete("/business_metrics/0/operator", message),
    )


def test_an_operator_that_is_there_already_is_kept_if_it_is_one():
    rows = [{"metric": "m", "operator": "less than"}, {"metric": "n", "operator": "below"}]
    result = upgrade("trained_model", {"version": "1.0", "algorithm_metrics": rows})
    assert [row["operator"] for row in result.body["algorithm_metrics"]] == ["less than", ""]
    assert [item.pointer for item in result.to_complete] == ["/algorithm_metrics/1/operator"]
    assert [(loss.pointer, loss.value) for loss in result.losses] == [
        ("/algorithm_metrics/1/operator", "below")
    ]


TYPES = [
    ("Integer", "Integer", "0..1"),
    ("integer ", "Integer", "0..1"),
    ("FLOAT", "Float", "0..1"),
    ("Text", "String", "0..1"),
    ("character", "String", "0..1"),
    ("Other", "Other", "0..1"),
    ("boolean", "Other", "boolean: 0..1"),
    ("int64", "Other", "int64: 0..1"),
]


@pytest.mark.parametrize(("old", "new", "other_value"), TYPES)
def test_a_free_type_becomes_one_of_the_five(old, new, other_value):
    item = {"item_name": "n", "item_type": old, "expected_values": "0..1", "component_mapping": {}}
    result = upgrade("data_pipeline", {"version": "1.1", "input_spec": [item]})
    (row,) = result.body["input_spec"]
    names = ["item_name", "item_type", "item_specification", "error_handling", "component_mapping"]
    assert list(row) == names
    assert (row["item_type"], row["item_specification"]["other_value"]) == (new, other_value)
    assert row["error_handling"] == {"error_type": "", "error_code_value": 0}
    assert [item.pointer for item in result.to_complete] == ["/input_spec/0/error_handling/error_type"]
    listed = {loss.value for loss in result.losses}
    assert listed == ({"0..1"} if old == new else {"0..1", old})


def test_a_blank_type_is_left_for_a_person_to_choose():
    item = {"item_type": " ", "expected_values": ""}
    result = upgrade("trained_model", {"version": "1.1", "output_spec": [item]})
    assert result.body["output_spec"][0]["item_type"] == " "
    assert result.to_complete == (
        ToComplete(
            "/output_spec/0/item_type",
            "Choose the type; it was left blank, which is not possible any more.",
        ),
    )
    assert result.losses == ()


def test_a_specification_that_is_there_already_keeps_what_fits():
    before = {"min_value": 0.5, "channels": 1.5, "image_format": "GIF", "empty": True, "own": 1, "spaces": 0}
    item = {"item_type": "Image", "item_specification": before, "expected_values": "any"}
    result = upgrade("trained_model", {"version": "1.1", "output_spec": [item]})
    assert result.body["output_spec"][0]["item_specification"] == SPECIFICATION | {
        "other_value": "any",
        "min_value": 0.5,
        "empty": True,
        "own": 1,
    }
    here = "/output_spec/0/item_specification"
    assert [(loss.pointer, loss.value, loss.kept) for loss in result.losses[:3]] == [
        (f"{here}/channels", 1.5, ""),
        (f"{here}/image_format", "GIF", ""),
        (f"{here}/spaces", 0, ""),
    ]


@pytest.mark.parametrize(
    ("expected", "other_value", "listed"),
    [
        (5, "5", True),
        (True, "true", True),
        (None, "", False),
        ("  ", "", False),
        (["a"], "", True),
        ({}, "", True),
    ],
)
def test_expected_values_of_another_kind_are_kept_as_text_or_listed(expected, other_value, listed):
    item = {"item_type": "Float", "expected_values": expected}
    result = upgrade("trained_model", {"version": "1.1", "output_spec": [item]})
    row = result.body["output_spec"][0]
    assert row["item_specification"]["other_value"] == other_value
    assert "expected_values" not in row
    assert [loss.value for loss in result.losses] == ([expected] if listed else [])


def test_error_handling_of_a_model_stays_and_is_listed():
    handling = [{"error_condition": "c", "how_handled": "h"}]
    result = upgrade("trained_model", {"version": "1.1", "error_handling": handling})
    assert result.body["error_handling"] == handling
    (loss,) = result.losses
    assert (loss.pointer, loss.kept) == ("/error_handling", "/error_handling")
    assert loss.message.startswith("Version 1.2 has no field for the model’s error handling.")


@pytest.mark.parametrize("descriptor", ["training_data", "development_environment", "production_data"])
def test_versions_without_a_step_are_only_renumbered(descriptor):
    body = {"task": 1, "version": "1.0", "rows": []}
    result = upgrade(descriptor, body)
    assert result.body == {"task": 1, "version": "1.2", "rows": []}
    assert list(result.body) == list(body)
    assert (result.to_complete, result.losses) == ((), ())


def test_a_version_that_only_the_submodule_has_is_reached_by_renumbering(tmp_path, monkeypatch):
    commit(tmp_path, {"schemas/1.3/raw_data_schema.json": next_schema()})
    store = SchemaStore(submodule=str(tmp_path))
    monkeypatch.setattr(catalogue, "_store", lambda: store)

    result = upgrade("raw_data", {"version": "1.0"}, to="1.3")
    assert (result.from_version, result.version) == ("1.0", "1.3")
    assert result.body == {"version": "1.3", "data_rights": "", "data_policies": ""}
    assert upgrade("raw_data", {"version": "1.3"}).body == {"version": "1.3"}


@pytest.mark.parametrize(
    ("given", "known_as", "after"),
    [
        ("1.2", "1.2", "1.2"),
        ("1.0", "1.0", "1.2"),
        (" 1.1 ", "1.1", "1.2"),
        (1.1, "1.1", "1.2"),
        (1, "1.0", "1.2"),
        (1.2, "1.2", 1.2),
        ("2.0", None, "2.0"),
        ("0.9", None, "0.9"),
        ("", None, ""),
        (None, None, None),
        (True, None, True),
        (["1.0"], None, ["1.0"]),
        (10**400, None, 10**400),
        (float("nan"), None, None),
    ],
)
def test_the_version_decides_what_is_done(given, known_as, after):
    result = upgrade("training_data", {"version": given})
    assert result.from_version == known_as
    if after is not None:
        assert result.body == {"version": after}


def test_an_unknown_target_is_an_error():
    with pytest.raises(
        ValueError, match=r"^There is no version “7” to upgrade to; known: 1\.0, 1\.1, 1\.2\.$"
    ):
        upgrade("raw_data", {"version": "1.0"}, to="7")


def test_the_newest_version_is_given_back_as_it_is():
    body = {"version": "1.2", "anything": []}
    assert upgrade("raw_data", body).body is body


# Pointers


OLD_CONTEXT = context(success_criteria=["a"], business_goals=[{"id": "BG-01", "goal": "g"}, {"id": "2"}])
OLD_MODEL = {
    "version": "1.0",
    "output_spec": [{"item_type": "Text", "expected_values": "x"}],
    "business_metrics": [{"metric": "m", "business_goal_mapping": "BG-01"}],
}


@pytest.mark.parametrize(
    ("descriptor", "body", "now", "then"),
    [
        ("system_context", OLD_CONTEXT, "", ""),
        ("system_context", OLD_CONTEXT, "/task", "/task"),
        ("system_context", OLD_CONTEXT, "/goals", "/business_goals"),
        ("system_context", OLD_CONTEXT, "/goals/1/id", "/business_goals/1/id"),
        ("system_context", OLD_CONTEXT, "/goals/0/metric", "/success_criteria"),
        ("system_context", OLD_CONTEXT, "/goals/1/metric", "/business_goals/1"),
        ("system_context", OLD_CONTEXT, "/goals/9/metric", "/business_goals"),
        ("system_context", OLD_CONTEXT, "/data_rights_policies", ""),
        ("trained_model", OLD_MODEL, "/output_spec/0/item_type", "/output_spec/0/item_type"),
        (
            "trained_model",
            OLD_MODEL,
            "/output_spec/0/item_specification/other_value",
            "/output_spec/0/expected_values",
        ),
        ("trained_model", OLD_MODEL, "/output_spec/0/item_specification/min_value", "/output_spec/0"),
        (
            "trained_model",
            OLD_MODEL,
            "/business_metrics/0/goal_mapping",
            "/business_metrics/0/business_goal_mapping",
        ),
        ("trained_model", OLD_MODEL, "/business_metrics/0/operator", "/business_metrics/0"),
        ("raw_data", {"version": "1.2"}, "/not/there", "/not/there"),
    ],
)
def test_a_pointer_leads_back_into_the_given_document(descriptor, body, now, then):
    assert upgrade(descriptor, body).pointers.original(now) == then


def test_pointers_go_through_all_steps_in_both_directions(monkeypatch):
    def first(change):
        change.rename("", change.body, "a", "b")
        change.complete("/b/x", "early")
        change.lose("/b/y", 1, "/b/z", "early")

    def second(change):
        change.rename("", change.body, "b", "c")
        change.complete("/c/x", "late")
        change.lose("/b/y", 1, "/c/z", "late")

    chain = [Step("raw_data", "1.1", first), Step("raw_data", "1.2", second)]
    monkeypatch.setattr(steps, "steps_of", lambda descriptor: chain)
    body = {"version": "1.0", "a": {"y": 1}}

    result = upgrade("raw_data", body)

    assert result.body == {"version": "1.2", "c": {"y": 1}}
    assert result.pointers.original("/c/y") == "/a/y"
    assert result.to_complete == (ToComplete("/c/x", "early"), ToComplete("/c/x", "late"))
    assert result.losses == (Loss("/a/y", 1, "/c/z", "early"), Loss("/a/y", 1, "/c/z", "late"))


# Anything else that documents may be


@every_old_schema
def test_every_valid_document_becomes_valid_but_for_what_is_to_be_completed(descriptor, version):
    @settings(max_examples=12 if descriptor in AFFECTED else 3, deadline=None, database=None)
    @given(valid(own_schema(descriptor, version), further=True))
    def holds(body):
        before = deepcopy(body)
        result = upgrade(descriptor, body)

        assert body == before
        assert result.version == result.body["version"] == "1.2"
        asked = {item.pointer for item in result.to_complete}
        assert {place for place, _ in faults(descriptor, result.body)} == asked
        assert_kept_or_listed(body, result)
        assert_pointers_lead_back(body, result)

    holds()


AFFECTED = ("system_context", "data_pipeline", "trained_model")


def assert_kept_or_listed(body, result):
    now = [str(leaf) for leaf in leaves(result.body)]
    listed = [leaf for loss in result.losses for leaf in leaves(loss.value)]
    for leaf in leaves(body):
        assert leaf == body["version"] or leaf in listed or any(str(leaf) in text for text in now), leaf
    for loss in result.losses:
        missing = object()
        assert resolve(body, loss.pointer, missing) == loss.value
        assert resolve(result.body, loss.kept, missing) is not missing


def assert_pointers_lead_back(body, result):
    missing = object()
    for path, value in places(result.body):
        then = result.pointers.original(pointer(*path))
        found = resolve(body, then, missing)
        assert found is not missing
        if then == pointer(*path) and not isinstance(value, dict | list) and path != ("version",):
            assert value == found or any(loss.pointer == then for loss in result.losses)


@every_old_schema
def test_no_document_however_broken_makes_it_raise(descriptor, version):
    @settings(max_examples=12, deadline=None, database=None)
    @given(spoilt(own_schema(descriptor, version)), ANY_JSON)
    def survives(body, anything):
        before = deepcopy(body)
        for each in (body, {"version": version, "input_spec": anything, "output_spec": anything}, anything):
            result = upgrade(descriptor, each)
            for path, _ in places(result.body):
                result.pointers.original(pointer(*path))
        assert body == before

    survives()


KEYS = ["business_goals", "goals", "success_criteria", "algorithm_metrics", "business_metrics", "input_spec"]


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.sampled_from(AFFECTED),
    st.dictionaries(st.sampled_from([*KEYS, "output_spec", "error_handling"]), ANY_JSON),
    st.sampled_from(["id", "operator", "item_type", "expected_values", "item_specification", "goal_mapping"]),
    ANY_JSON,
)
def test_any_json_in_the_places_that_change_is_survived(descriptor, body, key, value):
    rows = {name: [{key: value}, value, {}] for name in ("business_goals", "input_spec", "business_metrics")}
    for each in ({"version": "1.0", **body}, {"version": "1.0", **rows, **body}):
        result = upgrade(descriptor, each)
        assert result.version == "1.2"
        assert all(resolve(each, loss.pointer, each) is not each for loss in result.losses)


def test_a_document_nested_thousands_deep_is_survived():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    body = {"version": "1.0", "business_goals": [{"id": deep, "goal": deep}], "success_criteria": [deep]}
    result = upgrade("system_context", body)
    assert result.body["goals"][0]["goal"] is deep
    assert result.pointers.original("/goals/0/goal" + "/0" * 50).startswith("/business_goals/0/goal/0/0")


def test_a_step_belongs_to_one_descriptor_and_version():
    assert len(set(STEPS.ids())) == len(STEPS) == 6
    assert {(step.descriptor, step.to) for step in STEPS} == {
        ("system_context", "1.1"),
        ("raw_data", "1.1"),
        ("trained_model", "1.1"),
        ("production_environment", "1.1"),
        ("data_pipeline", "1.2"),
        ("trained_model", "1.2"),
    }


def test_a_new_key_comes_directly_after_its_predecessor_or_last():
    members = {"a": 1, "b": 2}
    change = Change({})
    change.add("", members, "x", 0, after="a", keep=bool)
    change.add("", members, "y", 0, after="gone", keep=bool)
    assert list(members) == ["a", "x", "b", "y"]
