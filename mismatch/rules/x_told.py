"""Results that are told twice: in one list, or in the words of the test as well."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, Param, hit, rule
from mismatch.reading import group, text
from mismatch.rules._results import EVALUATION, MODEL, RESULTS, SAID, TEST, measures
from mismatch.text.metrics import measured
from mismatch.text.names import wordset
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

REPORT = (MODEL, "test_dataset", "test_results")


@rule(
    "report-differs-from-result",
    code="X514",
    severity="minor",
    pack="x",
    params={"tolerance": Param(0.03, "part of the result by which the figure in words may differ")},
    risk="Low: the words may be about a part of the test.",
    source="Figures that are written down twice drift apart.",
)
def report_differs_from_result(trained_model: Doc, *, tolerance: float, memo: Memo) -> Found:
    """The words about the test give a metric another value than the list of results.

    One of the two is from another run, and nobody knows which one the decision to release was made on.

    Remedy: Correct the figure that is out of date.

    Example: The test results say “Gini 0.598”, and the metric of the test is 0.63. It is silent for “Gini
    0.60” and “59.8 %”, and where the text gives the metric several values.

    Decision: A metric and its figure have to stand next to each other, as in “recall 0.9”, “recall of 0.9” or
    “recall: 90 %”; a figure for a part, as in “recall 0.9 on night images”, does not count. The value of the
    evaluation may be quoted as well.
    """
    said = text(group(trained_model, "test_dataset"), "test_results")
    told = _told(said) if said else {}
    tested = measures(trained_model, TEST, memo)
    evaluated = {measured(each.name): each.value for each in measures(trained_model, EVALUATION, memo)}
    compared = False
    for each in tested:
        core = measured(each.name)
        figures = told.get(core) or _behind(said, each.name)
        if each.value is None or len(figures) != 1:
            continue
        compared = True
        value, _, per_cent = figures[0]
        quoted = evaluated.get(core)
        if not _same(figures[0], each.value, tolerance) and (
            quoted is None or not _same(figures[0], quoted, 0)
        ):
            yield hit(
                f"{quote(each.name)} was {plain(each.value)} in the test, but the words about it say "
                f"{plain(value)}{' %' if per_cent else ''}.",
                each.at,
                REPORT,
                key=(each.name,),
            )
    if not compared:
        yield CANNOT_TELL


def _same(told: tuple[float, float, bool], result: float, tolerance: float) -> bool:
    """Is a figure in words the result, as a share or in per cent, rounded or not?"""
    value, step, per_cent = told
    own = 10.0 ** -len(plain(result).partition(".")[2])
    for factor in (1.0, 0.01, 100.0):
        off = abs(value * factor - result)
        if off <= max(step * factor / 2, own / 2, tolerance * abs(result)) * (1 + 1e-9):
            return per_cent or factor != 0.01 or value > 1
    return False


@lru_cache(maxsize=256)
def _told(said: str) -> dict[str, tuple[tuple[float, float, bool], ...]]:
    """What a text measures → the figures right behind its names: value, step of the last digit, per cent.

    A figure that may be of something else stands there twice, so that it is not the only one.
    """
    found: dict[str, tuple[tuple[float, float, bool], ...]] = {}
    for each in _figure().finditer(said[:2000]):
        names = each["name"].split()
        before = said[: each.start()].split(" ")[
            -2:-1
        ]  # the word in front of the name, if nothing parts them
        told = _value(each)
        for start in range(len(names)):
            core = measured(" ".join(names[start:]))
            doubtful = not _begins([*before, *names[:start]][-1:])
            found[core] = (*found.get(core, ()), *([told] * (1 + doubtful)))
    return found


def _value(each: re.Match[str]) -> tuple[float, float, bool]:
    """Value, step of the last digit, per cent; a comma parts decimals, as in “0,83”, or thousands."""
    digits = each["figure"]
    head, comma, tail = digits.partition(",")
    if comma:
        digits = f"{head}.{tail}" if len(tail) != 3 or head == "0" else head + tail
    return float(digits), 10.0 ** -len(digits.partition(".")[2]), bool(each["per_cent"])


def _behind(said: str, name: str) -> tuple[tuple[float, float, bool], ...]:
    """The figures right behind a name that stands in the text letter by letter, whatever signs it holds:
    “AUC (ROC) 0.83”, “Lift @ 2 %: 6.1”."""
    if not 3 <= len(name) <= 60 or name.isalpha():
        return ()
    parts = said[:2000].casefold().split(name.casefold())
    found = []
    for before, following in pairwise(parts):
        figure = _after_name().match(following)
        if figure and _begins(before.rsplit(maxsplit=1)[-1:]):
            found.append(_value(figure))
        else:
            found += [(0.0, 0.0, False)] * 2  # the name is there, but who knows with which figure
    return tuple(found)


_LINKS = wordset("the a an our its of and with by overall total final reached was is to while where had has")


def _begins(before: list[str]) -> bool:
    """May the name of a metric begin behind this word? Not in “night recall”, which is another metric."""
    return not before or before[0].lower() in _LINKS or not before[0][-1:].isalnum()


_TAIL = (
    r" ?(?P<figure>\d{1,6}(?:[.,]\d{1,6})?)(?P<per_cent> ?%| percent| per cent)?"
    r"(?![\w.]*\d|,\d)(?!\s*(?:for|on|in|at|per|with|within|among|over|and|to|of|-|–|±|\w))"
)


@cache
def _after_name() -> re.Pattern[str]:
    import re

    return re.compile(rf"(?:,? (?:of|was|is|reached|at|=|:)|:| =)?{_TAIL}")


@cache
def _figure() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?P<name>[^\W\d_][\w@-]*(?: [^\W\d_][\w@-]*){0,4}?)"
        rf"(?:,? (?:of|was|is|reached|at|=|:)|:| =)?(?= ){_TAIL}"
    )


@rule(
    "result-given-twice",
    code="X518",
    severity="minor",
    pack="x",
    risk="Low: the two may be of different parts of the data; name the part then.",
    source="Whoever looks a metric up gets the first of two values.",
)
def result_given_twice(trained_model: Doc, *, memo: Memo) -> Found:
    """A metric has two different results in one list.

    Which of them is compared with the threshold, and which one goes into a report, is left to chance.

    Remedy: Keep the result that holds, or say in the name of each what it is of.

    Example: The evaluation gives the accuracy as 0.951 and as 0.87. It is silent if one of them is “accuracy
    at night”, and if both are the same figure.

    Decision: Names count as one if they mean the same metric, as “recall” and “sensitivity” do.
    """
    seen = False
    for name in RESULTS:
        first: dict[str, tuple[str, float]] = {}
        for each in measures(trained_model, name, memo):
            if each.value is None:
                continue
            seen = True
            called, value = first.setdefault(measured(each.name), (each.name, each.value))
            if abs(value - each.value) > 1e-9 and abs(value / 100 - each.value) > 1e-9 < abs(
                value - each.value / 100
            ):
                yield hit(
                    f"{quote(each.name)} is {plain(each.value)} in {SAID[name]}, and "
                    f"{quote(called) + ' there' if called != each.name else 'also'} {plain(value)}.",
                    each.at,
                    key=(name, each.name),
                )
    if not seen:
        yield CANNOT_TELL
