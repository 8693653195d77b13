"""Reads ranges and sets of values in prose: “0 to 100”, “>= 5 ms”, “[0, 1)”, “red, green, blue”."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.reading import number_of
from mismatch.text.names import key, words, wordset
from mismatch.text.types import family
from mismatch.text.units import NUMBER, unit
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import TypeAlias

    Values: TypeAlias = "Interval | Choices"

ENDLESS = float("inf")


class Interval(NamedTuple):
    """All numbers between two ends."""

    low: float  # -inf if no lower end is stated
    high: float  # inf if no upper end is stated
    low_open: bool = False  # the end itself does not belong to it
    high_open: bool = False
    unit: str = ""  # as written: "ms", "%", "years"


class Choices(NamedTuple):
    """A list of values."""

    members: tuple[str, ...]  # as written, in order
    numbers: tuple[float, ...] = ()  # the same as numbers, if all are numbers

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the members; numbers by value, so that 1 is 1.0."""
        return frozenset(_keys_in_order(self))


@lru_cache(maxsize=8192)
def values(text: str, numeric: bool = False) -> Values | None:
    """The values that *text* allows, None if it is not understood: prose, dates, “any”, several ranges.

    *numeric* says that the field is of a numeric type; only then is a dash without spaces a range ("0-100"),
    otherwise it may be part of a code ("555-1234").
    """
    core = text.strip()
    if not core or len(core) > 300:
        return None
    core = _given(core)
    return _interval(core, numeric) or _choices(core)


_OR_NOTHING = tuple(
    f"{lead}{word}{close}"
    for lead, close in ((" or ", ""), (", or ", ""), (" (or ", ")"), (" and ", ""))
    for word in ("empty", "null", "missing", "blank", "nan", "none", "no value")
)


def _given(text: str) -> str:
    """*text* without the remark that there may be no value at all: "100 - 600 or empty"."""
    if not text.lower().endswith(_OR_NOTHING):
        return text
    ending = max((each for each in _OR_NOTHING if text.lower().endswith(each)), key=len)
    return text[: -len(ending)].rstrip()


def beyond(inner: Values, outer: Values, slack: float = 1e-9) -> tuple[str, ...] | None:
    """What *inner* allows and *outer* does not, in words: "below 0", "above 100", members by name.

    () if everything fits; None if the two cannot be compared: a list of names against a range, units that
    do not go together, “true, false” against “0, 1”. An end that *inner* does not state claims nothing.
    *slack* is the relative difference of two ends that does not count.
    """
    if isinstance(inner, Choices):
        if isinstance(outer, Choices):
            return _more_members(inner, outer)
        return _outside(inner, outer) if inner.numbers and not outer.unit else None
    if isinstance(outer, Choices):
        whole = _as_interval(outer)
        if whole is None or inner.unit or not (_is_whole(inner.low) and _is_whole(inner.high)):
            return None
        outer = whole
    scale = unit_factor(inner.unit, outer.unit)
    return None if scale is None else _past_ends(inner, outer, scale, slack)


def interval(low: float, high: float) -> Interval:
    """The interval between two numbers, such as min_value and max_value of an item."""
    return Interval(float(low), float(high))


def _past_ends(inner: Interval, outer: Interval, scale: float, slack: float) -> tuple[str, ...]:
    found = []
    low, high = inner.low * scale, inner.high * scale
    room = slack * max(abs(end) for end in (outer.low, outer.high, 1.0) if abs(end) < ENDLESS)
    suffix = f" {outer.unit}" if outer.unit else ""
    if low > -ENDLESS and (low < outer.low - room or (low == outer.low and outer.low_open > inner.low_open)):
        found.append(f"below {outer.low:.10g}{suffix}" if low < outer.low else f"{low:.10g}{suffix}")
    if high < ENDLESS and (
        high > outer.high + room or (high == outer.high and outer.high_open > inner.high_open)
    ):
        found.append(f"above {outer.high:.10g}{suffix}" if high > outer.high else f"{high:.10g}{suffix}")
    return tuple(found)


def unit_factor(ours: str, theirs: str) -> float | None:
    """By what to multiply a value in unit *ours* for one in *theirs*; None if that is not known."""
    if ours == theirs or key(ours) == key(theirs):
        return 1.0
    first, second = unit(ours), unit(theirs)
    if first and second:
        return first[1] / second[1] if first[0] == second[0] else None
    # "18 - 75 years" against "18 - 75": the word says what is counted. A unit that could be another one,
    # ms against nothing, may hide a factor.
    return 1.0 if not (ours and theirs) and not (first or second) else None


