"""Results against thresholds, the test against the evaluation, values against what is possible."""

from __future__ import annotations

from tests.mismatch.rules.metric_rows import measured, result
from tests.mismatch.rules.tables import firing, messages, silent

TEST = "trained_model/test_metrics/0/result"
EVALUATION = "trained_model/evaluation_metrics/0/result"
LIMIT = "trained_model/algorithm_metrics/0/threshold"

test_result_meets_threshold = silent(
    "result-misses-threshold",
    {
        "no model": ("cannot-tell", {}),
        "no threshold": ("not-applicable", measured({"Accuracy": 0.9})),
        "no result of that metric": (
            "not-applicable",
            measured({"Accuracy": 0.5}, limits=["recall less than 0.9"]),
        ),
        "exactly at the threshold": ("pass", measured({"Recall": 0.9}, limits=["recall less than 0.9"])),
        "near miss: how far ahead": (
            "not-applicable",
            measured({"MAE 24 hours ahead": 5}, limits=["MAE 48 hours ahead greater than 4"]),
        ),
        "near miss: two times that may be how far ahead": (
            "not-applicable",
            measured({"MAE 24 hours": 5}, limits=["MAE 48 hours greater than 4"]),
        ),
        "rounding": ("pass", measured({"Recall": 0.1 + 0.2}, limits=["recall less than 0.3"])),
        "lower is better": (
            "pass",
            measured({"False Positive Rate": 0.02}, limits=["FPR greater than 0.05"]),
        ),
        "one in per cent": ("pass", measured({"Accuracy": 92}, limits=["accuracy less than 0.9"])),
        "error rates on unclear scales": (
            "cannot-tell",
            measured({"FPR": 0.7}, limits=["FPR greater than 2"]),
        ),
        "nobody knows which way is better": (
            "cannot-tell",
            measured({"Entailed share": 0.7}, limits=["Entailed share less than 0.9"]),
        ),
        "the result is blank": ("cannot-tell", measured({"Recall": None}, limits=["recall less than 0.9"])),
        "the operator says neither": (
            "cannot-tell",
            measured({"Recall": 0.5}, limits=["recall equal to 0.9"]),
        ),
        "another class": (
            "not-applicable",
            measured({"Recall (fraud)": 0.5}, limits=["recall (theft) less than 0.9"]),
        ),
        "a limit at both ends": (
            "pass",
            measured(
                {"Precision": 0.8},
                limits=["precision less than 0.6", "precision greater than 0.99"],
            ),
        ),
        "a metric of the domain that only sounds like it": (
            "not-applicable",
            measured({"Recall": 0.5}, limits=["recall campaign less than 0.9"]),
        ),
    },
)

test_result_misses_threshold = firing(
    "result-misses-threshold",
    {
        "as an alarm": (
            [f"critical {TEST} {LIMIT}"],
            measured({"Recall": 0.82}, limits=["recall less than 0.9"]),
        ),
        "watched monthly": (
            [f"critical {TEST} {LIMIT}"],
            measured({"AUC (ROC)": 0.7}, limits=["AUC (ROC), monthly less than 0.78"]),
        ),
        "in a window, and in its unit": (
            [f"critical {TEST} {LIMIT}"],
            measured({"nMAE (of 79 MW)": 0.064}, limits=["nMAE, 7 days rolling greater than 0.05"]),
        ),
        "of whom, and when": (
            [f"critical {TEST} {LIMIT}"],
            measured({"Recall (fraud)": 0.7}, limits=["Recall (fraud), daily less than 0.9"]),
        ),
        "as a target": (
            [f"critical {TEST} {LIMIT}"],
            measured({"Recall": 0.82}, limits=["recall greater or equal than 0.9"]),
        ),
        "under another name": (
            [f"critical {TEST} {LIMIT}"],
            measured({"Sensitivity": 0.82}, limits=["TPR less than 0.9"]),
        ),
        "an error too high": (
            [f"critical {TEST} {LIMIT}"],
            measured({"RMSE": 4.2}, limits=["root mean squared error greater than 4"]),
        ),
        "in the evaluation only": (
            [f"major {EVALUATION} {LIMIT}"],
            measured({"Recall": 0.95}, {"Recall": 0.85}, limits=["recall less than 0.9"]),
        ),
        "in both is one finding": (
            [f"critical {TEST} {LIMIT} {EVALUATION}"],
            measured({"Recall": 0.8}, {"Recall": 0.85}, limits=["recall less than 0.9"]),
        ),
        "a threshold of the business": (
            [f"critical {TEST} trained_model/business_metrics/0/threshold"],
            measured({"Accuracy": "0.8"}, business=["accuracy less than 0.9"]),
        ),
        "not quite the same metric": (
            [f"info {TEST} {LIMIT}"],
            measured({"WAPE": 0.3}, limits=["WAPE per region greater than 0.27"]),
        ),
        "the guarded side of two": (
            [f"critical {TEST} {LIMIT}"],
            measured({"Precision": 0.5}, limits=["precision less than 0.6", "precision greater than 0.99"]),
        ),
    },
)

