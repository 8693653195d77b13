"""Fixes of spelling: the name as the other side writes it."""

from __future__ import annotations

from mismatch.fixes import Proposal, change, fixer
from mismatch.text.names import key
from mismatch.wording import quote
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.findings import Finding, Place
    from mismatch.fixes import Documents


@fixer("name-spelled-differently", "name-known-otherwise", "name-mistyped")
def spell_as_the_other_side(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    if len(finding.places) == 1:
        yield from _tidied(finding.places[0])
    elif len(finding.places) > 1:
        yield from _copied(*finding.places[:2], sure=finding.rule != "name-mistyped")


@fixer("field-type-mismatch", "output-type-mismatch", "final-output-type-mismatch", "input-type-mismatch")
def spell_the_type_alike(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    if len(finding.places) != 2:
        return
    ours, theirs = finding.places
    if isinstance(ours.value, str) and isinstance(theirs.value, str) and key(ours.value) == key(theirs.value):
        yield from _copied(ours, theirs, sure=True)


def _copied(ours: Place, theirs: Place, *, sure: bool) -> Iterator[Proposal]:
    if isinstance(ours.value, str) and isinstance(theirs.value, str) and theirs.value.strip():
        yield Proposal(
            ours.descriptor,
            f"Write {quote(theirs.value)} instead of {quote(ours.value)}",
            (change(theirs.value, *_tokens(ours)),),
            sure,
        )


def _tidied(place: Place) -> Iterator[Proposal]:
    """Without spaces at the ends and what nobody can see."""
    if isinstance(place.value, str):
        plain = "".join(letter for letter in place.value if letter.isprintable() or letter.isspace())
        yield Proposal(
            place.descriptor,
            f"Write {quote(' '.join(plain.split()))} without spaces around it and invisible characters",
            (change(" ".join(plain.split()), *_tokens(place)),),
        )


def _tokens(place: Place) -> list[str | int]:
    return [int(token) if token.isdigit() else token for token in tokens(place.pointer)]
