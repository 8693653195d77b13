"""The results of the model against its thresholds, against each other and against what is possible."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, PASS, Param, hit, rule
from mismatch.rules._results import (
    EVALUATION,
    SAID,
    TEST,
    THRESHOLDS,
    is_change,
    is_share,
    known,
    measures,
    on_one_scale,
    results,
    thresholds,
    worse,
)
from mismatch.text.metrics import HIGHER, LOWER, Metric, per_cent, population
from mismatch.text.names import key, words, wordset
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._results import Measure


OPPOSITE = {"<": ">", ">": "<"}
GOOD = wordset("precision recall accuracy sensitivity specificity coverage")
"""Words for shares that are large where all is well."""


@rule(
    "result-misses-threshold",
    code="X501",
    severity="critical",
    pack="x",
    risk="Low: the metric may be watched on another population than it was tested on.",
    source="Model checked against its agreed requirements before release (MLTE; Breck et al., Infra 4).",
)
def result_misses_threshold(trained_model: Doc, *, memo: Memo) -> Found:
    """A result of the model is on the wrong side of the model’s own threshold.

    A model that misses its threshold in the test raises the alarm on its first day in production, or has
    never met what was agreed with the owner of the goal.

    Remedy: Improve the model, or agree on another threshold with the owner of the goal.

    Example: The alarm is set at a recall below 0.9, and the test gave 0.82. It is silent at 0.9 and above.

    Decision: Worse than the threshold is worse under both readings of a threshold, as the limit of an alarm
    and as a target, so the operator does not matter. Only where a metric has a limit at both ends, the one
    that guards the bad side counts. With “equal to” and “different than” nobody can tell.

    Decision: Two metrics are the same if their usual names and what qualifies them are. If only one of them
    is qualified, as in “recall” and “recall per region”, the finding is worth knowing only. When a metric is
    taken, as in “recall, monthly”, and its unit, as in “MAE in minutes”, are no qualification.

    Decision: A result of the test is critical, one of the evaluation major; if both miss, it is one finding.
    """
    wanted = thresholds(trained_model, memo)
    exact: dict[Metric, dict[str, Measure]] = {}
    loosely: dict[tuple[str, bool], dict[str, Measure]] = {}
    names = set()
    for each in results(trained_model, memo) if wanted else ():
        names.add(key(each.name))
        if each.metric:
            exact.setdefault(_of_whom(each.metric), {}).setdefault(each.list, each)
            loosely.setdefault((each.metric.name, not each.metric.qualifier), {}).setdefault(each.list, each)
    directions = {(each.metric, each.direction) for each in wanted}
    outcomes: set[str] = set()
    for limit in wanted:
        metric = limit.metric
        same = exact.get(_of_whom(metric), {}) if metric else {}
        alike = same or (loosely.get((metric.name, bool(metric.qualifier)), {}) if metric else {})
        if not alike or not metric:
            outcomes.update({CANNOT_TELL} if key(limit.name) in names else ())
            continue
        far_side = (limit.direction == ">") == (metric.better == HIGHER)
        if limit.direction and far_side and (metric, OPPOSITE[limit.direction]) in directions:
            continue
        verdicts = [(_misses(each, limit) if limit.direction else None, each) for each in alike.values()]
        outcomes.update(CANNOT_TELL if verdict is None else PASS for verdict, _ in verdicts)
        missed = [each for verdict, each in verdicts if verdict]
        if missed:
            yield _miss(limit, missed, exact=bool(same))
    if CANNOT_TELL in outcomes or not outcomes:
        yield CANNOT_TELL if outcomes else NOT_APPLICABLE


def _of_whom(metric: Metric) -> Metric:
    """The metric without when it is measured and in which unit, which does not make another one of it."""
    return metric._replace(qualifier=population(metric.qualifier)) if metric.qualifier else metric


def _miss(limit: Measure, missed: list[Measure], *, exact: bool) -> Hit:
    first = missed[0]
    said = (
        f"{quote(first.name)} was {plain(first.value or 0)} in {SAID[first.list]}, which misses the "
        f"threshold ({limit.operator} {plain(limit.value or 0)}) of {quote(limit.name)}"
    )
    severity = "major" if first.list == EVALUATION else ""
    return hit(
        f"{said}." if exact else f"{said}; the two may not be quite the same metric.",
        first.at,
        limit.at,
        *[each.at for each in missed[1:]],
        key=(limit.name, limit.goal, limit.operator),
        severity=severity if exact else "info",
    )


def _misses(result: Measure, limit: Measure) -> bool | None:
    """Is the result worse than the limit? None if a number is missing or the scales cannot be told."""
    if result.value is None or limit.value is None or result.metric is None:
        return None
    pair = on_one_scale(result.metric, result.value, limit.value)
    return worse(result.metric, *pair) if pair else None


@rule(
    "test-differs-from-evaluation",
    code="X502",
    severity="major",
    pack="x",
    params={
        "points": Param(0.05, "difference of metrics from 0 to 1 that counts"),
        "relative": Param(
            0.1, "difference of other metrics that counts, as a part of the evaluation’s value"
        ),
        "errors": Param(
            2.0, "how many times as many errors are minor although the difference is small", 1, 100
        ),
    },
    risk="Low to medium: small test sets scatter.",
    source="Over-fitting and leakage show as a gap between evaluation and test (Breck et al., Model).",
)
def test_differs_from_evaluation(
    trained_model: Doc, *, points: float, relative: float, errors: float, memo: Memo
) -> Found:
    """The model does clearly worse, or clearly better, in the test than in the evaluation.

    A worse test hints at over-fitting or at another kind of data, a better one at a leak between the two.

    Remedy: Split again, look into the difference, and write the explanation beside the results.

    Example: The accuracy is 0.95 in the evaluation and 0.87 in the test. It is silent at 0.93.

    Decision: Metrics with a fixed scale differ from 0.05 on, others from a tenth of the evaluation’s value
    on. Less than that is minor if the errors more than double and rise by more than 0.02. A better test is
    worth knowing only.
    """
    tested = {each.metric: each for each, _, _ in reversed(known(measures(trained_model, TEST, memo)))}
    compared = False
    for evaluated, metric, before in known(measures(trained_model, EVALUATION, memo)):
        test = tested.get(metric)
        pair = on_one_scale(metric, before, test.value) if test and test.value is not None else None
        if test is None or pair is None:
            continue
        compared = True
        before, after = pair
        scale = 100.0 if metric.ratio and max(map(abs, pair)) > 1 else 1.0
        gap = abs(after - before)
        fixed = metric.ratio or (metric.signed and max(map(abs, pair)) <= 1)
        far = gap > points * scale + 1e-9 if fixed else gap > relative * abs(before) + 1e-9
        doubled = metric.ratio and _errors_multiplied(metric, before / scale, after / scale, errors)
        bad = worse(metric, after, before)
        if far or (doubled and bad):
            yield hit(
                f"{quote(evaluated.name)} was {plain(evaluated.value or 0)} in the evaluation, but "
                f"{plain(test.value or 0)} in the test, which is {'worse' if bad else 'better'}"
                f"{'' if far else '; the errors have multiplied'}.",
                test.at,
                evaluated.at,
                key=(evaluated.name,),
                severity="info" if not bad else "" if far else "minor",
            )
    if not compared:
        yield CANNOT_TELL


def _errors_multiplied(metric: Metric, before: float, after: float, factor: float) -> bool:
    if metric.better == HIGHER:
        before, after = 1 - before, 1 - after
    return after > factor * before and after - before > 0.02


@rule(
    "metric-value-impossible",
    code="X503",
    severity="major",
    pack="x",
    params={"largest_share": Param(1.5, "up to where a share above 1 may be rounding", 1, 10)},
    risk="None for impossible values; low for mixed scales.",
    source="The schema takes any number, so that per cent and shares get mixed.",
)
def metric_value_impossible(trained_model: Doc, *, largest_share: float, memo: Memo) -> Found:
    """A metric has a value that it cannot have, or its values are on two scales.

    92 is compared with 0.9 by whoever builds the alarm, and then passes or fails by accident.

    Remedy: Correct the value, and use the scale from 0 to 1 everywhere.

    Example: The test gave an accuracy of 920, or 92 beside a threshold of 0.9. It is silent at 0.92 and 0.9,
    and at 92 and 90.

    Decision: A share cannot be below 0 or above 100; above 1 it is taken as per cent. An error cannot be
    below 0. A correlation such as MCC, kappa or R² may be negative.

    Decision: A metric such as the accuracy between 1 and 1.5 is minor: neither a share nor likely per cent.

    Decision: Error rates of 0.7 and 2 may both be per cent; theirs are two scales only if they differ by a
    factor of more than 30.

    Decision: What is called a share, coverage, precision or the like in words of the domain counts as well,
    where both figures are called by the same words.
    """
    found = known(results(trained_model, memo)) + _shares(results(trained_model, memo))
    limits = known(thresholds(trained_model, memo)) + _shares(thresholds(trained_model, memo))
    if not found:
        yield CANNOT_TELL if results(trained_model, memo) else NOT_APPLICABLE
    for each, metric, value in found:
        fault = _fault(metric, value, largest_share)
        if fault:
            yield hit(
                f"{quote(each.name)} was {plain(value)} in {SAID[each.list]}, {fault}.",
                each.at,
                key=(each.list, each.name),
                severity="minor" if value > 0 and value <= largest_share else "",
            )
    first: dict[tuple[str, str], Measure] = {}
    for each, metric, value in found + limits:
        if not metric.ratio or value <= 0 or value > 100:
            continue
        other = first.setdefault((metric.name, population(metric.qualifier)), each)
        if other is not each and other.value and _two_scales(metric, value, other.value, largest_share):
            yield hit(
                f"{quote(each.name)} is {plain(value)} here, but {plain(other.value)} as "
                f"{'a threshold' if other.list in THRESHOLDS else 'the result in ' + SAID[other.list]}: "
                "one is a share, the other per cent.",
                each.at,
                other.at,
                key=("scale", each.list, each.name, each.goal),
                severity="minor",
            )


def _shares(found: list[Measure]) -> list[tuple[Measure, Metric, float]]:
    """Those that measure a part of a whole in words of the domain, as metrics of that name."""
    return [
        (each, Metric(_bag(each.name), _better(each.name), True, False), each.value)
        for each in found
        if each.metric is None and each.value is not None and is_share(each.name) and not is_change(each.name)
    ]


def _bag(name: str) -> str:
    """What a share is of, whatever the order: “interval coverage” is “coverage of the 80% interval”."""
    parts = population(" ".join(words(name))).split()
    return " ".join(sorted({part for part in parts if part not in {"of", "the"} and not part.isdigit()}))


def _better(name: str) -> str:
    return HIGHER if not GOOD.isdisjoint(words(name)) else LOWER


def _fault(metric: Metric, value: float, largest_share: float) -> str:
    """Why a metric cannot have this value, "" if it can."""
    if metric.ratio:
        if value < 0 or value > 100:
            return "although it lies between 0 and 1, or between 0 and 100 per cent"
        if metric.better == HIGHER and 1 < value <= largest_share:
            return "which is too large for a share and too small for per cent"
    elif metric.signed:
        if value > 100 or (metric.name in {"Kappa", "MCC"} and value < -100):
            return "although it cannot be above 1, or 100 per cent"
    elif value < 0:
        return "although it cannot be negative"
    return ""


def _two_scales(metric: Metric, a: float, b: float, largest_share: float) -> bool:
    small, large = min(a, b), max(a, b)
    if per_cent(small) or large <= largest_share:
        return False
    return metric.better == HIGHER or large > 30 * small