CATCH_ALL = frozenset({"other", "others", "sonstige", "sonstiges", "andere", "autre", "autres"})
"""What a list calls all that it does not name."""


def _more_members(inner: Choices, outer: Choices) -> tuple[str, ...] | None:
    if bool(inner.numbers) != bool(outer.numbers):
        return None
    known = outer.keys
    each = zip(inner.members, _keys_in_order(inner), strict=True)
    extra = tuple(member for member, name in each if name not in known)
    if extra and not (known | {key(member) for member in extra}).isdisjoint(CATCH_ALL):
        return None  # whatever else there is belongs to the others
    if extra and (_yes_no(inner) != _yes_no(outer) or (_yes_no(inner) and len(extra) == len(inner.members))):
        return None  # the same two states in other words
    if len(extra) == len(inner.members) and len(extra) > 1:
        return None  # nothing in common: another coding rather than other values
    return extra


def _keys_in_order(choices: Choices) -> list[str]:
    if choices.numbers:
        return [repr(number) for number in choices.numbers]
    return [key(member) for member in choices.members]


_YES_NO = frozenset(
    {"true", "false", "yes", "no", "y", "n", "t", "f", "0.0", "1.0", "on", "off", "ja", "nein"}
)


def _yes_no(choices: Choices) -> bool:
    return len(choices.members) == 2 and choices.keys <= _YES_NO


def _outside(inner: Choices, outer: Interval) -> tuple[str, ...]:
    return tuple(
        member
        for member, number in zip(inner.members, inner.numbers, strict=True)
        if not _inside(number, outer)
    )


def _inside(number: float, outer: Interval) -> bool:
    above = number > outer.low or (number == outer.low and not outer.low_open)
    return above and (number < outer.high or (number == outer.high and not outer.high_open))


def _as_interval(choices: Choices) -> Interval | None:
    """1, 2, 3, 4 as the interval 1 to 4; None if whole numbers are left out."""
    found = sorted(set(choices.numbers))
    if not found or not all(map(_is_whole, found)) or found[-1] - found[0] != len(found) - 1:
        return None
    return Interval(found[0], found[-1])


def _is_whole(number: float) -> bool:
    return abs(number) < 1e15 and number == int(number)


# Ranges: a text is taken apart at its numbers, and what is in front, between and behind says what it means.

_BETWEEN = (
    "...",
    "..",
    "…",
    "–",
    "—",
    "~",
    "-",
    "−",
    "bis",
    "à",
    "et",
    "und",
    "to",
    "until",
    "through",
    "thru",
    "and",
    ",",
    ";",
)
_OVER = {
    ">=": False,
    "=>": False,
    "≥": False,
    "at least": False,
    "min": False,
    "minimum": False,
    "from": False,
    "not less than": False,
    "mindestens": False,
    "au moins": False,
    ">": True,
    "over": True,
    "above": True,
    "more than": True,
    "greater than": True,
    "larger than": True,
}
_UNDER = {
    "<=": False,
    "=<": False,
    "≤": False,
    "at most": False,
    "max": False,
    "maximum": False,
    "up to": False,
    "no more than": False,
    "not more than": False,
    "bis": False,
    "bis zu": False,
    "höchstens": False,
    "maximal": False,
    "jusqu'à": False,
    "jusqu’à": False,
    "au plus": False,
    "<": True,
    "under": True,
    "below": True,
    "less than": True,
    "smaller than": True,
    "fewer than": True,
}
_AND_MORE = ("or more", "or above", "or higher", "or greater", "and more", "and above", "and up", "upwards")
_AND_LESS = (
    *("or less", "or fewer", "or below", "or lower", "and below", " max", " maximum", " at most"),
    *("au maximum", "maximal", "höchstens", "oder weniger", "au plus", "ou moins"),
)
_OPENING = {"[": False, "(": True, "]": True}
_CLOSING = {"]": False, ")": True, "[": True}
_SIGNS = "-−+"
_VAGUE = wordset(
    "or and if except but when unless not for missing null none unknown otherwise depending about approx "
    "usually typically mostly often eg ie etc such"
)


def _interval(text: str, numeric: bool) -> Interval | None:
    bare = text.replace('"', "").replace("“", "").replace("”", "").replace("∞", "inf").strip()
    if not bare.endswith(".."):
        bare = bare.rstrip(".")
    if "." in bare and not COUNTED.isdisjoint(words(bare)):
        bare = _grouped().sub("", bare)
    cut = _numbers().split(bare)
    if len(cut) == 3:
        return _one_end(bare, cut)
    if len(cut) == 5:
        return _two_ends(cut, numeric)
    if len(cut) in (7, 9) and "," in bare and not _PARTING.isdisjoint(words(bare)):
        cut = _numbers().split(_decimal().sub(".", bare))
        return _two_ends(cut, numeric) if len(cut) == 5 else None
    return None


