"""Dates that are none, lie in the future, or come in an impossible order."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, rows, text
from mismatch.text.dates import day, is_part_of_year, iso_day, span
from mismatch.text.names import key, words
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

RAW, MODEL, DEVELOPMENT = "raw_data", "trained_model", "development_environment"
COLLECTED: At = (RAW, "metadata", "collection_date")
TIMEFRAME: At = (RAW, "metadata", "timeframe")
TRAINED: At = (MODEL, "training_date")
EARLIEST, LATEST = 1900, 2199


def _dates(raw: Doc, model: Doc, environment: Doc) -> Iterator[tuple[At, str, str]]:
    """The dates that are given: where, what they are, and what is written there."""
    for at, said, found in (
        (COLLECTED, "collection date", text(group(raw, "metadata"), "collection_date")),
        (TRAINED, "training date", text(model, "training_date")),
    ):
        if found:
            yield at, said, found
    for place, row in enumerate(rows(environment, "milestones")):
        found = text(row, "milestone_date")
        if found:
            milestone = text(row, "milestone")
            said = f"date of the milestone {quote(milestone)}" if milestone else "date of a milestone"
            yield (DEVELOPMENT, "milestones", place, "milestone_date"), said, found


def _key(at: At, said: str) -> tuple[str, ...]:
    return (str(at[-1]), said) if at[0] == DEVELOPMENT else (str(at[-1]),)


@rule(
    "date-invalid",
    code="X801",
    severity="minor",
    pack="x",
    risk="None.",
    source="The schema asks for dates, and nothing insists on them.",
)
def date_invalid(
    raw_data: Doc = NOTHING, trained_model: Doc = NOTHING, development_environment: Doc = NOTHING
) -> Found:
    """What is given as a date is none.

    A date that cannot be read cannot be compared, and 03/04 is March to some and April to others.

    Remedy: Write the date as year, month and day, as in 2025-04-02.

    Example: The training date is “2025-02-30”, or “02/04/2025”. It is silent at “2025-04-02”.

    Decision: A time of day behind the date does not matter, nor that 20250402 has no dashes. A year before
    1900 or after 2199 is a typing error.

    Decision: What people read as one day, such as “2 April 2025” and “02.04.2025”, is compared as that day,
    so that it is worth knowing only, unless other dates of the same list begin with the year. So is a month
    or quarter as the date of a milestone.
    """
    seen = False
    plans = [iso_day(text(row, "milestone_date")) for row in rows(development_environment, "milestones")]
    for at, said, found in _dates(raw_data, trained_model, development_environment):
        seen = True
        known = day(found)
        if known is None or not EARLIEST <= known.year <= LATEST:
            vague = known is None and is_part_of_year(found)
            what = "no single day" if vague else f"no {'plausible ' if known else ''}date"
            yield hit(
                f"The {said} is {quote(found)}, which is {what}.",
                at,
                key=_key(at, said),
                severity="info" if vague and at[0] == DEVELOPMENT else "",
            )
        elif iso_day(found) is None:
            mixed = at[0] == DEVELOPMENT and any(plans) and not any(sign.isalpha() for sign in found)
            yield hit(
                f"The {said} is {quote(found)}, which people read as {known}, and programs may not"
                f"{'; other dates of the list are in another order' if mixed else ''}.",
                at,
                key=_key(at, said),
                severity="" if mixed else "info",
            )
    if not seen:
        yield CANNOT_TELL


@rule(
    "date-in-future",
    code="X804",
    severity="minor",
    pack="x",
    risk="Low: a planned training may be recorded ahead.",
    source="What has not happened yet cannot have been measured.",
)
def date_in_future(raw_data: Doc = NOTHING, trained_model: Doc = NOTHING, *, today: date) -> Found:
    """Data were collected, or the model was trained, in the future.

    The date is wrong, or the descriptor states a plan as a fact.

    Remedy: Correct the date, or wait with the entry until it is true.

    Example: The model was trained on 2025-12-01, and it is November. It is silent up to tomorrow, when it
    may already be elsewhere.

    Decision: Milestones may lie in the future.
    """
    seen = False
    for at, said, found in _dates(raw_data, trained_model, NOTHING):
        known = day(found)
        seen = seen or known is not None
        if known and known.toordinal() > today.toordinal() + 1:
            yield hit(f"The {said} is {quote(found)}, which is still to come.", at, key=_key(at, said))
    if not seen:
        yield CANNOT_TELL


@rule(
    "collected-after-training",
    code="X802",
    severity="major",
    pack="x",
    risk="Low: the collection may go on after the training.",
    source="Lineage: a model can only have learnt from what was there (Breck et al., Monitor 4).",
)
def collected_after_training(raw_data: Doc, trained_model: Doc, training_data: Doc = NOTHING) -> Found:
    """The raw data were collected after the model was trained.

    The model cannot have been trained on these data, so nothing said about them holds for it.

    Remedy: Load the descriptor of the data that were used, train again, or correct the date.

    Example: The model was trained in April 2025 on data collected in June 2025. It is silent if they were
    collected in March.

    Decision: The end of the timeframe counts as well, if it is a day; it is major only if it lies more than
    a month after the training.

    Decision: Where the timeframe began before the training and is still open, it is minor. If the
    identifiers say that the model was trained on other data, nobody can tell.
    """
    metadata = group(raw_data, "metadata")
    collected, trained = day(text(metadata, "collection_date")), day(text(trained_model, "training_date"))
    covered = span(text(metadata, "timeframe"))
    linked = _same_or_blank(trained_model, "training_data_identifier", training_data, "dataset_identifier")
    linked = linked and _same_or_blank(training_data, "raw_data_identifier", raw_data, "dataset_identifier")
    if trained is None or not linked or (collected is None and covered is None):
        yield CANNOT_TELL
    elif collected and collected > trained:
        goes_on = covered is not None and covered.end is None and covered.start <= trained
        yield hit(
            f"The data were collected on {collected}, after the model was trained on {trained}"
            f"{'; the collection goes on' if goes_on else ''}.",
            COLLECTED,
            TRAINED,
            key=(),
            severity="minor" if goes_on else "",
        )
    elif covered and covered.end and covered.stated and covered.end > trained:
        late = (covered.end - trained).days > 31
        yield hit(
            f"The data reach until {covered.end}, but the model was trained on {trained}.",
            TIMEFRAME,
            TRAINED,
            key=(),
            severity="" if late else "minor",
        )


def _same_or_blank(one: Doc, field: str, other: Doc, its_field: str) -> bool:
    first, second = key(text(one, field)), key(text(other, its_field))
    return not first or not second or first == second


HANDED_OVER = ("deliver", "integrat", "release", "deploy", "rollout", "handover", "handoff")


@rule(
    "trained-after-delivery",
    code="X803",
    severity="info",
    pack="x",
    risk="Medium: a model of a live system is trained again.",
    source="What was tested at the milestone was another model.",
)
def trained_after_delivery(trained_model: Doc, development_environment: Doc) -> Found:
    """The model was trained after the milestone at which it was to be delivered.

    The tests made at the milestone covered another model than the one described.

    Remedy: Repeat the tests of the milestone, or add a milestone for the new model.

    Example: The model was trained in April, and “Release 25.3” was in March. It is silent if the release is
    in June.

    Decision: Only milestones that deliver, integrate, release, deploy or hand over. It is minor if no
    milestone is left after the training.
    """
    trained = day(text(trained_model, "training_date"))
    known = [
        (place, text(row, "milestone"), found)
        for place, row in enumerate(rows(development_environment, "milestones"))
        if (found := day(text(row, "milestone_date"))) is not None
    ]
    if trained is None or not known:
        yield CANNOT_TELL
        return
    all_past = all(found < trained for _, _, found in known)
    for place, milestone, found in known:
        if found < trained and _hands_over(milestone):
            yield hit(
                f"The model was trained on {trained}, after the milestone {quote(milestone)} of {found}"
                f"{', and no milestone is left' if all_past else ''}.",
                (DEVELOPMENT, "milestones", place, "milestone_date"),
                TRAINED,
                key=(milestone,),
                severity="minor" if all_past else "",
            )


def _hands_over(milestone: str) -> bool:
    joined = milestone.lower().replace("hand-", "hand").replace("hand o", "hando").replace("roll-", "roll")
    return any(word.startswith(HANDED_OVER) for word in words(joined))


@rule(
    "timeframe-impossible",
    code="X805",
    severity="minor",
    pack="x",
    risk="Low: the collection date may be the day on which the collection began.",
    source="Dates of one descriptor have to fit together.",
)
def timeframe_impossible(raw_data: Doc) -> Found:
    """The timeframe of the raw data ends before it starts, or after the data were collected.

    The data cannot cover the time they are said to cover, so nobody knows which time they stand for.

    Remedy: Correct the timeframe or the collection date.

    Example: The data cover 2024-12-31 to 2022-01-01. It is silent for 2022-01-01 to 2024-12-31, collected in
    January 2025.

    Decision: A collection date in the first month of the timeframe may be the day it began, so an end more
    than a month after it is worth knowing only. So is the end of a year during which they were collected.
    """
    metadata = group(raw_data, "metadata")
    covered, collected = span(text(metadata, "timeframe")), day(text(metadata, "collection_date"))
    if covered is None:
        yield CANNOT_TELL if text(metadata, "timeframe") else NOT_APPLICABLE
    elif covered.end and covered.end < covered.start:
        yield hit(
            f"The timeframe {quote(text(metadata, 'timeframe'))} ends before it starts.",
            TIMEFRAME,
            key=("order",),
        )
    elif collected and collected < covered.start:
        yield hit(
            f"The data were collected on {collected}, before the time they cover, which starts on "
            f"{covered.start}.",
            TIMEFRAME,
            COLLECTED,
            key=("collected",),
        )
    elif collected and covered.end and (covered.end - collected).days > 31:
        vague = not covered.stated and covered.end.year == collected.year
        yield hit(
            f"The data cover the time until {covered.end}, but were collected on {collected}.",
            TIMEFRAME,
            COLLECTED,
            key=("collected",),
            severity="info" if (collected - covered.start).days <= 31 or vague else "",
        )
