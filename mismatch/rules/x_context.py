"""What the System Context promises in prose, against what the other descriptors state."""

from __future__ import annotations

from functools import cache, lru_cache
from math import log10

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, group, number, rows, text, truth
from mismatch.rules._pairs import RAW
from mismatch.rules.x_environments import MODEL, PRODUCTION, seconds
from mismatch.text.names import words
from mismatch.text.units import NUMBER, durations
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

CONTEXT = "system_context"
AVAILABLE: At = (CONTEXT, "available_data")
LONGEST = 2000
TIMES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mio": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}


@rule(
    "instances-stated-otherwise",
    code="X325",
    severity="minor",
    pack="x",
    params={"factor": Param(2.0, "how many times as many instances count as another number", 1.1, 100)},
    risk="Low to medium: the System Context may count a part of the data only.",
    source="Expectations of the owner of a project against the data (SEI mismatch study, task and purpose).",
)
def instances_stated_otherwise(system_context: Doc, raw_data: Doc, *, factor: float) -> Found:
    """The raw data have another number of instances than the System Context speaks of.

    Whoever planned the project counted on other data than there are, or one of the two figures has a digit
    too many.

    Remedy: Correct the figure that is wrong, or say in the System Context which part of the data it counts.

    Example: The data available are “318 000 applications”, and the raw data have 31820 instances of type
    “loan application”. It is silent at 318204, and for “318 000 applications and 141 000 loans” at 141000.

    Decision: Only figures before a word of the instance type count, and they differ from a factor of 2 on.

    Decision: If the raw data have more, the System Context may speak of a part, so that is worth knowing
    only, unless it is just ten, a hundred or a thousand times as many.
    """
    said = text(system_context, "available_data")
    count = number(raw_data, "number_of_instances") or 0
    kinds = frozenset(map(_stem, words(text(raw_data, "instance_type"))))
    counted = _counts(said) if said and count > 0 and kinds else ()
    alike = [figure for figure, nouns in counted if not kinds.isdisjoint(nouns)]
    if not alike:
        yield CANNOT_TELL
        return
    if any(1 / factor <= count / figure <= factor for figure, _ in counted):
        return
    nearest = min(alike, key=lambda figure: abs(log10(count / figure)))
    if count > nearest:  # the whole may be named as well, with a digit more or less
        nearest = next((figure for figure in alike if _is_slip(count, figure)), nearest)
    told = f"There are {plain(count)} instances, but the System Context speaks of {plain(nearest)}."
    severity = "info" if count > nearest and not _is_slip(count, nearest) else ""
    yield hit(told, (RAW, "number_of_instances"), AVAILABLE, key=(), severity=severity)


def _is_slip(count: float, figure: float) -> bool:
    """Is one figure just ten, a hundred or a thousand times the other?"""
    off = log10(count / figure)
    return abs(off - round(off)) < 0.02


def _stem(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=256)
def _counts(said: str) -> tuple[tuple[float, frozenset[str]], ...]:
    """The figures of a text from a hundred on, each with the three words behind it."""
    found = []
    for each in _figure().finditer(said[:LONGEST]):
        figure = float("".join(sign for sign in each[1] if sign.isdigit() or sign == "."))
        following = [word.lower() for word in each[2].split()]
        if following and following[0].strip(".,") in TIMES:
            figure *= TIMES[following.pop(0).strip(".,")]
        if figure >= 100:
            found.append((figure, frozenset(map(_stem, words(" ".join(following[:3]))))))
    return tuple(found)


@cache
def _figure() -> re.Pattern[str]:
    import re

    return re.compile(rf"(?<![\w.,-])({NUMBER})\s?((?:[^\W\d_][\w-]*[ ,]?\s?){{1,4}})")