_PARTING = wordset("bis à und et")
"""What parts two numbers in languages that write a comma before the decimals."""
COUNTED = wordset(
    "character characters char chars letter letters digit digits symbol symbols zeichen buchstaben ziffern "
    "stellen caractère caractères signe signes lettres chiffres caratteri caracteres"
)
"""What a text is counted in: never in parts, so that 20.000 of them are twenty thousand."""


@cache
def _grouped() -> re.Pattern[str]:
    """The points between the thousands of a number: 20.000."""
    import re

    return re.compile(r"(?<=\d)(?<!\d{4})\.(?=\d{3}(?!\d))", re.ASCII)


@cache
def _decimal() -> re.Pattern[str]:
    """The comma in front of one or two decimals: 0,5."""
    import re

    return re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))", re.ASCII)


_IN_FRONT = frozenset(
    {"", "between", "from", "range", "values", "in", "within", "value", "von", "de", "zwischen", "entre"}
)
_PAIRED = {"between": "and", "zwischen": "und", "entre": "et"}
"""What is in front of two numbers, and has to be between them."""


def _two_ends(cut: list[str], numeric: bool) -> Interval | None:
    front, first, between, second, behind = cut
    front, negative = _sign(front)
    middle, minus, tight = _middle(between)
    if middle is None or (tight and not numeric):
        return None
    separator, left_unit = middle
    front, behind = front.strip().lower(), _plain(behind)
    low_open = high_open = False
    if front[-1:] in _OPENING and front[-1:] and behind[-1:] in _CLOSING and behind[-1:]:
        low_open, high_open = _OPENING[front[-1]], _CLOSING[behind[-1]]
        front, behind = front[:-1].rstrip(), behind[:-1].rstrip()
    elif separator in {",", ";"}:
        return None  # without brackets a list
    if front.rstrip(":") not in _IN_FRONT:
        return None
    if (separator in _PAIRED.values() or front in _PAIRED) and _PAIRED.get(front) != separator:
        return None
    written, factor = _unit(behind)
    if written is None or (left_unit and key(left_unit) != key(written)):
        return None
    low, high = _float(first), _float(second) * factor
    low, high = -low if negative else low, -high if minus else high
    return Interval(low, high, low_open, high_open, written) if low <= high else None


def _one_end(text: str, cut: list[str]) -> Interval | None:
    front, number, behind = cut
    front, negative = _sign(front)
    front, behind = " ".join(front.lower().split()).rstrip(":."), _plain(behind)
    value = -_float(number) if negative else _float(number)
    low_open, high_open = front == "(", behind.endswith(")")
    if front in {"[", "("} and behind.rstrip(")]").strip(" ,;").lstrip("+") in {"inf", "infinity"}:
        return Interval(value, ENDLESS, low_open, high_open)
    if front in _OVER or front in _UNDER:
        written, factor = _unit(behind)
        if written is None:
            return None
        if front in _OVER:
            return (
                None if front == "from" else Interval(value * factor, ENDLESS, _OVER[front], False, written)
            )
        return Interval(-ENDLESS, value * factor, False, _UNDER[front], written)
    if front:
        return None
    if behind in {"+", "..", "...", "…", "to inf", "to infinity", ".. inf"}:
        return Interval(value, ENDLESS)
    for endings, upward in ((_AND_MORE, True), (_AND_LESS, False)):
        for ending in endings:
            if behind.lower().endswith(ending):
                written, factor = _unit(behind[: -len(ending)].strip())
                if written is None:
                    return None
                ends = (value * factor, ENDLESS) if upward else (-ENDLESS, value * factor)
                return Interval(*ends, False, False, written)
    written, factor = _unit(behind)
    return Interval(value * factor, value * factor, False, False, written) if written else None


def _sign(front: str) -> tuple[str, bool]:
    """What stands in front of a number without the sign that belongs to it; and if that is a minus."""
    if front[-1:] and front[-1] in _SIGNS and (len(front) == 1 or front[-2] in " [(]>=<≥≤:"):
        return front[:-1], front[-1] != "+"
    return front, False


def _middle(between: str) -> tuple[tuple[str, str] | None, bool, bool]:
    """What parts two numbers: separator and unit of the first; is the second negative; is it a mere dash?"""
    minus = False
    if between in {"-", "−"}:
        return ("-", ""), False, True
    if between[-1:] in _SIGNS and between[:-1].strip():
        between, minus = between[:-1], between[-1] != "+"
    elif between[-1:] in _SIGNS:
        return None, False, False  # "0 -5"
    core = between.strip().lower()
    for separator in _BETWEEN:
        if core.endswith(separator):
            left = core[: -len(separator)]
            if separator.isalpha() and left and not left.endswith((" ", "%")):
                continue
            left = left.strip()
            if len(left) <= 12 and not set(left) & set(".,;-–—~()<>="):
                return (separator, left), minus, False
    return None, False, False


