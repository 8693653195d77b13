"""Special codes and types of the values that one descriptor states."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number_of, rows, text
from mismatch.rules._pairs import ENVIRONMENT, PRODUCTION, RAW, TRAINING, sides, stated_values
from mismatch.rules._ranges import written
from mismatch.text.names import words, wordset
from mismatch.text.ranges import Choices, Interval, values
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

INVALID = wordset(
    "unknown missing invalid failure failed fail broken error off fault faulty unavailable absent na none "
    "null removed dropped defective disconnected timeout overflow undefined unmeasured"
)


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

    Decision: Only numbers followed by “=”, “:” or “means” and a word for a missing or invalid value count.
    """
    compared = waiting = False
    for side in sides(raw_data, RAW, "schema", "field_name"):
        for field in ("interpret_special", "interpret_missing"):
            for code, meaning in _codes(text(side.row, field)):
                stated = stated_values(side)
                waiting = waiting or stated is None
                compared = True
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


def _codes(said: str) -> Iterator[tuple[float, str]]:
    """The numbers that are said to stand for a missing or invalid value, with their meaning."""
    if not said or len(said) > 300:
        return
    for part in said.replace(";", ",").split(","):
        for sign in ("=", ":", " means "):
            head, found, meaning = part.partition(sign)
            code = number_of(head) if found else None
            if code is not None and not INVALID.isdisjoint(words(meaning)):
                yield float(code), meaning.strip()
                break


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
) -> Found:
    """The expected values of a field are not of its type.

    One of the two is wrong, and whoever implements the interface picks one of them.

    Remedy: Correct the type or the expected values.

    Example: An integer with the values “0.0 - 0.5”. It is silent for a float of “0 - 1”, and for a list of
    words in a field of type string.

    Decision: A field of yes and no may be written as 0 and 1 and the other way round.
    """
    documents = (raw_data, training_data, production_data, development_environment)
    for side in _described_sides(*documents):
        kind = family(side.type)
        said = text(side.row, "expected_values")
        stated = values(said, True) if kind in {"int", "float", "number", "bool"} and said else None
        wrong = _against(kind, stated) if stated is not None else ""
        if wrong:
            yield hit(
                f"{quote(side.name)} is of type {quote(side.type)}, but its values, {quote(said)}, {wrong}.",
                side.place("expected_values"),
                side.place(side.type_field),
                key=(str(side.at[0]), *(str(token) for token in side.at[1:-1:2]), side.name),
            )
    if not any(documents):
        yield CANNOT_TELL


def _described_sides(raw: Doc, training: Doc, production: Doc, environment: Doc) -> Iterator[Side]:
    for descriptor, body in ((RAW, raw), (TRAINING, training), (PRODUCTION, production)):
        yield from sides(body, descriptor, "schema", "field_name")
    for components, items in (
        ("upstream_components", "output_spec"),
        ("downstream_components", "input_spec"),
    ):
        for place, component in enumerate(rows(environment, components)):
            for side in sides(component, ENVIRONMENT, items, "item_name"):
                yield side._replace(at=(ENVIRONMENT, components, place, *side.at[1:]))


def _against(kind: str, stated: Interval | Choices) -> str:
    """How the values contradict the type, "" if they do not."""
    if kind == "bool":
        if isinstance(stated, Interval):
            return "" if 0 <= stated.low <= stated.high <= 1 else "are more than two"
        return "are more than two" if len(stated.members) > 2 else ""
    if isinstance(stated, Choices) and not stated.numbers:
        worded = len(stated.members) > 2 and not any(
            number_of(member) is not None for member in stated.members
        )
        return "are words" if worded else ""
    if kind != "int":
        return ""
    ends = stated.numbers if isinstance(stated, Choices) else (stated.low, stated.high)
    return "are fractions" if any(end % 1 for end in ends if abs(end) < 1e15) else ""
