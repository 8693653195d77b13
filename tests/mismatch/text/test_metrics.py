"""Metrics by their many names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.metrics import (
    HIGHER,
    LOWER,
    measured,
    metric,
    per_cent,
    population,
    same_metric,
    scaled,
)

relaxed = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("AUC (ROC), monthly", ""),
        ("Validation accuracy", ""),
        ("nMAE, 7 days rolling", ""),
        ("nMAE (of 79.2 MW)", ""),
        ("MAE in minutes, daily", ""),
        ("Recall (fraud), daily", "fraud"),
        ("precision@5", "5"),
        ("MAE 24 hours ahead", "24 hours ahead"),
        ("MAE 24 hours", "24 hours"),
        ("mAP at 50 m", "50 m"),
        ("Lift in the top 2 %", "top 2"),
        ("Lift @ top 2 %", "top 2"),
        ("Recall at 5", "5"),
        ("MAE per station", "per station"),
    ],
)
def test_of_whom_a_metric_is(name, whom):
    found = metric(name)

    assert found is not None
    assert population(found.qualifier) == whom


@pytest.mark.parametrize(
    ("text", "name", "qualifier"),
    [
        ("Accuracy", "Accuracy", ""),
        ("False Positive Rate", "FPR", ""),
        ("Positive Predictive Value (PPV)", "Precision", ""),
        ("Negative Predictive Value (NPV)", "NPV", ""),
        ("True Positive Rate (Recall)", "Recall", ""),
        ("F1-Score", "F1 Score", ""),
        ("ROC-AUC", "AUC", ""),
        ("Macro F1", "F1 Score", "macro"),
        ("F1 (macro)", "F1 Score", "macro"),
        ("precision@5", "Precision", "5"),
        ("Top-5 accuracy", "Accuracy", "top 5"),
        ("Recall (fraud)", "Recall", "fraud"),
        ("Recall of faulty parts", "Recall", "faulty parts"),
        ("MAE per station", "MAE", "per station"),
        ("Mean IoU of defect masks", "IoU", "defect masks"),
        ("Weighted kappa", "Kappa", "weighted"),
        ("Alert precision", "Precision", "alert"),
        ("Balanced accuracy", "Balanced Accuracy", ""),
        ("mean average precision", "mAP", ""),
    ],
)
def test_a_metric_is_known_by_its_name(text, name, qualifier):
    found = metric(text)

    assert found
    assert (found.name, found.qualifier) == (name, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Product recall",
            "Recall campaign cost",
            "Needle precision",
            "CPU load",
            "Days to alert",
            "Other",
        ),
        *("Exact-match rate", "AUC im Quartal", "Cost per case", "Cinema", "precision engineering hours"),
    ],
)
def test_what_only_sounds_like_a_metric_is_none(text):
    assert metric(text) is None


@pytest.mark.parametrize(
    ("text", "better"),
    [
        *[
            (name, HIGHER)
            for name in (
                "Accuracy",
                "Precision",
                "Recall",
                "Specificity",
                "NPV",
                "F1",
                "AUC",
                "R2",
                "IoU",
                "mAP",
                "kappa",
                "MCC",
            )
        ],
        *[(name, LOWER) for name in ("FPR", "FNR", "error rate", "MAE", "MSE", "RMSE", "MAPE", "log loss")],
    ],
)
def test_it_knows_which_way_is_better(text, better):
    found = metric(text)

    assert found
    assert found.better == better
    assert found.labels


def test_it_knows_which_metrics_are_shares_and_which_may_be_negative():
    shares = {name for name in ("Recall", "MAE", "MCC", "FPR") if (found := metric(name)) and found.ratio}
    signed = {name for name in ("Recall", "R2", "MCC", "Kappa") if (found := metric(name)) and found.signed}

    assert shares == {"Recall", "FPR"}
    assert signed == {"R2", "MCC", "Kappa"}


def test_two_names_are_one_metric_only_with_the_same_qualifier():
    assert same_metric("Sensitivity", "TPR")
    assert same_metric("Macro F1", "F1 (macro)")
    assert not same_metric("Macro F1", "Micro F1")
    assert not same_metric("Recall", "Recall (fraud)")
    assert not same_metric("CPU load", "CPU load")
    assert measured("Sensitivity") == measured("Recall")
    assert measured("CPU load") == measured("cpu_load")
    assert measured("FPR") != measured("FNR")


@pytest.mark.parametrize(
    ("value", "expected"), [(92, 0.92), (100, 1.0), (0.92, 0.92), (1, 1), (0, 0), (120, 120)]
)
def test_shares_are_brought_to_one_scale(value, expected):
    recall, error = metric("Recall"), metric("MAE")
    assert recall
    assert error

    assert scaled(recall, value) == pytest.approx(expected)
    assert scaled(error, value) == value
    assert per_cent(value) == (1 < value <= 100)


@relaxed
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["macro", "f1", "recall", "of", "@", "5", "(", "top"]), max_size=6).map(
        " ".join
    )
)
def test_no_text_makes_it_raise(text):
    found = metric(text)

    assert found is None or metric(found.name)
    assert isinstance(measured(text), str)
