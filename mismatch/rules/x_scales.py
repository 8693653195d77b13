"""Units and scales of the values that two descriptors state for the same thing."""

from __future__ import annotations

from functools import lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, rows, text, text_of, texts
from mismatch.rules._pairs import (
    ENVIRONMENT,
    MODEL,
    PIPELINE,
    PRODUCTION,
    STEPS,
    TRAINING,
    arriving,
    delivered,
    handed_on,
    mapped_fields,
    values_place,
)
from mismatch.rules._ranges import APART, SCALED, UNKNOWN, compared, written
from mismatch.text.measures import NONE, measure
from mismatch.text.names import words, wordset
from mismatch.text.ranges import Interval, values
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side
    from mismatch.rules._ranges import Compared
    from mismatch.text.measures import Measure

HOLDERS = {
    TRAINING: "training",
    PRODUCTION: "production",
    PIPELINE: "the pipeline",
    MODEL: "the model",
    ENVIRONMENT: "the development environment",
}
CONVERTED = wordset(
    "convert converts converted conversion rescale rescales rescaled scale scales scaled divide divides "
    "divided multiply multiplies multiplied"
)
CONFUSED = {"power", "energy"}
"""Kinds that are taken for one another: MW and MWh."""
TOWARDS = wordset("to into in from as")
UNITS = wordset("unit units celsius kelvin fahrenheit")


def _all_pairs(
    training: Doc, production: Doc, pipeline: Doc, model: Doc, environment: Doc, memo: Memo
) -> Compared:
    """All rows that stand for the same value, the side that has to fit in front; of several that meet at one
    input of the pipeline, what upstream says comes first."""
    fields = [pair[::-1] for pair in mapped_fields(training, production, memo)]
    return [
        *compared("delivered", delivered(pipeline, environment, memo), memo),
        *compared("handed on", handed_on(model, environment, memo), memo),
        *compared("mapped fields", fields, memo),
        *compared("arriving", arriving(production, pipeline, memo), memo),
    ]


def _changing(inner: Side, outer: Side) -> tuple[Side, Side]:
    """The two sides, that in front which has to change first: never the environment or production."""
    return (inner, outer) if inner.specified else (outer, inner)


