"""Results that are told twice."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def words(said: Any, test: Any, evaluation: Any = ()) -> Documents:
    return measured(test, evaluation, test_dataset={"name": "January", "test_results": said})


GINI = "Gini 0.598, calibration inside the limits in all ten bands."
FIRST = "trained_model/test_metrics/0/result trained_model/test_dataset/test_results"

test_told_alike = silent(
    "report-differs-from-result",
    {
        "the same": ("pass", words(GINI, {"Gini coefficient": 0.598})),
        "rounded": ("pass", words("Gini of 0.6.", {"Gini coefficient": 0.62})),
        "a result that was rounded": ("pass", words("WAPE 0.226; less waste.", {"WAPE": 0.23})),
        "in per cent": ("pass", words("Accuracy: 71 %", {"Accuracy": 0.71})),
        "noise": ("pass", words(GINI, {"Gini coefficient": 0.61})),
        "near miss: a part of the test": (
            "cannot-tell",
            words("Recall 0.8 on night images, all cracks found", {"Recall": 0.93}),
        ),
        "near miss: several values": (
            "cannot-tell",
            words("Recall 0.8, later recall 0.93.", {"Recall": 0.7}),
        ),
        "near miss: of the evaluation": (
            "pass",
            words("As in the evaluation: Recall 0.9.", {"Recall": 0.8}, {"Recall": 0.9}),
        ),
        "near miss: a count": (
            "cannot-tell",
            words("27 of 38 incidents found, recall good", {"Recall": 0.7}),
        ),
        "near miss: a qualified metric": (
            "cannot-tell",
            words("Weighted kappa 0.69; fine.", {"Cohen's kappa": 0.8}),
        ),
        "near miss: of the night": ("cannot-tell", words("Night recall 0.6, hardly used", {"Recall": 0.9})),
        "near miss: a decimal comma": ("pass", words("Recall 0,829; lift 6,1", {"Recall": 0.829})),
        "near miss: thousands": ("pass", words("MAE in EUR 1,250; fine", {"MAE in EUR": 1250})),
        "near miss: a name with signs, of a part": (
            "cannot-tell",
            words("AUC (ROC) 0.75 for prepaid, good elsewhere", {"AUC (ROC)": 0.829}),
        ),
        "near miss: a name with signs, twice": (
            "cannot-tell",
            words("AUC (ROC) 0.75; last year AUC (ROC) 0.7.", {"AUC (ROC)": 0.829}),
        ),
        "near miss: a name behind another word": (
            "cannot-tell",
            words("Prepaid AUC (ROC) 0.75; good", {"AUC (ROC)": 0.829}),
        ),
        "prose": ("cannot-tell", words("All tests passed.", {"Recall": 0.7})),
        "no text": ("cannot-tell", words("", {"Recall": 0.7})),
    },
)

test_told_otherwise = firing(
    "report-differs-from-result",
    {
        "another value": ([f"minor {FIRST}"], words(GINI, {"Gini coefficient": 0.63})),
        "an alias": ([f"minor {FIRST}"], words("Sensitivity was 0.82.", {"Recall": 0.91})),
        "per cent": ([f"minor {FIRST}"], words("The accuracy reached 95 %; accepted", {"Accuracy": 0.88})),
        "a name with signs": (
            [f"minor {FIRST}"],
            words("AUC (ROC) 0.892, lift @ top 2 % 6.1.", {"AUC (ROC)": 0.829}),
        ),
        "a decimal comma": ([f"minor {FIRST}"], words("Recall 0,62; geaccepteerd", {"Recall": 0.83})),
        "a metric that is not known": (
            [f"minor {FIRST}"],
            words("Share rated useful: 0.7.", {"Share rated useful": 0.83}),
        ),
    },
)


def test_the_message_gives_both_figures():
    assert messages("report-differs-from-result", words("Accuracy 95 %", {"Accuracy": 0.88})) == [
        "“Accuracy” was 0.88 in the test, but the words about it say 95 %."
    ]


test_given_once = silent(
    "result-given-twice",
    {
        "different metrics": ("pass", measured({"Recall": 0.8, "Accuracy": 0.9})),
        "near miss: the same figure twice": ("pass", measured([("Recall", 0.8), ("Sensitivity", 0.8)])),
        "near miss: a part of the data": ("pass", measured({"Recall": 0.8, "Recall at night": 0.6})),
        "near miss: evaluation and test": ("pass", measured({"Recall": 0.8}, {"Recall": 0.85})),
        "near miss: in per cent": ("pass", measured([("Recall", 0.8), ("Recall", 80)])),
        "no figures": ("cannot-tell", measured({"Recall": None})),
        "nothing": ("cannot-tell", {}),
    },
)

test_given_twice = firing(
    "result-given-twice",
    {
        "one name": (
            ["minor trained_model/evaluation_metrics/1/result"],
            measured(evaluation=[("Accuracy", 0.951), ("Accuracy", 0.87)]),
        ),
        "two names of one metric": (
            ["minor trained_model/test_metrics/1/result"],
            measured([("Recall", 0.8), ("true positive rate", 0.6)]),
        ),
    },
)


def test_the_message_names_the_other_result():
    assert messages("result-given-twice", measured([("Recall", 0.8), ("TPR", 0.6)])) == [
        "“TPR” is 0.6 in the test, and “Recall” there 0.8."
    ]
