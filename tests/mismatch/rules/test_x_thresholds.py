"""Thresholds that have no effect."""

from __future__ import annotations

from tests.mismatch.rules.metric_rows import measured
from tests.mismatch.rules.tables import firing, silent

LIMIT = "trained_model/algorithm_metrics/0"

test_effective = silent(
    "threshold-without-effect",
    {
        "no thresholds": ("not-applicable", measured()),
        "an operator that nobody knows": (
            "cannot-tell",
            measured(limits=[{"metric": "recall", "operator": "around", "threshold": 0.9}]),
        ),
        "an alarm": ("pass", measured(limits=["recall less than 0.9", "FPR greater than 0.1"])),
        "targets throughout": (
            "pass",
            measured(limits=["recall greater than 0.9", "FPR less or equal than 0.1"]),
        ),
        "nothing may be missed": ("pass", measured(limits=["recall less than 1"])),
        "no false alarm at all": ("pass", measured(limits=["FPR greater than 0"])),
        "1 may be per cent": ("pass", measured(limits=["FPR greater than 1"])),
        "1 is per cent": ("pass", measured({"Precision": 3}, limits=["precision greater than 1"])),
        "a count may be equal to 0": ("pass", measured(limits=["open alarms different than 0"])),
        "a metric of the domain": ("pass", measured(limits=["fill level less than 0"])),
        "a share of nothing": ("pass", measured(limits=["share of empty frames greater than 0"])),
        "a precision in percent": ("pass", measured(limits=["Defect precision less than 60"])),
        "a rate that may be negative": ("pass", measured(limits=["growth rate less than 0"])),
        "a rate per hour": ("pass", measured(limits=["False alarm rate greater than 160"])),
        "an alarm at both ends": (
            "pass",
            measured(limits=["precision less than 0.6", "precision greater than 0.99"]),
        ),
        "a correlation may be negative": ("pass", measured(limits=["MCC less than 0"])),
    },
)

test_without_effect = firing(
    "threshold-without-effect",
    {
        "never below nothing": ([f"minor {LIMIT}/threshold"], measured(limits=["accuracy less than 0"])),
        "never above everything": (
            [f"minor {LIMIT}/threshold"],
            measured(limits=["accuracy greater than 1"]),
        ),
        "always": ([f"minor {LIMIT}/threshold"], measured(limits=["MAE greater or equal than 0"])),
        "outside the scale": ([f"minor {LIMIT}/threshold"], measured(limits=["FNR greater than 150"])),
        "negative": ([f"minor {LIMIT}/threshold"], measured(limits=["RMSE less than -3"])),
        "never below no share": (
            [f"minor {LIMIT}/threshold"],
            measured(limits=["share of empty frames less than 0"]),
        ),
        "a fraction of the domain": (
            [f"minor {LIMIT}/operator {LIMIT}/threshold"],
            measured(limits=["fill level equal to 0.35"]),
        ),
        "a share of the domain": (
            [f"minor {LIMIT}/threshold"],
            measured(limits=["Defect precision less than 0"]),
        ),
        "a share beyond all": (
            [f"minor {LIMIT}/threshold"],
            measured(limits=["Skipped fraction greater than 160"]),
        ),
        "an error that is equal": (
            [f"minor {LIMIT}/operator {LIMIT}/threshold"],
            measured(limits=["Calibration error equal to 0.1"]),
        ),
        "equal": ([f"minor {LIMIT}/operator {LIMIT}/threshold"], measured(limits=["F1 score equal to 0.9"])),
        "the whole scale": (
            [f"info {LIMIT}/threshold trained_model/algorithm_metrics/1/threshold"],
            measured(limits=["drift less than 0.9", "Drift greater than 0.5"]),
        ),
        "turned round": (
            [f"info trained_model/algorithm_metrics/1/operator {LIMIT}/operator"],
            measured(limits=["recall less than 0.9", "FPR less than 0.1"]),
        ),
        "one turned round among alarms": (
            [f"minor {LIMIT}/operator trained_model/algorithm_metrics/1/operator"],
            measured(limits=["AUC greater than 0.78", "lift less than 4", "PSI greater than 0.2"]),
        ),
        "one of the domain among targets": (
            [f"minor {LIMIT[:-1]}3/operator {LIMIT}/operator"],
            measured(
                limits=[
                    "accuracy greater than 0.8",
                    "F1 greater than 0.8",
                    "time to the team less than 2",
                    "share of misrouted mails greater than 0.06",
                ]
            ),
        ),
        "near miss: two of each": (
            [f"info trained_model/algorithm_metrics/1/operator {LIMIT}/operator"],
            measured(
                limits=[
                    "recall less than 0.9",
                    "FPR less than 0.1",
                    "MAE greater than 3",
                    "AUC greater than 0.8",
                ]
            ),
        ),
    },
)
