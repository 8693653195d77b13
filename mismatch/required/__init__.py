"""Reports what has to be filled in and is not, as the [[required]] tables of the field guides declare it.

To add a required field, append one table to `descriptors/guides/<descriptor>.toml` and a silent and a firing
case to `tests/mismatch/required/test_cases.py`; nothing else changes. A slot is `path`, `path|sibling`, or
either with `:number`, `:list` or `:limits` (see `mismatch.required.blanks`).

    code      the next free one of the descriptor; permanent
    at        slot, or several: reported for each row in which all are blank, and for a list without rows
    rows      instead of `at`, a list: reported if no row has any of the `columns` (slots) filled in
    why       one sentence: what goes wrong without it
    when      { at = path, is = value or values }: asked only then; for a path in the same list, row by row
    parent    code of the check that covers this one: not looked at where the parent fires or is not asked
    optional  true: a list without rows is all right
    severity  "major" or "info"; "minor" if left out
    note      which decision stands behind it; `label` and `remedy` replace what the guide's texts give
"""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS, NAMES, PREFIXES
from mismatch.findings import Finding, place, place_at
from mismatch.fingerprint import fingerprint
from mismatch.required.checks import Check, checks, unsure
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from mismatch.reading import Doc
    from mismatch.required.blanks import Keys


class Completeness(NamedTuple):
    """How much of what a document has to say it says; `filled` and the blank codes make up `applicable`."""

    filled: int
    applicable: int
    blank_codes: tuple[str, ...]


def missing(documents: Mapping[str, Any]) -> Iterator[Finding]:
    """One finding for each required field that is blank, and one for each document that is absent.

    *documents* maps descriptor identifiers to documents of the newest version; missing, None, {} and what is
    no object at all are absent. The fields of an absent document are not reported.
    """
    for descriptor in DESCRIPTORS:
        yield from missing_in(descriptor, documents.get(descriptor))


def missing_in(descriptor: str, body: Any) -> Iterator[Finding]:
    """What `missing` says of one document."""
    if body and isinstance(body, dict):
        yield from _blank(descriptor, body)
    else:
        yield _absent(descriptor)


def completeness(descriptor: str, body: Any) -> Completeness:
    """How complete the document *body* is; nothing of an absent one (None, {}) is filled in.

    What a blank parent covers is blank as well; a check whose condition does not hold is not counted.
    """
    present = body if isinstance(body, dict) else {}
    applicable = 0
    blank: list[str] = []
    next_asked = first_uncovered = 0
    for number, check in enumerate(checks(descriptor)):
        if number < next_asked:
            continue
        if check.applies is not None and not check.applies(present):
            next_asked = check.end
            continue
        applicable += 1
        if number < first_uncovered or not present or check.search(present):
            first_uncovered = max(first_uncovered, check.end)
            blank.append(check.code)
    return Completeness(applicable - len(blank), applicable, tuple(blank))


def _blank(descriptor: str, body: Doc) -> Iterator[Finding]:
    next_asked = 0
    for number, check in unsure(descriptor, body):
        if number < next_asked:
            continue
        if check.applies is not None and not check.applies(body):
            next_asked = check.end
        elif spots := check.search(body):
            next_asked = check.end
            yield _finding(check, body, spots)


def _finding(check: Check, body: Doc, spots: Sequence[Keys]) -> Finding:
    from mismatch.required.wording import words  # a complete project does without

    message, remedy = words(check, body, spots)
    descriptor = check.descriptor
    documents = {descriptor: body}
    return Finding(
        check.slug,
        check.code,
        "missing",
        "fail",
        check.severity,
        message,
        remedy,
        tuple([place_at(documents, (descriptor, *keys)) for keys in spots]),
        fingerprint(check.slug),
    )


def _absent(descriptor: str) -> Finding:
    from mismatch.required.wording import absence

    code = f"{PREFIXES[descriptor]}-00"
    slug = code.lower()
    message, remedy = absence(descriptor)
    whole = place({}, descriptor)._replace(value=None, label=NAMES[descriptor])
    return Finding(slug, code, "missing", "fail", "info", message, remedy, (whole,), fingerprint(slug))
