from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from descriptors import catalogue
from descriptors.catalogue import DESCRIPTORS, OWN_VERSIONS
from descriptors.keywords import validator
from descriptors.schema_store import Source, UnknownSchema
from descriptors.validation import MAX_LOOKED_AT, MAX_PROBLEMS, Problem, problems
from tec.pointers import pointer, tokens
from tests.descriptors.generated import ANY_JSON, spoilt, valid
from tests.descriptors.schema_repositories import own_schema

EXAMPLES = Path(__file__).parents[2] / "examples"
GONE: Any = object()

SC, RD, DP, TD = "system_context", "raw_data", "data_pipeline", "training_data"
TM, DE, PE = "trained_model", "development_environment", "production_environment"


def example(descriptor):
    return json.loads((EXAMPLES / "consumer-loan-default" / f"{descriptor}.json").read_text("utf-8"))


def edited(descriptor, place, value):
    """The example with *value* at *place*, or without what is there."""
    body = example(descriptor)
    *outer, last = tokens(place)
    at = body
    for token in outer:
        at = at[int(token)] if isinstance(at, list) else at[token]
    key = int(last) if isinstance(at, list) else last
    if value is GONE:
        del at[key]
    else:
        at[key] = value
    return body


TYPE = "/output_spec/0/item_type"
PROBLEM = "/ml_problem_type/ml_problem"
KINDS = (
    "Alert, Benchmarking, Classification, Clustering, Content Generation, Detection, Forecasting, Goals, "
    "Summarization, Trend or Other"
)
TYPES = "Integer, Float, String, Image or Other"
OPERATORS = "greater than, greater or equal than, less than, less or equal than, equal to or different than"
ADDRESS = "which is no full address; write it like https://example.org/report.pdf."
OPTIONAL = "/output_spec/0/item_specification"

