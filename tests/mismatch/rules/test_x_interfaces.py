"""Values, types and classes on the two sides of an interface."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import (
    DOWN,
    UP,
    downstream,
    item,
    model,
    pipeline,
    training,
    upstream,
)
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# interface-range-exceeded


def incoming(said: Any, low: Any, high: Any, kind: str = "Integer", theirs: Any = None) -> Documents:
    return pipeline(item("rate", kind, "Up/load", min_value=low, max_value=high)) | upstream(
        ("load", theirs or kind, said)
    )


def outgoing(low: Any, high: Any, said: Any, kind: str = "Float", theirs: Any = None) -> Documents:
    return model(item("score", kind, "Down/risk", min_value=low, max_value=high)) | downstream(
        ("risk", theirs or kind, said)
    )


IN = f"data_pipeline/input_spec/0/item_specification/max_value {UP}/0/expected_values"
OUT = f"trained_model/output_spec/0/item_specification/max_value {DOWN}/0/expected_values"

test_interface_range_exceeded_silent = silent(
    "interface-range-exceeded",
    {
        "the limits agree": ("pass", incoming("20 - 240", 20, 240)),
        "the receiver takes more": ("pass", incoming("20 - 240", 0, 300)),
        "the output keeps within": ("pass", outgoing(0.0, 1.0, "0 - 5")),
        "near miss: a value may be missing": ("pass", incoming("100 - 600 or empty", 100, 600)),
        "near miss: limits written as text": ("pass", incoming("0 - 9", "0", "9.0")),
        "near miss: the receiver states no end": ("pass", outgoing(0, 900, ">= 0")),
        "near miss: a list of whole numbers": ("pass", outgoing(1, 4, "1, 2, 3, 4", "Integer")),
        "near miss: a share against per cent": ("pass", outgoing(0, 1, "0 - 100")),
        "near miss: types that contradict each other": (
            "cannot-tell",
            incoming('"0.0%" - "900.0%"', 0, 1, "Float", "String"),
        ),
        "prose": ("cannot-tell", incoming("1 - 4, 0 during die change", 1, 4)),
        "no limits": ("cannot-tell", incoming("0 - 9", 0, 0)),
        "a mapping that leads nowhere": (
            "cannot-tell",
            pipeline(item("rate", "Integer", "Up/other", max_value=5))
            | upstream(("load", "Integer", "0 - 9")),
        ),
        "only texts": (
            "not-applicable",
            pipeline(item("name", "String", "Up/name", max_length=5))
            | upstream(("name", "String", "free text"))
            | model(),
        ),
        "no environment": ("cannot-tell", pipeline(item("rate", "Integer"))),
    },
)

test_interface_range_exceeded_firing = firing(
    "interface-range-exceeded",
    {
        "more than the pipeline takes": ([f"major {IN}"], incoming("20 - 300", 20, 240)),
        "less than the pipeline takes": (
            [f"major {IN.replace('max', 'min')}"],
            incoming("-40 - 85", -20, 85),
        ),
        "more than the component takes": ([f"major {OUT}"], outgoing(0.0, 2600.0, "0 - 2500")),
        "a value that the component does not take": (
            [f"major {OUT}"],
            outgoing(1, 5, "1, 2, 3, 4", "Integer"),
        ),
        "limits that lost their decimals": ([f"minor {IN}"], incoming("0.5 - 99.5", 0, 99, "Float")),
        "a list in words": (
            [f"major data_pipeline/input_spec/0/item_specification/other_value {UP}/0/expected_values"],
            pipeline(item("role", "Other", "Up/role", other_value="web, db"))
            | upstream(("role", "Other", "web, db, cache")),
        ),
        "after post-processing": (
            [f"major {OUT.replace('output_spec', 'final_output_spec')}"],
            model(
                item("raw", "Float", "Down/risk", max_value=90),
                post_processing=True,
                final_output_spec=[item("score", "Float", "Down/risk", max_value=9)],
            )
            | downstream(("risk", "Float", "0 - 5")),
        ),
    },
)

# interface-type-graded


def types(ours: Any, theirs: Any, **limits: Any) -> Documents:
    """An output of the type *ours* that a component takes as *theirs*."""
    return model(item("score", ours, "Down/risk", **limits)) | downstream(("risk", theirs, ""))


TYPES = f"trained_model/output_spec/0/item_type {DOWN}/0/item_type"

test_interface_type_graded_silent = silent(
    "interface-type-graded",
    {
        "one type": ("pass", types("Float", "Float")),
        "near miss: only spaces differ, in a type nobody knows": ("pass", types("Other", " Other")),
        "no type": ("cannot-tell", types("Float", "")),
        "the type Other": ("cannot-tell", types("Other", "Float")),
        "no mapping": ("cannot-tell", model(item("score", "Float")) | downstream(("risk", "Integer", ""))),
        "no environment": ("cannot-tell", model(item("score", "Float"))),
    },
)

test_interface_type_graded_firing = firing(
    "interface-type-graded",
    {
        "near miss: two words for letters": ([f"info {TYPES}"], types("String", "Text")),
        "near miss: only case differs": ([f"info {TYPES}"], types("Float", "float")),
        "near miss: whole numbers fit into fractions": ([f"info {TYPES}"], types("Integer", "Float")),
        "near miss: one letter fits into a character": (
            [f"info {TYPES}"],
            types("String", "Character", max_length=1),
        ),
        "decimals get lost": ([f"major {TYPES}"], types("Float", "Integer")),
        "letters get lost": ([f"major {TYPES}"], types("String", "Character", max_length=8)),
        "numbers for text": ([f"major {TYPES}"], types("Integer", "String")),
        "an input": (
            [f"major data_pipeline/input_spec/0/item_type {UP}/0/item_type"],
            pipeline(item("rate", "Integer", "Up/load")) | upstream(("load", "Float", "")),
        ),
    },
)


@pytest.mark.parametrize(
    ("documents", "slug"),
    [
        (types("String", "Text"), "output-type-mismatch"),
        (types("Float", "Integer"), "output-type-mismatch"),
        (
            pipeline(item("rate", "Integer", "Up/load")) | upstream(("load", "Float", "")),
            "input-type-mismatch",
        ),
        (
            model(post_processing=True, final_output_spec=[item("a", "Float", "Down/b")])
            | downstream(("b", "String", "")),
            "final-output-type-mismatch",
        ),
    ],
)
def test_a_graded_difference_points_to_the_finding_on_the_words_and_counts_once(documents, slug):
    report = check(documents, rules=[slug, "X405"])

    graded = next(finding for finding in report.findings if finding.code == "X405")
    other = next(finding for finding in report.findings if finding.rule == slug)
    assert graded.explains == (other.fingerprint,)
    assert sum(report.counts().values()) == 1


# class-unknown-downstream


def answered(said: Any, *labels: Any, kind: str = "String") -> Documents:
    return (
        model(item("class", kind, "Down/class"))
        | downstream(("class", kind, said))
        | training(labels=dict.fromkeys(labels, 10))
    )


CLASS = f"{DOWN}/0/expected_values training_data/distribution/2/label trained_model/output_spec/0/item_name"

test_class_unknown_downstream_silent = silent(
    "class-unknown-downstream",
    {
        "every class is taken": ("pass", answered("ok, porosity, crack", "ok", "porosity", "crack")),
        "near miss: another order and case": ("pass", answered("Crack, OK", "ok", "crack")),
        "near miss: more is taken": ("pass", answered("ok, crack, scratch", "ok", "crack")),
        "near miss: numbers written otherwise": (
            "pass",
            answered("1, 2, 3", "1", "2.0", "3", kind="Integer"),
        ),
        "near miss: something else than classes": (
            "not-applicable",
            answered("P1, P2, P3", "normal", "anomaly"),
        ),
        "near miss: one word in common": ("not-applicable", answered("ok, failed", "ok", "crack", "scratch")),
        "near miss: whatever else there is": (
            "not-applicable",
            answered("ok, crack, other", "ok", "crack", "x"),
        ),
        "prose": ("not-applicable", answered("class name", "ok", "crack")),
        "no classes": ("not-applicable", answered("ok, crack")),
        "no training data": ("cannot-tell", model(item("a", "String")) | downstream(("b", "String", ""))),
    },
)

test_class_unknown_downstream_firing = firing(
    "class-unknown-downstream",
    {
        "a class that was added": ([f"major {CLASS}"], answered("ok, porosity", "ok", "porosity", "blister")),
        "beside a class of others": (
            [f"major {CLASS}"],
            answered("ok, other", "ok", "other", "blister"),
        ),
        "a number": ([f"major {CLASS}"], answered("1, 2", "1", "2", "3", kind="Integer")),
    },
)

# downstream-input-fed-twice


def fed(*targets: str) -> Documents:
    return model(*[item(f"output {number}", "Float", to) for number, to in enumerate(targets)])


TWICE = "trained_model/output_spec/{}/component_mapping/data_item"

test_downstream_input_fed_twice_silent = silent(
    "downstream-input-fed-twice",
    {
        "two inputs of one component": ("pass", fed("Down/score", "Down/risk")),
        "near miss: inputs of one name": ("pass", fed("Down/score", "Board/score")),
        "near miss: half a mapping": ("not-applicable", fed("Down/", "Down/")),
        "near miss: raw outputs beside final ones": (
            "pass",
            model(
                item("raw", "Float", "Down/score"),
                post_processing=True,
                final_output_spec=[item("final", "Float", "Down/score")],
            ),
        ),
        "no outputs": ("cannot-tell", fed()),
    },
)

test_downstream_input_fed_twice_firing = firing(
    "downstream-input-fed-twice",
    {
        "two outputs": ([f"minor {TWICE.format(0)} {TWICE.format(1)}"], fed("Down/score", "Down/score")),
        "three outputs are one finding": (
            [f"minor {TWICE.format(0)} {TWICE.format(2)} {TWICE.format(3)}"],
            fed("Down/score", "Down/risk", "Down/score", "Down/score"),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "interface-range-exceeded",
            incoming("20 - 300", 20, 240),
            "“load” comes as “20 - 300”, but “rate” takes 20 to 240: values above 240 are not expected.",
        ),
        (
            "interface-range-exceeded",
            outgoing(0.0, 2600.0, "0 - 2500"),
            "“score” comes as 0 to 2600, but “risk” takes “0 - 2500”: values above 2500 are not expected.",
        ),
        (
            "interface-type-graded",
            types("Float", "Integer"),
            "“score” comes as “Float” and “risk” takes “Integer”: part of the value gets lost.",
        ),
        (
            "class-unknown-downstream",
            answered("ok, porosity", "ok", "porosity", "blister"),
            "The model may answer “blister”, but “class” takes “ok, porosity”.",
        ),
        (
            "downstream-input-fed-twice",
            fed("Down/score", "Down/score"),
            "“output 0” and “output 1” are both mapped to “Down › score”.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
