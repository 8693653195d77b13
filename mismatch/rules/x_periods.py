"""The times that the data are from: of training, evaluation and test, and as the project was planned."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, text
from mismatch.rules._pairs import RAW, TRAINING
from mismatch.rules.x_context import AVAILABLE, LONGEST
from mismatch.text.dates import span
from mismatch.text.names import key, words, wordset
from mismatch.text.times import times
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc
    from mismatch.text.times import Named

MODEL = "trained_model"
BY_TIME = wordset(
    "time temporal temporally chronological chronologically date dates day week weeks month months year "
    "years quarter season latest last forward walk future zeitlich zeit chronologique temporel"
)
MIXED = wordset("random randomly shuffle shuffled fold folds cross bootstrap stratified")
SOME = wordset(
    "except excluding without but minus apart held holdout reserved test evaluation validation ohne sauf"
)
NEARLY = 31
"""Days that two times may share: a boundary that is given as the same month on both sides."""


@rule(
    "evaluated-on-training-time",
    code="X522",
    severity="major",
    pack="x",
    risk="Low: only where the split is said to be one of time, and each text names one time.",
    source="A split by time proves that the future can be predicted only if the parts do not overlap.",
)
def evaluated_on_training_time(trained_model: Doc, training_data: Doc = NOTHING) -> Found:
    """The split is one of time, and two of its parts are from the same time.

    What the model was trained on comes back in the evaluation or the test, so that the result says nothing
    about the time ahead.

    Remedy: Evaluate and test with what lies behind the time of the training, or correct the description.

    Example: The training data are from “Jan 2023 to Aug 2024”, and the test, with an out-of-time split, from
    “Mar-Apr 2024”. It is silent for “Nov-Dec 2024”, and for a random split.

    Decision: The algorithm of the evaluation has to name time, and nothing random. Each text has to name one
    time only: the training data in their name or description a span with both ends, without “except”, “test”
    and the like; the parts in their names, a month, a quarter, a year or a span.

    Decision: An overlap of up to a month is a boundary. It is minor if less than all of a part overlaps. Of
    training data “from 2023 and 2024” the last year may be meant in part, so that it is not compared.
    """
    dataset = group(trained_model, "evaluation_dataset")
    method = words(text(dataset, "algorithm"))
    if BY_TIME.isdisjoint(method) or not MIXED.isdisjoint(method):
        yield NOT_APPLICABLE if method else CANNOT_TELL
        return
    parts = [
        (at, found, said)
        for name in ("evaluation_dataset", "test_dataset")
        if (found := _only(said := text(group(trained_model, name), "name")))
        for at in [(MODEL, name, "name")]
    ]
    trained: list[tuple[At, Named, str]] = []
    for field in ("dataset_description", "dataset_name"):
        said = text(training_data, field)
        found = _only(said)
        if found and found.ranged and SOME.isdisjoint(words(said)):
            trained.append(((TRAINING, field), found, said))
            break
    if len(parts) + len(trained) < 2:
        yield CANNOT_TELL
    known = trained[:1]
    for at, found, said in parts:
        for there, other, told in known:
            late = other.coarse and other.span.end and found.span.start.year == other.span.end.year
            shared = 0 if late else _shared(found, other)
            if shared and key(said) != key(told):
                yield hit(
                    f"{quote(said)} is from the time of {quote(told)}, although the split is one of time.",
                    at,
                    there,
                    key=(str(at[1]), str(there[0 if there[0] == TRAINING else 1])),
                    severity="" if shared == 1 else "minor",
                )
        known.append((at, found, said))


@rule(
    "evaluated-outside-timeframe",
    code="X523",
    severity="minor",
    pack="x",
    risk="Low: the evaluation may be made with data of another source.",
    source="What is held out for the evaluation is a part of the data described.",
)
def evaluated_outside_timeframe(trained_model: Doc, raw_data: Doc) -> Found:
    """The data of the evaluation are from a time that the raw data do not cover.

    What was held out cannot be from before the data begin or after they end: one of the two texts is of
    another version.

    Remedy: Correct the name of the data or the timeframe, or describe where the other data come from.

    Example: The raw data cover 2023 and 2024, and the evaluation was made on “Sep-Oct 2022”. It is silent
    for “Sep-Oct 2024”, and for “December 2024 and January 2025”.

    Decision: Only where no year of the one lies in the other, and the name of the data tells one time. A test
    may be made later with new data, so only a test from before the timeframe counts.
    """
    covered = span(text(group(raw_data, "metadata"), "timeframe"))
    named = [
        (name, said, found)
        for name in ("evaluation_dataset", "test_dataset")
        if (found := _only(said := text(group(trained_model, name), "name")))
    ]
    if covered is None or not named:
        yield CANNOT_TELL
        return
    for name, said, found in named:
        before = found.span.end is not None and found.span.end.year < covered.start.year
        after = covered.end is not None and found.span.start.year > covered.end.year
        if before or (after and name == "evaluation_dataset"):
            yield hit(
                f"{quote(said)} is {'before' if before else 'after'} the time that the raw data cover, "
                f"{quote(text(group(raw_data, 'metadata'), 'timeframe'))}.",
                (MODEL, name, "name"),
                (RAW, "metadata", "timeframe"),
                key=(name,),
            )


def _only(said: str) -> Named | None:
    """The one time that a text names."""
    found = times(said)
    return found[0] if len(found) == 1 else None


def _shared(part: Named, other: Named) -> float:
    """How much of a time lies in the other, 0 to 1; 0 for a boundary."""
    start, end = max(part.span.start, other.span.start), part.span.end
    if end is None or other.span.end is None:
        return 0
    days = (min(end, other.span.end) - start).days + 1
    whole = (end - part.span.start).days + 1
    return min(days / whole, 1) if days > NEARLY or days == whole else 0


@rule(
    "years-stated-otherwise",
    code="X806",
    severity="minor",
    pack="x",
    risk="Low: only where no year of the one lies in the other.",
    source="The team that asks for a model and the one that has the data mean different data.",
)
def years_stated_otherwise(system_context: Doc, raw_data: Doc) -> Found:
    """The raw data are from other years than the System Context speaks of.

    The project was planned with other data than the model got, and what is known about the one does not hold
    for the other.

    Remedy: Load the descriptor of the data that are meant, or correct the years.

    Example: The data available are “all applications from 2020 to 2024”, and the raw data cover 2012-01-01 to
    2016-12-31. It is silent for 2022 to 2023, and where the System Context names no year.

    Decision: One year in common is enough. The name of the raw dataset counts like the System Context if that
    names no year.
    """
    covered = span(text(group(raw_data, "metadata"), "timeframe"))
    for at, said in (
        (AVAILABLE, text(system_context, "available_data")),
        ((RAW, "dataset_name"), text(raw_data, "dataset_name")),
    ):
        years = _years(said)
        if years and covered:
            last = covered.end.year if covered.end else 9999
            if max(years) < covered.start.year or min(years) > last:
                who = "the System Context speaks" if at == AVAILABLE else "the name of the dataset speaks"
                yield hit(
                    f"The raw data cover {quote(text(group(raw_data, 'metadata'), 'timeframe'))}, but {who} "
                    f"of {' to '.join(map(str, sorted({min(years), max(years)})))}.",
                    (RAW, "metadata", "timeframe"),
                    at,
                    key=(),
                )
            return
    yield CANNOT_TELL


@lru_cache(maxsize=256)
def _years(said: str) -> tuple[int, ...]:
    return tuple(int(year) for year in _year().findall(_month().sub(" ", said[:LONGEST])))


@cache
def _month() -> re.Pattern[str]:
    """A day and month, or a month, in front of its year: “01/2023”, “31.12.2024”."""
    import re

    return re.compile(r"(?<![\w.,/])(?:\d{1,2}[./])?(?:0?[1-9]|1[0-2])[./](?=(?:19|20)\d\d\b)", re.ASCII)


@cache
def _year() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<![\w.,:/#])(?:19[5-9]|20[0-4])\d(?![\w.,/-]*\d)(?! ?(?:%|\w*s per\b))", re.ASCII)
