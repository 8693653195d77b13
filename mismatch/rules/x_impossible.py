"""Ranges and numbers of examples that nothing in the world can have."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number, rows, text
from mismatch.rules._pairs import NUMERIC, RAW
from mismatch.rules._stated import stated
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc


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
    *,
    memo: Memo,
) -> Found:
    """A range of expected values begins above its end.

    No value lies in it, and no other descriptor can be compared with it.

    Remedy: Exchange the two bounds, or correct the one that is mistyped.

    Example: “2500 - 0” in a field of integers. It is silent for “0 - 2500”, for “5 - 5”, and for text such as
    “555 - 123” in a field of strings.

    Decision: The items of pipeline and model state their bounds as numbers, which another rule compares.
    """
    described = False
    for listed in stated(memo, raw_data, training_data, production_data, development_environment):
        cells = listed.cells
        described = described or (bool(listed.rows) if cells is None else any(said for _, said in cells))
        for place, row in enumerate(listed.rows) if listed.may_have(_wrong, SOUND) else ():
            said, name = text(row, "expected_values"), text(row, listed.name)
            if name and _wrong(text(row, listed.type), said):
                yield hit(
                    f"{quote(name)} is expected as {quote(said)}, which begins above its end.",
                    (*listed.at, place, "expected_values"),
                    key=(*listed.owner, name),
                )
    if not described:
        yield CANNOT_TELL


SOUND: set[tuple[str, str]] = set()
"""Types and values whose ends are in order."""


def _wrong(type: str, said: str) -> bool:
    return bool(said) and _upside_down(said) and family(type) in NUMERIC


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
