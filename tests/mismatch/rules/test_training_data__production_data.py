"""The data of training against the data of production."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def field(name: Any, kind: Any = "float", mapping: Any = "", label: Any = False) -> dict[str, Any]:
    return {
        "field_name": name,
        "field_type": kind,
        "label_field": label,
        "mapping_production_data": mapping,
    }


def training(*fields: dict[str, Any], **lists: Any) -> Documents:
    return {"training_data": {"version": "1.2", "schema": list(fields), **lists}}


def production(fields: Any = None, **lists: Any) -> Documents:
    """Production Data with these fields (name → type)."""
    schema = [{"field_name": name, "field_type": kind} for name, kind in (fields or {}).items()]
    return {"production_data": {"version": "1.2", "schema": schema, **lists}}


def statistics(*rows: tuple[Any, Any, Any]) -> list[dict[str, Any]]:
    return [{"property": kind, "field": name, "value": value} for kind, name, value in rows]


def shares(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Rows of a distribution: label, share and, in training, the production label."""
    return [dict(zip(("label", "percentage", "mapping_production_data"), row, strict=False)) for row in rows]


OURS, THEIRS = "training_data/schema", "production_data/schema"
RATE = field("rate", "float", "pulse")
PULSE = production({"pulse": "float"})

test_silent_type = silent(
    "field-type-mismatch",
    {
        "the types agree": ("pass", training(RATE) | PULSE),
        "a label is not compared": ("pass", training(RATE, field("y", "text", "pulse", True)) | PULSE),
        "no type on our side": ("cannot-tell", training(field("rate", "", "pulse")) | PULSE),
        "no type on their side": ("cannot-tell", training(RATE) | production({"pulse": " "})),
        "mapped to nothing": ("cannot-tell", training(field("rate", "text")) | PULSE),
        "mapped to what does not exist": ("cannot-tell", training(field("rate", "text", "puls")) | PULSE),
        "no fields": ("cannot-tell", training() | PULSE),
        "no production data": ("cannot-tell", training(RATE)),
    },
)