def _plain(behind: str) -> str:
    """What stands behind the last number without a remark in brackets."""
    core = behind.strip()
    at = core.find("(")
    if at >= 0 and core.endswith(")") and not set(words(core[at:])) & _VAGUE:
        core = core[:at].rstrip()
    for word in ("inclusive", "incl.", "included", "exclusive"):
        core = core.removesuffix(word).rstrip(" ,")
    return core


def _unit(text: str) -> tuple[str | None, float]:
    """The unit that the rest of a text is, and a factor; None if it is more than a unit."""
    if text in {"k", "K"}:
        return "", 1000.0
    parts = words(text)
    if len(text) > 24 or len(parts) > 3 or set(parts) & _VAGUE or set(text) & set(",;:()[]{}<>=|!?"):
        return None, 1.0
    return text, 1.0


def _float(number: str) -> float:
    found = number_of("".join([sign for sign in number if sign not in " ,'’\u00a0\u2009\u202f"]))
    return float(found) if found is not None else ENDLESS


@cache
def _numbers() -> re.Pattern[str]:
    import re

    return re.compile(rf"((?:(?<![\w.])|(?<=[\d.]\.)|(?<=\w-))(?:{NUMBER}|(?<!\.)\.\d+)(?!\w*\d))", re.ASCII)


# Lists of values.

_REFUSED = _VAGUE | wordset(
    "any other others else all list various including incl with plus free text from to between up "
    "oder und ou et sonstige andere autre autres"
)
_EMPTY = frozenset({"null", "nan", "nil", "n/a", "na", "missing", "empty", "blank", "<null>", "nul"})


def _choices(text: str) -> Choices | None:
    core = text.rstrip(".")
    if "e.g" in core.lower() or "i.e" in core.lower():
        return None
    for lead in ("one of:", "one of", "either", "values:", "enum:"):
        if core.lower().startswith(lead):
            core = core[len(lead) :].strip()
            break
    if core[:1] + core[-1:] in {"{}", "[]", "()"}:
        core = core[1:-1].strip()
    pair = core.split(" or ")
    if len(pair) == 2 and not any(" " in one or "," in one for one in pair):
        return _members(pair) if not any(map(family, pair)) else None
    for separator in (";", "|", "\n", " / ", ",", "/"):
        if separator in core:
            return _members(_listed(core.split(separator))) if not _is_number(core) else None
    alone = number_of(core)
    return Choices((core,), (float(alone),)) if alone is not None else None


def _listed(parts: list[str]) -> list[str]:
    """The parts of a list without a name in front of them: "ISO 639-1: de, fr, it"."""
    lead, colon, rest = parts[0].partition(": ")
    if not colon or not rest or len(parts) < 3 or number_of(lead) is not None:
        return parts
    coded = any(":" in part or "=" in part for part in parts[1:])
    return parts if coded else [rest, *parts[1:]]


def _is_number(text: str) -> bool:
    """Is it one number with commas, as far as one can tell?"""
    return bool(_numbers().fullmatch(text))


def _members(parts: list[str]) -> Choices | None:
    found = []
    for part in parts:
        name = _member(part)
        if name.lower() in _EMPTY:
            continue
        if not name or len(name) > 40 or ".." in name or set(name) & set("()[]{}?…") or _is_span(name):
            return None
        spoken = words(name)
        if len(spoken) > 3 or (not _REFUSED.isdisjoint(spoken) and key(name) not in CATCH_ALL):
            return None
        found.append(name)
    if len(found) < 2:
        return None
    numbers = [number for number in map(number_of, found) if number is not None]
    return Choices(tuple(found), tuple(map(float, numbers)) if len(numbers) == len(found) else ())


def _member(part: str) -> str:
    """A value of a list without quotation marks and without what it stands for: "0 = no" is 0."""
    name = part.strip().strip("\"'“”‘’`").strip()
    for sign in ("=", ":"):
        head, _, tail = name.partition(sign)
        if tail and head.strip() and head[-1:] not in "<>!":
            name = head.strip()
    return name


def _is_span(name: str) -> bool:
    """Is it a range within a list, such as 10-20?"""
    head, dash, tail = name.replace("–", "-").partition("-")
    return bool(dash) and number_of(head) is not None and number_of(tail) is not None
