"""What texts say about images."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.pictures import Picture, picture


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2448 x 2048, 8 bit grey, PNG", Picture(2448, 2048, 1, ("PNG",))),
        ("1024×1024, 1 bit", Picture(1024, 1024)),
        ("640x480x3 jpeg", Picture(640, 480, 3, ("JPG",))),
        ("640 by 480", Picture(640, 480)),
        ("RGBA", Picture(channels=4)),
        ("3 channels", Picture(channels=3)),
        ("JPEG or PNG", Picture(formats=("JPG", "PNG"))),
        ("grey 640x480x1", Picture(640, 480, 1)),
    ],
)
def test_size_channels_and_formats(text, found):
    assert picture(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "at least 640x480",
        "640x480 or 1280x960",
        "RGB and grey",
        "0x20",
        "14 digits",
        "list of 5 floats",
        "v1.2x3.4",
        "x" * 400,
    ],
)
def test_what_is_left_open(text):
    assert picture(text) == Picture()


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_may_be_read(text):
    assert picture(text).channels >= 0
