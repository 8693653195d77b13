"""What a document says in short, whatever state it is in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descriptors.catalogue import DESCRIPTORS, schema
from tec.pages.excerpts import NOTHING_SAID, cut, excerpt
from tec.pages.relationships import COMPARED
from tests.examples import example

LOAN = example("consumer-loan-default")


def test_an_absent_document_says_nothing():
    assert [excerpt(descriptor, None) for descriptor in DESCRIPTORS] == [NOTHING_SAID] * 8


def test_both_ends_of_everything_compared_are_said():
    for edge in COMPARED[1:]:  # the goals of System Context have lines of their own
        for attribute in edge.attributes:
            for descriptor in edge[:2]:
                assert excerpt(descriptor, LOAN[descriptor]).said[attribute.label], (descriptor, attribute)


@pytest.mark.parametrize(
    ("descriptor", "body", "label", "said"),
    [
        ("trained_model", {"output_spec": [{}]}, "downstream component API", ("1 output",)),
        ("trained_model", {}, "downstream component API", ("no outputs",)),
        (
            "trained_model",
            {"post_processing": True, "output_spec": [{}], "final_output_spec": [{}, {}]},
            "downstream component API",
            ("2 outputs",),
        ),
        (
            "trained_model",
            {"computing_resource_reqs": {"gpu": 1, "cpu": "4", "memory": 0.5}},
            "computing resources",
            ("1 GPU 4 CPU 0.5/0 GB",),
        ),
        ("trained_model", {"computing_resource_reqs": {"gpu": 0}}, "computing resources", ()),
        ("trained_model", {"inference_time": {"time": 0.7, "unit": "Seconds"}}, "inference time", ("0.7 s",)),
        (
            "trained_model",
            {"inference_time": {"time": 3, "unit": "Fortnights"}},
            "inference time",
            ("3 Fortnights",),
        ),
        ("trained_model", {"inference_time": {"unit": "Seconds"}}, "inference time", ()),
        (
            "trained_model",
            {
                "model_components": [
                    {"programming_languages": ["R", "C"]},
                    {"programming_languages": ["C", " "]},
                ]
            },
            "programming language",
            ("R, C",),
        ),
        ("development_environment", {"ml_frameworks": "PyTorch"}, "ML frameworks", ()),
        (
            "development_environment",
            {"upstream_components": [{"component_name": "A\nB"}, {}, None, {"component_name": "A\nB"}]},
            "upstream component API",
            ("A B",),
        ),
    ],
)
def test_values_are_said_in_few_words(descriptor, body, label, said):
    assert excerpt(descriptor, {"version": "1.2", **body}).said[label] == said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), st.sampled_from(DESCRIPTORS))
@settings(max_examples=150, deadline=None)
def test_no_document_is_too_broken(data, descriptor):
    names = list(schema(descriptor)["properties"])
    body = data.draw(st.dictionaries(st.sampled_from(names), JSON, min_size=1))

    found = excerpt(descriptor, body)

    for words in (found.title, *found.lines, *(each for said in found.said.values() for each in said)):
        assert "\n" not in words
        assert len(words) < 1000


@given(st.text(), st.integers(2, 40))
@settings(max_examples=150, deadline=None)
def test_what_is_cut_fits_and_what_fits_is_not_cut(words, width):
    found = cut(words, width)

    assert columns(found) <= width
    assert found == words or found.endswith("…")
    if 2 * len(words) <= width:
        assert found == words


def columns(words: str) -> int:
    """At least; capitals take a little more."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in words
    )


def test_wide_letters_take_two_columns():
    assert cut("中文字符测试", 12) == "中文字符测试"
    assert cut("中文字符测试", 9) == "中文字符…"
