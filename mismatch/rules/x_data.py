"""Types and values of the same field in Raw Data, Training Data, Production Data and the pipeline."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, Param, hit, rule
from mismatch.reading import NOTHING, rows
from mismatch.rules._pairs import arriving, mapped_fields, nothing_to_compare, raw_fields, upstream
from mismatch.rules._ranges import UNKNOWN, compared, excess, passed_places, written
from mismatch.rules._taught import documented
from mismatch.text.types import CONFLICT, LOSSY, conversion
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

    Explained: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

LOST = {
    CONFLICT: "values of one cannot be read as the other",
    LOSSY: "part of the value gets lost",
}


@rule(
    "raw-type-conflict",
    code="X301",
    severity="minor",
    pack="x",
    risk="A conversion that everybody knows and nobody wrote down. Name it in the preparation.",
    source="Study of ML mismatches: details of data preparation were missing.",
)
def raw_type_conflict(raw_data: Doc, training_data: Doc, *, memo: Memo) -> Found:
    """A field has a type in training that its raw values do not fit into.

    Somewhere in the preparation the values are converted. If no step says how, this is where values get lost
    unnoticed, and nobody can repeat it for new data.

    Remedy: Name the conversion in a step of the preparation, or correct the type.

    Example: “weight” is string in the raw data and float in training. It is silent for integer and float,
    which loses nothing, and for two names of one type.

    Decision: Fields are the same if their names are, whatever their case and spacing; or if training maps
    its field to a production field of the raw name.

    Decision: If a step of the preparation names the field, the finding is only worth knowing.
    """
    pairs = raw_fields(raw_data, training_data, memo)
    waiting = False
    for ours, theirs in pairs:
        becomes = conversion(ours.type, theirs.type)
        if not becomes:
            waiting = True
        elif becomes in LOST:
            known = documented(theirs.name, training_data, memo)
            said = (
                f"{quote(ours.name)} is {quote(ours.type)} as raw data and {quote(theirs.type)} in training"
            )
            said += "; a step of the preparation names it." if known else f": {LOST[becomes]}."
            yield hit(
                said,
                theirs.place("field_type"),
                ours.place("field_type"),
                key=(ours.name,),
                severity="info" if known else "",
            )
    if waiting:
        yield CANNOT_TELL
    elif not pairs:
        yield nothing_to_compare(rows(raw_data, "schema"), rows(training_data, "schema"))


@rule(
    "arriving-type-conflict",
    code="X302",
    severity="critical",
    pack="x",
    risk="Two things of one name that are not the same. Low: the names are meant to agree.",
    source="Consistent schema across the system: what arrives is what the pipeline was built for.",
)
def arriving_type_conflict(
    production_data: Doc, data_pipeline: Doc, development_environment: Doc = NOTHING, *, memo: Memo
) -> Found:
    """A field arrives in production with a type that the pipeline does not take.

    The pipeline was built and tested with one type; in production the first record of the other type is
    refused or misread.

    Remedy: Agree on one type, or make the conversion the first step of the pipeline.

    Example: Production delivers “complaint” as string, the pipeline takes an input “complaint” as Integer.
    It is silent for integer and Float, and for a type that is not known, such as Other.

    Decision: A production field is compared with the input of its name, or with the one whose mapping names
    it. A value that merely loses its decimals is minor.

    Decision: If the upstream component delivers the same wrong type, input-type-mismatch says so, and this
    finding points to it.
    """
    pairs = arriving(production_data, data_pipeline, memo)
    waiting = False
    for ours, theirs in pairs:
        becomes = conversion(ours.type, theirs.type)
        if not becomes:
            waiting = True
        elif becomes in LOST:
            yield hit(
                f"{quote(ours.name)} arrives in production as {quote(ours.type)}, but the pipeline takes "
                f"{quote(theirs.name)} as {quote(theirs.type)}: {LOST[becomes]}.",
                theirs.place("item_type"),
                ours.place("field_type"),
                key=(theirs.name,),
                severity="minor" if becomes == LOSSY else "",
                explains=_same_upstream(
                    theirs, becomes, upstream(data_pipeline, development_environment, memo)
                ),
            )
    if waiting:
        yield CANNOT_TELL
    elif not pairs:
        yield nothing_to_compare(rows(production_data, "schema"), rows(data_pipeline, "input_spec"))


def _same_upstream(item: Side, becomes: str, sources: Mapping[At, Side]) -> Explained:
    """The finding on the type of *item* that says the same of the component that delivers it."""
    source = sources.get(item.at)
    if source is None or conversion(source.type, item.type) != becomes:
        return ()
    return (("input-type-mismatch", (item.name,)),)


@rule(
    "production-beyond-training",
    code="X303",
    severity="major",
    pack="x",
    params={"margin": Param(0.01, "part of the width of the training range that may be passed")},
    risk="Low where both ranges are understood. A production range that is written down generously.",
    source="Checks of production against training values: unknown categories, values out of bounds.",
)
def production_beyond_training(
    training_data: Doc, production_data: Doc, *, memo: Memo, margin: float
) -> Found:
    """A field takes values in production that training never showed.

    The model has to guess beyond what it has seen, or meets a category it has no weight for. Both look like
    an ordinary answer.

    Remedy: Add such cases to the training data, clip or refuse them in the pipeline, or correct the range.

    Example: Training covers 0 - 40000 requests, production expects 0 - 90000. It is silent if production
    stays within, and where training states no upper end.

    Decision: A range that reaches beyond by no more than the margin, a share of the width of the training
    range, is only worth knowing. Texts that are no range and no list are not judged.
    """
    pairs = mapped_fields(training_data, production_data, memo)
    waiting = False
    for theirs, ours, passed in compared("mapped fields", [pair[::-1] for pair in pairs], memo):
        if isinstance(passed, str):
            waiting = waiting or passed == UNKNOWN
            continue
        slight = passed.share <= margin
        yield hit(
            f"Production expects {quote(theirs.name)} as {written(theirs)}, training knows {written(ours)}: "
            f"{passed.extra} new to the model{', if only just' if slight else ''}.",
            *passed_places(ours, passed),
            *passed_places(theirs, passed),
            key=(ours.name,),
            severity="info" if slight else "",
        )
    if waiting:
        yield CANNOT_TELL
    elif not pairs:
        yield nothing_to_compare(rows(training_data, "schema"), rows(production_data, "schema"))


@rule(
    "arriving-beyond-pipeline",
    code="X312",
    severity="major",
    pack="x",
    risk="Low where both sides are understood.",
    source="Experience: the limits of an interface are set once, the live data grows.",
)
def arriving_beyond_pipeline(
    production_data: Doc, data_pipeline: Doc, development_environment: Doc = NOTHING, *, memo: Memo
) -> Found:
    """A field takes values in production that the pipeline refuses.

    What production regards as ordinary is an error to the pipeline: records are dropped or answered with an
    error code, and nobody has planned for it.

    Remedy: Widen the limits of the input, clip the values in a step of the pipeline, or correct the range.

    Example: Production expects 0 - 90000 requests, the input takes 0 to 40000. It is silent if the input
    takes more than arrives, and where one side states no limits.

    Decision: If the upstream component states the same values, interface-range-exceeded says so, and this
    finding points to it. Limits of a Float that look as if their decimals had been cut off make it minor.
    """
    pairs = arriving(production_data, data_pipeline, memo)
    waiting = False
    for ours, theirs, passed in compared("arriving", pairs, memo):
        if isinstance(passed, str):
            waiting = waiting or passed == UNKNOWN
            continue
        yield hit(
            f"Production expects {quote(ours.name)} as {written(ours)}, but the pipeline takes "
            f"{quote(theirs.name)} as {written(theirs)}: {passed.extra} refused"
            + ("; the decimals of the limits may have been cut off." if passed.cut else "."),
            *passed_places(theirs, passed),
            *passed_places(ours, passed),
            key=(theirs.name,),
            severity="minor" if passed.cut else "",
            explains=_beyond_upstream(theirs, upstream(data_pipeline, development_environment, memo)),
        )
    if waiting:
        yield CANNOT_TELL
    elif not pairs:
        yield nothing_to_compare(rows(production_data, "schema"), rows(data_pipeline, "input_spec"))


def _beyond_upstream(item: Side, sources: Mapping[At, Side]) -> Explained:
    """The finding that says the same of the component that delivers *item*."""
    source = sources.get(item.at)
    if source is None or isinstance(excess(source, item), str):
        return ()
    return (("interface-range-exceeded", ("data_pipeline", item.name)),)


@rule(
    "training-beyond-raw",
    code="X316",
    severity="minor",
    pack="x",
    params={"margin": Param(0.01, "part of the width of the raw range that may be passed")},
    risk="A field that the preparation changes while it keeps its name. Name it in a step.",
    source="Experience: what the raw data cannot contain was made on the way.",
)
def training_beyond_raw(raw_data: Doc, training_data: Doc, *, memo: Memo, margin: float) -> Found:
    """A field takes values in training that its raw data does not have.

    Either one of the two ranges is wrong, or the preparation makes values that no step accounts for.

    Remedy: Correct the range, or say in the preparation where the values come from.

    Example: “age” is 18 - 104 in the raw data and 0 - 104 in training. It is silent if training keeps
    within the raw range, as after capping.

    Decision: If a step of the preparation names the field, or the range is passed by no more than the
    margin, a share of the width of the raw range, the finding is only worth knowing.
    """
    pairs = raw_fields(raw_data, training_data, memo)
    waiting = False
    for theirs, ours, passed in compared("raw fields", [pair[::-1] for pair in pairs], memo):
        if isinstance(passed, str):
            waiting = waiting or passed == UNKNOWN
            continue
        known = documented(theirs.name, training_data, memo)
        reason = "; a step of the preparation names it" if known else ""
        yield hit(
            f"{quote(theirs.name)} is {written(theirs)} in training, but the raw data has {written(ours)}: "
            f"{passed.extra} not in it{reason}.",
            theirs.place("expected_values"),
            ours.place("expected_values"),
            key=(ours.name,),
            severity="info" if known or passed.share <= margin else "",
        )
    if waiting:
        yield CANNOT_TELL
    elif not pairs:
        yield nothing_to_compare(rows(raw_data, "schema"), rows(training_data, "schema"))
