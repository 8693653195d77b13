"""Suggested fixes: what is offered for which finding, and that it works."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descriptors.differences import changes
from mismatch.engine import RULES, check
from mismatch.findings import Finding, Report
from mismatch.fixes import FIXERS, Fix, addition, applied, change, fix_for, works
from tec.pointers import resolve
from tests.examples import example

LOAN, TRIAGE, SERVERS = (
    example(name) for name in ("consumer-loan-default", "emergency-triage", "server-anomaly-alerts")
)
Documents = dict[str, Any]


def edited(documents: Documents, *edits: tuple[str, Any]) -> Documents:
    """A copy with “trained_model/output_spec/0/item_type” → value."""
    result = copy.deepcopy(documents)
    for path, value in edits:
        *steps, last = path.split("/")
        inner: Any = result
        for step in steps:
            inner = inner[int(step) if isinstance(inner, list) else step]
        inner[int(last) if isinstance(inner, list) else last] = value
    return result


def offered(documents: Documents, code: str) -> tuple[Fix | None, Report]:
    """The fix of the first finding of *code*."""
    report = check(documents)
    finding = next(found for found in report.findings if found.code == code)
    return fix_for(finding, documents), report


SECRET = "https://user:secret@git.example/RAW"


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        (
            "X201",
            [
                ("raw_data/dataset_identifier", f" {SECRET}"),
                ("training_data/raw_data_identifier", f" {SECRET}"),
            ],
        ),
        (
            "X201",
            [("raw_data/dataset_identifier", SECRET), ("training_data/raw_data_identifier", f"{SECRET} ")],
        ),
        ("X101", [("raw_data/dataset_identifier", SECRET)]),
    ],
)
def test_a_password_that_the_finding_hides_is_not_lost_by_a_fix(code: str, edits: list[tuple[str, Any]]):
    documents = edited(LOAN, *edits)

    assert offered(documents, code)[0] is None
    plain = edited(documents, *((path, value.replace("user:secret@", "")) for path, value in edits))
    assert offered(plain, code)[0] is not None


def test_a_fix_shares_what_it_leaves_alone_and_touches_nothing_of_what_was():
    body = {"a": {"b": [{"c": 1}, {"c": 2}]}, "d": {"e": []}, "f": "text"}
    before = copy.deepcopy(body)

    fixed = applied(
        body,
        [
            change(9, "a", "b", 1, "c"),
            change(8, "a", "b", 0, "c"),
            addition("x", "d", "e"),
            addition("y", "g"),
        ],
    )

    assert fixed == {"a": {"b": [{"c": 8}, {"c": 9}]}, "d": {"e": ["x"]}, "f": "text", "g": ["y"]}
    assert body == before
    assert applied(body, [change(1, "a", "b", 0, "c")])["d"] is body["d"]
    for places in (("a", "b", 2), ("a", "x", "y"), ("f", 0), ("a", "b", "c")):
        assert applied(body, [change(1, *places)]) is None
    assert applied(body, [addition(1, "f")]) is None
    assert body == before


NOWHERE = {"component": "", "data_item": ""}

CASES: dict[str, tuple[str, Documents, str, list[tuple[str, str, Any]]]] = {
    "a missing language is added": (
        "TEC-2",
        edited(LOAN, ("trained_model/model_components/0/programming_languages", ["Scala"])),
        "Add “Scala” to the languages of the Development Environment",
        [("added", "/programming_languages/3", "Scala")],
    ),
    "a language in another case is written alike": (
        "TEC-2",
        edited(LOAN, ("trained_model/model_components/0/programming_languages/0", "python")),
        "Write “Python” instead of “python”",
        [("changed", "/model_components/0/programming_languages/0", "Python")],
    ),
    "a missing framework is added": (
        "TEC-8",
        edited(LOAN, ("trained_model/ml_frameworks/0", "XGBoost")),
        "Add “XGBoost” to the frameworks of the Development Environment",
        [("added", "/ml_frameworks/2", "XGBoost")],
    ),
    "another spelling is taken over": (
        "X201",
        edited(LOAN, ("trained_model/ml_frameworks/0", "scikit_learn")),
        "Write “scikit-learn” instead of “scikit_learn”",
        [("changed", "/ml_frameworks/0", "scikit-learn")],
    ),
    "a nickname is replaced": (
        "X202",
        edited(LOAN, ("trained_model/ml_frameworks/0", "sklearn")),
        "Write “scikit-learn” instead of “sklearn”",
        [("changed", "/ml_frameworks/0", "scikit-learn")],
    ),
    "an input is mapped by its name": (
        "TEC-5B",
        edited(LOAN, ("data_pipeline/input_spec/4/component_mapping", NOWHERE)),
        "Map “channel” to “channel” of “Application Portal”",
        [
            ("changed", "/input_spec/4/component_mapping/component", "Application Portal"),
            ("changed", "/input_spec/4/component_mapping/data_item", "channel"),
        ],
    ),
    "a component is found by its item": (
        "TEC-3B",
        edited(LOAN, ("trained_model/output_spec/0/component_mapping/component", "LOS")),
        "Map “pd” to “pd_12m” of “Loan Origination System”",
        [("changed", "/output_spec/0/component_mapping/component", "Loan Origination System")],
    ),
    "an output is copied to where it goes": (
        "X104",
        edited(LOAN, ("trained_model/output_spec/0/component_mapping/data_item", "probability")),
        "Add “probability” to what “Loan Origination System” takes, as the model gives it",
        [
            (
                "added",
                "/downstream_components/0/input_spec/3",
                {
                    "item_name": "probability",
                    "item_description": "Probability of default within twelve months",
                    "item_type": "Float",
                    "expected_values": "0 - 1",
                },
            )
        ],
    ),
    "a waiting input is fed by the output of its name": (
        "TEC-3C",
        edited(LOAN, ("trained_model/output_spec/3/component_mapping", NOWHERE)),
        "Map “model_version” to “model_version” of “Credit Risk Data Mart”",
        [
            ("changed", "/output_spec/3/component_mapping/component", "Credit Risk Data Mart"),
            ("changed", "/output_spec/3/component_mapping/data_item", "model_version"),
        ],
    ),
    "a training field is mapped by its name": (
        "TEC-14B",
        edited(LOAN, ("training_data/schema/2/mapping_production_data", "")),
        "Map “bureau_score” to “bureau_score”",
        [("changed", "/schema/2/mapping_production_data", "bureau_score")],
    ),
    "a type is written as in production": (
        "TEC-14A",
        edited(LOAN, ("training_data/schema/2/field_type", "INTEGER")),
        "Write “integer” instead of “INTEGER”",
        [("changed", "/schema/2/field_type", "integer")],
    ),
    "a mapping is spelled as the field": (
        "X201",
        edited(LOAN, ("training_data/schema/2/mapping_production_data", "Bureau Score")),
        "Write “bureau_score” instead of “Bureau Score”",
        [("changed", "/schema/2/mapping_production_data", "bureau_score")],
    ),
    "a statistic is spelled as the field": (
        "X201",
        edited(LOAN, ("training_data/statistics/1/field", "Bureau-Score")),
        "Write “bureau_score” instead of “Bureau-Score”",
        [("changed", "/statistics/1/field", "bureau_score")],
    ),
    "a goal is spelled as it is defined": (
        "X201",
        edited(LOAN, ("trained_model/algorithm_metrics/0/goal_mapping", "g01")),
        "Write “G-01” instead of “g01”",
        [("changed", "/algorithm_metrics/0/goal_mapping", "G-01")],
    ),
    "a mapping to a label of another name": (
        "X105",
        edited(LOAN, ("training_data/distribution/1/mapping_production_data", "loss")),
        "Map “default” to “default”",
        [("changed", "/distribution/1/mapping_production_data", "default")],
    ),
    "an identifier that is blank is copied": (
        "X101",
        edited(LOAN, ("trained_model/training_data_identifier", "")),
        "Write “TRAIN-PD-IL-3”, as the other descriptor calls itself",
        [("changed", "/training_data_identifier", "TRAIN-PD-IL-3")],
    ),
    "bounds are exchanged": (
        "X401",
        edited(
            LOAN,
            ("data_pipeline/input_spec/2/item_specification/min_value", 120),
            ("data_pipeline/input_spec/2/item_specification/max_value", 6),
        ),
        "Exchange 120 and 6",
        [
            ("changed", "/input_spec/2/item_specification/min_value", 6),
            ("changed", "/input_spec/2/item_specification/max_value", 120),
        ],
    ),
    "the ends of a range are exchanged": (
        "X323",
        edited(LOAN, ("raw_data/schema/4/expected_values", "75000 - 1000")),
        "Write “1000 - 75000”",
        [("changed", "/schema/4/expected_values", "1000 - 75000")],
    ),
    "a flag is turned": (
        "X408",
        edited(LOAN, ("trained_model/ensemble", True)),
        "Switch “Ensemble” off",
        [("changed", "/ensemble", False)],
    ),
}


@pytest.mark.parametrize(("code", "documents", "title", "expected"), CASES.values(), ids=CASES)
def test_a_mechanical_remedy_is_offered_as_a_difference_and_works(
    code: str, documents: Documents, title: str, expected: list[tuple[str, str, Any]]
):
    fix, report = offered(documents, code)

    assert fix is not None
    assert fix.title == title
    assert fix.sure
    found = changes(fix.descriptor, documents[fix.descriptor], fix.body)
    assert [(each.kind, each.pointer, each.now) for each in found] == expected
    assert works(fix, documents, report)


def test_the_documents_themselves_stay_as_they_are():
    documents = CASES["a flag is turned"][1]
    before = copy.deepcopy(documents)

    offered(documents, "X408")

    assert documents == before


@pytest.mark.parametrize(
    ("code", "documents"),
    [
        ("X101", edited(LOAN, ("trained_model/training_data_identifier", "TRAIN-PD-IL-2"))),
        ("X203", edited(LOAN, ("trained_model/ml_frameworks/0", "scikit-lern"))),
    ],
)
def test_what_people_may_see_otherwise_is_offered_but_not_sure(code: str, documents: Documents):
    fix, _ = offered(documents, code)

    assert fix is not None
    assert not fix.sure


@pytest.mark.parametrize(
    ("code", "documents"),
    [
        ("TEC-14B", SERVERS),  # no production field of that name
        ("TEC-4A", SERVERS),  # an integer and a string: people have to decide
        ("TEC-6", SERVERS),
        (
            "TEC-3C",
            edited(LOAN, ("development_environment/downstream_components/0/input_spec/0/item_name", "x")),
        ),
    ],
)
def test_nothing_is_offered_where_people_have_to_think(code: str, documents: Documents):
    fix, _ = offered(documents, code)

    assert fix is None


def test_two_items_of_one_name_are_not_guessed_between():
    documents = edited(
        LOAN,
        ("data_pipeline/input_spec/4/component_mapping", NOWHERE),
        ("development_environment/upstream_components/2/output_spec/0/item_name", "channel"),
    )

    assert offered(documents, "TEC-5B")[0] is None


def test_an_input_that_is_fed_already_is_not_fed_twice():
    documents = edited(LOAN, ("trained_model/output_spec/1/component_mapping/data_item", "pd_12m"))
    documents = edited(documents, ("trained_model/output_spec/0/component_mapping", NOWHERE))
    documents = edited(documents, ("trained_model/output_spec/0/item_name", "pd_12m"))

    assert offered(documents, "TEC-3B")[0] is None


def test_a_document_of_an_older_version_is_left_alone():
    documents = edited(CASES["a flag is turned"][1], ("trained_model/version", "1.1"))
    finding = next(found for found in check(documents).findings if found.code == "X408")

    assert fix_for(finding, documents) is None


def test_a_fix_that_brings_something_worse_does_not_work():
    documents = CASES["a flag is turned"][1]
    fix, report = offered(documents, "X408")
    assert fix is not None

    worse = fix._replace(body=edited({"b": fix.body}, ("b/output_spec/0/item_type", "Image"))["b"])

    assert not works(worse, documents, report)
    assert not works(fix._replace(body=documents["trained_model"]), documents, report)


def test_a_change_at_a_place_that_is_not_there_gives_nothing():
    assert applied({"rows": []}, [change(1, "rows", 3, "name")]) is None
    assert applied({"rows": "text"}, [change(1, "rows", "name")]) is None


def test_every_fixer_is_for_a_rule_that_there_is():
    assert set(FIXERS) <= {rule.slug for rule in RULES}


DOUBTFUL: dict[str, tuple[str, Documents, str, list[tuple[str, str, Any]]]] = {
    "exchanged fields change places": (
        "X109",
        edited(
            LOAN,
            ("training_data/schema/4/mapping_production_data", "loan_term"),
            ("training_data/schema/5/mapping_production_data", "loan_amount"),
        ),
        "Map “amount” to “loan_amount”, and what was mapped there to what it had",
        [
            ("changed", "/schema/4/mapping_production_data", "loan_amount"),
            ("changed", "/schema/5/mapping_production_data", "loan_term"),
        ],
    ),
    "an output at the wrong end gets the right one": (
        "X109",
        edited(
            example("bakery-demand-forecast"),
            ("trained_model/output_spec/1/component_mapping/data_item", "upper_limit"),
            ("trained_model/output_spec/2/component_mapping/data_item", "lower_limit"),
        ),
        "Map “low” to “lower_limit”, and what was mapped there to what it had",
        [
            ("changed", "/output_spec/1/component_mapping/data_item", "lower_limit"),
            ("changed", "/output_spec/2/component_mapping/data_item", "upper_limit"),
        ],
    ),
}


@pytest.mark.parametrize(("code", "documents", "title", "expected"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_be_meant_is_offered_and_left_to_people(
    code: str, documents: Documents, title: str, expected: list[tuple[str, str, Any]]
):
    fix, report = offered(documents, code)

    assert fix is not None
    assert (fix.title, fix.sure) == (title, False)
    assert works(fix, documents, report)
    found = changes(fix.descriptor, documents[fix.descriptor], fix.body)
    assert [(each.kind, each.pointer, each.now) for each in found] == expected


@pytest.mark.parametrize("documents", [LOAN, TRIAGE, SERVERS])
def test_every_sure_fix_of_the_examples_works(documents: Documents):
    report = check(documents)
    fixes = [fix for found in report.findings if (fix := fix_for(found, documents)) and fix.sure]

    assert all(works(fix, documents, report) for fix in fixes)


BROKEN = st.sampled_from([None, "", 0, [], {}, [None], "text", {"version": "1.2"}])


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_document_however_broken_makes_a_fixer_raise(data: st.DataObject):
    documents = copy.deepcopy(SERVERS)
    for body in documents.values():
        for field in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=3)):
            body[field] = data.draw(BROKEN)
        body["version"] = "1.2"

    for finding in check(documents).findings:
        fix = fix_for(finding, documents)
        assert fix is None or isinstance(fix.body, dict)


@pytest.mark.parametrize("case", [*CASES.values(), *DOUBTFUL.values()], ids=[*CASES, *DOUBTFUL])
def test_no_odd_value_beside_what_is_to_be_fixed_makes_a_fixer_raise(case: tuple[str, Documents, str, Any]):
    code, documents = case[0], copy.deepcopy(case[1])
    found = next(each for each in check(documents).findings if each.code == code)
    for place in found.places:
        row = resolve(documents[place.descriptor], "/".join(place.pointer.split("/")[:3]))
        holders = [row, *row.values()] if isinstance(row, dict) else []
        for holder, key in [(each, key) for each in holders if isinstance(each, dict) for key in each]:
            kept = holder[key]
            for holder[key] in ("C:\\x", 10**400, None):
                for finding in check(documents).findings:
                    fix = fix_for(finding, documents)
                    assert fix is None or isinstance(fix.body, dict)
            holder[key] = kept


@pytest.mark.parametrize(
    ("specification", "expected"),
    [
        ({"min_value": "0", "max_value": "C:\\x"}, ""),
        ({"min_value": 1, "max_value": 10**400}, ""),
        ({"min_value": "", "max_value": 1}, "0 - 1"),
        ({"min_value": "1", "max_value": 2.5}, "1 - 2.5"),
    ],
)
def test_only_limits_that_are_numbers_are_taken_over(specification: dict[str, Any], expected: str):
    documents = edited(
        LOAN,
        ("trained_model/output_spec/0/item_specification", specification),
        ("development_environment/downstream_components/0/input_spec", []),
    )

    fix, _ = offered(documents, "TEC-3B")

    assert fix is not None
    assert fix.body["downstream_components"][0]["input_spec"][0]["expected_values"] == expected


def test_a_finding_with_strange_places_is_left_alone():
    for slug in FIXERS:
        strange = Finding(slug, "X", "mismatch", "fail", "minor", "", "", (), "0")
        assert fix_for(strange, LOAN) is None
