"""How the data were split, in two texts."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, silent


def held(share: Any, method: str = "", name: str = "") -> dict[str, Any]:
    dataset = {"holdout_percentage": share, "algorithm": method, "name": name}
    return {"trained_model": {"version": "1.2", "evaluation_dataset": dataset}}


def described(said: str = "", *steps: tuple[str, str]) -> dict[str, Any]:
    rows = [{"data_processing_step": step, "data_processing_detail": detail} for step, detail in steps]
    return {"training_data": {"version": "1.2", "dataset_description": said, "preparation_process": rows}}


SHARE = "trained_model/evaluation_dataset/holdout_percentage"
METHOD = "trained_model/evaluation_dataset/algorithm"
TOLD = "training_data/dataset_description"
DETAIL = "training_data/preparation_process/0/data_processing_detail"

test_one_split = silent(
    "split-stated-otherwise",
    {
        "a part": ("pass", held(15) | described("Split 70/15/15 by patient.")),
        "near miss: both parts": ("pass", held(30) | described("Split 70/15/15 by patient.")),
        "near miss: rounded": ("pass", held(17) | described("split 70:15:15")),
        "near miss: no split": ("cannot-tell", held(45) | described("Ratio of the classes: 70/30")),
        "near miss: two halves of something else": (
            "cannot-tell",
            held(15) | described("", ("Cut", "Texts split into sentences, balanced 50/50")),
        ),
        "near miss: a date": ("cannot-tell", held(45) | described("Split on 24/12/2023, not 24/12/2022")),
        "near miss: no sum of 100": ("cannot-tell", held(45) | described("split, crops of 70/15/10")),
        "near miss: a part of something else": (
            "cannot-tell",
            held(45) | described("15 % of them split by hand"),
        ),
        "in the name": ("pass", held(15, name="VAL (15 % of the patients)")),
        "one unit": ("pass", held(15, "Random by patient") | described("Split by patient, by site")),
        "near miss: stratified by": (
            "pass",
            held(15, "Random by patient") | described("stratified by image quality"),
        ),
        "near miss: sampled": (
            "pass",
            held(15, "Random split by customer") | described("sampled per message and month"),
        ),
        "near miss: time and customers": (
            "cannot-tell",
            held(15, "Split by year") | described("Split by customer"),
        ),
        "no share": ("cannot-tell", held("") | described("Split 70/15/15")),
        "nothing": ("cannot-tell", {}),
    },
)

test_two_splits = firing(
    "split-stated-otherwise",
    {
        "another share": ([f"minor {SHARE} {TOLD}"], held(45) | described("Split 70/15/15.")),
        "another share in a step": (
            [f"minor {SHARE} {DETAIL}"],
            held(33) | described("", ("Split", "By customer, 80/10/10")),
        ),
        "another share of two": ([f"minor {SHARE} {TOLD}"], held(10) | described("Random 70/30 split.")),
        "another share in the name": (
            [
                "minor trained_model/evaluation_dataset/holdout_percentage trained_model/evaluation_dataset/name"
            ],
            held(45, name="VAL-7 (15 % of the patients)"),
        ),
        "images of one patient on both sides": (
            [f"major {TOLD} {METHOD}"],
            held(15, "Random by patient, stratified by site")
            | described("Studies of 80 patients, split by image."),
        ),
        "at another level": (
            [f"major {DETAIL} {METHOD}"],
            held(15, "Patient-level split") | described("", ("Split", "random by study")),
        ),
    },
)
