"""Item specifications and error codes."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import item, model, pipeline
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# minimum-above-maximum


def limited(kind: Any = "Integer", **limits: Any) -> Documents:
    return pipeline(item("rate", kind, **limits))


def spec(*fields: str, row: int = 0) -> str:
    return " ".join(f"data_pipeline/input_spec/{row}/item_specification/{field}" for field in fields)


test_minimum_above_maximum_silent = silent(
    "minimum-above-maximum",
    {
        "in order": ("pass", limited(min_value=20, max_value=240)),
        "near miss: equal": ("pass", limited(min_value=5, max_value=5)),
        "near miss: below 0": ("pass", limited("Float", min_value=-40.0, max_value=-5.0)),
        "near miss: untouched": ("pass", limited(min_value=0, max_value=0, min_length=0, max_length=0)),
        "near miss: no greatest length": ("pass", limited("String", min_length=3, max_length=0)),
        "near miss: no greatest value": ("pass", limited(min_value=3, max_value=None)),
        "near miss: numbers as text": ("pass", limited(min_value="9", max_value="10")),
        "near miss: final outputs without post-processing": (
            "pass",
            model(
                item("score", "Float", max_value=1.0),
                post_processing=False,
                final_output_spec=[item("mask", "Image", channels=-3)],
            ),
        ),
        "no specifications": ("cannot-tell", pipeline({"item_name": "rate", "item_type": "Integer"})),
        "no document": ("cannot-tell", {}),
    },
)

test_minimum_above_maximum_firing = firing(
    "minimum-above-maximum",
    {
        "values": ([f"major {spec('min_value', 'max_value')}"], limited(min_value=240, max_value=20)),
        "above a maximum of 0": (
            [f"major {spec('min_value', 'max_value')}"],
            limited(min_value=5, max_value=0),
        ),
        "lengths": (
            [f"major {spec('min_length', 'max_length')}"],
            limited("String", min_length=14, max_length=4),
        ),
        "a length below 0": ([f"major {spec('max_length')}"], limited("String", max_length=-1)),
        "a width below 0": (
            [f"major {spec('resolution_x')}"],
            limited("Image", resolution_x=-640, resolution_y=480, channels=1),
        ),
        "an output": (
            [
                "major trained_model/output_spec/0/item_specification/min_value "
                "trained_model/output_spec/0/item_specification/max_value"
            ],
            model(item("score", "Float", min_value=1.0, max_value=0.5)),
        ),
        "raw and final outputs, with post-processing": (
            [
                "major trained_model/final_output_spec/0/item_specification/channels",
                "major trained_model/output_spec/0/item_specification/min_value "
                "trained_model/output_spec/0/item_specification/max_value",
            ],
            model(
                item("score", "Float", min_value=1.0, max_value=0.5),
                post_processing=True,
                final_output_spec=[item("mask", "Image", channels=-3)],
            ),
        ),
    },
)

# specification-incomplete

RANGE = item("beside", "Float", min_value=0, max_value=1)

test_specification_incomplete_silent = silent(
    "specification-incomplete",
    {
        "complete": ("pass", pipeline(RANGE, item("name", "String", max_length=5))),
        "near miss: an image with all three": (
            "pass",
            pipeline(item("frame", "Image", resolution_x=64, resolution_y=48, channels=1)),
        ),
        "near miss: a range that begins at 0": ("pass", pipeline(item("share", "Float", max_value=1.0))),
        "near miss: whole numbers written as fractions": (
            "pass",
            pipeline(item("rate", "Integer", min_value=0.0, max_value=9.0)),
        ),
        "near miss: the type Other, which another rule looks at": (
            "pass",
            pipeline(RANGE, item("x", "Other")),
        ),
        "near miss: a row without a name": ("pass", pipeline(RANGE, item("", "Float"))),
        "nothing is specified yet": (
            "cannot-tell",
            pipeline(item("rate", "Float", min_value=0), item("name", "String")),
        ),
        "no document": ("cannot-tell", {}),
    },
)

test_specification_incomplete_firing = firing(
    "specification-incomplete",
    {
        "a number without a range": (
            ["info data_pipeline/input_spec/1/item_specification"],
            pipeline(RANGE, item("rate", "Float", min_value=0, max_value=0)),
        ),
        "that somebody else relies on": (
            ["minor data_pipeline/input_spec/1/item_specification"],
            pipeline(RANGE, item("rate", "Float", "Up/rate", min_value=0, max_value=0)),
        ),
        "an image without channels": (
            ["info data_pipeline/input_spec/1/item_specification"],
            pipeline(RANGE, item("frame", "Image", resolution_x=64, resolution_y=48)),
        ),
        "what is left over from another type": (
            ["minor data_pipeline/input_spec/1/item_specification"],
            pipeline(RANGE, item("name", "String", "Up/name", min_value=1, max_value=9)),
        ),
        "whole numbers with fractions as limits": (
            [f"info {spec('max_value')}"],
            pipeline(item("rate", "Integer", min_value=0, max_value=9.5)),
        ),
        "a text without a greatest length": (
            [f"info {spec('max_length')}"],
            pipeline(item("name", "String", numeric=True)),
        ),
    },
)


def test_an_incomplete_specification_points_to_the_required_field_and_counts_once():
    documents = pipeline(RANGE, item("rate", "Float", "Up/rate"))

    report = check(documents, rules=["X402", "DP-07"])

    incomplete, required = report.findings
    assert (incomplete.code, required.code) == ("X402", "DP-07")
    assert incomplete.explains == (required.fingerprint,)
    assert sum(report.counts().values()) == 1


# error-code-looks-valid


def answering(code: Any, *outputs: dict[str, Any], kind: str = "Return error code") -> Documents:
    return pipeline(item("rate", "Integer", error=(kind, code))) | model(*outputs)


SCORE = item("score", "Float", min_value=0.0, max_value=1.0)
CODE = "data_pipeline/input_spec/0/error_handling/error_code_value"
SPEC = "trained_model/output_spec/{}/item_specification"

test_error_code_looks_valid_silent = silent(
    "error-code-looks-valid",
    {
        "outside the outputs": ("pass", answering(404, SCORE)),
        "below the outputs": ("pass", answering(-1, SCORE)),
        "near miss: just outside": ("pass", answering(2, SCORE)),
        "near miss: only texts leave the model": ("pass", answering(7, item("text", "String", max_length=9))),
        "near miss: a code that is not returned": ("not-applicable", answering(1, SCORE, kind="Log to file")),
        "near miss: nothing is returned": ("not-applicable", answering(1, SCORE, kind="Return none")),
        "the outputs have no range": ("cannot-tell", answering(7, item("score", "Float"))),
        "the code is missing": ("cannot-tell", answering(None, SCORE)),
        "no inputs": ("cannot-tell", pipeline() | model(SCORE)),
        "no model": ("cannot-tell", pipeline(item("rate", "Integer"))),
    },
)

test_error_code_looks_valid_firing = firing(
    "error-code-looks-valid",
    {
        "a value of the only output": ([f"major {CODE} {SPEC.format(0)}"], answering(1, SCORE)),
        "a value of both outputs": (
            [f"major {CODE} {SPEC.format(0)} {SPEC.format(1)}"],
            answering(1, SCORE, item("level", "Integer", min_value=1, max_value=5)),
        ),
        "a value of one output of two": (
            [f"minor {CODE} {SPEC.format(1)}"],
            answering(7, SCORE, item("minutes", "Integer", max_value=120)),
        ),
        "a code of 0": (
            [f"minor {CODE}"],
            answering(0, item("level", "Integer", min_value=1, max_value=5)),
        ),
        "a code written as text": ([f"major {CODE} {SPEC.format(0)}"], answering("1", SCORE)),
    },
)

# error-code-not-returned


def handled(kind: Any, code: Any) -> Documents:
    return pipeline(item("rate", "Integer", error=(kind, code)))


test_error_code_not_returned_silent = silent(
    "error-code-not-returned",
    {
        "it is returned": ("pass", handled("Return error code", 7)),
        "near miss: untouched": ("pass", handled("Log to file", 0)),
        "near miss: blank": ("pass", handled("Log to console", "")),
        "near miss: no number": ("pass", handled("Return none", "none")),
        "the handling is blank": ("cannot-tell", handled("", 7)),
        "no inputs": ("cannot-tell", pipeline()),
    },
)

test_error_code_not_returned_firing = firing(
    "error-code-not-returned",
    {
        "beside a log": (
            [f"info {CODE} {CODE.replace('code_value', 'type')}"],
            handled("Log to file", 7),
        ),
        "beside nothing": (
            [f"info {CODE} {CODE.replace('code_value', 'type')}"],
            handled("Return none", "7"),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "minimum-above-maximum",
            limited(min_value=240, max_value=20),
            "“rate” has the minimum 240 above the maximum 20.",
        ),
        (
            "minimum-above-maximum",
            pipeline(item("", "Image", channels=-1)),
            "Item 1 gives the number of channels as -1, below 0.",
        ),
        (
            "specification-incomplete",
            pipeline(RANGE, item("rate", "Float")),
            "The specification of “rate” says nothing that limits a “Float”.",
        ),
        (
            "error-code-looks-valid",
            answering(1, SCORE),
            "A bad “rate” is answered with the code 1, which is also a value of “score”.",
        ),
        (
            "error-code-looks-valid",
            answering(0, item("level", "Integer", min_value=1, max_value=5)),
            "A bad “rate” is answered with the code 0, which many read as success.",
        ),
        (
            "error-code-not-returned",
            handled("Log to file", 7),
            "“rate” has the error code 7, but its errors go by “Log to file”.",
        ),
    ],
)
def test_the_message_is_about_this_item(slug, documents, message):
    assert messages(slug, documents) == [message]


def test_yes_and_one_are_not_mistaken_for_one_another():
    """Specifications are remembered by what they hold; True is no number, although it equals 1."""
    one = limited(min_value=1, max_value=0)
    yes = limited(min_value=True, max_value=0)

    assert len(check(one, rules=["X401"]).findings) == 1
    assert check(yes, rules=["X401"]).findings == []


def test_a_specification_that_is_nested_too_deep_is_read_all_the_same():
    deep: Any = 0
    for _ in range(3000):
        deep = [deep]

    assert len(check(limited(min_value=5, max_value=1, other_value=deep), rules=["X401"]).findings) == 1
