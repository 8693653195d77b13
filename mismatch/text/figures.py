"""Reads single figures, and knows the usual statistics by their many names."""

from __future__ import annotations

from functools import lru_cache

from mismatch.reading import number_of
from mismatch.text.names import known_as
from mismatch.text.ranges import Choices, Interval, values
from tec.named import NamedTuple

LOCATION, SPREAD, EXTREME, SHAPE, OTHER = "location", "spread", "extreme", "shape", "other"

_KINDS = {
    LOCATION: "mean median trimean firstquartile thirdquartile mode geometricmean trimmedmean",
    SPREAD: "standarddeviation variance iqr mad range standarderror",
    EXTREME: "minimum maximum",
    SHAPE: "skew kurtosis excesskurtosis",
}
KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
"""What a statistic measures, by what it is known as."""


class Figure(NamedTuple):
    """A number with the unit behind it, and how exactly it is given."""

    value: float
    unit: str  # as written; "" if there is none
    step: float  # of its last digit: 0.01 for 15.20, 1 for 447


@lru_cache(maxsize=4096)
def figure(text: str) -> Figure | None:
    """The one number that *text* consists of: "447", "15.2 °C", "9800 characters", "EUR 25.1", "9,1"; None
    for all else."""
    core = _decimal(_bare(text.strip()))
    alone = number_of(core)
    if alone is not None:
        return Figure(float(alone), "", _step(core))
    found = values(core, True)
    if isinstance(found, Interval) and found.low == found.high:
        return Figure(found.low, found.unit, _step(core.removesuffix(found.unit).strip()))
    if isinstance(found, Choices) and len(found.numbers) == 1:
        return Figure(found.numbers[0], "", _step(core))
    return None


_LEADS = ("≈", "~", "ca.", "approx.", "about", "eur", "usd", "gbp", "chf", "€", "$", "£")


def _bare(core: str) -> str:
    """Without a currency or an “about” in front of the digits."""
    folded = core.lower()
    for lead in _LEADS:
        rest = core[len(lead) :].strip()
        if folded.startswith(lead) and rest[:1].isdigit():
            return rest
    return core


def _decimal(core: str) -> str:
    """With a point where a comma parts the decimals: "9,1 °C" → "9.1 °C", but not "1,500"."""
    head, comma, tail = core.partition(",")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    if comma and "," not in tail and head.lstrip("-−+").isdecimal() and digits not in {0, 3}:
        return f"{head}.{tail}"
    return core


def _step(digits: str) -> float:
    """What one more in the last digit would be: 0.01 for "15.20"."""
    head, _, power = digits.lower().partition("e")
    _, point, decimals = head.partition(".")
    exponent = number_of(power) if power else 0
    places = len(decimals) if point else 0
    size = (exponent or 0) - places
    return 10.0 ** max(-300.0, min(300.0, size)) if point or power else 1.0


@lru_cache(maxsize=1024)
def statistic(name: str) -> tuple[str, str]:
    """What a statistic is known as, and what it measures: "SD" → ("standarddeviation", "spread")."""
    known = known_as(name)
    if "percentile" in known or "quantile" in known:
        return known, LOCATION
    return known, KIND.get(known, OTHER)
