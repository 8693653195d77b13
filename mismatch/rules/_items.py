"""What is wrong with the item specifications of inputs and outputs, each looked at once for several rules."""

from __future__ import annotations

from functools import lru_cache
from marshal import dumps, loads

from mismatch.declaration import hit
from mismatch.reading import group, number, rows, text, truth
from mismatch.required.limits import is_unlimited
from mismatch.rules._pairs import MODEL, PIPELINE, Side
from mismatch.text.types import family
from mismatch.wording import plain, quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from mismatch.declaration import Hit, Memo
    from mismatch.reading import Doc

    Judged: TypeAlias = "tuple[Fault, ...]"

REVERSED, UNLIMITED, HALF, EMPTY, IMAGE = "reversed", "unlimited", "half", "empty", "image"
"""Kinds of faults; one rule reports one kind, or two."""
SIZES = {
    "min_length": "the least length",
    "max_length": "the greatest length",
    "resolution_x": "the width",
    "resolution_y": "the height",
    "channels": "the number of channels",
}
CHANNELS = (1, 3, 4)


class Fault(NamedTuple):
    """Something wrong with one specification."""

    kind: str
    said: str  # ends the sentence that begins with the name of the item
    fields: tuple[str, ...]
    severity: str = ""  # "" for the rule's own


class Items(NamedTuple):
    """The items that count: inputs of the pipeline, outputs of the model, and final ones if there are any."""

    faults: list[tuple[Side, Fault]]
    families: set[str]  # of the types of all items that have a specification
    specified: dict[str, bool]  # list → does any of its items say what it allows?

    def of(self, *kinds: str) -> Iterator[tuple[Side, Fault]]:
        return (found for found in self.faults if found[1].kind in kinds)


def items(pipeline: Doc, model: Doc, memo: Memo) -> Items:
    """All items with what is wrong with their specifications."""
    found: Items | None = memo.get("items")
    if found is None:
        memo["items"] = found = Items([], set(), {})
        _look(PIPELINE, "input_spec", rows(pipeline, "input_spec"), found)
        for name in ("output_spec", "final_output_spec"):
            if name == "output_spec" or truth(model, "post_processing"):
                _look(MODEL, name, rows(model, name), found)
    return found


def _look(descriptor: str, name: str, items: list[Doc], found: Items) -> None:
    found.specified[name] = False
    for place, row in enumerate(items):
        given = group(row, "item_specification")
        kind = text(row, "item_type")
        try:
            judged = _judged(kind, dumps(given, 2))
        except ValueError:  # nested deeper than any specification
            judged = judge(kind, given)
        if given:
            found.families.add(family(kind))
        if judged:
            side = Side((descriptor, name, place), row, text(row, "item_name"))
            found.faults.extend([(side, fault) for fault in judged])
        if given and not found.specified[name]:
            found.specified[name] = all(fault.kind != UNLIMITED for fault in judged)


@lru_cache(maxsize=4096)
def _judged(kind: str, given: bytes) -> Judged:
    """`judge`, of a specification as bytes: the quickest way to see whether it was judged before."""
    return judge(kind, loads(given))  # noqa: S302 (written a line before it is read)


def judge(kind: str, given: Doc) -> Judged:
    """What is wrong with a specification of an item of this type."""
    of = family(kind)
    found = [*_reversed(given)]
    if is_unlimited({"item_type": kind}, given):
        found.append(Fault(UNLIMITED, f"says nothing that limits a {quote(kind)}", ()))
    elif of == "int":
        ends = tuple([end for end in ("min_value", "max_value") if (number(given, end) or 0) % 1])
        if ends:
            found.append(Fault(HALF, f"is {quote(kind)}, but its limits are fractions", ends))
    elif of == "text" and not number(given, "max_length"):
        found.append(Fault(HALF, "has no greatest length", ("max_length",)))
    if of == "text":
        found += _empty(given)
    if of == "image":
        found += _image(given)
    return tuple(found)


def _reversed(given: Doc) -> Iterator[Fault]:
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        least, most = number(given, low), number(given, high)
        filled = most is not None and (low == "min_value" or most > 0)
        if least is not None and most is not None and filled and least > most:
            said = f"has the minimum {plain(least)} above the maximum {plain(most)}"
            yield Fault(REVERSED, said, (low, high))
    for field, called in SIZES.items():
        size = number(given, field)
        if size is not None and size < 0:
            yield Fault(REVERSED, f"gives {called} as {plain(size)}, below 0", (field,))


def _empty(given: Doc) -> Iterator[Fault]:
    least, most = number(given, "min_length") or 0, number(given, "max_length") or 0
    fields = ("min_length", "empty")
    if truth(given, "empty") and least > 0:
        yield Fault(EMPTY, f"may be empty, but has at least {plain(least)} characters", fields)
    elif "empty" in given and not truth(given, "empty") and least == 0 and most > 0:
        yield Fault(EMPTY, "may not be empty, but a length of 0 is allowed", fields, "info")


def _image(given: Doc) -> Iterator[Fault]:
    channels = number(given, "channels")
    if channels and channels > 0 and channels not in CHANNELS:
        yield Fault(IMAGE, f"has {plain(channels)} channels; images have 1, 3 or 4", ("channels",))
    elif channels == 4 and text(given, "image_format").strip().upper() in {"JPG", "JPEG"}:
        fields = ("channels", "image_format")
        yield Fault(IMAGE, "is a JPG with 4 channels, which the format cannot hold", fields)


def fault_hit(side: Side, fault: Fault) -> Hit:
    """The hit for a fault of a specification."""
    called = quote(side.name) if side.name else f"Item {int(side.at[2]) + 1}"
    return hit(
        f"{called} {fault.said}.",
        *[side.place("item_specification", field) for field in fault.fields],
        key=(str(side.at[1]), side.name, *fault.fields),
        severity=fault.severity,
    )
