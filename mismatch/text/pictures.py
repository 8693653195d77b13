"""Reads what a text says about images: size, channels, formats."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from mismatch.text.names import words, wordset
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

FORMATS = {"jpg": "JPG", "jpeg": "JPG", "png": "PNG"}
_OTHER_FORMATS = wordset("bmp tif tiff gif webp dicom dcm raw pgm ppm heic jp2 exr")
_GREY = wordset("grey gray greyscale grayscale monochrome mono")
_COLOUR = {"rgb": 3, "bgr": 3, "rgba": 4, "bgra": 4, "argb": 4}


class Picture(NamedTuple):
    """What is said about an image; 0 and () for what is not said, or said twice in different ways."""

    width: int = 0
    height: int = 0
    channels: int = 0
    formats: tuple[str, ...] = ()  # "JPG", "PNG", others in capitals


@lru_cache(maxsize=2048)
def picture(text: str) -> Picture:
    """Size, channels and formats that *text* names: "2448 x 2048, 8 bit grey, PNG" → 2448, 2048, 1, PNG.

    Of a size the first number is the width. "at least 640x480" and several sizes name no size.
    """
    if len(text) > 300:
        return Picture()
    spoken = words(text)
    sizes = {(int(a), int(b), int(c or 0)) for a, b, c in _size().findall(text)}
    width, height, channels = sizes.pop() if len(sizes) == 1 and not _loosely(spoken) else (0, 0, 0)
    said = {1 for word in spoken if word in _GREY} | {_COLOUR[word] for word in spoken if word in _COLOUR}
    said |= {int(number) for number, word in pairwise(spoken) if _counted(number, word)}
    if channels:
        said.add(channels)
    formats = {
        FORMATS.get(word, word.upper()) for word in spoken if word in FORMATS or word in _OTHER_FORMATS
    }
    return Picture(width, height, said.pop() if len(said) == 1 else 0, tuple(sorted(formats)))


def _loosely(spoken: tuple[str, ...]) -> bool:
    """Is the size a limit, or one of several?"""
    return not {"least", "most", "min", "max", "minimum", "maximum", "up", "or", "any", "about"}.isdisjoint(
        spoken
    )


def _counted(number: str, word: str) -> bool:
    return word in {"channel", "channels"} and number.isascii() and number.isdigit() and len(number) == 1


@cache
def _size() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?<![\w.])([1-9]\d{0,4})\s?(?:[xX×*]|by)\s?([1-9]\d{0,4})(?:\s?(?:[xX×*])\s?([1-4]))?(?![\w.]?\d)",
        re.ASCII,
    )
