"""The classes that descriptors name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import field, problem, production, raw, training
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# raw-labels-differ


def labelled(ours: tuple[Any, ...], theirs: tuple[Any, ...], *steps: str) -> Documents:
    """Raw Data with the labels *ours*, Training Data with *theirs*."""
    return raw(labels=dict.fromkeys(ours, 10)) | training(labels=dict.fromkeys(theirs, 10), steps=steps)


RAW_LABELS, LABELS = "raw_data/labels_distribution", "training_data/distribution"

test_raw_labels_differ_silent = silent(
    "raw-labels-differ",
    {
        "the same labels": ("pass", labelled(("ok", "bad"), ("ok", "bad"))),
        "near miss: another order and case": ("pass", labelled(("ok", "cold shut"), ("Cold-Shut", "OK"))),
        "near miss: a blank row": ("pass", labelled(("ok", ""), ("ok", " "))),
        "near miss: numbers as labels": ("pass", labelled((1, 2), ("1", "2"))),
        "no labels at all": ("not-applicable", labelled((), ())),
        "only the raw data has labels": ("cannot-tell", labelled(("ok",), ())),
        "no raw data": ("cannot-tell", training(labels={"ok": 1})),
    },
)

test_raw_labels_differ_firing = firing(
    "raw-labels-differ",
    {
        "a label that appears": (
            [f"minor {LABELS}/1/label {RAW_LABELS}"],
            labelled(("ok",), ("ok", "scratch")),
        ),
        "a label that vanishes": (
            [f"info {LABELS} {RAW_LABELS}/1/label"],
            labelled(("ok", "crack"), ("ok",)),
        ),
        "a label that is renamed": (
            [f"minor {LABELS}/1/label {RAW_LABELS}", f"info {LABELS} {RAW_LABELS}/1/label"],
            labelled(("ok", "crack"), ("ok", "fissure")),
        ),
        "a step of the preparation names it": (
            [f"info {LABELS}/1/label {RAW_LABELS}"],
            labelled(("ok", "bad"), ("ok", "faulty", "bad"), "Cracks become faulty"),
        ),
        "other labels throughout": (
            [f"minor {LABELS} {RAW_LABELS}"],
            labelled(("0", "1"), ("no default", "default")),
        ),
    },
)

# unknown-production-label


def unknown(theirs: dict[str, Any], *, kind: str = "", ours: Any = None) -> Documents:
    """Production with the labels *theirs*; training has “ok”, and “bad” mapped to “faulty”."""
    labels = {"ok": 60, "bad": (40, "faulty")} if ours is None else ours
    return production(labels=theirs) | training(labels=labels) | (problem(kind) if kind else {})


NEW = "production_data/distribution/1/label training_data/distribution"

test_unknown_production_label_silent = silent(
    "unknown-production-label",
    {
        "mapped": ("pass", unknown({"faulty": 50})),
        "near miss: of the same name, not mapped": ("pass", unknown({"ok": 50, "bad": 50})),
        "near miss: in another case": ("pass", unknown({"OK": 50, "Faulty": 50})),
        "near miss: a blank row": ("pass", unknown({"ok": 100, "": 0})),
        "training names no labels": ("cannot-tell", unknown({"ok": 100}, ours={})),
        "production names no labels": ("cannot-tell", unknown({})),
        "no labels": ("not-applicable", unknown({}, ours={})),
        "no training data": ("cannot-tell", production(labels={"ok": 1})),
    },
)

test_unknown_production_label_firing = firing(
    "unknown-production-label",
    {
        "a new label": ([f"major {NEW}"], unknown({"ok": 34, "new": 66})),
        "where the system classifies": (
            [f"critical {NEW}"],
            unknown({"ok": 34, "new": 66}, kind="Classification"),
        ),
        "where it detects": ([f"critical {NEW}"], unknown({"ok": 34, "new": 66}, kind="Detection")),
        "where it forecasts": ([f"major {NEW}"], unknown({"ok": 34, "new": 66}, kind="Forecasting")),
        "a label for what is left": (
            [f"minor {NEW}"],
            unknown({"ok": 34, "Unknown": 66}, kind="Classification"),
        ),
        "a label that does not occur": (
            [f"minor {NEW}"],
            unknown({"ok": 100, "new": 0}, kind="Classification"),
        ),
    },
)

# label-outside-label-field

ANSWER = field("y", label=True)


def listed(values: Any, *labels: Any, kind: str = "string", ticked: bool = True) -> Documents:
    """Training Data whose label field takes *values*, and whose distribution has *labels*."""
    return training(
        field("age", "integer", "0 - 5"),
        field("y", kind, values, label=ticked),
        labels=dict.fromkeys(labels, 10),
    )


OUTSIDE = "training_data/schema/1/expected_values training_data/distribution/2/label"

test_label_outside_label_field_silent = silent(
    "label-outside-label-field",
    {
        "all labels are values": ("pass", listed("ok, bad", "ok", "bad")),
        "near miss: another order and case": ("pass", listed("OK, Cold shut", "cold-shut", "ok")),
        "near miss: numbers within a range": ("pass", listed("1 - 5", "1", "3", "5", kind="integer")),
        "near miss: a value without a share": ("pass", listed("ok, bad, worse", "ok", "bad")),
        "near miss: true and false are another coding": (
            "not-applicable",
            listed("true, false", "no default", "default", kind="boolean"),
        ),
        "near miss: a distribution of something else": (
            "not-applicable",
            listed("0 - 2600", "weekday", "weekend", kind="float"),
        ),
        "near miss: whatever else there is": (
            "not-applicable",
            listed("ok, bad, other", "ok", "bad", "worse"),
        ),
        "near miss: no finding among several": (
            "pass",
            training(
                field("y", "string", "effusion, nodule", label=True),
                labels={"effusion": 40, "nodule": 30, "No finding": 60},
                dataset_description="Multi-label",
            ),
        ),
        "the field is no label": ("not-applicable", listed("ok, bad", "ok", "worse", ticked=False)),
        "near miss: the labels of the raw data are another coding": (
            "not-applicable",
            training(ANSWER) | raw(field("y", "string", "N/Y"), labels={"stays": 90, "leaves": 10}),
        ),
        "the raw data has the same labels": (
            "pass",
            training(ANSWER) | raw(field("y", "string", "N/Y"), labels={"N": 90, "Y": 10}),
        ),
        "values in prose": ("not-applicable", listed("40 to 120 words or so", "ok", "bad")),
        "no labels": ("not-applicable", listed("ok, bad")),
        "no training data": ("cannot-tell", raw()),
    },
)

test_label_outside_label_field_firing = firing(
    "label-outside-label-field",
    {
        "a class that was added to one list only": (
            [f"minor {OUTSIDE}"],
            listed("ok, porosity", "ok", "porosity", "crack"),
        ),
        "a number outside the range": ([f"minor {OUTSIDE}"], listed("1 - 4", "1", "2", "5", kind="integer")),
        "a label of the raw data": (
            ["minor raw_data/schema/0/expected_values raw_data/labels_distribution/2/label"],
            training(ANSWER) | raw(field("Y", "string", "N/Y"), labels={"N": 90, "Y": 4, "U": 6}),
        ),
    },
)

# no-label-field


def supervised(kind: str, *fields: dict[str, Any], labels: Any = None) -> Documents:
    return problem(kind) | training(*fields, labels=labels)


AGE = field("age", label=False)
NO_LABEL = "training_data/schema system_context/ml_problem_type/ml_problem"

test_no_label_field_silent = silent(
    "no-label-field",
    {
        "a field is marked": ("pass", supervised("Classification", AGE, ANSWER)),
        "near miss: marked in words": ("pass", supervised("Forecasting", field("y", label="yes"))),
        "near miss: groups are found without answers": ("not-applicable", supervised("Clustering", AGE)),
        "near miss: detection without classes": ("not-applicable", supervised("Detection", AGE)),
        "near miss: text is generated": ("not-applicable", supervised("Content Generation", AGE)),
        "the problem is not stated": ("cannot-tell", supervised("", AGE)),
        "no fields": ("cannot-tell", supervised("Classification")),
        "no system context": ("cannot-tell", training(AGE)),
    },
)

test_no_label_field_firing = firing(
    "no-label-field",
    {
        "a classifier": ([f"minor {NO_LABEL}"], supervised("Classification", AGE)),
        "a forecast": ([f"minor {NO_LABEL}"], supervised("Forecasting", AGE, field("lag"))),
        "detection with classes": ([f"minor {NO_LABEL}"], supervised("Detection", AGE, labels={"ok": 1})),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "raw-labels-differ",
            labelled(("ok",), ("ok", "scratch")),
            "Training has the label “scratch”, which the raw data does not have.",
        ),
        (
            "raw-labels-differ",
            labelled(("0", "1"), ("bad", "good")),
            "Training has other labels throughout, “bad” and “good”, than the raw data, “0” and “1”.",
        ),
        (
            "unknown-production-label",
            unknown({"ok": 34, "new": 66}),
            "Production has the label “new”, 66 % of the cases, which training does not know.",
        ),
        (
            "label-outside-label-field",
            listed("ok, porosity", "ok", "porosity", "crack"),
            "“crack” has a share of the training data, but “y” only takes “ok, porosity”.",
        ),
        (
            "no-label-field",
            supervised("Classification", AGE),
            "The problem is “Classification”, but none of the training fields is marked as a label.",
        ),
    ],
)
def test_the_message_is_about_this_project(slug, documents, message):
    assert messages(slug, documents) == [message]
