"""What the descriptions of one value say about it beside its unit: heights, windows, time zones."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, rows, text, text_of, texts
from mismatch.rules._pairs import MODEL, NUMERIC, STEPS, TRAINING, delivered, handed_on, mapped_fields
from mismatch.text.names import words, wordset
from mismatch.text.types import family
from mismatch.text.units import NUMBER, unit
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

REPEATED = wordset("every each per all alle jede until till most up least about approx accuracy ±")
"""Words before a quantity by which it is a rate, a limit or a remark, not what is measured."""
SLACK = 1.06
"""How many times as long 91 days are as three months, and more."""
LONGEST = 300


@rule(
    "described-quantity-differs",
    code="X329",
    severity="minor",
    pack="x",
    risk="Low: each description has to name exactly one time, or one length, of one kind.",
    source="The name of a feature stays while its window is changed (Breck et al., Monitor 3).",
)
def described_quantity_differs(
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Two descriptions of one value name another window, height or distance.

    Calls within 30 days are not calls within 90, and wind at 10 metres is not wind at 100. Types, ranges and
    units agree, and every value is wrong.

    Remedy: Deliver the value that the model was trained with, or correct the description.

    Example: The model was trained with “calls to care, 90 days”, and production delivers “calls to care in
    the last 30 days”. It is silent for “last 3 months” against “90 days”, and where one side names none.

    Decision: Only a number with a unit of time or length counts, one in each description, and not behind
    “every”, “per”, “at most” and the like. Fields of training and production are compared, and what comes
    from upstream with the input of the pipeline. If a step goes to the one that is wanted, as “resample to
    15 min” does, it is only worth knowing.
    """
    fields = mapped_fields(training_data, production_data, memo)
    upstream = delivered(data_pipeline, development_environment, memo)
    compared = False
    for ours, theirs in (*[pair[::-1] for pair in fields], *upstream):
        here, there = _described(ours), _described(theirs)
        if here == there:
            continue
        first, second = _quantity(here), _quantity(there)
        if not first or not second or first[0] != second[0]:
            continue
        compared = True
        if max(first[1], second[1]) > SLACK * min(first[1], second[1]):
            known = _processed(data_pipeline, memo)
            yield hit(
                f"{quote(ours.name)} is described as {quote(here)} on one side, but {quote(theirs.name)} as "
                f"{quote(there)} on the other.",
                _place(ours),
                _place(theirs),
                key=(str(theirs.at[0]), theirs.name),
                severity="info" if second in known else "",
            )
    if not compared:
        yield CANNOT_TELL


def _processed(pipeline: Doc, memo: Memo) -> set[tuple[str, float]]:
    """The times and lengths that steps of the pipeline go to: “resample to 15 min”."""
    found: set[tuple[str, float]] | None = memo.get("processed quantities")
    if found is None:
        said = [text(row, step) for row in rows(pipeline, "pipeline_steps") for step in STEPS]
        memo["processed quantities"] = found = {
            (kind, size) for each in said for kind, sizes in _quantities(each, True).items() for size in sizes
        }
    return found


def _described(side: Side) -> str:
    return text(side.row, side.description_field)


def _place(side: Side) -> At:
    return side.place(side.description_field)


@lru_cache(maxsize=4096)
def _quantity(said: str) -> tuple[str, float] | None:
    """Kind and size of the only time or length that a description names."""
    found = _quantities(said)
    if len(found) != 1:
        return None
    kind, sizes = next(iter(found.items()))
    return (kind, next(iter(sizes))) if len(sizes) == 1 and 0.0 not in sizes else None


def _quantities(said: str, goals: bool = False) -> dict[str, set[float]]:
    """The sizes of the times and lengths that a text names, by kind; only *goals*, as in “to 15 min”."""
    if not any(sign.isdecimal() for sign in said) or len(said) > LONGEST:
        return {}
    found: dict[str, set[float]] = {}
    for each in _number_with_unit().finditer(said):
        known = unit(each[2]) if each[2] not in {"M", "D", "H", "S"} else None
        before = words(said[: each.start()])[-2:]
        if goals and before[-1:] not in {("to",), ("into",), ("auf",)}:
            continue
        if known and known[0] in {"time", "length"} and REPEATED.isdisjoint(before):
            figure = "".join(sign for sign in each[1] if sign.isdecimal() or sign == ".")
            found.setdefault(known[0], set()).add(float(figure) * known[1])
    return found


