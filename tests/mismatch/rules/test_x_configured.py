"""What the network is configured for."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import field, training
from tests.mismatch.rules.tables import firing, silent

Documents = dict[str, Any]


def network(name: Any, value: Any, **more: Any) -> Documents:
    parameters = [{"parameter_name": "epochs", "parameter_value": "4"}]
    parameters.append({"parameter_name": name, "parameter_value": value})
    return {
        "trained_model": {"version": "1.2", "model_components": [{"hyper_parameters": parameters}]} | more
    }


def steps(*said: str, names: str = "") -> Documents:
    rows = [{"data_processing_step": names, "data_processing_detail": each} for each in said]
    return {"data_pipeline": {"version": "1.2", "pipeline_steps": rows}}


def task(said: str, problem: str = "Classification") -> Documents:
    return {"system_context": {"version": "1.2", "task": said, "ml_problem_type": {"ml_problem": problem}}}


def classes(*labels: str, values: str = "", **more: Any) -> Documents:
    return training(field("intent", "string", values, label=True), labels=dict.fromkeys(labels, 10), **more)


VALUE = "trained_model/model_components/0/hyper_parameters/1/parameter_value"
LABELS = "training_data/distribution"

test_counted = silent(
    "classes-counted-otherwise",
    {
        "as many": ("pass", network("num_labels", "3") | classes("a", "b", "c")),
        "near miss: one more for the background": (
            "pass",
            network("num_classes", 4) | classes("a", "b", "c"),
        ),
        "near miss: one output for two classes": ("pass", network("n_classes", 1) | classes("a", "b")),
        "near miss: the values of the field are right": (
            "pass",
            network("num_labels", 2) | classes("a", "b", "no finding", values="a, b"),
        ),
        "near miss: three classes and the rest": (
            "pass",
            task("Assign a ticket to one of three categories.") | classes("a", "b", "c", "other"),
        ),
        "near miss: one of something else": (
            "pass",
            task("Read by one of 14 clerks who sort into two classes") | classes("a", "b"),
        ),
        "near miss: a part of the classes": (
            "cannot-tell",
            task("Tell apart the other 2 classes of 5.") | classes("a", "b", "c"),
        ),
        "no number": ("cannot-tell", network("num_labels", "see code") | classes("a", "b")),
        "no classes": ("not-applicable", network("num_labels", 12) | classes()),
        "nothing": ("cannot-tell", {}),
    },
)

test_counted_otherwise = firing(
    "classes-counted-otherwise",
    {
        "too small a head": (
            [f"minor {VALUE} {LABELS}"],
            network("num_labels", "2") | classes("a", "b", "c"),
        ),
        "too large a head": ([f"minor {VALUE} {LABELS}"], network("Num classes", 9) | classes("a", "b", "c")),
        "one of two in the task": (
            [f"minor system_context/task {LABELS}"],
            task("Assign each mail to one of 12 intents and forward it.") | classes("a", "b", "c"),
        ),
        "into classes, in words": (
            [f"minor trained_model/model_description {LABELS}"],
            network("lr", "1", model_description="Sorts mails into five classes.") | classes("a", "b", "c"),
        ),
    },
)

STEP = "data_pipeline/pipeline_steps/0/data_processing_detail"

test_configured = silent(
    "network-configured-otherwise",
    {
        "the same number of tokens": (
            "pass",
            network("max_length", "512 tokens") | steps("cut at 512 tokens"),
        ),
        "near miss: the pipeline keeps fewer": (
            "pass",
            network("max_length", 512) | steps("cut at 256 tokens"),
        ),
        "near miss: two numbers of tokens": (
            "cannot-tell",
            network("max_length", 256) | steps("512 tokens, the title 64 tokens"),
        ),
        "near miss: the length of what is written": (
            "cannot-tell",
            network("max_length", 256) | steps("cut at 4,096 tokens") | task("", "Summarization"),
        ),
        "the same size": ("pass", network("input size", "512 x 512 x 1") | steps("Resize to 512 x 512")),
        "near miss: the channel in front": (
            "pass",
            network("input_shape", "(1, 512, 512)") | steps("Resize to 512 x 512"),
        ),
        "near miss: one side of a square": (
            "pass",
            network("img_size", "512 px") | steps("Scaled to 512x512"),
        ),
        "near miss: the height first": (
            "pass",
            network("image size", "480x640") | steps("Resize to 640 x 480"),
        ),
        "near miss: the size of a batch": (
            "cannot-tell",
            network("batch size", 256) | steps("Resize to 64 x 64"),
        ),
        "nothing said": ("cannot-tell", network("input size", "large") | steps("Resize")),
        "nothing": ("cannot-tell", {}),
    },
)

test_configured_otherwise = firing(
    "network-configured-otherwise",
    {
        "fewer tokens": (
            [f"minor {VALUE} {STEP}"],
            network("max_length", "256 tokens") | steps("SentencePiece, tronqué à 512 tokens"),
        ),
        "thousands": ([f"minor {VALUE} {STEP}"], network("max_seq_len", 512) | steps("up to 4,096 tokens")),
        "another size": (
            [f"minor {VALUE} {STEP}"],
            network("input size", "512 x 512 x 1") | steps("Bicubic to 1024 x 1024, padded", names="Resize"),
        ),
        "another square": ([f"minor {VALUE} {STEP}"], network("img_size", 224) | steps("Crop to 256 x 256")),
    },
)
