"""Reads types as people write them, and says what becomes of a value that goes from one to another."""

from __future__ import annotations

from functools import lru_cache

from mismatch.text.names import words, wordset

FAMILIES = {
    "int": "int integer long short byte bigint smallint tinyint bigserial serial uint uint8 uint16 uint32 "
    "uint64 int8 int16 int32 int64 count",
    "float": "float double real decimal float16 float32 float64 bfloat16 fp16 fp32",
    "number": "number numeric num",
    "text": "string str text varchar nvarchar char nchar character characters",
    "bool": "bool boolean logical",
    "datetime": "date datetime timestamp time timestamptz datetime64 localdate",
    "image": "image img picture photo jpg jpeg png tiff tif bmp",
    "category": "category categorical enum enumeration factor nominal ordinal",
    "list": "array list vector tensor embedding sequence",
}
"""Family → the words for it."""

_FAMILY = {word: family for family, known in FAMILIES.items() for word in known.split()}
_QUALIFIERS = wordset(
    "unsigned signed nullable optional required non negative positive fixed variable free plain precision "
    "point floating whole single big small scalar utf8 utf ascii unicode iso 8601 64 32 16 8 bit bits ns tz "
    "rgb grayscale greyscale gray grey colour color"
)
_PHRASES = {
    "whole number": "int",
    "floating point": "float",
    "floating point number": "float",
    "decimal number": "float",
    "real number": "float",
    "yes no": "bool",
    "true false": "bool",
}

SAME, WIDENING, LOSSY, CONFLICT = "same", "widening", "lossy", "conflict"

_GOES = {
    ("int", "float"): WIDENING,
    ("bool", "int"): WIDENING,
    ("bool", "float"): WIDENING,
    ("float", "int"): LOSSY,
    ("int", "bool"): LOSSY,
    ("number", "int"): SAME,
    ("number", "float"): SAME,
    ("int", "number"): SAME,
    ("float", "number"): SAME,
    ("bool", "number"): WIDENING,
    ("category", "text"): SAME,
    ("category", "int"): SAME,
    ("category", "bool"): SAME,
    ("text", "category"): SAME,
    ("int", "category"): SAME,
    ("bool", "category"): SAME,
    # Nobody can tell: a category may be coded as a number, a date be written as text or counted in seconds.
    ("category", "float"): "",
    ("category", "number"): "",
    ("float", "category"): "",
    ("number", "category"): "",
    ("number", "bool"): "",
    ("datetime", "text"): WIDENING,
    ("text", "datetime"): "",
    ("datetime", "int"): "",
    ("int", "datetime"): "",
    ("datetime", "number"): "",
    ("number", "datetime"): "",
    ("datetime", "float"): "",
    ("float", "datetime"): "",
    ("datetime", "category"): "",
    ("category", "datetime"): "",
    # An image travels as an array of pixels, or as the path of its file.
    ("image", "list"): "",
    ("list", "image"): "",
    ("image", "text"): "",
    ("text", "image"): "",
    ("list", "text"): "",
    ("text", "list"): "",
}


@lru_cache(maxsize=2048)
def family(type: str) -> str:
    """int, float, number (fits both), text, bool, datetime, image, category (fits text, int and bool) or
    list; "" for a type that is not known, such as Other, JSON or prose.

    Sizes and remarks do not matter: "VARCHAR(20)", "Int32", "float (m/s)", "unsigned integer"; "list of
    float" and "int[]" are lists.
    """
    bare = type.partition("(")[0]
    parts = words(bare)
    if not parts or len(parts) > 5:
        return ""
    whole = " ".join(parts)
    found = _FAMILY.get(whole) or _PHRASES.get(whole)
    if bare.rstrip().endswith("[]") and _FAMILY.get(parts[0]):
        return "list"
    if found:
        return found
    if _FAMILY.get(parts[0]) == "list":  # array<int>, list of images
        return "list"
    families = {_FAMILY.get(part, "") for part in parts if part not in _QUALIFIERS}
    return families.pop() if len(families) == 1 else ""


def conversion(sender: str, receiver: str) -> str:
    """What becomes of a value of type *sender* where *receiver* is expected.

    "same"; "widening" (integer → float: nothing is lost); "lossy" (float → integer, text → one character);
    "conflict" (text → float); "" if a type is not known or nobody can tell (date → integer).
    """
    ours, theirs = family(sender), family(receiver)
    if not ours or not theirs:
        return ""
    if ours == "text" == theirs:
        return LOSSY if _single(receiver) and not _single(sender) else SAME
    if ours == theirs:
        return SAME
    return _GOES.get((ours, theirs), CONFLICT)


def _single(type: str) -> bool:
    """Is it the type of one character only?"""
    return "".join(words(type)) in {"character", "char", "char1", "character1", "varchar1", "singlecharacter"}