@cache
def _number_with_unit() -> re.Pattern[str]:
    import re

    return re.compile(rf"(?<![\w.,/±-])({NUMBER})[ -]?([^\W\d_]{{1,12}})(?![\w/²³])")


ZONES = {
    "UTC": wordset("utc gmt zulu"),
    "local time": wordset(
        "local localtime cet cest mez mesz est edt cst cdt mst mdt pst pdt ist jst bst aest ortszeit"
    ),
}
TIMED = wordset(
    "time timestamp date datetime clock start end begin beginning interval zone stamp when at in iso"
)


@rule(
    "time-zones-differ",
    code="X330",
    severity="major",
    pack="x",
    risk="Low: both sides have to name their zone.",
    source="Experience: twice a year everything is an hour off, and all year where nobody looks.",
)
def time_zones_differ(
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """One side gives a time in UTC, the other in local time.

    Both are legal times, hours apart, and in autumn one hour of local time comes twice.

    Remedy: Agree on UTC, or name the step that converts.

    Example: The model returns “start of the interval in local time”, and the component takes “UTC, ISO 8601”.
    It is silent for “UTC” and “GMT”, and where one side names no zone, or both.

    Decision: If a step of the pipeline or of post-processing names a zone, it is only worth knowing. Numbers
    are not compared: seconds are counted from the same point everywhere.
    """
    pairs = [
        *mapped_fields(training_data, production_data, memo),
        *delivered(data_pipeline, development_environment, memo),
        *handed_on(trained_model, development_environment, memo),
    ]
    compared = False
    for ours, theirs in pairs:
        here = _zone_of(ours)
        there = here and _zone_of(theirs)
        if not there or family(ours.type) in NUMERIC:
            continue
        if ours.at[0] == TRAINING:
            ours, theirs, here, there = theirs, ours, there, here
        compared = True
        if here != there:
            converted = _converted(data_pipeline, trained_model, after=ours.at[0] == MODEL)
            yield hit(
                f"{quote(ours.name)} is in {here} on one side, but {quote(theirs.name)} is in {there} on the "
                f"other{'; a step of processing seems to convert it' if converted else ''}.",
                _place(ours),
                _place(theirs),
                key=(str(ours.at[0]), ours.name),
                severity="info" if converted else "",
            )
    if not compared:
        yield NOT_APPLICABLE if pairs else CANNOT_TELL


def _zone_of(side: Side) -> str:
    row = side.row
    described = row.get(side.description_field)
    values = row.get("expected_values")
    return _zone(
        described if described.__class__ is str else text_of(described),
        values if values.__class__ is str else text_of(values),
    )


@lru_cache(maxsize=4096)
def _zone(described: str, values: str) -> str:
    """The zone that a description names, or else the words on the values; "" if it names none, or two."""
    for said in (described, values):
        known = frozenset(words(said)) if said and len(said) <= LONGEST else frozenset()
        found = [zone for zone, names in ZONES.items() if not names.isdisjoint(known)]
        if found and not TIMED.isdisjoint(known):
            return found[0] if len(found) == 1 else ""
    return ""


def _converted(pipeline: Doc, model: Doc, *, after: bool) -> bool:
    """Does a step, after the model or before it, name a zone?"""
    if after:
        said = texts(model, "post_processing_process")
    else:
        said = [" ".join([text(row, step) for step in STEPS]) for row in rows(pipeline, "pipeline_steps")]
    zones = ZONES["UTC"] | ZONES["local time"] | {"timezone", "zone", "zones", "timezones"}
    return any(not zones.isdisjoint(words(step)) for step in said)