@rule(
    "share-against-per-cent",
    code="X313",
    severity="major",
    pack="x",
    risk="A flag or count that happens to run from 0 to 1 or to 100. Rare, and worth a look then too.",
    source="Experience: one team hands over probabilities as 0 to 1, the other expects 0 to 100.",
)
def share_against_per_cent(
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """One side gives a value as a share from 0 to 1, the other in per cent.

    Nothing fails: 0.8 is a legal percentage, and a very small one. Thresholds and averages are off by a
    factor of a hundred.

    Remedy: Agree on one scale, or make the conversion a step.

    Example: The model delivers a score of 0 to 1, and the dashboard takes “0 - 100”. It is silent for 0 to 1
    against “0 - 1”, and for 0 to 10.

    Decision: Only ranges of exactly 0 to 1 against 0 to 100 count. Types that contradict each other are left
    to the rules on types.
    """
    documents = (training_data, production_data, data_pipeline, trained_model, development_environment)
    seen = set()
    judged = False
    for inner, outer, passed in _all_pairs(*documents, memo):
        judged = judged or passed not in {APART, UNKNOWN}
        if passed == SCALED:
            ours, theirs = _changing(inner, outer)
            if ours.at not in seen:
                seen.add(ours.at)
                yield hit(
                    f"{quote(ours.name)} is {written(ours)} for {_holder(ours)}, but {quote(theirs.name)} is "
                    f"{written(theirs)} for {_holder(theirs)}: one is a share, the other per cent.",
                    values_place(ours, "max_value"),
                    values_place(theirs, "max_value"),
                    key=(str(ours.at[0]), ours.name),
                )
    if not judged:
        yield NOT_APPLICABLE if all(documents) else CANNOT_TELL


@rule(
    "units-differ",
    code="X314",
    severity="major",
    pack="x",
    risk="A conversion that no step names. Only “in” with a unit, and a unit in brackets, are read.",
    source="Experience, and a lost Mars orbiter.",
)
def units_differ(
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Two sides give the same value in different units.

    Numbers carry no unit. Seconds read as milliseconds are legal values, and every prediction made of them is
    wrong.

    Remedy: Agree on one unit, or name the conversion in a step of the pipeline.

    Example: “Limit in minutes” is handed to “Limit in seconds”. It is silent for “in EUR” against “(EUR)”,
    and where one side names no unit.

    Decision: Only units of one kind are compared, such as two of time or two currencies, and MW with MWh. If
    a step speaks of units, of going to one of these or of converting this very value, it is only worth
    knowing: a step of the pipeline for inputs, of post-processing for outputs.
    """
    documents = (training_data, production_data, data_pipeline, trained_model, development_environment)
    seen = set()
    judged = False
    for inner, outer, _ in _all_pairs(*documents, memo):
        differ = _units(*_said(inner), *_said(outer))
        judged = judged or differ is not None
        if differ:
            ours, theirs = _changing(inner, outer)
            if ours.at not in seen:
                seen.add(ours.at)
                known = _converted(
                    data_pipeline,
                    trained_model,
                    memo,
                    differ,
                    (ours.name, theirs.name),
                    after=inner.at[0] == MODEL,
                )
                yield _differing(ours, theirs, known)
    if not judged:
        yield NOT_APPLICABLE if all(documents) else CANNOT_TELL


def _said(side: Side) -> tuple[str, str]:
    """The description of a value, and the words on its range."""
    row = side.row
    described = row.get(side.description_field)
    words = row.get("expected_values")
    return (
        described if described.__class__ is str else text_of(described),
        words if words.__class__ is str else text_of(words),
    )


@lru_cache(maxsize=8192)
def _units(here: str, words: str, there: str, other_words: str) -> tuple[Measure, ...] | None:
    """The two units if they differ, () if they agree, None without two units of one kind."""
    ours, theirs = _unit(here, words), _unit(there, other_words)
    if not ours.kind or (ours.kind != theirs.kind and {ours.kind, theirs.kind} != CONFUSED):
        return None
    return () if ours[:2] == theirs[:2] else (ours, theirs)


def _unit(description: str, words: str) -> Measure:
    """The unit that a description names, or else the words on the range of the values."""
    found = measure(description)
    if found is NONE and words:
        stated = values(words, True)
        if isinstance(stated, Interval) and stated.unit:
            found = measure(f"in {stated.unit}")
    return found


def _differing(ours: Side, theirs: Side, known: bool) -> Hit:
    here, there = _unit(*_said(ours)), _unit(*_said(theirs))
    reason = "; a step of processing seems to convert it" if known else ""
    return hit(
        f"{quote(ours.name)} is in {here.written} for {_holder(ours)}, but {quote(theirs.name)} is in "
        f"{there.written} for {_holder(theirs)}{reason}.",
        _unit_place(ours),
        _unit_place(theirs),
        key=(str(ours.at[0]), ours.name),
        severity="info" if known else "",
    )


def _holder(side: Side) -> str:
    return HOLDERS[str(side.at[0])]


def _unit_place(side: Side) -> At:
    described = measure(text(side.row, side.description_field))
    return side.place(side.description_field if described.kind else "expected_values")


def _converted(
    pipeline: Doc,
    model: Doc,
    memo: Memo,
    units: tuple[Measure, ...],
    names: tuple[str, str],
    *,
    after: bool,
) -> bool:
    """Does a step of processing, *after* the model or before it, speak of converting units or this value, or
    of going to one of the units? The name “power_kw” does not."""
    before: list[list[tuple[str, ...]]] | None = memo.get("processing")
    if before is None:
        said = [" ".join([text(row, step) for step in STEPS]) for row in rows(pipeline, "pipeline_steps")]
        memo["processing"] = before = [
            [words(step) for step in said],
            [words(step) for step in texts(model, "post_processing_process")],
        ]
    spelled = {word for each in units for word in words(each.written) if len(word) > 1}
    letters = {word for each in units for word in words(each.written) if len(word) == 1}
    stems = {word[:4] for name in names for word in words(name) if len(word) > 2}
    return any(
        not UNITS.isdisjoint(step)
        or any(
            word in spelled and (not at or not TOWARDS.isdisjoint(step[max(0, at - 2) : at]))
            for at, word in enumerate(step)
        )
        or (
            not CONVERTED.isdisjoint(step)
            and any(word[:4] in stems or word in letters or word in spelled for word in step)
        )
        for step in before[after]
    )
