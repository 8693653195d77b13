"""Reads in which unit a description says that a value is given: “Income in EUR”, “Speed (km/h)”."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mismatch.text.units import bracketed, unit

_MORE = (
    ("temperature", "°C", "°c ℃ celsius centigrade degc"),
    ("temperature", "°F", "°f ℉ fahrenheit degf"),
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
    or stands alone at the end after a comma or in brackets, is read, and a sign that is no word, such as °C,
    m/s or kW, as the first or last word: "Days in arrears" says nothing, nor does "Sum in 180 days".
    """
    if not description or len(description) > _LONGEST:
        return NONE
    parts = description.replace(",", " ").replace(";", " ").split()
    found = {
        _unit(_after_in(parts[number:])) for number, word in enumerate(parts) if word in {"in", "In", "IN"}
    }
    found.add(_unit(bracketed(description)))
    found.add(_unit(description.rpartition(",")[2].strip(" .")))
    found |= {_unit(word) for word in (*parts[:1], *parts[-1:]) if _is_symbol(word)}
    found.discard(NONE)
    units = {each[:2] for each in found}
    return min(found) if len(units) == 1 else NONE


def _is_symbol(word: str) -> bool:
    """Is it a sign of a unit that is no word: °C, m/s, kW, hPa; not min, in, GB, PA?"""
    return (
        len(word) > 1 and not word.isupper() and not (word.isalpha() and (word.islower() or word.istitle()))
    )


def _after_in(parts: list[str]) -> str:
    """The unit that may follow the first of *parts*, “in”: “in degrees Celsius”, “in US dollars”."""
    following = [part.rstrip(".:)") for part in parts[1:3]]
    folded = [part.lower() for part in following]
    if folded[:1] == ["thousand"] or folded[:1] == ["million"]:
        return ""
    if len(following) == 2 and folded[0] in {"degrees", "degree", "us"} and folded[1] in _KNOWN:
        return folded[1]
    return following[0] if following else ""


def _unit(word: str) -> Measure:
    folded = word.lower()
    if folded in _KNOWN or word == "K":
        kind, name = _KNOWN[folded] if folded in _KNOWN else _KNOWN["kelvin"]
        return Measure(kind, name, name)
    known = unit(word) if len(word) > 1 or folded in {"%", "s", "h"} else None
    return Measure(known[0], f"{known[1]:.12g}", word) if known and known[0] else NONE