@rule(
    "horizon-differs",
    code="X519",
    severity="minor",
    pack="x",
    params={"factor": Param(12.0, "how many times as long a time of the same kind may be", 1, 1e4)},
    risk="Low to medium: the times may be of two different events.",
    source="Labels are made for one horizon, and the task speaks of another (data sheets: labelling).",
)
def horizon_differs(
    system_context: Doc, training_data: Doc = NOTHING, trained_model: Doc = NOTHING, *, factor: float
) -> Found:
    """The task is about another time ahead than the label or the output of the model.

    A model that was taught what happens within a month answers another question than what happens within a
    week, and its figures look as good as any.

    Remedy: Make labels for the time that the task asks for, or correct the description.

    Example: The task is to warn of failures “within the next 14 days”, and the label is “failure within 30
    days”. It is silent at 14 days and 2 weeks, and where one of the two names no time.

    Decision: Only times after “within”, “in the next”, “over the next” and, for labels and outputs, “in”
    count. One in common is enough, and times that differ by more than a factor of 12 are of other things.
    """
    wanted = _spans(text(system_context, "task"), NEXT)
    described: list[tuple[At, str]] = [
        (("training_data", "schema", place, "field_description"), text(row, "field_description"))
        for place, row in enumerate(rows(training_data, "schema"))
        if wanted and truth(row, "label_field")
    ]
    described += [
        ((MODEL, "output_spec", place, "item_description"), text(row, "item_description"))
        for place, row in enumerate(rows(trained_model, "output_spec") if wanted else ())
    ]
    compared = False
    for at, said in described:
        found = _spans(said, (*NEXT, "in "))
        apart = [max(one / other, other / one) for one in wanted for other in found]
        if apart:
            compared = True
            if 1.06 < min(apart) <= factor:
                yield hit(
                    f"{quote(said)} is about another time than the task says: "
                    f"{quote(text(system_context, 'task'))}.",
                    at,
                    (CONTEXT, "task"),
                    key=(str(at[0]), said),
                )
    if not compared:
        yield CANNOT_TELL


NEXT = ("within the next ", "in the next ", "over the next ", "within ")


def _spans(said: str, leads: tuple[str, ...]) -> list[float]:
    """The times that a text names right after one of *leads*, in seconds."""
    return [each for each in _behind(said, leads) if each < float("inf")]


@lru_cache(maxsize=256)
def _behind(said: str, leads: tuple[str, ...]) -> tuple[float, ...]:
    """The times right after one of some words; “a minute” is one."""
    folded = said[:LONGEST].lower()
    found: list[float] = []
    for lead in leads:
        for part in folded.split(lead)[1:]:
            at_once = " ".join(part.split()[:2]).rstrip(",.;:)")
            count, _, unit = at_once.partition(" ")
            found.extend(durations(f"1 {unit}" if count in {"a", "an", "one"} else at_once))
    return tuple(found)


LIMITS = ("within ", "in less than ", "in under ", "in at most ", "no later than ", "not later than ")
SPOKEN = ("task", "usage_context")


@rule(
    "promised-time-exceeded",
    code="X609",
    severity="minor",
    pack="x",
    risk="Low to medium: the time may be that of the event that is predicted, not that of the answer.",
    source="What the owner of the project expects, against what is built (SEI mismatch study).",
)
def promised_time_exceeded(
    system_context: Doc, production_environment: Doc = NOTHING, trained_model: Doc = NOTHING
) -> Found:
    """The task promises an answer within a time that production or the model exceeds.

    The parts agree among themselves, and the system as a whole is too slow for what it is made for.

    Remedy: Shorten the time that production allows and the model takes, or agree on another one with the
    owner of the project.

    Example: An alert is due “within two minutes”, and production allows 10 minutes for an inference. It is
    silent if production allows 2 seconds, and for “default within 12 months”.

    Decision: Only a time right after “within”, “in less than”, “in under”, “in at most” and “no later than”
    counts, in the task, the usage and the goals; of several the longest.
    """
    given: list[tuple[At, str]] = [((CONTEXT, field), text(system_context, field)) for field in SPOKEN]
    for place, row in enumerate(rows(system_context, "goals")):
        given.append(((CONTEXT, "goals", place, "goal"), text(row, "goal")))
    promised = [(limit, at) for at, said in given if (limit := _promised(said))]
    times: tuple[tuple[At, float | None, str], ...] = (
        (
            (PRODUCTION, "required_inference_time"),
            seconds(group(production_environment, "required_inference_time")),
            "production allows",
        ),
        ((MODEL, "inference_time"), seconds(group(trained_model, "inference_time")), "the model takes"),
    )
    if not promised or not any(taken for _, taken, _ in times):
        yield NOT_APPLICABLE if any(said for _, said in given) and not promised else CANNOT_TELL
        return
    limit, where = max(promised, key=lambda each: each[0])
    for at, taken, what in times:
        if taken and taken > limit * (1 + 1e-9):
            yield hit(
                f"An answer is due within {plain(limit)} seconds, but {what} {plain(taken)} seconds for an "
                "inference.",
                at,
                where,
                key=(str(at[0]),),
            )


def _promised(said: str) -> float:
    """The longest time within which a text promises something, in seconds; 0 if it promises none."""
    return max(_behind(said, LIMITS), default=0.0)