ERRORS = [
    # The version
    (SC, "/version", GONE, 'Schema version is missing; add "version": "1.2" (known: 1.0, 1.1 and 1.2).'),
    (
        SC,
        "/version",
        "1.3",
        "Schema version is “1.3”; known are 1.0, 1.1 and 1.2. The rest was checked as version 1.2.",
    ),
    (SC, "/version", 1.2, 'Schema version is the number 1.2; put it in quotation marks: "1.2".'),
    (
        SC,
        "/version",
        None,
        "Schema version is null; known are 1.0, 1.1 and 1.2. The rest was checked as version 1.2.",
    ),
    (
        SC,
        "/version",
        ["1.2"],
        "Schema version is a list; known are 1.0, 1.1 and 1.2. The rest was checked as version 1.2.",
    ),
    # Something is missing
    (SC, "/task", GONE, "Task is missing; add a text."),
    (SC, "/goals", GONE, "Goals are missing; add a list."),
    (SC, "/risks", GONE, "Risks are missing; add an object with named fields."),
    (SC, "/goals/0/metric", GONE, "Metric of goal 1 is missing; add a text."),
    (SC, PROBLEM, GONE, f"ML problem of ML problem type is missing; add one of {KINDS}."),
    (TM, "/ensemble", GONE, "Ensemble is missing; add true or false."),
    (TM, "/inference_time/time", GONE, "Time of observed inference time is missing; add a whole number."),
    (
        TM,
        "/evaluation_dataset/holdout_percentage",
        GONE,
        "Holdout percentage of evaluation dataset is missing; add a number.",
    ),
    (TM, "/output_spec", GONE, "Output specification is missing; add a list."),
    # Something is of another type
    (SC, "/task", 5, "Task must be a text, not the number 5; put it in quotation marks."),
    (SC, "/task", None, "Task must be a text, not null."),
    (SC, "/task", ["x"], "Task must be a text, not a list."),
    (SC, "/task", {}, "Task must be a text, not an object."),
    (SC, "/goals", "none", "Goals must be a list, not the text “none”."),
    (SC, "/goals/0", "x", "Goal 1 must be an object with named fields, not the text “x”."),
    (SC, "/risks", [], "Risks must be an object with named fields, not a list."),
    (
        RD,
        "/number_of_instances",
        "1200",
        "Number of instances must be a whole number, not the text “1200”; leave out the quotation marks.",
    ),
    (RD, "/number_of_instances", "", "Number of instances must be a whole number, not an empty text."),
    (RD, "/number_of_instances", 1.5, "Number of instances must be a whole number, not the number 1.5."),
    (
        RD,
        "/number_of_instances",
        "about 1000",
        "Number of instances must be a whole number, not the text “about 1000”.",
    ),
    (RD, "/number_of_instances", "nan", "Number of instances must be a whole number, not the text “nan”."),
    (RD, "/number_of_instances", "7.5", "Number of instances must be a whole number, not the text “7.5”."),
    (RD, "/number_of_instances", True, "Number of instances must be a whole number, not true."),
    (
        TM,
        "/ensemble",
        "true",
        "Ensemble must be true or false, not the text “true”; leave out the quotation marks.",
    ),
    (TM, "/ensemble", 1, "Ensemble must be true or false, not the number 1."),
    (
        TM,
        "/evaluation_metrics/0/result",
        "0.93",
        "Result of evaluation metric 1 must be a number, not the text “0.93”; leave out the quotation marks.",
    ),
    (TM, "/decisions_assumptions/0", None, "Decision or assumption 1 must be a text, not null."),
    (
        DE,
        "/upstream_components/0/output_spec/0/item_name",
        3,
        "Item name of output specification 1 of upstream component 1 must be a text, not the number 3; "
        "put it in quotation marks.",
    ),
    (
        TM,
        TYPE,
        7,
        "Item type of output specification 1 must be a text, not the number 7; put it in quotation marks.",
    ),
    # Something is not among the choices
    (
        TM,
        TYPE,
        "Double",
        f"Item type of output specification 1 is “Double”; choose one of {TYPES} (nearest: Float).",
    ),
    (
        TM,
        TYPE,
        "string ",
        f"Item type of output specification 1 is “string ”; choose one of {TYPES} (nearest: String).",
    ),
    (TM, TYPE, "Matrix", f"Item type of output specification 1 is “Matrix”; choose one of {TYPES}."),
    (TM, TYPE, " ", f"Item type of output specification 1 is blank; choose one of {TYPES}."),
    (
        TM,
        f"{OPTIONAL}/image_format",
        "jpeg",
        "Image format of item specification of output specification 1 is “jpeg”; "
        "choose one of an empty text, JPG or PNG (nearest: JPG).",
    ),
    (
        TM,
        "/algorithm_metrics/0/operator",
        ">=",
        f"Operator of algorithm metric 1 is “>=”; choose one of {OPERATORS} (nearest: greater or equal than).",
    ),
    (
        PE,
        "/required_inference_time/unit",
        "ms",
        "Unit of required inference time is “ms”; "
        "choose one of Milliseconds, Seconds, Minutes or Hours (nearest: Milliseconds).",
    ),
    (
        DP,
        "/input_spec/0/error_handling/error_type",
        "log",
        "Error type of error handling of input specification 1 is “log”; "
        "choose one of Log to console, Log to file, Return error code or Return none.",
    ),
    (
        SC,
        PROBLEM,
        "“Clasification”\x1b[31m\n" + "x" * 100,
        "ML problem of ML problem type is “‘Clasification’\\x1b[31m\\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”; "
        f"choose one of {KINDS}.",
    ),
    # Too few rows, or a number out of its range
    (SC, "/goals", [], "Goals need at least 1 row; there is none."),
    (TM, "/ml_frameworks", [], "ML frameworks need at least 1 row; there is none."),
    (
        DE,
        "/upstream_components/0/output_spec",
        [],
        "Output specification of upstream component 1 needs at least 1 row; there is none.",
    ),
    (
        RD,
        "/labels_distribution/0/percentage",
        120,
        "Percentage of labels distribution 1 must be between 0 and 100, not 120.",
    ),
    (
        TD,
        "/distribution/0/percentage",
        -0.5,
        "Percentage of distribution 1 must be between 0 and 100, not -0.5.",
    ),
]

