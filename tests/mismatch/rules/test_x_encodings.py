"""How characters are encoded."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.described import UP, field, item, pipeline, production, training, upstream
from tests.mismatch.rules.tables import firing, silent


def read(said: str, *steps: str) -> dict[str, Any]:
    rows = [{"data_processing_step": each, "data_processing_detail": ""} for each in steps]
    return pipeline(item("body", "String", "Up/text", said), pipeline_steps=rows)


def live(said: str) -> dict[str, Any]:
    return production(field("body", "string", "", said))


def sent(said: str) -> dict[str, Any]:
    return upstream(("text", "String", "", said))


BODY = "data_pipeline/input_spec/0/item_description"

test_one_encoding = silent(
    "encoding-differs",
    {
        "the same": ("pass", read("plain text, UTF-8") | live("Text (utf8)")),
        "near miss: two names": ("pass", read("Latin-1") | sent("Text, ISO-8859-1")),
        "near miss: a part of the other": ("pass", read("UTF-8") | sent("7-bit ASCII")),
        "near miss: converted from one to the other": (
            "cannot-tell",
            read("UTF-8 or Latin-1") | sent("cp1252"),
        ),
        "near miss: a word of it": ("cannot-tell", read("Text in Latin America") | live("Plain text")),
        "none": ("not-applicable", read("Text") | live("Text")),
        "one side": ("cannot-tell", read("UTF-8") | live("Text")),
        "no pipeline": ("cannot-tell", live("UTF-8")),
    },
)

test_two_encodings = firing(
    "encoding-differs",
    {
        "in production": (
            [f"minor {BODY} production_data/schema/0/field_description"],
            read("Corps du courriel (UTF-8)") | live("Text (ISO-8859-1), maskiert"),
        ),
        "upstream": ([f"minor {BODY} {UP}/0/item_description"], read("ASCII") | sent("Text, UTF-8")),
        "with a step": (
            [f"info {BODY} {UP}/0/item_description"],
            read("UTF-8", "Transcode to UTF-8") | sent("Windows-1252"),
        ),
        "in training": (
            ["minor training_data/schema/0/field_description production_data/schema/0/field_description"],
            read("text")
            | live("UTF-8")
            | training(field("body", "string", "", "Latin-1", mapping="body", label=False)),
        ),
    },
)
