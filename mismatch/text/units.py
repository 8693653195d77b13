"""Reads quantities with units: times, sizes and shares, durations in prose, rates."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.text.names import words, wordset
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

DAY = 86_400.0
YEAR = 365.25 * DAY
MONTH = YEAR / 12
_TABLE: tuple[tuple[str, float, str], ...] = (
    ("time", 1e-9, "ns nanosecond nanoseconds"),
    ("time", 1e-6, "us µs μs microsecond microseconds"),
    ("time", 1e-3, "ms msec msecs millisecond milliseconds"),
    ("time", 1.0, "s sec secs second seconds sekunde sekunden seconde secondes"),
    ("time", 60.0, "min mins minute minutes minuten"),
    ("time", 3600.0, "h hr hrs hour hours stunde stunden heure heures"),
    ("time", DAY, "d day days tag tage tagen jour jours giorno giorni día días"),
    ("time", 7 * DAY, "week weeks wk wks woche wochen semaine semaines settimana settimane semana semanas"),
    ("time", MONTH, "month months mo monat monate monaten mois mese mesi mes meses"),
    ("time", 3 * MONTH, "quarter quarters"),
    ("time", YEAR, "year years yr yrs jahr jahre jahren an ans année années anno anni año años"),
    ("data", 1.0, "b byte bytes"),
    ("data", 1e3, "kb kilobyte kilobytes"),
    ("data", 1e6, "mb megabyte megabytes"),
    ("data", 1e9, "gb gigabyte gigabytes"),
    ("data", 1e12, "tb terabyte terabytes"),
    ("data", 2.0**10, "kib"),
    ("data", 2.0**20, "mib"),
    ("data", 2.0**30, "gib"),
    ("data", 2.0**40, "tib"),
    ("share", 1e-2, "% percent pct prozent"),
    ("share", 1e-3, "‰ permille"),
    ("share", 1e-6, "ppm"),
    ("mass", 1e-6, "mg"),
    ("mass", 1e-3, "g gram grams"),
    ("mass", 1.0, "kg kilogram kilograms"),
    ("mass", 1e3, "t tonne tonnes"),
    ("length", 1e-6, "µm μm um"),
    ("length", 1e-3, "mm millimetre millimetres millimeter millimeters"),
    ("length", 1e-2, "cm centimetre centimetres centimeter centimeters"),
    ("length", 1.0, "m metre metres meter meters"),
    ("length", 1e3, "km kilometre kilometres kilometer kilometers"),
    ("frequency", 1.0, "hz hertz"),
    ("frequency", 1e3, "khz"),
    ("frequency", 1e6, "mhz"),
    ("frequency", 1e9, "ghz"),
    ("text", 1.0, "char chars character characters zeichen caractère caractères signe signes"),
    ("pressure", 1.0, "pa"),
    ("pressure", 100.0, "mbar hpa"),
    ("pressure", 1e3, "kpa"),
    ("pressure", 1e5, "bar"),
    ("power", 1.0, "w watt watts"),
    ("power", 1e3, "kw kilowatt kilowatts"),
    ("power", 1e6, "megawatt megawatts"),
    ("power", 1e9, "gw gigawatt gigawatts"),
    ("energy", 1.0, "wh"),
    ("energy", 1e3, "kwh"),
    ("energy", 1e6, "mwh"),
    ("energy", 1e9, "gwh"),
    ("voltage", 1.0, "volt volts"),
    ("voltage", 1e3, "kv kilovolt kilovolts"),
    ("volume", 1e-3, "ml millilitre millilitres milliliter milliliters"),
    ("volume", 1.0, "litre litres liter liters"),
    ("volume", 1e3, "m3 m³"),
)
_UNITS = {name: (kind, factor) for kind, factor, names in _TABLE for name in names.split()}
_CASED = {"Mb": ("", 0.0), "mW": ("", 0.0), "MW": ("power", 1e6), "mb": ("", 0.0), "M": ("", 0.0)}
"""Where capitals decide: Mb is megabits to some and megabytes to others, M is million, not metre."""


class Quantity(NamedTuple):
    """A number with its unit."""

    value: float  # in the base unit of its kind: seconds, bytes, parts of one, metres, kilograms …
    kind: str  # "time", "data", "share", "length" …; "" without a unit


def unit(text: str) -> tuple[str, float] | None:
    """Kind and factor of a unit: "ms" → ("time", 0.001), "GiB" → ("data", 2**30); None if unknown or
    doubtful. A month is a twelfth of a year."""
    core = text.strip().strip(".")
    if core in _CASED:
        kind, factor = _CASED[core]
        return (kind, factor) if kind else None
    return _UNITS.get(core.lower())


@lru_cache(maxsize=2048)
def quantity(text: str) -> Quantity | None:
    """The one number with its unit that *text* consists of: "30 days", "512 MiB", "5 %", "1 500 ms", "12".

    None for prose, ranges and unknown units.
    """
    core = text.strip()
    found = _number().match(core) if len(core) <= 60 else None
    if not found:
        return None
    rest = core[found.end() :].strip()
    value = _value(found.group())
    if not rest:
        return Quantity(value, "")
    known = unit(rest)
    return Quantity(value * known[1], known[0]) if known else None


@lru_cache(maxsize=2048)
def durations(text: str) -> tuple[float, ...]:
    """All lengths of time that *text* names, in seconds and in order: "30 days, then 2 years in the archive"
    → two. “forever”, “indefinitely” and “unlimited” are infinite. Numbers up to twelve may be words.

    Compare with some slack: "30 days" and "1 month" are meant to be the same.
    """
    if len(text) > 2000:
        return ()
    parts = _tokens(text)
    found = []
    for number, word in enumerate(parts):
        known = _UNITS.get(word)
        if known and known[0] == "time" and number and len(word) > 1:
            joined = number > 1 and parts[number - 1] == "-"  # "90-day retention"
            number -= joined
            value = _count(parts[number - 1])
            if value is not None and not (number > 1 and _goes_on(parts[max(0, number - 3) : number - 1])):
                found.append(value * known[1])
        elif word in {"forever", "indefinitely", "unlimited", "permanently"}:
            found.append(float("inf"))
    return tuple(found)


def _goes_on(before: list[str]) -> bool:
    """Is what is in front of a number a part of it: the “8 :” of 8:30, the “-” of 10-20?"""
    return before[-1] in {"-", "/", "."} or (before[-1] == ":" and before[0][:1].isdigit())


def duration(text: str) -> float | None:
    """The only length of time that *text* names, in seconds; None if it names none or several."""
    found = durations(text)
    return found[0] if len(found) == 1 else None


_COUNTED = wordset(
    "record message request image frame picture event row transaction reading measurement sample call query "
    "prediction inference document file application patient ticket claim order item instance example entry "
    "point update packet observation alert job batch video clip scan invoice case customer user tile "
    "photo window line log sensor trip visit session msg req rec img tx mail email study exam scan bild "
    "bilder anfrage anfragen nachricht nachrichten meldung meldungen requête courriel demande"
)
_AMOUNTS = wordset(
    "degrees litres liters revolutions rotations watts joules volts amperes ampere dollars euros pounds "
    "points bits kilobits megabits gigabits tokens words steps times tonnes ounces gallons miles inches "
    "yards decibels lumens pixels percents cents knots newtons calories kilojoules shifts hours minutes "
    "changes peaks cycles epochs rounds turns"
)
_PLURALS = frozenset({"queries", "entries", "inferences", "batches", "studies"})
_SKIPPED = wordset(
    "about approx approximately ca circa around roughly up to at most average on an avg max maximal rund "
    "etwa ungefähr durchschnittlich environ maximum"
)
_EACH = frozenset({"per", "a", "an", "each", "every", "/", "pro", "par"})


@lru_cache(maxsize=1024)
def rate(text: str) -> float | None:
    """How many pieces arrive per second: "100 records per second", "10 Hz", "12 images/min", "1 image every
    5 seconds", "about 3 000 messages per hour" → 0.83.

    None for what cannot be told: bytes, “batch of”, “in one batch”, “real-time”, several rates in one text,
    other things than pieces ("5 degrees per hour"), peaks beside averages.
    """
    if len(text) > 200:
        return None
    return _rate(tuple(_tokens(text)))


def rates(text: str) -> tuple[tuple[float, bool], ...]:
    """All rates of a text whose parts are rates, each with whether it is a peak: "420 studies per day, peak
    60/h" → two. Parts without a number do not matter.

    () if a part with a number is none that is understood, such as “9 000 per working day”, except beside one
    that is: then it says nothing about it.
    """
    if len(text) > 200:
        return ()
    found = []
    for part in _parts().split(text):
        tokens = tuple(_tokens(part))
        peak = not _PEAKS.isdisjoint(tokens)
        known = _rate(tuple([token for token in tokens if token not in _PEAKS]))
        if known is not None:
            found.append((known, peak))
    return tuple(found)


_PEAKS = wordset("peak peaks max maximum maximal up to spitze spitzen pointe pic bis jusqu à de")


@cache
def _parts() -> re.Pattern[str]:
    import re

    return re.compile(r"[;()]|,\s|(?<!max)\. |\s(?:with|mit|avec)\s")


@lru_cache(maxsize=2048)
def _rate(tokens: tuple[str, ...]) -> float | None:
    parts = [part for part in tokens if part not in _SKIPPED and part not in {"~", "≈", "."}]
    if not parts or "batch" in parts or "batches" in parts or "of" in parts or "and" in parts:
        return None
    count = _count(parts[0])
    if count is None or count <= 0:
        return None
    rest = parts[1:]
    if len(rest) == 1 and (_UNITS.get(rest[0]) or ("",))[0] == "frequency":
        return count * _UNITS[rest[0]][1]
    if rest == ["fps"]:
        return count
    rest, pieces = _pieces(rest)
    if not pieces or not rest:
        return None
    span = 1.0
    if rest[0] == "every" and len(rest) == 3:
        given = _count(rest[1])
        if not given:
            return None
        span, rest = given, [rest[0], rest[2]]
    elif rest[0] == "per" and len(rest) == 2 and rest[1].isdigit():
        return None
    if len(rest) != 2 or rest[0] not in _EACH:
        return None
    known = _UNITS.get(rest[1])
    return count / (span * known[1]) if known and known[0] == "time" else None


def _is_thing(word: str) -> bool:
    """May a word be the plural of some thing of the domain: “housings”, but not “degrees” or “litres”?"""
    return (
        len(word) > 4
        and word.endswith("s")
        and not word.endswith("ss")
        and not (unit(word) or word in _AMOUNTS)
    )


def _pieces(parts: list[str]) -> tuple[list[str], bool]:
    """What follows the name of the counted things, at most two words before it; and if there is such a name.

    Without any name, as in "40/s", the pieces are understood.
    """
    if parts and parts[0] in _EACH:
        return parts, True
    for number, word in enumerate(parts[:3]):
        counted = word in _COUNTED or word.removesuffix("s") in _COUNTED or word in _PLURALS
        counted = counted or (not number and _is_thing(word))
        if counted and parts[number + 1 : number + 2] and parts[number + 1] in _EACH:
            return parts[number + 1 :], True
    return parts, False


NUMBER_WORDS = {
    word: float(number)
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
}


def _count(word: str) -> float | None:
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if word in {"a", "an"}:
        return 1.0
    return _value(word) if word[:1].isdigit() and _number().fullmatch(word) else None


def _tokens(text: str) -> list[str]:
    """Numbers, words and signs of a text in lower case; "3 000" and "3,000" are one number."""
    return [part.lower() for part in _token().findall(text)]


def _value(number: str) -> float:
    """The value of what `_number` found."""
    try:
        return float("".join([sign for sign in number if sign not in " ,'’\u00a0\u2009\u202f"]))
    except ValueError:
        return 0.0


NUMBER = r"\d{1,3}(?:[ ,'’\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3}(?!\d))?"
"""A number without its sign: 5, 2.50, 1e-6, 3 000, 1,500,000."""


@cache
def _number() -> re.Pattern[str]:
    import re

    return re.compile(NUMBER, re.ASCII)


@cache
def _token() -> re.Pattern[str]:
    import re

    return re.compile(rf"(?a:{NUMBER})|[^\W\d_]+|[^\s\w]")


def gigabytes(text: str) -> float | None:
    """A size as a number of GB: "16 GB" → 16, "512 MB" → 0.512; None without a unit of data."""
    found = quantity(text)
    return found.value / 1e9 if found and found.kind == "data" else None


def named_unit(text: str) -> str:
    """The unit that a text on a field names in brackets, in lower case: "Speed of the belt (m/s)" → "m/s";
    "" if it names none. Only what is short and in brackets at the end."""
    return bracketed(text).lower()


def bracketed(text: str) -> str:
    """`named_unit` as it is written, since mW and MW are two units."""
    core = text.strip()
    for opening, closing in ("()", "[]"):
        if core.endswith(closing) and opening in core:
            inside = core[core.rfind(opening) + 1 : -1].strip()
            return inside if inside and len(inside) <= 12 and len(words(inside)) <= 3 else ""
    return ""