WARNINGS = [
    (
        RD,
        "/metadata/collection_date",
        "31.12.2024",
        "Collection date of metadata is “31.12.2024”, which is no date; write it like 2025-03-31.",
    ),
    (
        RD,
        "/metadata/collection_date",
        "2025-02-30",
        "Collection date of metadata is “2025-02-30”, which is no date; write it like 2025-03-31.",
    ),
    (
        SC,
        "/documentation/0/location",
        "docs/readme.md",
        f"Location of documentation 1 is “docs/readme.md”, {ADDRESS}",
    ),
    (TM, "/trained_model_code", "git@host:a/b", f"Trained model code is “git@host:a/b”, {ADDRESS}"),
    (SC, "/taks", "x", "“taks” is not a field of System Context; did you mean “task”?"),
    (SC, "/goals/0/Metric", "x", "“Metric” is not a field of goal 1; did you mean “metric”?"),
    (SC, "/goals/0/owner", "x", "“owner” is not a field of goal 1; it is kept, but nothing reads it."),
    (SC, "/risks/risk-fp", "x", "“risk-fp” is not a field of risks; did you mean “risk_fp”?"),
    (SC, "/goals/0/", "x", "“” is not a field of goal 1; it is kept, but nothing reads it."),
    (
        TM,
        f"{OPTIONAL}/min value",
        1,
        "“min value” is not a field of item specification of output specification 1; did you mean “min_value”?",
    ),
    (TM, "/log_data/0/format", "", "“format” is not a field of log data 1; did you mean “log_data_format”?"),
    (
        SC,
        "/business_goals",
        [],
        "“business_goals” is not a field of System Context in version 1.2; version 1.0 has it.",
    ),
    (
        TM,
        "/output_spec/0/expected_values",
        "",
        "“expected_values” is not a field of output specification 1 in version 1.2; version 1.1 has it.",
    ),
]


@pytest.mark.parametrize(("descriptor", "place", "value", "message"), ERRORS)
def test_one_fault_gives_one_error_in_words(descriptor, place, value, message):
    (problem,) = problems(descriptor, edited(descriptor, place, value))
    assert (problem.pointer, problem.message, problem.severity) == (place, message, "error")


@pytest.mark.parametrize(("descriptor", "place", "value", "message"), WARNINGS)
def test_one_oddity_gives_one_warning_in_words(descriptor, place, value, message):
    (problem,) = problems(descriptor, edited(descriptor, place, value))
    assert (problem.pointer, problem.message, problem.severity) == (place, message, "warning")


@pytest.mark.parametrize(
    ("descriptor", "place", "value", "code"),
    [
        (SC, "/version", GONE, "version-missing"),
        (SC, "/version", "9", "version-unknown"),
        (SC, "/task", GONE, "missing"),
        (SC, "/task", 1, "wrong-type"),
        (TM, TYPE, "x", "not-allowed"),
        (SC, "/goals", [], "too-few"),
        (RD, "/labels_distribution/0/percentage", 101, "out-of-range"),
        (RD, "/metadata/collection_date", "x", "format"),
        (SC, "/x", 1, "unknown-key"),
    ],
)
def test_every_kind_of_problem_has_a_code_for_programs(descriptor, place, value, code):
    assert [problem.code for problem in problems(descriptor, edited(descriptor, place, value))] == [code]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(EXAMPLES.glob("*/*.json")) if path.stem in DESCRIPTORS],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_the_examples_have_no_problems(path):
    assert problems(path.stem, json.loads(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/documentation/0/location", ""),
        ("/metadata/collection_date", "  "),
        ("/data_rights", GONE),
        ("/dataset_name", ""),
        ("/labels_distribution", []),
        ("/number_of_instances", 5.0),
    ],
)
def test_blanks_and_what_is_optional_are_no_problems(place, value):
    assert problems(RD, edited(RD, place, value)) == []


def test_error_handling_of_a_trained_model_is_neither_required_nor_unknown():
    body = example(TM)
    assert "error_handling" not in body
    assert problems(TM, body) == []
    assert problems(TM, body | {"error_handling": [{"error_condition": "x"}]}) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (None, "null"),
        ([], "a list"),
        (5, "the number 5"),
        ("x", "the text “x”"),
        (True, "true"),
        ("", "an empty text"),
    ],
)
def test_what_is_no_object_is_told_in_one_sentence(body, what):
    message = f"A Raw Data document must be an object with named fields, not {what}."
    assert problems(RD, body) == [Problem("", "", message, "error", "not-an-object")]


def test_a_place_is_named_by_its_label():
    (problem,) = problems(SC, edited(SC, "/goals/1/metric", GONE))
    assert (problem.pointer, problem.label) == ("/goals/1/metric", "Goals 2 › Metric")


# Versions


def test_a_document_is_checked_by_the_version_it_states():
    body = {"version": "1.0", "business_goals": [{"id": "BG-01"}], "goals": []}
    messages = [problem.message for problem in problems(SC, body)]
    assert "Goal of business goal 1 is missing; add a text." in messages
    assert "“goals” is not a field of System Context in version 1.0; version 1.2 has it." in messages


