"""Says in plain words which required fields are blank, where, why it matters and what to do."""

from __future__ import annotations

from functools import cache

from descriptors.catalogue import NAMES, PRODUCERS
from descriptors.guides import field_label, guide, label
from mismatch.reading import number_of
from mismatch.required.blanks import dig, path_of, split, test_of
from mismatch.wording import plain, quote
from tec.named import NamedTuple
from tec.pointers import pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mismatch.reading import Doc
    from mismatch.required.blanks import Keys
    from mismatch.required.checks import Check

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


class Phrases(NamedTuple):
    """What the wording of a check says of every document, made once."""

    head: str
    tail: str
    remedy: str
    test: str
    sibling: str
    of_rows: bool  # are its slots in a list?
    fields: str  # the labels of several slots


@cache
def _phrases(check: Check) -> Phrases:
    slot = check.slots[0] if check.slots else ""
    several = [field_label(check.descriptor, path_of(each)) for each in check.slots]
    return Phrases(
        f"{NAMES[check.descriptor]}: “{title(check)}” ",
        f". {check.why}",
        check.remedy or advice(check),
        test_of(slot),
        slot.partition(":")[0].partition("|")[2],
        bool(split(slot)[0]),
        _listed(several) if len(several) > 1 else "",
    )


def words(check: Check, body: Doc, spots: Sequence[Keys]) -> tuple[str, str]:
    """Message and remedy: what is blank and where in *body*, why that matters, what to write and who usually
    writes it; *spots* is what the check's search found."""
    phrases = _phrases(check)
    rows = [(row, dig(body, row)) for row in dict.fromkeys(map(_row_of, spots)) if row]
    if check.rows:
        what = "has only blank rows" if any(dig(body, keys) for keys in spots) else "lists nothing"
    elif phrases.of_rows:
        what = _blank_in_rows(check, body, spots, rows)
    elif phrases.fields:
        what = f"is not stated: {phrases.fields} are {_nothing(body, spots)}"
    else:
        what = _verb(phrases, body, spots)
    doubt = " If 0 is the true value, accept this finding." if _may_be_meant(check, body, spots) else ""
    idle = " Remove rows that are blank altogether." if any(_is_idle(row) for _, row in rows) else ""
    return (
        f"{phrases.head}{what}{phrases.tail}{doubt}",
        f"{phrases.remedy}{idle} {_usually_by(check.descriptor)}",
    )


def absence(descriptor: str) -> tuple[str, str]:
    """Message and remedy for a document that is not there at all."""
    name, usually = NAMES[descriptor], _usually_by(descriptor)
    return (
        f"There is no {name} descriptor yet, so nothing can be compared with it. {usually}",
        f"Fill in or import {name}; until then its required fields are not reported one by one.",
    )


def _blank_in_rows(
    check: Check, body: Doc, spots: Sequence[Keys], rows: Sequence[tuple[Keys, object]]
) -> str:
    if not rows:
        return "is not stated: the list has no row"
    names = [_row_name(check, body, keys, row) for keys, row in rows[:ROWS_NAMED]]
    if len(rows) > ROWS_NAMED:
        names.append(f"{len(rows) - ROWS_NAMED} more")
    return f"{_verb(_phrases(check), body, spots)} in {_listed(names)}"


def _verb(phrases: Phrases, body: Doc, spots: Sequence[Keys]) -> str:
    if phrases.test == "limits":
        return "sets no limits"
    if phrases.test == "list":
        return "lists nothing"
    if phrases.sibling:
        unnamed = [keys[-1] == phrases.sibling for keys in spots]
        if all(unnamed):
            return "is “Other” without saying which"
        if any(unnamed):
            return "is blank, or “Other” without saying which,"
    return f"is {_nothing(body, spots)}"


def _nothing(body: Doc, spots: Sequence[Keys]) -> str:
    zeros = [number_of(dig(body, keys)) == 0 for keys in spots]
    return "blank" if True not in zeros else "0" if all(zeros) else "0 or blank"


def _may_be_meant(check: Check, body: Doc, spots: Sequence[Keys]) -> bool:
    """Could the 0 be the true value? The checks where it could are for information only."""
    return check.severity == "info" and any(number_of(dig(body, keys)) == 0 for keys in spots)


def _row_of(keys: Keys) -> Keys:
    """The part of *keys* that leads to the innermost row; () if they lead to a list without rows."""
    end = len(keys)
    while end and not isinstance(keys[end - 1], int):
        end -= 1
    return keys[:end]


def _row_name(check: Check, body: Doc, keys: Keys, row: object) -> str:
    """A row as people know it: row 2 (“risk_score”), or row 1 of “Billing” where lists are nested."""
    name = f"row {int(keys[-1]) + 1}"
    known_as = _first_text(row)
    if known_as:
        name += f" ({known_as})"
    outer = _row_of(keys[:-1])
    if outer:
        name += f" of {_first_text(dig(body, outer)) or _numbered(check, outer)}"
    return name


def _numbered(check: Check, row: Keys) -> str:
    """A row by its list and number: Upstream components 2."""
    return label(check.descriptor, pointer(*row))


def _first_text(row: object) -> str:
    """The first text in a row, which is nearly always its name, in quotation marks."""
    for entry in row.values() if isinstance(row, dict) else ():
        found = entry.strip() if isinstance(entry, str) else ""
        if found:
            return quote(found if len(found) <= LONGEST_NAME else found[: LONGEST_NAME - 1].rstrip() + "…")
    return ""


def _is_idle(row: object) -> bool:
    """Is there nothing in the row, nor in the groups inside it?"""
    for entry in row.values() if isinstance(row, dict) else (row,):
        if isinstance(entry, dict):
            if not all(isinstance(inner, dict) or _is_empty(inner) for inner in entry.values()):
                return False
        elif not _is_empty(entry):
            return False
    return True


def _is_empty(entry: object) -> bool:
    return not entry or (isinstance(entry, str) and entry.isspace())


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


@cache
def _usually_by(descriptor: str) -> str:
    return f"Usually written by: {PRODUCERS[descriptor][0].lower()}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
