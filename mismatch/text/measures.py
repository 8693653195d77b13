"""Reads in which unit a description says that a value is given: “Income in EUR”, “Speed (km/h)”."""

from __future__ import annotations

from functools import lru_cache

from mismatch.text.units import bracketed, unit
from tec.named import NamedTuple

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
    ("length/time", f"{1 / 3.6:.12g}", "km/h kph kmh"),
    ("length/time", "0.44704", "mph"),
    ("length/time", f"{1.852 / 3.6:.12g}", "knots kn"),
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
    or stands alone at the end after a comma or in brackets, is read, a sign that is no word, such as °C, m/s
    or kW, as the first or last word, and the second of two words, "Median minutes": "Days in arrears" says
    nothing, nor does "Sum in 180 days".
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
    if len(parts) == 2 and parts[1].endswith("s") and len(parts[1]) > 3 and parts[0].isalpha():
        found.add(_unit(parts[1]))  # “Median minutes”
    found.discard(NONE)
    units = {each[:2] for each in found}
    return min(found) if len(units) == 1 else NONE


_PARTS = {
    "in": ("length", 0.0254),
    "ft": ("length", 0.3048),
    "l": ("volume", 1.0),
    "lb": ("mass", 0.45359237),
}


def _ratio(word: str) -> Measure:
    """A unit of two: “mm/s”, “kg/h”, “l/min”."""
    head, _, tail = word.partition("/")
    above, below = _PARTS.get(head.lower()) or unit(head), _PARTS.get(tail.lower()) or unit(tail)
    if not above or not below or not below[1]:
        return NONE
    return Measure(f"{above[0]}/{below[0]}", f"{above[1] / below[1]:.12g}", word)


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
        return Measure(kind, name, word if name[0].isdecimal() else name)
    if "/" in word:
        return _ratio(word)
    known = unit(word) if len(word) > 1 or folded in {"%", "s", "h"} else None
    return Measure(known[0], f"{known[1]:.12g}", word) if known and known[0] else NONE
