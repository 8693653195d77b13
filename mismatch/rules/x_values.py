"""Special codes and types of the values that one descriptor states."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number_of, rows, text
from mismatch.rules._pairs import RAW, Side, stated_values
from mismatch.rules._ranges import written
from mismatch.rules._stated import stated
from mismatch.text.names import words, wordset
from mismatch.text.ranges import Choices, Interval, values
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

SIGNS = ("=", ":", " means ", " stands for ", " if ", " when ", " for ", " (")
INVALID = wordset(
    "unknown missing invalid failure failed fail broken error off fault faulty unavailable absent na none "
    "null removed dropped defective disconnected timeout overflow undefined unmeasured unanswered unset nan "
    "sentinel offline inactive refused refuses refusal declined skipped omitted withheld suppressed masked "
    "placeholder dummy unreliable implausible corrupt corrupted outage malfunction unbekannt fehlt fehlend "
    "ungültig defekt inconnu manquant onbekend ontbreekt"
)
NOT_SO = wordset(
    "measured available recorded asked known applicable reported given provided answered collected "
    "determined specified filled set stated entered valid connected computed calculated tested disclosed "
    "assessed"
)
"""What a value says with “not” in front: “not asked”, “not yet measured”."""


@rule(
    "code-among-values",
    code="X315",
    severity="minor",
    pack="x",
    risk="Low: only codes that are said to mean a missing or invalid value.",
    source="Study of ML mismatches: descriptions of missing and special values were missing.",
)
def code_among_values(raw_data: Doc) -> Found:
    """A code for a missing or invalid value is also an ordinary value of the field.

    Nobody can tell the two apart afterwards. The code goes into averages and into training as a measurement.

    Remedy: Use a code outside the range, or narrow the range to what is really measured.

    Example: “0 = sensor off” in a field of “0 - 100”. It is silent for “-999 = sensor off”, and for a special
    value that is valid, such as “0 = free of charge”.

    Decision: Only numbers followed by “=”, “:”, “means”, “if”, “for” or a bracket, and then by a word for a
    missing or invalid value, count.
    """
    compared = waiting = False
    for place, row in enumerate(rows(raw_data, "schema")):
        for field in ("interpret_special", "interpret_missing"):
            codes = _codes(text(row, field))
            if not codes:
                continue
            side = Side((RAW, "schema", place), row, text(row, "field_name"))
            stated = stated_values(side)
            waiting, compared = waiting or stated is None, True
            for code, meaning in codes:
                if stated is not None and _takes(stated, code):
                    yield hit(
                        f"{plain(code)} stands for {quote(meaning)} in {quote(side.name)}, whose values are "
                        f"{written(side)}.",
                        side.place(field),
                        side.place("expected_values"),
                        key=(side.name, plain(code)),
                    )
    if waiting:
        yield CANNOT_TELL
    elif not compared:
        yield NOT_APPLICABLE if rows(raw_data, "schema") else CANNOT_TELL


@lru_cache(maxsize=4096)
def _codes(said: str) -> tuple[tuple[float, str], ...]:
    """The numbers that are said to stand for a missing or invalid value, with their meaning."""
    found = []
    for part in said.replace(";", ",").split(",") if len(said) <= 300 else ():
        for sign in SIGNS:
            head, there, meaning = part.partition(sign)
            code = number_of(head) if there and not meaning.strip()[:1].isdigit() else None
            if code is not None and _invalid(words(meaning)):
                found.append((float(code), meaning.strip()))
                break
    return tuple(found)


def _invalid(meaning: tuple[str, ...]) -> bool:
    """Do the words say that there is no proper value?"""
    if not INVALID.isdisjoint(meaning) or ("under", "test") in pairwise(meaning):
        return True
    return any(
        not NOT_SO.isdisjoint(meaning[at + 1 : at + 3]) for at, word in enumerate(meaning) if word == "not"
    )


def _takes(stated: Interval | Choices, code: float) -> bool:
    if isinstance(stated, Interval):
        return stated.low <= code <= stated.high
    return code in stated.numbers


@rule(
    "values-against-type",
    code="X317",
    severity="minor",
    pack="x",
    risk="Low: only whole lists of words against numbers, and fractions against whole numbers.",
    source="Experience: the type is changed and the range stays.",
)
def values_against_type(
    raw_data: Doc = NOTHING,
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """The expected values of a field are not of its type.

    One of the two is wrong, and whoever implements the interface picks one of them.

    Remedy: Correct the type or the expected values.

    Example: An integer with the values “0.0 - 0.5”. It is silent for a float of “0 - 1”, and for a list of
    words in a field of type string.

    Decision: A field of yes and no may be written as 0 and 1 and the other way round.
    """
    documents = (raw_data, training_data, production_data, development_environment)
    for listed in stated(memo, *documents):
        for place, row in enumerate(listed.rows) if listed.may_have(_against, SOUND) else ():
            kind, said = text(row, listed.type), text(row, "expected_values")
            wrong = _against(kind, said)
            if wrong:
                name = text(row, listed.name)
                yield hit(
                    f"{quote(name)} is of type {quote(kind)}, but its values, {quote(said)}, {wrong}.",
                    (*listed.at, place, "expected_values"),
                    (*listed.at, place, listed.type),
                    key=(*[str(token) for token in listed.at if not isinstance(token, int)], name),
                )
    if not any(documents):
        yield CANNOT_TELL


SOUND: set[tuple[str, str]] = set()
"""Types and values that do not contradict each other."""


@lru_cache(maxsize=4096)
def _against(type: str, said: str) -> str:
    """How expected values contradict a type, "" if they do not or are not understood."""
    kind = family(type)
    stated = values(said, True) if kind in {"int", "float", "number", "bool"} else None
    if stated is None:
        return ""
    if kind == "bool":
        if isinstance(stated, Interval):
            return "" if 0 <= stated.low <= stated.high <= 1 else "are more than two"
        return "are more than two" if len(stated.members) > 2 else ""
    if isinstance(stated, Choices) and not stated.numbers:
        worded = len(stated.members) > 2 and all(number_of(member) is None for member in stated.members)
        return "are words" if worded else ""
    if kind != "int":
        return ""
    ends = stated.numbers if isinstance(stated, Choices) else (stated.low, stated.high)
    return "are fractions" if any(end % 1 for end in ends if abs(end) < 1e15) else ""
