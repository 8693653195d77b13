"""The data the model was evaluated and tested on."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent

FILE = "https://data.example/eval.csv"


def model(
    evaluation: Any = None, test: Any = None, integration: Any = None, **training: Any
) -> dict[str, Any]:
    """Data sets as (name, file)."""
    names = ("evaluation_dataset", "test_dataset", "integration_test_dataset")
    body: dict[str, Any] = {"version": "1.2"}
    for name, found in zip(names, (evaluation, test, integration), strict=True):
        if found:
            body[name] = {"name": found[0], "file": found[1]} | (found[2] if len(found) > 2 else {})
    return {"trained_model": body} | ({"training_data": {"version": "1.2"} | training} if training else {})


def split(share: Any, method: Any = "", seed: Any = 1, instances: Any = None) -> dict[str, Any]:
    dataset = {"holdout_percentage": share, "algorithm": method, "seed": seed}
    found: dict[str, Any] = {"trained_model": {"version": "1.2", "evaluation_dataset": dataset}}
    return found | ({"raw_data": {"version": "1.2", "number_of_instances": instances}} if instances else {})


test_independent = silent(
    "data-reused-for-test",
    {
        "no test data": ("cannot-tell", model(("Autumn", FILE))),
        "a test alone": ("cannot-tell", model(None, ("Winter", FILE))),
        "two of each": ("pass", model(("Autumn", FILE), ("Winter", "https://data.example/test.csv"))),
        "two parts of one file": ("pass", model(("Autumn", f"{FILE}#autumn"), ("Winter", f"{FILE}#winter"))),
        "paths that differ in case": (
            "pass",
            model(("Autumn", FILE), ("Winter", "https://data.example/Eval.csv")),
        ),
        "no integration test": ("pass", model(("A", "a"), ("B", "b"), ("not applicable", "b"))),
        "both names to be filled in": ("pass", model(("TBD", "a"), ("TBD", "b"))),
        "both blank": ("pass", model(("Autumn", ""), ("", "b"))),
        "held out from the training data": (
            "pass",
            model(("Visits", "a", {"holdout_percentage": 20}), ("Later", "b"), dataset_name="Visits"),
        ),
    },
)

test_reused = firing(
    "data-reused-for-test",
    {
        "the same file": (
            ["critical trained_model/test_dataset/file trained_model/evaluation_dataset/file"],
            model(("Autumn", FILE), ("Winter", "HTTPS://Data.example:443/./eval.csv")),
        ),
        "the same folder": (
            ["minor trained_model/test_dataset/file trained_model/evaluation_dataset/file"],
            model(("Autumn", "https://data.example/all/"), ("Winter", "https://data.example/all/")),
        ),
        "the same name": (
            ["major trained_model/test_dataset/name trained_model/evaluation_dataset/name"],
            model(("Hold-out set", "a"), ("hold out set", "b")),
        ),
        "the name of the training data": (
            ["major trained_model/test_dataset/name training_data/dataset_name"],
            model(("Autumn", "a"), ("Visits", "b"), dataset_name="Visits"),
        ),
        "an evaluation that nothing was held out for": (
            ["major trained_model/evaluation_dataset/name training_data/dataset_name"],
            model(("Visits", "a", {"holdout_percentage": 0}), ("Later", "b"), dataset_name="Visits"),
        ),
        "an integration test with known data": (
            ["minor trained_model/integration_test_dataset/file trained_model/test_dataset/file"],
            model(("Autumn", "a"), ("Winter", FILE), ("Cell", FILE)),
        ),
    },
)

SHARE = "trained_model/evaluation_dataset/holdout_percentage"
SEED = "trained_model/evaluation_dataset/seed trained_model/evaluation_dataset/algorithm"

test_plausible = silent(
    "holdout-implausible",
    {
        "no data set": ("not-applicable", {"trained_model": {"version": "1.2"}}),
        "no share": ("cannot-tell", split(0)),
        "a fifth": ("pass", split(20)),
        "a fifth as text": ("pass", split("20")),
        "the least": ("pass", split(5)),
        "the most": ("pass", split(50)),
        "little of very much": ("pass", split(0.5, instances=11_000_000)),
        "one at a time": ("pass", split(1, "leave-one-out")),
        "a random split with its seed": ("pass", split(20, "Random by customer", 77)),
        "a split by time needs no seed": ("pass", split(20, "Last three months", 0)),
        "said not to be random": ("pass", split(20, "Not random: by calendar week", 0)),
    },
)

test_implausible = firing(
    "holdout-implausible",
    {
        "everything": ([f"major {SHARE}"], split(100)),
        "more than everything": ([f"major {SHARE}"], split(120)),
        "less than nothing": ([f"major {SHARE}"], split(-5)),
        "most of it": ([f"minor {SHARE}"], split(80)),
        "a fraction": ([f"minor {SHARE}"], split(0.2)),
        "little of little": ([f"minor {SHARE}"], split(2, instances=1000)),
        "a random split without seed": ([f"info {SEED}"], split(20, "Stratified random sample", 0)),
    },
)


def test_a_fraction_is_read_as_what_it_may_mean():
    assert messages("holdout-implausible", split(0.2)) == [
        "0.2 % of the data are held out for the evaluation: too little for a result that holds; "
        "is 20 % meant?"
    ]
