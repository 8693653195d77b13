"""Reads dates and spans of time as people write them."""

from __future__ import annotations

from functools import cache, lru_cache

from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from datetime import date


class Span(NamedTuple):
    """A time from one day to another."""

    start: date
    end: date | None  # None if it goes on
    stated: bool = True  # is the end a day, not a whole month or year?


class Point(NamedTuple):
    """A day, a month or a year."""

    year: int
    month: int = 0  # 0 if it is the whole year
    day: int = 0  # 0 if it is the whole month


@lru_cache(maxsize=1024)
def day(text: str) -> date | None:
    """The day that "2025-04-02" names, also as the beginning of a time stamp or without its dashes, or as
    people write it: "02.04.2025", "2 April 2025", "April 2, 2025", "2. Apr. 2025", "2 avril 2025".

    None for anything else, and for "02/04/2025", which is February to some.
    """
    return iso_day(text) or _date(_written(text.strip()))


@lru_cache(maxsize=1024)
def iso_day(text: str) -> date | None:
    """The day of "2025-04-02", of a time stamp that begins so, and of "20250402"; None for anything else."""
    from datetime import date

    core = text.strip()
    if len(core) == 8 and core.isascii() and core.isdecimal():
        core = f"{core[:4]}-{core[4:6]}-{core[6:]}"
    if len(core) < 10 or core[4] != "-" or core[7] != "-" or not core[:10].replace("-", "").isdecimal():
        return None
    if len(core) > 10 and core[10] not in "T ":
        return None
    try:
        return date.fromisoformat(core[:10])
    except ValueError:
        return None


@lru_cache(maxsize=256)
def is_part_of_year(text: str) -> bool:
    """Does a text name a month, a quarter, a season or a year, as plans do: "Q4 2024", "autumn 2024"?"""
    found = _written(text.strip())
    if found and not found.day:
        return found.month <= 12
    return len(text) <= 40 and bool(_vaguely().fullmatch(text.strip()))


@lru_cache(maxsize=256)
def span(text: str) -> Span | None:
    """The time that a text begins with: "2022-01-01 to 2024-12-31", "2018-01 – 2023", "01/2014 – 12/2023",
    "1.1.2022 bis 30.6.2024", "since 2021".

    A month or year as the end means its last day. None for prose and for one date alone.
    """
    core = text.strip()
    if len(core) > 300:
        return None
    found = _pattern().match(core)
    if not found:
        return None
    start = _first(_written(found["start"]))
    if start is None:
        return None
    last = _written(found["end"] or "")
    if last is None:
        return Span(start, None) if found["open"] or found["since"] else None
    end = _last(last)
    return Span(start, end, bool(last.day)) if end else None


_MONTHS = (
    "january jan januar januari jänner janvier janv gennaio enero",
    "february feb februar februari février fevrier févr fev febbraio febrero",
    "march mar märz mrz mars marzo maart mrt",
    "april apr avril avr aprile abril",
    "may mai maggio mayo mei maj",
    "june jun juni juin giugno junio",
    "july jul juli juillet juil luglio julio",
    "august aug augustus août aout agosto",
    "september sept sep septembre settembre septiembre",
    "october oct oktober okt octobre ottobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre déc dicembre diciembre",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMED = r"[^\W\d_]{3,10}"
"""A month by its name, or any other word: a pattern of all names would take longer to make than all else."""
_POINT = (
    r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)|\d{1,2}/\d{4}(?![\d/])"
    rf"|(?:\d{{1,2}}(?:\.|st|nd|rd|th|er)?[\s-]\s?)?(?:{_NAMED})\.?[\s-]\d{{4}}(?!\d)"
)


@cache
def _pattern() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?:from |between |von |vom |zwischen |de |du |entre |(?P<since>since |starting |seit |"
        r"ab |depuis ))?"
        rf"(?P<start>{_POINT})"
        r"(?:\s*(?:to|until|till|through|and|bis|und|à|au|jusqu['’]à|et|\.\.|–|—|-|/)\s*"
        rf"(?:(?P<open>today|now|present|ongoing|open|heute|aujourd['’]hui)\b|(?P<end>{_POINT})))?",
        re.IGNORECASE,
    )


@cache
def _ways() -> re.Pattern[str]:
    import re

    named = rf"(?P<name>{_NAMED})\.?"
    ordinal = r"(?:\.|st|nd|rd|th|er)?"
    return re.compile(
        r"(?P<y1>\d{4})(?:-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?)?"
        r"|(?P<y2>\d{4})([./])(?P<m2>\d\d?)\5(?P<d2>\d\d?)"
        r"|(?P<d3>\d\d?)\.\s?(?P<m3>\d\d?)\.\s?(?P<y3>\d{4})"
        r"|(?P<m4>\d\d?)/(?P<y4>\d{4})"
        r"|(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<y5>\d{4})"
        rf"|(?:(?P<d6>\d\d?){ordinal}[\s-]\s?)?{named}[\s-](?P<y6>\d{{4}})"
        rf"|{named.replace('name', 'name7')}\s(?P<d7>\d\d?){ordinal},?\s(?P<y7>\d{{4}})",
        re.IGNORECASE,
    )


@cache
def _vaguely() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?:q[1-4]|[1-4]\. ?(?:quartal|quarter)|h[12]|t[1-4]|kw ?\d\d?|week \d\d?|spring|summer|autumn|fall"
        r"|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver|(?:early|mid|late|end of|anfang"
        r"|mitte|ende|début|fin)(?: \w+)?)[ /-]\d{4}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1024)
def _written(text: str) -> Point | None:
    """The day, month or year that *text* is, in any of the usual ways; None if nobody can tell."""
    found = _ways().fullmatch(text) if 4 <= len(text) <= 30 and text.isprintable() else None
    if not found:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    year = next(int(value) for name, value in parts.items() if name[0] == "y")
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if one <= 12 and two <= 12 and one != two:
            return None
        return Point(year, two, one) if one > 12 or one == two else Point(year, one, two)
    month = next((int(value) for name, value in parts.items() if name[0] == "m"), 0)
    name = parts.get("name") or parts.get("name7") or ""
    if name:
        month = MONTHS.get(name.lower(), 0)
        if not month:
            return None
    number = next((int(value) for each, value in parts.items() if each[0] == "d"), 0)
    return Point(year, month, number)


def _date(point: Point | None) -> date | None:
    from datetime import date

    if point is None or not point.day:
        return None
    try:
        return date(*point)
    except ValueError:
        return None


def _first(point: Point | None) -> date | None:
    return _date(point and Point(point.year, point.month or 1, point.day or 1))


def _last(point: Point | None) -> date | None:
    """The last day of a year or month; the day itself."""
    from datetime import timedelta

    if point is None or point.day:
        return _date(point)
    month = point.month or 12
    if not 1 <= month <= 12 or point.year >= 9999:
        return None
    following = _date(Point(point.year + month // 12, month % 12 + 1, 1))
    return following - timedelta(days=1) if following else None