def test_a_document_of_another_version_than_needed_is_told_to_be_upgraded():
    first, *_ = problems(SC, edited(SC, "/version", "1.0"), "1.2")
    assert first == Problem(
        "/version",
        "Schema version",
        "Schema version is 1.0, but 1.2 is needed here; upgrade the document first.",
        "error",
        "version-mismatch",
    )


def test_the_version_needed_is_the_one_checked():
    assert problems(SC, edited(SC, "/version", GONE), "1.1")[0].message == (
        'Schema version is missing; add "version": "1.1" (known: 1.0, 1.1 and 1.2).'
    )
    with pytest.raises(UnknownSchema):
        problems(SC, {}, "7")


# Many problems


def test_all_problems_come_at_once_errors_first_outer_before_inner_and_as_in_the_schema():
    body = example(SC)
    del body["risks"], body["goals"][1]["goal"], body["documentation"]
    body |= {"version": "7", "usage_context": 1, "zz": 1, "aa": 2}
    body["goals"][0]["id"] = None
    body["ml_problem_type"]["ml_problem"] = "?"
    assert [(problem.severity, problem.pointer) for problem in problems(SC, body)] == [
        ("error", "/version"),
        ("error", "/usage_context"),
        ("error", "/risks"),
        ("error", "/documentation"),
        ("error", "/ml_problem_type/ml_problem"),
        ("error", "/goals/0/id"),
        ("error", "/goals/1/goal"),
        ("warning", "/zz"),
        ("warning", "/aa"),
    ]


def test_the_list_is_bounded_and_says_how_many_more_there_are():
    found = problems(SC, example(SC) | {"goals": [{}] * 100})
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == Problem("", "", "And 200 more; mend the ones above first.", "error", "and-more")


def test_warnings_that_are_left_out_are_counted_as_warnings():
    found = problems(SC, example(SC) | {f"key{number}": 1 for number in range(300)})
    assert found[-1] == Problem("", "", "And 100 more; mend the ones above first.", "warning", "and-more")


def test_a_document_full_of_problems_is_not_looked_at_to_the_end():
    found = problems(SC, example(SC) | {"goals": [{}] * 10_000})
    left = MAX_LOOKED_AT - MAX_PROBLEMS
    assert found[-1].message == f"And at least {left} more; mend the ones above first."


# Whatever JSON can hold


def deep(levels, build):
    value: Any = "x"
    for _ in range(levels):
        value = build(value)
    return value


@pytest.mark.parametrize(
    "build", [lambda inner: [inner], lambda inner: {"x": inner}], ids=["lists", "objects"]
)
@pytest.mark.parametrize("place", ["/task", "/goals", "/goals/0", "/version", PROBLEM, "/further"])
def test_values_nested_thousands_deep_are_survived(build, place):
    found = problems(SC, edited(SC, place, deep(50_000, build)))
    assert found[0].pointer.startswith(place)


def test_enormous_values_are_shortened():
    body = edited(TM, TYPE, "y" * 1_000_000)
    body["inference_time"]["time"] = "9" * 100_000
    body |= {"z" * 100_000: 1, "ensemble": 10**5_000}
    found = problems(TM, body)
    assert max(len(problem.message) for problem in found) < 300
    assert "Ensemble must be true or false, not an enormous number." in {problem.message for problem in found}


every_schema = pytest.mark.parametrize(
    ("descriptor", "version"),
    [(descriptor, version) for version in OWN_VERSIONS for descriptor in DESCRIPTORS],
)


@every_schema
def test_generated_documents_have_errors_where_json_schema_finds_them(descriptor, version):
    schema = catalogue.schema(descriptor, version)

    @settings(max_examples=8, deadline=None, database=None)
    @given(valid(own_schema(descriptor, version)), spoilt(own_schema(descriptor, version)))
    def agrees(good, bad):
        assert [problem for problem in problems(descriptor, good) if problem.severity == "error"] == []
        found = problems(descriptor, bad, version)
        assert {problem.pointer for problem in found if problem.severity == "error"} == wrong(schema, bad)

    agrees()


def wrong(schema, body):
    """Where plain jsonschema finds something wrong; for something missing, where it belongs."""
    places = set()
    for error in Draft7Validator(schema).iter_errors(body):
        path = pointer(*error.absolute_path)
        if error.validator == "required":
            path += f"/{re.match(r'.(.*). is a required property', error.message)[1]}"
        places.add(path)
    return places


