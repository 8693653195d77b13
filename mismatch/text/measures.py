"""Reads in which unit a description says that a value is given: “Income in EUR”, “Speed (km/h)”."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mismatch.text.units import named_unit, unit

_MORE = (
    ("temperature", "°C", "°c ℃ celsius centigrade"),
    ("temperature", "°F", "°f ℉ fahrenheit"),
    ("temperature", "K", "kelvin"),
    ("money", "EUR", "eur euro euros €"),
    ("money", "USD", "usd dollar dollars $"),
    ("money", "GBP", "gbp pounds £"),
    ("money", "CHF", "chf"),
    ("money", "JPY", "jpy yen ¥"),
    ("money", "cent", "cents cent"),
    ("speed", "m/s", "m/s"),
    ("speed", "km/h", "km/h kph kmh"),
    ("speed", "mph", "mph"),
    ("speed", "knots", "knots kn"),
    ("length", "feet", "feet ft"),
    ("length", "inch", "inch inches"),
    ("length", "mile", "mile miles"),
    ("mass", "pound", "lb lbs"),
    ("pressure", "psi", "psi"),
    ("pressure", "mmHg", "mmhg"),
    ("angle", "degree", "degrees degree °"),
    ("angle", "radian", "radian radians rad"),
    ("concentration", "mmol/l", "mmol/l"),
    ("concentration", "mg/dl", "mg/dl"),
    ("concentration", "g/l", "g/l"),
    ("concentration", "mg/l", "mg/l"),
)
_KNOWN = {name: (kind, unit) for kind, unit, names in _MORE for name in names.split()}
_LONGEST = 400


class Measure(NamedTuple):
    """The unit of a value."""

    kind: str  # "time", "money", "temperature" …
    unit: str  # equal for equal units: "EUR", or the factor to the base unit of the kind
    written: str = ""  # as the text has it


NONE = Measure("", "")


@lru_cache(maxsize=4096)
def measure(description: str) -> Measure:
    """The only unit that a description states; NONE if it states none, or several.

    "Verified income in EUR" is money in EUR, "Waiting time (ms)" time in 0.001 s. Only what follows “in”,
    or stands alone at the end after a comma or in brackets, is read: "Days in arrears" says nothing, nor does
    "Sum in 180 days".
    """
    if not description or len(description) > _LONGEST:
        return NONE
    parts = description.lower().replace(",", " ").replace(";", " ").split()
    found = {_unit(_after_in(parts[number:])) for number, word in enumerate(parts) if word == "in"}
    found.add(_unit(named_unit(description)))
    found.add(_unit(description.lower().rpartition(",")[2].strip(" .")))
    found.discard(NONE)
    units = {each[:2] for each in found}
    return min(found) if len(units) == 1 else NONE


def _after_in(parts: list[str]) -> str:
    """The unit that may follow the first of *parts*, “in”: “in degrees Celsius”, “in US dollars”."""
    following = [part.rstrip(".:)") for part in parts[1:3]]
    if following[:1] == ["thousand"] or following[:1] == ["million"]:
        return ""
    if len(following) == 2 and following[0] in {"degrees", "degree", "us"} and following[1] in _KNOWN:
        return following[1]
    return following[0] if following else ""


def _unit(word: str) -> Measure:
    if word in _KNOWN:
        kind, name = _KNOWN[word]
        return Measure(kind, name, name)
    known = unit(word) if len(word) > 1 or word in {"%", "s", "h"} else None
    return Measure(known[0], f"{known[1]:.12g}", word) if known and known[0] else NONE
