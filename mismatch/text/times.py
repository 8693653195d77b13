"""Finds the months, quarters, years and spans of them that a text names."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.text.dates import MONTHS, Span, day
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from datetime import date

YEAR_ALONE = 99


class Named(NamedTuple):
    """A time that a text names."""

    span: Span
    ranged: bool  # does it name both ends: “May to June 2024”, not “May 2024”?
    at: int  # where it begins
    coarse: bool = False  # are both ends whole years?


@lru_cache(maxsize=512)
def times(text: str) -> tuple[Named, ...]:
    """The months, quarters, halves, years and spans of them that a text names, in order: "Snapshots of
    Nov-Dec 2024", "H2 2023", "Oct 2019 to Jun 2023, iced intervals removed", "01/2023-12/2024", "1 to 7 April
    2025".

    A year alone counts only where no word follows that it may count, as in "2000 customers", and where no
    part of it is meant, as in "week 35 of 2025".
    """
    if len(text) > 1000 or "://" in text or not any(sign.isdecimal() for sign in text):
        return ()
    text = text.lower()
    points = [
        (each.start(), each.end(), *found)
        for each in _point().finditer(text)
        if (found := _ends(each)) is not None
    ]
    named: list[Named] = []
    number = 0
    while number < len(points):
        begin, end, first, last, month = points[number]
        number += 1
        later = points[number] if number < len(points) else None
        joined = later is not None and _separator().fullmatch(text[end : later[0]]) is not None
        if later is not None and joined and later[2] is not None and later[3] is not None:
            if first is None:  # a month or a day without its year, which stands behind the other
                first = _borrowed(month, later[2])
            if first is not None and first <= later[3]:
                coarse = month == later[4] == YEAR_ALONE
                named.append(Named(Span(first, later[3], False), True, begin, coarse))
                number += 1
                continue
        part = month == YEAR_ALONE and text[:begin].endswith("of ")  # “week 35 of 2025”
        if first is not None and last is not None and not part:
            named.append(Named(Span(first, last, False), False, begin))
    return tuple(named)


def _borrowed(month: int, other: date) -> date | None:
    """The first day of a month in the year of *other*, or the day of its month if *month* is below 0."""
    return _made(other.year, other.month, -month) if month < 0 else _made(other.year, month)


def _ends(each: re.Match[str]) -> tuple[date | None, date | None, int] | None:
    """First and last day of a point in time, and its month, or its day below 0, where no year is said; None
    for no time."""
    said = each.group()
    numbers = [int(part) for part in _digits().findall(said)]
    kind = each.lastgroup
    if kind == "bare":
        return (None, None, MONTHS[said]) if said in MONTHS else None
    if kind == "lone":
        return None, None, -numbers[0]
    if kind == "year":
        first, last, _ = _months(numbers[0], 1, 12) or (None, None, 0)
        return first, last, YEAR_ALONE
    if kind == "iso":
        return _one(day(said)) if len(numbers) == 3 else _months(numbers[0], numbers[1])
    if kind == "full":
        return _one(day(said))
    if kind == "month":
        return _months(numbers[1], numbers[0])
    if kind == "part":
        # “Q42024” has one number.
        part, year = (said[1], said[-4:]) if said[0] in "qh" else (said[-1], said[:4])
        size = 3 if "q" in said else 6
        return _months(int(year), 1 + (int(part) - 1) * size, size)
    month = next((MONTHS[part] for part in _words().findall(said) if part in MONTHS), 0)
    if not month:
        return None
    if len(numbers) == 2:
        return _one(_made(numbers[1], month, numbers[0]))
    return _months(numbers[0], month)


def _one(known: date | None) -> tuple[date | None, date | None, int] | None:
    return (known, known, 0) if known else None


def _months(year: int, month: int, size: int = 1) -> tuple[date | None, date | None, int] | None:
    """So many months from this one on."""
    from datetime import timedelta

    first, behind = _made(year, month), _made(year + (month + size - 1) // 12, (month + size - 1) % 12 + 1)
    return (first, behind - timedelta(days=1), 0) if first and behind and month + size <= 13 else None


def _made(year: int, month: int, number: int = 1) -> date | None:
    from datetime import date

    try:
        return date(year, month, number)
    except ValueError:
        return None


@cache
def _digits() -> re.Pattern[str]:
    import re

    return re.compile(r"\d+", re.ASCII)


@cache
def _words() -> re.Pattern[str]:
    import re

    return re.compile(r"[^\W\d_]+")


@cache
def _point() -> re.Pattern[str]:
    import re

    # By their beginnings, since a pattern of all names takes long to compile; `_ends` looks at the word.
    heads = "|".join(sorted({month[:3] for month in MONTHS}))
    word = rf"(?:{heads})[^\W\d_]{{0,7}}"
    year = r"(?:19[89]|20[0-3])\d"
    counted = r"(?! ?%| (?!(?:and|to|until|bis|only|with|by|season|data)\b)[a-z])"
    return re.compile(
        rf"(?a:(?<![\w.:#])(?:(?P<iso>{year}-[01]\d(?:-[0-3]\d)?(?![\d-]))"
        rf"|(?P<full>\d{{1,2}}[./]\d{{1,2}}[./]{year}\b)"
        rf"|(?P<month>\d{{1,2}}[/.]{year}(?![\d.]*\d))"
        rf"|(?P<part>[qh][1-4][ /-]?{year}\b|{year}[ -]?[qh][1-4]\b)"
        rf"|(?P<worded>(?:\d{{1,2}}(?:\.|th|st|nd|rd)? )?{word}[. -]{{1,2}}{year}\b)"
        rf"|(?P<lone>\d{{1,2}}\.?(?= ?(?:-|–|to|bis|t/m) ?\d{{1,2}}\.? {word} {year}\b))"
        rf"|(?P<bare>\b{word}\b(?=\.? ?(?:-|–|to|and|&|until|till|through|bis|t/m|tot|/)))"
        rf"|(?P<year>{year}(?![\w.,:/]*\d){counted})))"
    )


@cache
def _separator() -> re.Pattern[str]:
    import re

    return re.compile(
        r"\.?\s*(?:to|until|till|through|thru|and|bis|und|t/m|tot|en|au|à|al|\.\.|–|—|-|/|&)\s*",
    )
