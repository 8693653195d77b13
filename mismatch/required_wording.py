"""Says in plain words which required fields are blank, where, why it matters and what to do."""

from __future__ import annotations

from functools import cache

from descriptors.catalogue import NAMES, PRODUCERS
from descriptors.guides import field_label, guide, label
from mismatch.blanks import dig, path_of, split, test_of
from mismatch.reading import number_of
from mismatch.wording import plain, quote
from tec.pointers import pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mismatch.blanks import Keys
    from mismatch.reading import Doc
    from mismatch.required_checks import Check

ROWS_NAMED = 3  # rows that a message names before it only counts
LONGEST_NAME = 40  # characters of the text by which people know a row

LIMITS = (
    "State the limits that go with the type: lowest and highest number; lengths or permitted characters of a "
    "text; width, height and channels of an image; for anything else a description."
)


@cache
def title(check: Check) -> str:
    """What the check asks for, by the labels of the guide: “Output specification › Item type”."""
    if check.label:
        return check.label
    paths = [path_of(slot) for slot in check.slots] or [check.rows]
    if len(paths) == 1:
        return _labels(check, paths[0])
    group = paths[0].rpartition(".")[0]
    if group and all(path.startswith(f"{group}.") for path in paths):
        return _labels(check, group)
    return _listed([_labels(check, path) for path in paths])


def message(check: Check, body: Doc, spots: Sequence[Keys]) -> str:
    """What is blank and where in *body*, and why that matters; *spots* is what the check's search found."""
    if check.rows:
        what = "has only blank rows" if any(dig(body, keys) for keys in spots) else "lists nothing"
    elif split(check.slots[0])[0]:
        what = _blank_in_rows(check, body, spots)
    else:
        what = _blank_fields(check, body, spots)
    doubt = " If 0 is the true value, accept this finding." if _may_be_meant(check, body, spots) else ""
    return f"{NAMES[check.descriptor]}: “{title(check)}” {what}. {check.why}{doubt}"


def remedy(check: Check, body: Doc, spots: Sequence[Keys]) -> str:
    """What to write, and who usually writes it."""
    rows = [row for row in map(_row_of, spots) if row]
    idle = " Remove rows that are blank altogether." if any(_is_idle(dig(body, row)) for row in rows) else ""
    return f"{check.remedy or advice(check)}{idle} {_usually_by(check.descriptor)}"


def absence(descriptor: str) -> tuple[str, str]:
    """Message and remedy for a document that is not there at all."""
    name, usually = NAMES[descriptor], _usually_by(descriptor)
    return (
        f"There is no {name} descriptor yet, so nothing can be compared with it. {usually}",
        f"Fill in or import {name}; until then its required fields are not reported one by one.",
    )


def _blank_fields(check: Check, body: Doc, spots: Sequence[Keys]) -> str:
    if len(check.slots) == 1:
        return _verb(check, body, spots)
    fields = [field_label(check.descriptor, path_of(slot)) for slot in check.slots]
    return f"is not stated: {_listed(fields)} are {_nothing(body, spots)}"


def _blank_in_rows(check: Check, body: Doc, spots: Sequence[Keys]) -> str:
    rows = list(dict.fromkeys([_row_of(keys) for keys in spots]))
    if not rows[0]:
        return "is not stated: the list has no row"
    names = [_row_name(check, body, row) for row in rows[:ROWS_NAMED]]
    if len(rows) > ROWS_NAMED:
        names.append(f"{len(rows) - ROWS_NAMED} more")
    return f"{_verb(check, body, spots)} in {_listed(names)}"


def _verb(check: Check, body: Doc, spots: Sequence[Keys]) -> str:
    slot = check.slots[0]
    if test_of(slot) == "limits":
        return "sets no limits"
    if test_of(slot) == "list":
        return "lists nothing"
    sibling = slot.partition("|")[2]
    unnamed = [keys[-1] == sibling for keys in spots]
    if all(unnamed):
        return "is “Other” without saying which"
    return "is blank, or “Other” without saying which," if any(unnamed) else f"is {_nothing(body, spots)}"


def _nothing(body: Doc, spots: Sequence[Keys]) -> str:
    zeros = [number_of(dig(body, keys)) == 0 for keys in spots]
    return "0" if all(zeros) else "0 or blank" if any(zeros) else "blank"


def _may_be_meant(check: Check, body: Doc, spots: Sequence[Keys]) -> bool:
    """Could the 0 be the true value? The checks where it could are for information only."""
    return check.severity == "info" and any(number_of(dig(body, keys)) == 0 for keys in spots)


def _row_of(keys: Keys) -> Keys:
    """The part of *keys* that leads to the innermost row; () if they lead to a list without rows."""
    last = max([number for number, key in enumerate(keys) if isinstance(key, int)], default=-1)
    return keys[: last + 1]


def _row_name(check: Check, body: Doc, row: Keys) -> str:
    """A row as people know it: row 2 (“risk_score”), or row 1 of “Billing” where lists are nested."""
    name = f"row {int(row[-1]) + 1}"
    known_as = _first_text(dig(body, row))
    if known_as:
        name += f" ({known_as})"
    outer = _row_of(row[:-1])
    if outer:
        name += f" of {_first_text(dig(body, outer)) or _numbered(check, outer)}"
    return name


def _numbered(check: Check, row: Keys) -> str:
    """A row by its list and number: Upstream components 2."""
    return label(check.descriptor, pointer(*row))


def _first_text(row: object) -> str:
    """The first text in a row, which is nearly always its name, in quotation marks."""
    texts = row.values() if isinstance(row, dict) else ()
    found = next((text.strip() for text in texts if isinstance(text, str) and text.strip()), "")
    return (
        quote(found if len(found) <= LONGEST_NAME else found[: LONGEST_NAME - 1].rstrip() + "…")
        if found
        else ""
    )


def _is_idle(row: object) -> bool:
    """Is there nothing in the row, nor in the groups inside it?"""
    entries = list(row.values()) if isinstance(row, dict) else [row]
    entries += [inner for entry in entries if isinstance(entry, dict) for inner in entry.values()]
    return all(
        not entry or isinstance(entry, dict) or (isinstance(entry, str) and entry.isspace())
        for entry in entries
    )


@cache
def advice(check: Check) -> str:
    if check.rows:
        columns = [
            field_label(check.descriptor, f"{check.rows}[].{path_of(column)}") for column in check.columns
        ]
        return f"Add at least one row with {_listed(columns)}."
    slot = check.slots[0]
    if test_of(slot) == "limits":
        return LIMITS
    fields = [field_label(check.descriptor, path_of(slot)) for slot in check.slots]
    return f"Fill in {_listed(fields)}{_example(check)}."


def _example(check: Check) -> str:
    known = guide(check.descriptor).fields.get(path_of(check.slots[0]))
    if known is None or len(check.slots) > 1:
        return ""
    example = known.example[0] if isinstance(known.example, list) and known.example else known.example
    if isinstance(example, str) and len(example) <= LONGEST_NAME:
        return f", for example {quote(example)}"
    if isinstance(example, (int, float)) and not isinstance(example, bool):
        return f", for example {plain(example)}{f' {known.unit}' if known.unit else ''}"
    return ""


def _labels(check: Check, path: str) -> str:
    """The labels on the way to *path*: “Upstream components › Output specification › Item type”."""
    steps = path.split(".")
    paths = [".".join(steps[: number + 1]).removesuffix("[]") for number in range(len(steps))]
    return " › ".join([field_label(check.descriptor, step) for step in paths])


def _usually_by(descriptor: str) -> str:
    return f"Usually written by: {PRODUCERS[descriptor][0].lower()}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