test_firing_type = firing(
    "field-type-mismatch",
    {
        "the types differ": (
            [f"critical {OURS}/1/field_type {THEIRS}/0/field_type"],
            training(RATE, field("age", "integer", "pulse")) | PULSE,
        ),
        "only case differs": (
            [f"minor {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(RATE) | production({"pulse": "Float"}),
        ),
        "text and string are two names": (
            [f"info {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "text", "pulse")) | production({"pulse": "string"}),
        ),
        "a data frame and a warehouse": (
            [f"info {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "int64", "pulse")) | production({"pulse": "NUMBER(4,0)"}),
        ),
        "one character is less than a text": (
            [f"critical {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "char(1)", "pulse")) | production({"pulse": "string"}),
        ),
        "a whole number is another type": (
            [f"critical {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "float", "pulse")) | production({"pulse": "integer"}),
        ),
        "types that are not known": (
            [f"critical {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "blob", "pulse")) | production({"pulse": "geometry"}),
        ),
        "a row that does not say whether it is a label": (
            [f"critical {OURS}/0/field_type {THEIRS}/0/field_type"],
            training(field("rate", "integer", "pulse", None)) | PULSE,
        ),
    },
)

test_silent_unmapped = silent(
    "training-field-unmapped",
    {
        "mapped to what exists": ("pass", training(RATE) | PULSE),
        "a label needs no mapping": ("pass", training(RATE, field("y", label=True)) | PULSE),
        "a label, said in a word": ("pass", training(field("y", label="true"))),
        "no production data to look into": ("pass", training(RATE)),
        "a field without a name": ("pass", training(field(" ")) | PULSE),
        "no fields": ("cannot-tell", training() | PULSE),
        "no training data": ("cannot-tell", PULSE),
    },
)

MAPPING = "mapping_production_data"
test_firing_unmapped = firing(
    "training-field-unmapped",
    {
        "mapped to nothing": ([f"critical {OURS}/1/{MAPPING}"], training(RATE, field("age")) | PULSE),
        "mapped to white space": ([f"critical {OURS}/0/{MAPPING}"], training(field("rate", mapping="  "))),
        "a field that was renamed": (
            [f"critical {OURS}/0/{MAPPING} {THEIRS}/0/field_name"],
            training(field("rate", mapping="pulses")) | PULSE,
        ),
        "a field like no other": (
            [f"critical {OURS}/0/{MAPPING} {THEIRS}"],
            training(field("rate", mapping="oxygen")) | PULSE,
        ),
        "a field that differs in case only": (
            [f"minor {OURS}/0/{MAPPING} {THEIRS}/0/field_name"],
            training(field("rate", mapping="Pulse")) | PULSE,
        ),
        "production data without fields": (
            [f"critical {OURS}/0/{MAPPING} {THEIRS}"],
            training(RATE) | production(),
        ),
    },
)

test_silent_unused = silent(
    "production-field-unused",
    {
        "used": ("pass", training(RATE) | PULSE),
        "used by a label": ("pass", training(field("y", mapping="pulse", label=True)) | PULSE),
        "used by a field without a name": ("pass", training(field("", mapping="pulse")) | PULSE),
        "a field without a name": ("cannot-tell", training(field("rate")) | production({"": "float"})),
        "no fields": ("cannot-tell", training(RATE) | production()),
        "nothing waits for training data": ("cannot-tell", production({" ": "float"})),
    },
)

test_firing_unused = firing(
    "production-field-unused",
    {
        "not used": (
            [f"info {OURS} {THEIRS}/1/field_name"],
            training(RATE) | production({"pulse": "float", "region": "text"}),
        ),
        "used but for spacing": (
            [f"info {OURS} {THEIRS}/0/field_name"],
            training(field("rate", mapping="pulse ")) | PULSE,
        ),
        "no training data": (
            [f"info {THEIRS}/0/field_name {THEIRS}/2/field_name"],
            production({"pulse": "float", "": "", "region": "text"}),
        ),
    },
)


def compared(ours: Any, theirs: Any) -> Documents:
    """The mean of one field on both sides."""
    return training(RATE, statistics=statistics(("Mean", "rate", ours))) | production(
        {"pulse": "float"}, statistics=statistics(("Mean", "pulse", theirs))
    )


VALUES = "training_data/statistics/0/value production_data/statistics/0/value"

test_silent_statistic = silent(
    "statistic-mismatch",
    {
        "the values agree": ("pass", compared("84", "84")),
        "another property": (
            "cannot-tell",
            training(RATE, statistics=statistics(("Mean", "rate", "84")))
            | production(statistics=statistics(("Median", "pulse", "90"))),
        ),
        "another field": (
            "cannot-tell",
            training(RATE, statistics=statistics(("Mean", "rate", "84")))
            | production(statistics=statistics(("Mean", "age", "90"))),
        ),
        "a field that is mapped to nothing": (
            "cannot-tell",
            training(field("rate"), statistics=statistics(("Mean", "rate", "84")))
            | production(statistics=statistics(("Mean", "", "90"))),
        ),
        "no value on their side": ("cannot-tell", compared("84", "")),
        "no value on our side": ("cannot-tell", compared(None, "84")),
        "no property on either side": (
            "cannot-tell",
            training(RATE, statistics=statistics(("", "rate", "84")))
            | production(statistics=statistics(("", "pulse", "90"))),
        ),
        "no statistics": ("cannot-tell", training(RATE) | production()),
    },
)

test_firing_statistic = firing(
    "statistic-mismatch",
    {
        "the values differ by more than 10 %": ([f"minor {VALUES}"], compared("88", "78")),
        "the values differ by more than 25 %": ([f"major {VALUES}"], compared("88", "130")),
        "the values differ within the tolerance": ([f"info {VALUES}"], compared("88", "84")),
        "half a standard deviation": (
            [f"major {VALUES}"],
            training(RATE, statistics=statistics(("Mean", "rate", "88"), ("SD", "rate", "8")))
            | production({"pulse": "float"}, statistics=statistics(("Mean", "pulse", "84"))),
        ),
        "the second row of the property is the one to compare": (
            ["major training_data/statistics/0/value production_data/statistics/1/value"],
            training(RATE, statistics=statistics(("Mean", "rate", "9000")))
            | production(statistics=statistics(("Mean", "score", "9000"), ("Mean", "pulse", "15000"))),
        ),
        "words that differ": ([f"minor {VALUES}"], compared("high", "low")),
        "within one per cent": ([f"info {VALUES}"], compared("100", "101")),
        "the same number, written otherwise": ([f"info {VALUES}"], compared("447", "447.0")),
        "the same number, once not as text": ([f"info {VALUES}"], compared(447.0, "447")),
        "nothing against little": ([f"minor {VALUES}"], compared("0", "0.001")),
    },
)


def distributed(ours: Any, theirs: Any) -> Documents:
    """The share of one label on both sides."""
    return training(distribution=shares(("ill", ours, "sick"))) | production(
        distribution=shares(("sick", theirs))
    )


def balanced(ours: Any, theirs: Any) -> Documents:
    """The share of one of two labels on both sides."""
    return training(distribution=shares(("ill", ours, "sick"), ("well", 100 - ours, "well"))) | production(
        distribution=shares(("sick", theirs), ("well", 100 - theirs))
    )


SHARES = "training_data/distribution/0/percentage production_data/distribution/0/percentage"
OTHERS = SHARES.replace("/0/", "/1/")

test_silent_distribution = silent(
    "distribution-mismatch",
    {
        "the shares agree": ("pass", distributed(30, 30.0)),
        "the shares agree, written as text": ("pass", distributed("30", 30)),
        "no share in a new row": ("cannot-tell", distributed("", 0)),
        "a label that is mapped to nothing": (
            "cannot-tell",
            training(distribution=shares(("ill", 30, ""))) | production(distribution=shares(("", 10))),
        ),
        "a label that production does not have": (
            "cannot-tell",
            training(distribution=shares(("ill", 30, "sick")))
            | production(distribution=shares(("well", 10))),
        ),
        "no labels": ("not-applicable", training() | production(distribution=shares(("sick", 30)))),
        "only the form's blank row": (
            "not-applicable",
            training(distribution=shares(("", 0, ""))) | production(distribution=shares(("", 0))),
        ),
    },
)

test_firing_distribution = firing(
    "distribution-mismatch",
    {
        "a single label, which nobody can tell the weight of": ([f"minor {SHARES}"], distributed(30, 40)),
        "two labels that differ by 20 points": ([f"major {SHARES}", f"major {OTHERS}"], balanced(30, 50)),
        "two labels that differ by 10 points": ([f"minor {SHARES}", f"minor {OTHERS}"], balanced(30, 40)),
        "two labels that differ by a few points": ([f"info {SHARES}", f"info {OTHERS}"], balanced(30, 33)),
        "few points that are much of a rare label": (
            [f"minor {SHARES}", f"minor {OTHERS}"],
            balanced(6, 0.4),
        ),
        "only the label that shifts most is as serious as the whole": (
            [
                f"major {SHARES}",
                f"minor {OTHERS}",
                f"info {SHARES.replace('/0/', '/2/')}",
            ],
            training(distribution=shares(("ill", 20, "sick"), ("well", 60, "well"), ("hurt", 20, "hurt")))
            | production(distribution=shares(("sick", 40), ("well", 44), ("hurt", 16))),
        ),
        "within half a point": ([f"info {SHARES}"], distributed(0.3, 0.8)),
        "just over half a point": ([f"minor {SHARES}"], distributed(33.3, 33.81)),
        "the first of two rows of one label counts": (
            [f"minor {SHARES}"],
            training(distribution=shares(("ill", 30, "sick")))
            | production(distribution=shares(("sick", 10), ("sick", 30))),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "field-type-mismatch",
            training(field("age", "integer", "birth_date")) | production({"birth_date": "date"}),
            "Training takes “age” as “integer”, but production delivers “birth_date” as “date”.",
        ),
        (
            "training-field-unmapped",
            training(field("ambulance")),
            "The training field “ambulance” is mapped to no production field.",
        ),
        (
            "training-field-unmapped",
            training(field("rate", mapping="pulses")) | PULSE,
            "The training field “rate” is mapped to “pulses”, which production lacks; the nearest is “pulse”.",
        ),
        (
            "training-field-unmapped",
            training(field("rate", mapping="PULSE")) | PULSE,
            "The training field “rate” is mapped to “PULSE”, which production lacks; it has “pulse”, and they "
            "differ only in case, spacing or the form of letters.",
        ),
        (
            "training-field-unmapped",
            training(field("rate", mapping="oxygen")) | production({"pulse": "float", "age": "integer"}),
            "The training field “rate” is mapped to “oxygen”, which production lacks; known: “pulse” and “age”.",
        ),
        (
            "production-field-unused",
            training(RATE) | production({"region": "text"}),
            "Production delivers “region”, which no training field is mapped to.",
        ),
        (
            "statistic-mismatch",
            compared("88", "84"),
            "“Mean” of “rate” is “88” in training, but “84” in production; that is 4.5 % of the training value.",
        ),
        (
            "statistic-mismatch",
            compared("high", "low"),
            "“Mean” of “rate” is “high” in training, but “low” in production.",
        ),
        (
            "statistic-mismatch",
            compared("447", "447.0"),
            "“Mean” of “rate” is “447” in training, but “447.0” in production; as numbers they are equal.",
        ),
        (
            "statistic-mismatch",
            compared("100", "101"),
            "“Mean” of “rate” is “100” in training, but “101” in production; the difference is within 1 %.",
        ),
        (
            "distribution-mismatch",
            distributed(94, 99.6),
            "The label “ill” makes up 94 % in training, but 99.6 % in production.",
        ),
        (
            "distribution-mismatch",
            distributed(33.3, 33.4),
            "The label “ill” makes up 33.3 % in training, but 33.4 % in production; within 0.5 points that is "
            "hardly a difference.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
