"""Ranges and numbers of examples that nothing in the world can have."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number, rows, text
from mismatch.rules._defined import ITEMS
from mismatch.rules._pairs import ENVIRONMENT, NUMERIC, PRODUCTION, RAW, TRAINING, Side, sides
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found
    from mismatch.reading import Doc

SCHEMAS = (RAW, TRAINING, PRODUCTION)


@rule(
    "range-upside-down",
    code="X323",
    severity="minor",
    pack="x",
    risk="Low: only two plain numbers between spaces, brackets or dots, in a field of numbers.",
    source="Experience: bounds exchanged while typing; nothing can be compared with such a range.",
)
def range_upside_down(
    raw_data: Doc = NOTHING,
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    development_environment: Doc = NOTHING,
) -> Found:
    """A range of expected values begins above its end.

    No value lies in it, and no other descriptor can be compared with it.

    Remedy: Exchange the two bounds, or correct the one that is mistyped.

    Example: “2500 - 0” in a field of integers. It is silent for “0 - 2500”, for “5 - 5”, and for text such as
    “555 - 123” in a field of strings.

    Decision: The items of pipeline and model state their bounds as numbers, which another rule compares.
    """
    described = 0
    bodies = (raw_data, training_data, production_data)
    for owner, side in _described(bodies, development_environment):
        stated = text(side.row, "expected_values")
        described += bool(stated)
        if stated and _upside_down(stated) and family(side.type) in NUMERIC:
            yield hit(
                f"{quote(side.name)} is expected as {quote(stated)}, which begins above its end.",
                side.place("expected_values"),
                key=(*owner, side.name),
            )
    if not described:
        yield CANNOT_TELL


def _described(bodies: tuple[Doc, ...], environment: Doc) -> Iterator[tuple[tuple[str, ...], Side]]:
    """Every field and item whose values are given in words, and whose it is."""
    for name, body in zip(SCHEMAS, bodies, strict=True):
        for side in sides(body, name, "schema", "field_name"):
            yield (name,), side
    for components, items in ITEMS:
        for place, component in enumerate(rows(environment, components)):
            owner = (ENVIRONMENT, text(component, "component_name"))
            for row_number, row in enumerate(rows(component, items)):
                if name := text(row, "item_name"):
                    yield owner, Side((ENVIRONMENT, components, place, items, row_number), row, name)


@cache
def _range() -> re.Pattern[str]:
    figure = r"([-−+]?\d+(?:\.\d+)?)"
    return re.compile(
        rf"[\[(]?\s*{figure}(?:\s+(?:-|–|—|to|until|bis)\s+|\s*(?:\.\.+|…|,)\s*){figure}\s*[\])]?"
    )


@lru_cache(maxsize=4096)
def _upside_down(stated: str) -> bool:
    said = stated.strip()
    found = _range().fullmatch(said) if len(said) < 60 else None
    if not found or ("," in said and said[0] not in "[("):
        return False  # “3, 1” is a list of values
    low, high = (float(part.replace("−", "-")) for part in found.groups())
    return low > high


@rule(
    "impossible-number-of-instances",
    code="X324",
    severity="minor",
    pack="x",
    risk="None known.",
    source="The size of the data is what the examples of a class and the size of a test are worked out from.",
)
def impossible_number_of_instances(raw_data: Doc) -> Found:
    """The number of instances cannot be that of any data.

    Shares of labels are multiplied by it to see whether there are enough examples of each class.

    Remedy: Count the instances again.

    Example: −5000 instances, or 12.5. It is silent for 5000, and for 0, which a required field asks about.

    Decision: A whole number with a decimal point is one, so 5000.0 is not reported.
    """
    if not raw_data.get("number_of_instances"):
        yield NOT_APPLICABLE if rows(raw_data, "schema") else CANNOT_TELL
        return
    count = number(raw_data, "number_of_instances")
    if count is None:
        yield CANNOT_TELL
    elif count < 0 or count != int(count):
        yield hit(
            f"There are {plain(count)} instances, which no data can have.",
            (RAW, "number_of_instances"),
            key=(),
        )
