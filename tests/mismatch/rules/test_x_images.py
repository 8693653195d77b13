"""Images on the two sides of an interface."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import (
    DOWN,
    UP,
    downstream,
    field,
    item,
    model,
    pipeline,
    production,
    upstream,
)
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def frame(
    said: Any, x: Any = 2448, y: Any = 2048, channels: Any = 1, form: Any = "PNG", kind: str = "Image"
) -> Documents:
    limits = {"resolution_x": x, "resolution_y": y, "channels": channels, "image_format": form}
    return pipeline(item("frame", kind, "Up/image", **limits)) | upstream(("image", "Image", said))


def spec(*fields: str, there: str = f" {UP}/0/expected_values") -> str:
    return " ".join(f"data_pipeline/input_spec/0/item_specification/{field}" for field in fields) + there


test_silent = silent(
    "image-conflict",
    {
        "all agree": ("pass", frame("2448 x 2048, 8 bit grey, PNG")),
        "near miss: other words": ("pass", frame("PNG of 2448×2048 pixels, monochrome")),
        "near miss: one of two formats": ("pass", frame("JPEG or PNG")),
        "near miss: a limit": ("pass", frame("at least 640x480")),
        "near miss: nothing about size": ("pass", frame("camera frame")),
        "near miss: no size in the specification": ("pass", frame("640 x 480", 0, 0)),
        "near miss: not an image": ("cannot-tell", frame("640 x 480", kind="Other")),
        "no document": ("cannot-tell", {}),
    },
)

test_firing = firing(
    "image-conflict",
    {
        "another size": ([f"major {spec('resolution_x', 'resolution_y')}"], frame("640 x 480, grey")),
        "width and height exchanged": (
            [f"minor {spec('resolution_x', 'resolution_y')}"],
            frame("2048 x 2448"),
        ),
        "colour for grey": ([f"major {spec('channels')}"], frame("2448 x 2048 RGB")),
        "channels behind the size": ([f"major {spec('channels')}"], frame("2448x2048x3")),
        "another format": ([f"major {spec('image_format')}"], frame("2448 x 2048, JPG")),
        "everything": (
            [
                f"major {spec('channels')}",
                f"major {spec('image_format')}",
                f"major {spec('resolution_x', 'resolution_y')}",
            ],
            frame("640 x 480 RGB jpeg"),
        ),
        "a number of channels that images do not have": (
            [f"major {spec('channels', there='')}"],
            frame("", channels=2),
        ),
        "a JPG with 4 channels": (
            [f"major {spec('channels', 'image_format', there='')}"],
            frame("", channels=4, form="JPG"),
        ),
        "an output": (
            [f"major trained_model/output_spec/0/item_specification/channels {DOWN}/0/expected_values"],
            model(item("mask", "Image", "Down/mask", channels=1)) | downstream(("mask", "Image", "RGBA")),
        ),
        "in production": (
            [spec("image_format", there=" production_data/schema/0/expected_values").join(["major ", ""])],
            pipeline(item("frame", "Image", image_format="PNG"))
            | production(field("frame", "image", "jpeg")),
        ),
        "upstream and in production": (
            [f"major {spec('image_format')}"],
            frame("jpeg") | production(field("frame", "image", "jpeg")),
        ),
    },
)


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        (frame("640 x 480, grey"), "“frame” is 2448 by 2048, but “image” is “640 x 480, grey”."),
        (
            frame("2048 x 2448"),
            "“frame” is 2448 by 2048, but “image” is “2048 x 2448”; width and height may be exchanged.",
        ),
        (frame("RGB"), "“frame” has 1 channels, but “image” is “RGB”."),
        (frame("", channels=2), "“frame” has 2 channels; images have 1, 3 or 4."),
    ],
)
def test_the_message_names_both_sides(documents, message):
    assert messages("image-conflict", documents) == [message]