test_like_the_evaluation = silent(
    "test-differs-from-evaluation",
    {
        "nothing in common": ("cannot-tell", measured({"Accuracy": 0.9}, {"Recall": 0.5})),
        "unknown metrics": ("cannot-tell", measured({"Usefulness": 0.9}, {"Usefulness": 0.1})),
        "within five points": ("pass", measured({"Accuracy": 0.90}, {"Accuracy": 0.95})),
        "sampling noise of a small error": (
            "pass",
            measured({"False Negative Rate": 0.013}, {"False Negative Rate": 0.011}),
        ),
        "twice a tiny error": ("pass", measured({"FPR": 0.004}, {"FPR": 0.002})),
        "per cent and share": ("pass", measured({"Accuracy": 94}, {"Accuracy": 0.95})),
        "per cent": ("pass", measured({"Accuracy": 91}, {"Accuracy": 95})),
        "a tenth of an error": ("pass", measured({"RMSE": 11}, {"RMSE": 10})),
        "a result is blank": ("cannot-tell", measured({"RMSE": ""}, {"RMSE": 10})),
    },
)

test_unlike_the_evaluation = firing(
    "test-differs-from-evaluation",
    {
        "worse": ([f"major {TEST} {EVALUATION}"], measured({"Accuracy": 0.87}, {"Accuracy": 0.95})),
        "worse in per cent": ([f"major {TEST} {EVALUATION}"], measured({"Accuracy": 80}, {"Accuracy": 95})),
        "a larger error": ([f"major {TEST} {EVALUATION}"], measured({"RMSE": 13}, {"RMSE": 10})),
        "more than double": ([f"minor {TEST} {EVALUATION}"], measured({"FNR": 0.045}, {"FNR": 0.011})),
        "double the errors": ([f"minor {TEST} {EVALUATION}"], measured({"AUC": 0.956}, {"AUC": 0.99})),
        "better": ([f"info {TEST} {EVALUATION}"], measured({"F1": 0.97}, {"F1 Score": 0.88})),
        "a correlation": ([f"major {TEST} {EVALUATION}"], measured({"kappa": 0.5}, {"kappa": 0.6})),
    },
)

test_possible_values = silent(
    "metric-value-impossible",
    {
        "no results": ("not-applicable", measured()),
        "unknown metrics": ("cannot-tell", measured({"Escapes": -4})),
        "shares": ("pass", measured({"Accuracy": 0.92}, limits=["accuracy less than 0.9"])),
        "per cent": ("pass", measured({"Accuracy": 92}, limits=["accuracy less than 90"])),
        "a perfect score": ("pass", measured({"Accuracy": 1}, limits=["accuracy less than 0.9"])),
        "a zero": ("pass", measured({"FPR": 0}, limits=["FPR greater than 2"])),
        "small per cent": ("pass", measured({"FPR": 0.7}, limits=["FPR greater than 2"])),
        "a negative correlation": ("pass", measured({"MCC": -0.2, "R2": -3.5})),
        "a large error": ("pass", measured({"RMSE": 412.5})),
        "a share in words of the domain": (
            "pass",
            measured({"Interval coverage": 0.78}, {"Interval coverage": 0.79}),
        ),
        "near miss: a share that is small": (
            "pass",
            measured({"Share of late parts": 0.7}, {"Share of late parts": 2}),
        ),
        "near miss: a change of a share": ("cannot-tell", measured({"Change of precision": -4})),
    },
)

test_impossible_values = firing(
    "metric-value-impossible",
    {
        "above 100": ([f"major {TEST}"], measured({"Accuracy": 920})),
        "below 0": ([f"major {TEST}"], measured({"False Positive Rate": -0.02})),
        "a negative error": ([f"major {TEST}"], measured({"MAE": -3})),
        "no share and no per cent": ([f"minor {TEST}"], measured({"Accuracy": 1.2})),
        "two scales": (
            [f"minor {LIMIT} {TEST}"],
            measured({"Accuracy": 92}, limits=["accuracy less than 0.9"]),
        ),
        "two scales of the same, by day": (
            [f"minor {LIMIT} {TEST}"],
            measured({"AUC (ROC)": 0.83}, limits=["AUC (ROC), monthly less than 78"]),
        ),
        "two scales of a share of the domain": (
            [f"minor {EVALUATION} {TEST}"],
            measured({"Coverage of P10-P90": 0.78}, {"Coverage of P10-P90": 7.9}),
        ),
        "two scales of a share in another order": (
            [f"minor {LIMIT} {TEST}"],
            measured(
                {"Coverage of the 80% interval": 0.79}, limits=["Interval coverage, daily less than 75"]
            ),
        ),
        "a share of the domain above 100": ([f"major {TEST}"], measured({"Interval coverage": 780})),
        "two scales between the results": (
            [f"minor {EVALUATION} {TEST}"],
            measured({"Accuracy": 92}, {"Accuracy": 0.95}),
        ),
        "two scales of an error": (
            [f"minor {LIMIT} {TEST}"],
            measured({"FPR": 0.01}, limits=["FPR greater than 2"]),
        ),
    },
)


def test_the_message_names_both_values():
    documents = measured({"Recall": 0.82}, limits=["recall less than 0.9"])

    assert messages("result-misses-threshold", documents) == [
        "“Recall” was 0.82 in the test, which misses the threshold (< 0.9) of “recall”."
    ]


def test_other_needs_its_own_name():
    documents = measured(limits=["recall less than 0.9"])
    documents["trained_model"]["test_metrics"] = [result("Recall", 0.5) | {"metric": ""}]

    assert len(messages("result-misses-threshold", documents)) == 1
