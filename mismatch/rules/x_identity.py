"""Which pipeline and which data the descriptors are about."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, text
from mismatch.rules._links import (
    IDENTIFIERS,
    MODEL,
    PIPELINE,
    RAW,
    TRAINING,
)
from mismatch.text.names import key
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Hit
    from mismatch.reading import Doc

DEFINED = {
    PIPELINE: ("pipeline_identifier", "pipeline_version", ""),
    TRAINING: ("dataset_identifier", "dataset_version", "dataset_name"),
    RAW: ("dataset_identifier", "dataset_version", "dataset_name"),
}
"""Descriptor → its fields for identifier, version and name."""


@rule(
    "identifier-link-broken",
    code="X101",
    severity="major",
    pack="x",
    risk="None known: an identifier is copied, not worded anew.",
    source="The original TEC compares these identifiers, but only when a form is saved; imports skip it.",
)
def identifier_link_broken(
    trained_model: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    raw_data: Doc = NOTHING,
) -> Found:
    """A descriptor names another pipeline or dataset than the project describes.

    Results cannot be reproduced, and no other comparison means anything, if the descriptors are about
    different artefacts: the model was trained on one dataset, and the project describes another.

    Remedy: Copy the identifier from the descriptor that defines it, or load the descriptor it
    belongs to.

    Example: The model names the training data “TRAIN-3”, the Training Data descriptor is “TRAIN-4”. It is
    silent if both say “TRAIN-4”, and leaves “Train 4” against “TRAIN-4” to name-spelled-differently.

    Decision: The identifier together with its version, as in “TRAIN-4 v1.2”, is the same identifier.

    Decision: If the name of the dataset stands where its identifier belongs, the finding is minor.

    Decision: An identifier that is blank on one side only is minor, since the link is then neither right nor
    wrong; blank on both sides it cannot be told.
    """
    bodies = {MODEL: trained_model, PIPELINE: data_pipeline, TRAINING: training_data, RAW: raw_data}
    if not any(bodies[ours] and bodies[theirs] for ours, _, theirs, _ in IDENTIFIERS):
        yield CANNOT_TELL if any(bodies.values()) else NOT_APPLICABLE
        return
    for ours, field, theirs, their_field in IDENTIFIERS:
        have, want = text(bodies[ours], field), text(bodies[theirs], their_field)
        if not (bodies[ours] and bodies[theirs]) or not (have or want):
            yield CANNOT_TELL
        elif have and want:
            if key(have) != key(want):
                yield from _other_artefact(bodies, (ours, field, theirs, their_field))
        else:
            yield _one_sided(have, want, (ours, field, theirs, their_field))


def _other_artefact(bodies: dict[str, Doc], link: tuple[str, str, str, str]) -> Iterator[Hit]:
    ours, field, theirs, their_field = link
    have, want = text(bodies[ours], field), text(bodies[theirs], their_field)
    _, version, name = DEFINED[theirs]
    stated = text(bodies[theirs], version).strip()
    core = key(have)
    if stated and core in {key(f"{want} {lead}{stated}") for lead in ("", "v", "version ", "@")}:
        return
    named = bool(name) and core == key(text(bodies[theirs], name))
    said = f"{NAMES[ours]} belongs to {_artefact(field)} {quote(have)}, but {NAMES[theirs]} describes "
    yield hit(
        f"{said}{quote(want)}{'; that is its name, not its identifier' if named else ''}.",
        (ours, field),
        (theirs, their_field),
        key=("identifier", field),
        severity="minor" if named else "",
    )


def _one_sided(have: str, want: str, link: tuple[str, str, str, str]) -> Hit:
    ours, field, theirs, their_field = link
    if have:
        said = f"{NAMES[ours]} belongs to {_artefact(field)} {quote(have)}, but {NAMES[theirs]} has no "
        said += "identifier"
        places = ((theirs, their_field), (ours, field))
    else:
        said = (
            f"{NAMES[theirs]} is {quote(want)}, but {NAMES[ours]} does not say which {_artefact(field)[4:]}"
        )
        said += " it belongs to"
        places = ((ours, field), (theirs, their_field))
    explains = (("rd-01", ()),) if theirs == RAW and have else ()
    return hit(f"{said}.", *places, key=("identifier", field), severity="minor", explains=explains)


def _artefact(field: str) -> str:
    """The pipeline, the training data, the raw data."""
    return "the " + field.removesuffix("_identifier").replace("_", " ")