@every_schema
def test_no_json_makes_it_raise_and_no_sentence_speaks_python(descriptor, version):
    @settings(max_examples=6, deadline=None, database=None)
    @given(spoilt(own_schema(descriptor, version)), ANY_JSON)
    def speaks(body, anything):
        for each in (body, anything, {**body, "documentation": anything, "version": anything}):
            for problem in problems(descriptor, each):
                own_words = re.sub(
                    r"“[^”]*”|\"[^\"]*\"|False (Positive|Negative) Rate", "“”", problem.message
                )
                assert problem.message[-1] in ".?"
                assert not re.search(r"['\[\]{}]|None|True|False|not of type|is a required", own_words)

    speaks()


# Schemas that say more than today's


@pytest.fixture
def under(monkeypatch):
    """Gives the problems of `{"version": "1.2", "x": value}` where the schema of x is what the test says."""

    def given(part, value, **further):
        schema = {"properties": {"version": {"const": "1.2"}, "x": part}, **further}
        store = SimpleNamespace(
            schema=lambda descriptor, version: schema,
            versions=lambda descriptor="": ("1.2",),
            errata=lambda descriptor, version: (),
            source=Source("submodule", json.dumps(schema)),
        )
        monkeypatch.setattr(catalogue, "_store", lambda: store)
        return [problem.message for problem in problems(RD, {"version": "1.2", "x": value})]

    return given


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ({"maxItems": 1}, [1, 2], "X may have at most 1 row, not 2."),
        ({"minItems": 3}, [1, 2], "X needs at least 3 rows; there are only 2."),
        ({"minimum": 3}, 2, "X must be at least 3, not 2."),
        ({"maximum": 3}, 4.5, "X must be at most 3, not 4.5."),
        ({"exclusiveMinimum": 3}, 3, "X must be more than 3, not 3."),
        ({"exclusiveMaximum": 3}, 3, "X must be less than 3, not 3."),
        ({"multipleOf": 5}, 7, "X must be a multiple of 5, not 7."),
        ({"minLength": 3}, "ab", "X needs at least 3 characters, not 2."),
        ({"maxLength": 1}, "ab", "X may have at most 1 character, not 2."),
        ({"uniqueItems": True}, [{"a": 1}, {"a": 1}], "X has the same entry twice."),
        ({"const": 5}, "5", "X must be the number 5, not the text “5”."),
        ({"enum": [1, 2]}, True, "X is true; choose one of the number 1 or the number 2."),
        ({"type": ["string", "null"]}, 5, "X must be a text or null, not the number 5; put it in quotation marks."),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 5, "X fits none of the forms that its schema allows."),
        ({"oneOf": [{}, {}]}, 5, "X must fit exactly one of the forms that its schema allows."),
        ({"not": {}}, 5, "X has a form that its schema rules out."),
        ({"additionalProperties": False}, {"a": 1}, "X has fields that its schema does not allow."),
        ({"contains": {"type": "string"}}, [5], "X breaks the rule “contains” of the schema."),
        ({"enum": [str(number) for number in range(20)]}, "?", "X is “?”; choose one of " + ", ".join(map(str, range(15))) + " or 5 more."),
    ],
)  # fmt: skip
def test_rules_that_no_schema_uses_today_have_sentences_too(under, part, value, message):
    assert under(part, value) == [message]


def test_rules_that_compare_whole_values_give_up_on_deep_ones(under):
    assert under({"not": {}}, deep(50_000, lambda inner: [inner])) == [
        "Raw Data is nested too deeply to be checked."
    ]


def test_many_objects_are_compared_with_each_other_quickly(under):
    assert under({"uniqueItems": True}, [{"n": number} for number in range(9_000)]) == []


@pytest.mark.parametrize("further", [{"additionalProperties": {}}, {"anyOf": [{"properties": {"y": {}}}]}])
def test_no_key_is_unknown_where_the_schema_leaves_it_open(under, further):
    assert under({"properties": {"a": {}}, **further}, {"y": 1}) == []


def test_a_reference_to_another_host_is_never_followed():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/schema.json"
        with pytest.raises(Exception, match="Unresolvable"):
            list(validator({"$ref": address}).iter_errors({}))
        with pytest.raises(TimeoutError):
            listener.accept()
