"""What the model can answer, against what it was taught and what it specifies."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import field, item, model, training
from tests.mismatch.rules.tables import Documents, firing, messages, silent

CLASSES = "ok, porosity, cold shut, scratch, crack"
LEVEL = training(field("level", "integer", "1 - 5", label=True))
DEFECT = training(field("defect", "string", CLASSES, label=True))
OUT = "trained_model/output_spec/0/item_specification"
LABEL = "training_data/schema/0/expected_values"


def logits(said: str, name: str = "class_logits") -> Documents:
    return model(item(name, "Other", other_value=said))


test_classes_covered = silent(
    "class-without-output",
    {
        "all levels": ("pass", LEVEL | model(item("level", "Integer", min_value=1, max_value=5))),
        "more levels": ("pass", LEVEL | model(item("Level", "Integer", min_value=0, max_value=9))),
        "near miss: another name": ("not-applicable", LEVEL | model(item("score", "Float", max_value=1))),
        "near miss: no label": (
            "cannot-tell",
            training(field("level", "integer", "1 - 5")) | model(item("level", "Integer", max_value=4)),
        ),
        "near miss: a text of that name": (
            "not-applicable",
            DEFECT | model(item("defect", "String", max_length=9)),
        ),
        "near miss: an embedding": ("not-applicable", DEFECT | logits("list of 128 floats", "embedding")),
        "near miss: one probability": ("pass", DEFECT | logits("list of 1 floats")),
        "near miss: coordinates": ("not-applicable", DEFECT | logits("x, y, width, height")),
        "a figure for each class": ("pass", DEFECT | logits("list of 5 floats")),
        "two classes, one figure": (
            "pass",
            training(field("fails", "string", "yes, no", label=True)) | logits("list of 3 floats"),
        ),
        "an output without limits": ("not-applicable", LEVEL | model(item("level", "Integer"))),
        "no outputs": ("cannot-tell", LEVEL | model()),
        "no training data": ("cannot-tell", model(item("level", "Integer", max_value=4))),
    },
)

test_classes_cut_off = firing(
    "class-without-output",
    {
        "the last level": (
            [f"major {OUT} {LABEL}"],
            LEVEL | model(item("level", "Integer", min_value=1, max_value=4)),
        ),
        "a list of levels": (
            [f"major {OUT} {LABEL}"],
            training(field("level", "integer", "1, 2, 3", label=True))
            | model(item("LEVEL", "Integer", min_value=1, max_value=2)),
        ),
        "a continuous label": (
            [f"minor {OUT} {LABEL}"],
            training(field("demand", "float", "0 - 2600", label=True))
            | model(item("demand", "Float", max_value=2500.0)),
        ),
        "four figures for five classes": (
            [f"minor {OUT}/other_value {LABEL}"],
            DEFECT | logits("list of 4 floats"),
        ),
        "told by the description": (
            [f"minor {OUT}/other_value {LABEL}"],
            DEFECT
            | model(item("raw", "Other", about="Softmax per frame", other_value="a vector of 6 numbers")),
        ),
        "behind post-processing": (
            [f"minor {OUT}/other_value {LABEL}"],
            DEFECT
            | model(
                item("logits", "Other", other_value="list of 4 floats"),
                post_processing=True,
                final_output_spec=[item("verdict", "String", max_length=9)],
            ),
        ),
    },
)


def gate(said: Any, **limits: Any) -> Documents:
    return model(
        item("reject", "Integer", **(limits or {"min_value": 0, "max_value": 1})),
        item("defect_score", "Float", min_value=0.0, max_value=1.0),
        default_model_output=said,
    )


DEFAULT = "trained_model/default_model_output"

test_default_possible = silent(
    "default-output-impossible",
    {
        "within": ("pass", gate('reject = 1, defect_class = "ok", defect_score = 0: to the manual station')),
        "near miss: prose": ("not-applicable", gate("No proposal; the nurse triages as today.")),
        "near miss: another name": ("not-applicable", gate("timeout = 5, retries = 2")),
        "near miss: a time": ("not-applicable", gate("Reject at 17:30, score of 2024")),
        "near miss: a version": ("pass", gate("reject = 1 from version = 7.2.1")),
        "no limits": ("cannot-tell", gate("reject = 7", max_value=0)),
        "no default": ("cannot-tell", gate("")),
    },
)

test_default_impossible = firing(
    "default-output-impossible",
    {
        "above": ([f"minor {DEFAULT} {OUT}"], gate("reject = 2, defect_score = 0")),
        "below": (
            [f"minor {DEFAULT} trained_model/output_spec/1/item_specification"],
            gate("Defect score: -1"),
        ),
        "a fraction": ([f"minor {DEFAULT} {OUT}"], gate("reject = 0.5")),
    },
)


def test_the_message_says_what_is_specified():
    assert messages("default-output-impossible", gate("reject = 0.5")) == [
        "By default “reject” is 0.5, but it is specified as 0 to 1, in whole numbers."
    ]


def steps(*said: str) -> Documents:
    return {
        "data_pipeline": {
            "version": "1.2",
            "pipeline_steps": [{"data_processing_detail": each} for each in said],
        }
    }


def pictures(values: str, *prepared: str, **more: Any) -> Documents:
    return training(field("image", "image", values, **more), steps=prepared)


STEP = "data_pipeline/pipeline_steps/0/data_processing_detail"

test_prepared_alike = silent(
    "picture-prepared-otherwise",
    {
        "the same size": ("pass", steps("Crop to 1024 x 1024.") | pictures("1024 x 1024, grey")),
        "near miss: a size that is only named": (
            "cannot-tell",
            steps("The camera has 2448 x 2048 pixels") | pictures("1024 x 1024"),
        ),
        "near miss: several sizes": (
            "cannot-tell",
            steps("Crop to 1024 x 1024", "Resize to 256 x 256 for the log") | pictures("1024 x 1024"),
        ),
        "near miss: the mask": (
            "cannot-tell",
            steps("Resize to 512 x 512") | pictures("1024 x 1024", label=True),
        ),
        "near miss: training pictures that still go through the pipeline": (
            "pass",
            {
                "data_pipeline": steps("Resize to 512 x 512")["data_pipeline"]
                | {"input_spec": [{"item_specification": {"resolution_x": 1024, "resolution_y": 1024}}]}
            }
            | pictures("1024 x 1024"),
        ),
        "near miss: a scale, no size": (
            "cannot-tell",
            steps("Scale to 0..1 by the maximum of the frame") | pictures("1024 x 1024"),
        ),
        "no pictures": ("not-applicable", steps("Join on day") | training(field("day", "date"))),
        "nothing": ("cannot-tell", {}),
    },
)

test_prepared_otherwise = firing(
    "picture-prepared-otherwise",
    {
        "smaller in operation": (
            [f"major {STEP} {LABEL}"],
            steps("Anchor on the code, crop to 512 x 512.") | pictures("1024 x 1024, 8 bit"),
        ),
        "by the preparation": (
            [f"major {STEP} training_data/preparation_process/0/data_processing_detail"],
            steps("Rescaled to 640×640") | pictures("see the data sheet", "Resize frames to 320 by 320"),
        ),
        "exchanged": (
            [f"minor {STEP} {LABEL}"],
            steps("resize to 480 x 640") | pictures("640 x 480"),
        ),
    },
)
